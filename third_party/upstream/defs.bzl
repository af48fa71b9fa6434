"""Repositories made of upstream's own source archives."""

load("//third_party/private:archives.bzl", "ARCHIVE_ATTRS", "fetch_and_unpack", "prune")
load("//third_party/private:build_file.bzl", "finish")
load("//third_party/private:python.bzl", "CLIENT_ENVIRON")

def _upstream_archive_impl(rctx):
    entry = json.decode(rctx.attr.entry)
    what = "source of %s %s" % (entry["name"], entry["version"])
    fetch_and_unpack(rctx, "upstream", [entry], what, strip_prefix = entry.get("strip_prefix", ""))
    prune(rctx)
    finish(rctx)

upstream_archive = repository_rule(
    implementation = _upstream_archive_impl,
    doc = "A source archive of upstream's, unpacked: from Debian's pool where it has the same bytes, else from upstream.",
    attrs = dict(
        ARCHIVE_ATTRS,
        entry = attr.string(
            mandatory = True,
            doc = "JSON: an entry of third_party/upstream/lock.json, with its name added.",
        ),
    ),
    environ = CLIENT_ENVIRON,
)
