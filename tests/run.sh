#!/bin/bash
# Installs what is missing, builds everything and runs every test: bash tests/run.sh [options of ctest]
# For example: bash tests/run.sh -R golden, or -L lab (labels: unit, golden, ui, lab, fuzz, gpu, address, thread). The exit code says whether
# all passed. bash tests/run.sh --sanitize address|thread builds and runs the tests without Torch under sanitizers alone, in build-address or
# build-thread.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/setup.sh"

case ${1:-} in
    --help | -h)
        say "bash tests/run.sh [options of ctest]: sets up, builds everything and runs the tests; -R <name> runs those of that name, -L <label> those of a label (unit, golden, ui, lab, fuzz, gpu, address, thread)."
        say "bash tests/run.sh --sanitize address|thread [options of ctest]: builds and runs the tests without Torch under sanitizers, in build-address or build-thread."
        exit ;;
    --sanitize)
        case ${2:-} in
            address) watched=plain_tests_address ;;
            thread) watched=session_tests_thread ;;
            *) fail "--sanitize: expected address or thread, found \"${2:-}\"" ;;
        esac
        set_up test
        BUILD=$ROOT/build-$2
        mkdir -p "$BUILD"
        configure ON
        build_programs "$watched"
        cd "$BUILD"
        exec ctest --output-on-failure --timeout 900 -R "^$watched\$" "${@:3}" ;;
esac

set_up test
build_programs
cd "$BUILD"
exec ctest -j "$(nproc)" --output-on-failure --timeout 900 "$@"  # those with a window run alone
