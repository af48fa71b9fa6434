"""The toolchain type of Node."""

NodeInfo = provider(
    doc = "A Node that actions can run.",
    fields = {
        "files": "depset of File: all that it needs, itself included; for `inputs` or `tools`.",
        "node": "FilesToRunProvider: for `executable` or `tools`.",
    },
)

def _node_toolchain_impl(ctx):
    node = ctx.attr.node[DefaultInfo]
    return [platform_common.ToolchainInfo(
        node = NodeInfo(
            files = node.files,
            node = node.files_to_run,
        ),
    )]

node_toolchain = rule(
    implementation = _node_toolchain_impl,
    doc = "A Node, given to rules as `ctx.toolchains[\"//toolchains/node:toolchain_type\"].node`: a NodeInfo.",
    attrs = {
        "node": attr.label(cfg = "exec", doc = "The program.", executable = True, mandatory = True),
    },
)
