"""What the repository rules for archives share: fetching and unpacking them."""

load(":build_file.bzl", "BUILD_FILE_ATTRS")
load(":python.bzl", "PROGRAM_ATTRS", "run_python")

ARCHIVE_ATTRS = PROGRAM_ATTRS | BUILD_FILE_ATTRS | {
    "drop": attr.string_list(doc = "Globs of files not to unpack; `*` matches `/` too."),
    "keep": attr.string_list(doc = "Globs of files to unpack although they match `drop`."),
}

def fetch_and_unpack(rctx, kind, files, what, strip_prefix = "", drop = []):
    """Brings archives by third_party/private/fetch.py and unpacks them over each other into the repository's root.

    Args:
      rctx: the repository_ctx, with ARCHIVE_ATTRS.
      kind: "debian" or "upstream".
      files: list of dicts, as fetch.py takes them.
      what: what they are, for messages.
      strip_prefix: the folder in the archives that becomes the root.
      drop: globs of files not to unpack, beside those of the attribute.
    """
    listing = ".terrarium-files.json"
    rctx.file(listing, json.encode(files), executable = False)
    arguments = [kind, rctx.path(listing), rctx.path(""), "--strip-prefix", strip_prefix]
    for glob in rctx.attr.drop + drop:
        arguments += ["--drop", glob]
    for glob in rctx.attr.keep:
        arguments += ["--keep", glob]
    run_python(rctx, rctx.path(rctx.attr._fetch), arguments, what)
    rctx.delete(listing)

def prune(rctx):
    """Removes what Bazel stumbles over: links to files that were not unpacked, BUILD files of others.

    Args:
      rctx: the repository_ctx, with the archives unpacked.
    """
    run_python(rctx, rctx.path(rctx.attr._fetch), ["prune", rctx.path("")], "tidying up")
