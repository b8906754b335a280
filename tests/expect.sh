# What the tests of driftlab's command line share, to be sourced: the program, a folder that goes with the test, and what is expected of a command.
lab=${DRIFT_BUILD:-build}/driftlab
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

# expect CODE PATTERN COMMAND...: the exit code, and what its output must hold.
expect() {
    local code=$1 pattern=$2 output actual
    shift 2
    output=$("$@" 2>&1)
    actual=$?
    if [ $actual -ne "$code" ] || ! grep -qE -- "$pattern" <<<"$output"; then
        printf 'FAILED: %s\n  expected exit code %s and "%s", found %s and:\n%s\n' "$*" "$code" "$pattern" "$actual" "$output"
        failures=$((failures + 1))
    fi
}
