#!/bin/sh
echo "Nothing here is compiled for the machine that builds. Build the target for wasm32: see platforms/." >&2
exit 1
