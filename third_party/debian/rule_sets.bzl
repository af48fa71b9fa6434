"""Which of Debian's packages of the closure `rules` becomes which repository, under the name that its users expect."""

def _rules(folder, package, **more):
    return dict(more, package = package, strip_prefix = "usr/share/bazel/" + folder)

RULE_SETS = {
    "aspect_bazel_lib": _rules("tools/bazel_lib", "bazel-lib"),
    "bazel_features": _rules("tools/features", "bazel-features"),
    "bazel_skylib": _rules("tools/skylib", "bazel-skylib"),
    "io_bazel_stardoc": _rules("tools/stardoc", "bazel-stardoc"),
    "platforms": _rules("tools/platforms", "bazel-platforms"),
    "rules_cc": _rules("rules/cc", "bazel-rules-cc"),
    "rules_java": _rules("rules/java", "bazel-rules-java"),
    "rules_license": _rules("rules/license", "bazel-rules-license"),
    "rules_pkg": _rules("rules/pkg", "bazel-rules-pkg"),
    "rules_proto": _rules("rules/proto", "bazel-rules-proto"),
    "rules_python": _rules("rules/python", "bazel-rules-python"),
    "rules_shell": _rules("rules/shell", "bazel-rules-shell"),
}
