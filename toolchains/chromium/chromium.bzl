"""Rules that make npm's Chromium a program that runs from any folder."""

def _unpacked_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.run(
        executable = ctx.executable.unpacker,
        arguments = [ctx.file.src.path, out.path],
        inputs = [ctx.file.src],
        outputs = [out],
        mnemonic = "Unbrotli",
        progress_message = "Unpacking %{input}",
        env = {},
    )
    return [DefaultInfo(files = depset([out]))]

unpacked = rule(
    implementation = _unpacked_impl,
    doc = "A program from a file that Brotli has compressed.",
    attrs = {
        "src": attr.label(mandatory = True, allow_single_file = [".br"], doc = "The compressed program."),
        "unpacker": attr.label(mandatory = True, executable = True, cfg = "exec", doc = "unpack.mjs, as a program."),
    },
)

# Chromium starts each of its further processes by the path of its own, which is the loader's here: so it is given this
# launcher's in its place. The zygote, which only saves time, does not ask for it, and the sandbox needs the zygote.
# A process that has a --type is such a further one.
_LAUNCHER = """#!/bin/sh
case $0 in
/*) self=$0 ;;
*) self=$PWD/${{0#./}} ;;
esac
case $self in
*/{runfile}) root=${{self%/{runfile}}} ;;
*) root=$self.runfiles ;;
esac
system=$root/{system}
case $1 in
--type=*) ;;
*) set -- --browser-subprocess-path="$self" --no-zygote --no-sandbox --disable-gpu --disable-software-rasterizer "$@" ;;
esac
export FONTCONFIG_FILE="$root/{fonts_config}" XDG_DATA_HOME="$system/usr/share" XDG_DATA_DIRS="$system/usr/share"
export LC_ALL=C TZ="${{TZ:-UTC}}"
exec "$root/{loader}" --inhibit-cache --library-path "$system/usr/lib/x86_64-linux-gnu" --argv0 "$self" "$root/{program}" "$@"
"""

def _runfile(ctx, file):
    """The path of a file from the root of the runfiles."""
    path = file.short_path
    return path.removeprefix("../") if path.startswith("../") else ctx.workspace_name + "/" + path

def _relocated_chromium_impl(ctx):
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        _LAUNCHER.format(
            fonts_config = _runfile(ctx, ctx.file.fonts_config),
            loader = _runfile(ctx, ctx.file.loader),
            program = _runfile(ctx, ctx.file.program),
            runfile = _runfile(ctx, launcher),
            system = ctx.attr.system.label.workspace_name,
        ),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = launcher,
        files = depset([launcher]),
        runfiles = ctx.runfiles(
            files = [launcher, ctx.file.program, ctx.file.fonts_config],
            transitive_files = ctx.attr.system[DefaultInfo].files,
        ),
    )]

relocated_chromium = rule(
    implementation = _relocated_chromium_impl,
    doc = "A Chromium that is started by the loader of a Debian closure, with that closure's libraries and fonts.",
    attrs = {
        "fonts_config": attr.label(mandatory = True, allow_single_file = [".conf"], doc = "fontconfig's configuration."),
        "loader": attr.label(mandatory = True, allow_single_file = True, doc = "The closure's loader."),
        "program": attr.label(mandatory = True, allow_single_file = True, doc = "Chromium itself."),
        "system": attr.label(mandatory = True, doc = "All files of the closure, which is a repository."),
    },
    executable = True,
)
