"""Tests of wheels that packages/ builds."""

load("//rules:defs.bzl", "WheelInfo", "node_test")

def _wheel_set_impl(ctx):
    wheels, libraries = [], []
    for target in ctx.attr.wheels:
        if WheelInfo in target:
            wheels.append(target[WheelInfo].wheel)
            libraries += target[WheelInfo].shared_libraries
        else:
            wheels += target[DefaultInfo].files.to_list()

    # What two of them need is there once.
    wheels, libraries = depset(wheels).to_list(), depset(libraries).to_list()
    listing = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(listing, json.encode_indent({
        "libraries": [file.short_path for file in libraries],
        "wheels": [file.short_path for file in wheels],
    }))
    return [DefaultInfo(
        files = depset([listing]),
        runfiles = ctx.runfiles(wheels + libraries),
    )]

_wheel_set = rule(
    implementation = _wheel_set_impl,
    doc = "A list of wheels and of the shared libraries that they need, for packages/testing/wheels.mjs.",
    attrs = {"wheels": attr.label_list(allow_files = [".whl"], mandatory = True)},
)

def wheel_test(name, srcs, wheels, size = "medium", data = [], env = {}, **kwargs):
    """A test in JavaScript of wheels in the release: loadWheels() of packages/testing/wheels.mjs gives a Python that has them.

    Args:
      name: name of the test
      srcs: as node_test takes them
      wheels: targets of the rule `wheel`, and wheels from PyPI as @pypi_NAME_wasm//:files, in the order in which they are loaded
      size: as for any test
      data: as node_test takes it
      env: as node_test takes it
      **kwargs: what else node_test takes
    """
    _wheel_set(
        name = name + "_wheels",
        testonly = True,
        tags = ["manual"],
        wheels = wheels,
    )
    node_test(
        name = name,
        size = size,
        srcs = srcs,
        data = data + [
            name + "_wheels",
            "//dist:core",
            "//packages/testing:wheels.mjs",
        ],
        env = env | {
            "TERRARIUM_DIST": "$(runfile //dist:core)",
            "WHEELS": "$(runfile :%s_wheels)" % name,
        },
        **kwargs
    )
