"""A source for each object: macros, and the source of OpenBLAS's that they are for."""

def _object_sources_impl(ctx):
    sources = []
    for name, text in ctx.attr.texts.items():
        source = ctx.actions.declare_file("%s/%s.c" % (ctx.label.name, name))
        ctx.actions.write(source, text)
        sources.append(source)
    return [DefaultInfo(files = depset(sources))]

_object_sources = rule(
    implementation = _object_sources_impl,
    attrs = {"texts": attr.string_dict(mandatory = True)},
)

def _text(object):
    macros = object.macros + [
        "ASMNAME=" + object.name,
        "ASMFNAME=%s_" % object.name,
        "NAME=%s_" % object.name,
        "CNAME=" + object.name,
        "CHAR_NAME=\"%s_\"" % object.name,
        "CHAR_CNAME=\"%s\"" % object.name,
    ]
    lines = ["#define " + (macro if "=" in macro else macro + "=1").replace("=", " ", 1) for macro in macros]
    return "\n".join(lines + ["#include \"%s\"" % object.source]) + "\n"

def object_sources(name, objects):
    """Writes a source for each object.

    Args:
      name: name of the target, whose files are NAME.c for each
      objects: structs of `name`, of `source`, a path in OpenBLAS, and of `macros`, as MACRO or MACRO=TEXT
    """
    _object_sources(
        name = name,
        texts = {object.name: _text(object) for object in objects},
    )
