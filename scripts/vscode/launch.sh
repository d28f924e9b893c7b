#!/bin/sh
# Starts the npm-only VS Code with the arguments of the desktop one; see launch.ts.
here=$(cd "$(dirname "$0")" && pwd)
exec node --require "$here/../../node_modules/tsx/dist/cjs/index.cjs" "$here/launch.ts" "$@"
