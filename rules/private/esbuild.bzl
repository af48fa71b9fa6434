"""TypeScript to JavaScript, by esbuild."""

def _esbuild_impl(ctx):
    out = ctx.actions.declare_file(ctx.attr.out or ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add(ctx.file.entry)
    arguments.add("--bundle")
    arguments.add(out, format = "--outfile=%s")
    arguments.add(ctx.attr.format, format = "--format=%s")
    arguments.add(ctx.attr.target, format = "--target=%s")
    arguments.add("--charset=utf8")
    arguments.add("--legal-comments=none")
    arguments.add("--log-level=warning")

    # esbuild looks for tsconfig.json and package.json beside a source and above, and where a sandbox's link leads there
    # are such files that nobody declared.
    arguments.add("--preserve-symlinks")
    arguments.add("--tsconfig-raw={\"compilerOptions\": {\"strict\": true}}")
    if ctx.attr.minify:
        arguments.add("--minify")
    arguments.add_all(ctx.attr.external, format_each = "--external:%s")
    arguments.add_all(["%s=%s" % item for item in ctx.attr.define.items()], format_each = "--define:%s")
    arguments.add_all(ctx.attr.options)
    ctx.actions.run(
        executable = ctx.executable._esbuild,
        arguments = [arguments],
        inputs = depset(ctx.files.srcs + [ctx.file.entry]),
        outputs = [out],
        env = {"GOMAXPROCS": "1"},
        mnemonic = "Esbuild",
        progress_message = "Bundling %{output}",
    )
    return [DefaultInfo(files = depset([out]))]

esbuild = rule(
    implementation = _esbuild_impl,
    doc = "Bundles a TypeScript or JavaScript file and what it imports into one file.",
    attrs = {
        "define": attr.string_dict(doc = "Constants: name to JavaScript expression."),
        "entry": attr.label(mandatory = True, allow_single_file = [".ts", ".js", ".mjs"], doc = "Where bundling starts."),
        "external": attr.string_list(doc = "Imports that stay imports."),
        "format": attr.string(default = "esm", values = ["cjs", "esm", "iife"], doc = "Module format of the output."),
        "minify": attr.bool(default = True, doc = "Shorten names and white space."),
        "options": attr.string_list(doc = "Further options of esbuild."),
        "out": attr.string(doc = "File name of the output; default: the target's name."),
        "srcs": attr.label_list(allow_files = True, doc = "What `entry` imports."),
        "target": attr.string(default = "es2022", doc = "The language that the output may use."),
        "_esbuild": attr.label(
            default = "@npm_esbuild_linux_x64//:bin/esbuild",
            allow_single_file = True,
            executable = True,
            cfg = "exec",
        ),
    },
)
