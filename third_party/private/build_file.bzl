"""The BUILD file and the patches of a repository made from outside bytes."""

PATCH_ATTRS = {
    "patch_strip": attr.int(default = 1, doc = "Leading folders to strip from the names in patches, as `patch -p`."),
    "patches": attr.label_list(
        allow_files = [".patch"],
        doc = "Unified diffs to apply after unpacking, in this order.",
    ),
}

BUILD_FILE_ATTRS = PATCH_ATTRS | {
    "build_file": attr.label(
        allow_single_file = True,
        doc = "The repository's BUILD file. Without one (and without build_file_content) what the archive brings stays.",
    ),
    "build_file_content": attr.string(doc = "The repository's BUILD file, spelled out. Excludes build_file."),
}

def apply_patches(rctx):
    """Applies patches as PATCH_ATTRS say.

    Args:
      rctx: the repository_ctx, with everything unpacked.
    """
    for patch in rctx.attr.patches:
        rctx.patch(patch, strip = rctx.attr.patch_strip)

def finish(rctx):
    """Applies patches, and writes BUILD.bazel and WORKSPACE.bazel as BUILD_FILE_ATTRS say.

    Args:
      rctx: the repository_ctx, with everything unpacked.
    """
    apply_patches(rctx)
    if rctx.attr.build_file and rctx.attr.build_file_content:
        fail("@%s has both build_file and build_file_content: give one of them" % rctx.name)
    content = rctx.read(rctx.attr.build_file) if rctx.attr.build_file else rctx.attr.build_file_content
    if content:
        rctx.delete("BUILD")
        rctx.file("BUILD.bazel", content, executable = False)
    rctx.delete("WORKSPACE")
    rctx.file("WORKSPACE.bazel", "workspace(name = \"%s\")\n" % rctx.name, executable = False)
