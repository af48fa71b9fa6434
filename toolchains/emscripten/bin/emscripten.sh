#!/bin/sh
# Starts one of Emscripten's programs, named by the link that this is called through, with the tools of this
# execution root and nothing of the machine's. EM_CACHE may be relative to the execution root.
case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac
tool=${self##*/}
root=${self%/toolchains/emscripten/bin/*}
case ${EM_CACHE:?must name the sysroot that //toolchains/emscripten:cache builds} in
/*) ;;
*) EM_CACHE=$root/$EM_CACHE ;;
esac
export EM_CACHE
export EM_CONFIG="$root/toolchains/emscripten/emscripten.config"
export EM_FROZEN_CACHE=1
export EMCC_SKIP_SANITY_CHECK=1
export EMSDK_PYTHON="$root/external/debian_python/bin/python3"
export NODE_OPTIONS="--preserve-symlinks --preserve-symlinks-main"
export PYTHONDONTWRITEBYTECODE=1
export PYTHONHASHSEED=0
exec "$root/external/debian_emscripten/usr/share/emscripten/$tool" "$@"
