"""Runs the host-python programs of this folder from repository rules."""

# Repositories are made anew when one of these changes.
CLIENT_ENVIRON = ["TERRARIUM_REPOSITORY_CACHE", "XDG_CACHE_HOME"]

# The programs, as attributes of every rule that runs them: a change of one makes the repository anew.
PROGRAM_ATTRS = {
    "_archive": attr.label(default = "//third_party/private:archive.py", allow_single_file = True),
    "_fetch": attr.label(default = "//third_party/private:fetch.py", allow_single_file = True),
    "_registry": attr.label(default = "//third_party/private:registry.py", allow_single_file = True),
}

def host_python(rctx):
    """The host's python3, for the bootstrap alone: no action ever sees it.

    Args:
      rctx: the repository_ctx.
    Returns:
      The path of a python3 on the host's PATH. That it is new enough is checked by bazelw.
    """
    python = rctx.which("python3")
    if not python:
        fail("python3 (3.9 or newer) is not on PATH: install it. It fetches and unpacks what third_party/ locks.")
    return python

def run_python(rctx, program, arguments, what):
    """Runs a program of third_party/private with the host's python, or fails with what it printed.

    Args:
      rctx: the repository_ctx.
      program: the program, as a path.
      arguments: list of strings or paths.
      what: what it does, for messages ("fetching X").
    Returns:
      What it printed.
    """
    rctx.report_progress(what)

    # The clients of the registries need the whole environment: proxies, certificates, credentials.
    # -B: no byte code in the source tree.
    result = rctx.execute([host_python(rctx), "-B", program] + arguments, timeout = 3600)
    if result.return_code:
        fail("\n%s: %s failed\n%s%s" % (rctx.name, what, result.stderr, result.stdout))
    return result.stdout
