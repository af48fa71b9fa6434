"""Names and texts for repositories that are made from a lock."""

def mangle(name):
    """A project's or package's name as a part of a repository's name.

    Args:
      name: for example @types/node or clang-format
    Returns:
      letters, digits and underscores only: types_node, clang_format
    """
    return "".join([c if c.isalnum() else "_" for c in name.lower().elems()]).strip("_")

def quoted_list(items):
    """A list of strings as Starlark source: empty, or one item a line.

    Args:
      items: the strings
    Returns:
      source text, for a rule's attribute
    """
    if not items:
        return "[]"
    return "[\n" + "".join(["        \"%s\",\n" % item for item in items]) + "    ]"
