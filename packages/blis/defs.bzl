"""Tests of this folder that are alike."""

load("//rules:defs.bzl", "node_test", "wasm_files")

def tester_suite(name, builds, programs, inputs):
    """Runs upstream's testers of an interface in Node, once with each build of the library.

    Makes NAME_BUILD of each, from tests/NAME/NAME.test.mjs, which finds the build's name in the variable of the environment
    that is called as the test, in capitals, and _BUILD.

    Args:
      name: what the tests are called, without the build
      builds: names of the builds
      programs: names of the testers: of each there is a cc_binary PROGRAM_BUILD
      inputs: files that testers read
    """
    for build in builds:
        files = "%s_programs_%s" % (name, build)
        wasm_files(
            name = files,
            testonly = True,
            srcs = ["%s_%s" % (program, build) for program in programs],
        )
        node_test(
            name = "%s_%s" % (name, build),
            size = "medium",
            srcs = ["tests/%s/%s.test.mjs" % (name, name)],
            data = [":" + files] + inputs,
            env = {name.upper() + "_BUILD": build},
        )
