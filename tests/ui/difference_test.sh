#!/bin/bash
# The pictures of a difference: the shader's pixels, and in the player itself black where the dream is the truth, at the opening.
# Usage: difference_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
build=$(cd "${1:-${DRIFT_BUILD:-build}}" && pwd)
for tool in xvfb-run xdotool convert; do
    command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
if [ -z "${DRIFT_UI_INSIDE:-}" ]; then
    DRIFT_UI_INSIDE=1 exec xvfb-run -a -s "-screen 0 1280x800x24" bash "$0" "$build"
fi
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work/config HOME=$work LIBGL_ALWAYS_SOFTWARE=1
pid=
finish() {
    if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT
fail() { echo "FAILED: $*"; cat "$work/said" 2>/dev/null || true; exit 1; }

"$build/player_tests" --gtest_filter='Pixels.*' >"$work/said" 2>&1 || fail "the shader's pixels"
grep -q "PASSED.*1 test" "$work/said" || fail "the shader's pixels were not looked at"

# The opening, paused, without panels: the middle of the window lies within the picture. brightest FILE: of 0 to 255, in a square there.
brightest() { convert "$1" -gravity center -crop 400x400+0+0 +repage -format '%[fx:round(255*maxima)]' info:; }
opening() {
    local name=$1
    shift
    rm -rf "$work/config"  # the panels are back
    mkdir -p "$work/config/driftscope"
    printf '[window]\nplayed = true\n' >"$work/config/driftscope/settings.toml"  # nothing is said over the picture
    "$build/driftscope_fake" --size 1280 800 --scale 1 --seed 7 --paused --record-steps "$work/steps.tsv" --screenshot "$work/$name.png" "$@" >"$work/said" 2>&1 &
    pid=$!
    local window
    window=$(xdotool search --sync --onlyvisible --pid "$pid" | head -n 1)
    for _ in $(seq 300); do [ "$(wc -l <"$work/steps.tsv")" -lt 2 ] || break; sleep 0.1; done
    xdotool windowfocus --sync "$window" key Tab sleep 0.5 key ctrl+q
    wait "$pid" || fail "the player gives exit code $?"
    pid=
    rm "$work/steps.tsv"
    xdotool sleep 0.1
}
: >"$work/steps.tsv"
opening plain
if grep -q "built without pictures" "$work/said"; then echo "skipped: built without pictures"; exit 77; fi
[ "$(brightest "$work/plain.png")" -gt 200 ] || fail "the opening is a picture: the brightest of it is $(brightest "$work/plain.png")"
for mode in absolute amplified heat; do
    : >"$work/steps.tsv"
    opening $mode --difference $mode
    [ "$(brightest "$work/$mode.png")" = 0 ] || fail "$mode: the dream is the truth at the opening, and yet $(brightest "$work/$mode.png") of 255 is seen"
done

# Ten steps later it is not; turning the gain up shows it.
for mode in absolute amplified; do
    "$build/driftscope_fake" --size 1280 800 --scale 1 --seed 7 --frames 10 --turbo --preset EDM --difference $mode --screenshot "$work/$mode.png" >"$work/said" 2>&1 || fail "$mode"
done
mean() { convert "$1" -gravity center -crop 300x200+0-150 +repage -format '%[fx:255*mean]' info:; }
awk -v a="$(mean "$work/absolute.png")" -v b="$(mean "$work/amplified.png")" 'BEGIN { exit !(a > 0 && b > 5 * a) }' ||
    fail "eight times the difference: found $(mean "$work/absolute.png") and $(mean "$work/amplified.png")"
rc=0
"$build/driftscope_fake" --difference sideways >"$work/said" 2>&1 || rc=$?
[ $rc = 2 ] || fail "--difference sideways: expected exit code 2, found $rc"
echo "differences are drawn as they are, and where there is none it is black"
