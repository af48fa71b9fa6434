# Copies packages into a node_modules folder. Runs in busybox's shell, of which the first argument is the path.
#
#     busybox sh lay_out.sh BUSYBOX DESTINATION LIST
#
# LIST holds, for each package: its name, the folder that its files are under (with a slash), its files one
# a line, an empty line.
set -eu
busybox=$1
destination=$2
made=

while IFS= read -r package && IFS= read -r root; do
    while IFS= read -r file && [ -n "$file" ]; do
        target=$destination/$package/${file#"$root"}
        folder=${target%/*}
        # Files come in order, so this asks for each folder about once.
        if [ "$folder" != "$made" ]; then
            "$busybox" mkdir -p "$folder"
            made=$folder
        fi
        # -L: in a sandbox, inputs are links.
        "$busybox" cp -L "$file" "$target"
    done
done <"$3"
