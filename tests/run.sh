#!/bin/bash
# Installs what is missing, builds everything and runs every test: bash tests/run.sh [options of ctest]
# For example: bash tests/run.sh -R golden. The exit code says whether all passed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/setup.sh"

case ${1:-} in
    --help | -h)
        say "bash tests/run.sh [options of ctest]: sets up, builds everything and runs the tests; -R <name> runs those of that name."
        exit ;;
esac

set_up test
build_programs
cd "$BUILD"
exec ctest --output-on-failure --timeout 600 "$@"
