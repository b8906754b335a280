#!/bin/bash
# Records with real keys, kills the player while it does, watches what is left, takes it over, and dreams it all again from its log.
# Usage: recording_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, OpenGL, the world bricks or FFmpeg is missing.
set -euo pipefail
build=$(cd "${1:-${DRIFT_BUILD:-build}}" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
for tool in xvfb-run xdotool; do
    command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
[ -f "$source/assets/worlds/bricks/world.toml" ] || { echo "skipped: no world"; exit 77; }
if [ -z "${DRIFT_UI_INSIDE:-}" ]; then
    DRIFT_UI_INSIDE=1 exec xvfb-run -a -s "-screen 0 1280x800x24" bash "$0" "$build"
fi
work=$(mktemp -d)
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_VIDEOS_DIR=$work/videos HOME=$work LIBGL_ALWAYS_SOFTWARE=1
mkdir -p "$work/videos"
pid=
finish() {
    if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "FAILED: $*"
    echo "--- the player said"; cat "$work/said" 2>/dev/null || true
    ls -la "$work/videos" "$work/data/driftscope/sessions" 2>/dev/null || true
    exit 1
}
until_true() {
    local what=$1 begun=$SECONDS
    shift
    until "$@"; do
        [ $((SECONDS - begun)) -lt 60 ] || fail "$what (waited a minute)"
        kill -0 "$pid" 2>/dev/null || fail "$what (the player has ended)"
        sleep 0.1
    done
}
last() { awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == name) at = i; next } { value = $at } END { print value }' "$work/steps.tsv" 2>/dev/null; }
above() { awk -v a="$(last "$1")" -v b="$2" 'BEGIN { exit !(a + 0 > b + 0) }'; }
begin() {
    : >"$work/steps.tsv"
    "$build/driftscope" --size 1280 800 --scale 1 --seed 7 --threads 1 --record-steps "$work/steps.tsv" "$@" >"$work/said" 2>&1 &
    pid=$!
    window=$(xdotool search --sync --onlyvisible --pid "$pid" | head -n 1)
    xdotool windowfocus --sync "$window"
    until_true "the play goes on" above step 2
}
quit() {
    xdotool key ctrl+q
    local rc=0
    wait "$pid" || rc=$?
    pid=
    [ $rc = 0 ] || fail "quitting gave exit code $rc"
}
newest() { ls -t "$work/videos/"*."$1" 2>/dev/null | head -n 1; }
some() { [ -n "$(newest "$1")" ]; }
grown() { [ "$(stat -c %s "$(newest "$1")")" -gt "$2" ]; }

# ---- A recording by its key, and the window as a video beside it.
begin
xdotool key ctrl+r
until_true "Ctrl+R begins a recording" some mkv
xdotool keydown Left sleep 0.5 keyup Left
xdotool key c
until_true "a second lane" eval '[ "$(last lane)" = 1 ]'
xdotool key ctrl+w
until_true "its frames are on the disk" grown mkv 50000
until_true "the window is recorded" some mp4
xdotool key ctrl+w
xdotool key ctrl+r
sleep 1
xdotool key ctrl+s
sleep 1
until_true "the past is saved too" eval '[ "$(ls "$work/videos/"*.mkv | wc -l)" = 2 ]'
quit
first=$(ls "$work/videos/"*.mkv | head -n 1)
grown mp4 20000 || fail "the video of the window holds something"
for log in "$work/videos/"*.driftlog; do
    "$build/driftlab" replay "$log" --verify --threads 1 >"$work/verdict" 2>&1 || fail "$log gives the same bytes again: $(cat "$work/verdict")"
done
for log in "$work/data/driftscope/sessions/"*.driftlog; do
    "$build/driftlab" replay "$log" --verify --threads 1 >"$work/verdict" 2>&1 || fail "the play's own log gives the same bytes again: $(cat "$work/verdict")"
done

# ---- Killed while it records: the next start mends the file.
begin --record "$work/videos/cut.mkv"
until_true "it is being recorded" eval '[ "$(stat -c %s "$work/videos/cut.mkv")" -gt 100000 ]'
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
pid=
before=$(stat -c %i "$work/videos/cut.mkv")
begin
mended() { [ "$(stat -c %i "$work/videos/cut.mkv")" != "$before" ]; }
until_true "the recording is mended" mended
quit

# ---- The display is lost while it records: what was recorded is whole.
Xvfb -displayfd 3 -screen 0 1280x800x24 3>"$work/display" >/dev/null 2>&1 &
display=$!
for i in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display") "$build/driftscope" --size 1280 800 --seed 7 --threads 1 --record "$work/videos/lost.mkv" >"$work/said" 2>&1 &
pid=$!
until_true "it is being recorded elsewhere" eval '[ "$(stat -c %s "$work/videos/lost.mkv" 2>/dev/null || echo 0)" -gt 100000 ]'
kill -9 $display
wait "$pid" 2>/dev/null || true
pid=
"$build/driftlab" replay "$work/videos/lost.driftlog" --verify --threads 1 >"$work/verdict" 2>&1 || fail "what was recorded before the display went is made again: $(cat "$work/verdict")"
"$build/driftlab" export "$work/videos/lost.mkv" --gif "$work/lost.gif" --no-plot --threads 1 >"$work/verdict" 2>&1 || fail "and is exported: $(cat "$work/verdict")"

# ---- Watched, and taken over.
begin --replay "$first"
until_true "the session is watched" above step 10
xdotool key Return
sleep 0.5
xdotool keydown d
until_true "the keys are the player's" eval '[ "$(last action)" = right ]'
xdotool keyup d
quit
log=$(ls -t "$work/data/driftscope/sessions/"*.driftlog | head -n 1)
"$build/driftlab" replay "$log" --verify --threads 1 >"$work/verdict" 2>&1 || fail "what was played on is made again: $(cat "$work/verdict")"
echo "recorded, killed, mended, watched and taken over"
