/* What is taken from the mode of a new file or folder.
 *
 * Emscripten's file system does that for what C makes, with a mask of its own; CPython's umask() for Emscripten sets
 * another, that of the whole Node process, and in its main thread alone. runtime/js/src/umask.ts takes the place of that.
 */
#include <emscripten.h>

// clang-format off
EM_JS(void, terra_umask_js, (int mask), {
  SYSCALLS.currentUmask = mask;
})
// clang-format on

EMSCRIPTEN_KEEPALIVE void
terra_umask(int mask)
{
  terra_umask_js(mask);
}
