"""The intrinsic modules of Fortran, compiled."""

def _fortran_modules_impl(ctx):
    folder = ctx.actions.declare_directory(ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add(ctx.file._flang.dirname)
    arguments.add(folder.path)
    arguments.add_all(ctx.files.srcs)
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-P", ctx.file._make.path, arguments],
        inputs = ctx.files.srcs + ctx.files.includes + [ctx.file._make, ctx.file._front_end],
        outputs = [folder],
        tools = [ctx.attr._python[DefaultInfo].files_to_run, ctx.attr._closure[DefaultInfo].files],
        mnemonic = "FortranModules",
        progress_message = "Compiling the intrinsic modules of Fortran",
    )
    return [DefaultInfo(files = depset([folder]))]

fortran_modules = rule(
    implementation = _fortran_modules_impl,
    doc = "A folder of flang's intrinsic modules (`iso_c_binding.mod` and so on), for 32-bit x86.",
    attrs = {
        "srcs": attr.label_list(
            mandatory = True,
            allow_files = [".f90"],
            doc = "The modules' sources, each after those that it uses.",
        ),
        "includes": attr.label_list(allow_files = True, doc = "What the sources include."),
        "_closure": attr.label(default = "@debian_fortran//:files", cfg = "exec"),
        "_flang": attr.label(default = "@debian_fortran//:bin/flang-new", allow_single_file = True, cfg = "exec"),
        "_front_end": attr.label(default = "//toolchains/fortran/modules:front_end.py", allow_single_file = True),
        "_make": attr.label(default = "//toolchains/fortran/modules:make_modules.py", allow_single_file = True),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
    },
)
