%shebang%
# Starts a py_binary or py_test with the build's own Python, whatever the machine has. What Bazel fills in stands between
# percent signs. Needs no program of the machine's but the shell.

case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac

if [ "%is_zipfile%" = True ]; then
    echo "$0: programs in one zip file are not supported: build without --build_python_zip" >&2
    exit 1
fi

# The folder of runfiles: beside the program, or around it when it is itself a file of another program's.
while :; do
    runfiles=$self.runfiles
    [ ! -d "$runfiles" ] || break
    runfiles=${self%.runfiles/*}.runfiles
    [ ! -d "$runfiles" ] || break
    runfiles=${RUNFILES_DIR:-${TEST_SRCDIR:-}}
    [ ! -e "$runfiles/%main%" ] || break
    # Through a link that somebody made, with the machine's help.
    target=
    [ ! -L "$self" ] || target=$(readlink "$self")
    case $target in
    "")
        echo "$0: has no runfiles beside it: run the program where Bazel built it, or through \`bazel run\`" >&2
        exit 1
        ;;
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
    esac
done

path=$runfiles:$runfiles/%workspace_name%
rest="%imports%:"
while [ -n "$rest" ]; do
    entry=${rest%%:*}
    rest=${rest#*:}
    [ -z "$entry" ] || path=$path:$runfiles/$entry
done
# Every repository, as with Bazel's own start: rule sets import their modules from their roots.
for entry in "$runfiles"/*/; do
    path=$path:${entry%/}
done

# The user's settings for a Python of theirs mean nothing to this one.
unset PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPLATLIBDIR PYTHONSTARTUP PYTHONUSERBASE
export PYTHONPATH="$path"
export RUNFILES_DIR="$runfiles"

# -P: modules come from the path above, never from the folder of the program.
exec "$runfiles/%python_binary%" -P "$runfiles/%main%" "$@"
