#!/bin/bash
# Records with real keys, kills the player while it does, watches what is left, takes it over, and dreams it all again from its log.
# Usage: recording_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, OpenGL, the world bricks or FFmpeg is missing.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
[ -f "$source/assets/worlds/bricks/world.toml" ] || { echo "skipped: no world"; exit 77; }
source "$(dirname "$0")/display.sh"
newest() { ls -t "$work/videos/"*."$1" 2>/dev/null | head -n 1; }
some() { [ -n "$(newest "$1")" ]; }
grown() { larger "$(newest "$1")" "$2"; }

# ---- A recording by its key, and the window as a video beside it.
begin --threads 1
press ctrl+r
until_true 60 "Ctrl+R begins a recording" some mkv
xdotool keydown Left sleep 0.5 keyup Left
press c
until_true 60 "a second lane" is lane 1
press ctrl+w
until_true 60 "its frames are on the disk" grown mkv 50000
until_true 60 "the window is recorded" some mp4
press ctrl+w
press ctrl+r
sleep 1
press ctrl+s
sleep 1
until_true 60 "the past is saved too" eval '[ "$(ls "$work/videos/"*.mkv | wc -l)" = 2 ]'
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
begin --threads 1 --record "$work/videos/cut.mkv"
until_true 60 "it is being recorded" larger "$work/videos/cut.mkv" 100000
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
pid=
before=$(stat -c %i "$work/videos/cut.mkv")
begin --threads 1
mended() { [ "$(stat -c %i "$work/videos/cut.mkv")" != "$before" ]; }
until_true 60 "the recording is mended" mended
quit

# ---- The display is lost while it records: what was recorded is whole.
Xvfb -displayfd 3 -screen 0 1280x800x24 3>"$work/display" >/dev/null 2>&1 &
display=$!
for i in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display") "$build/driftscope" --size 1280 800 --seed 7 --threads 1 --record "$work/videos/lost.mkv" >"$work/said" 2>&1 &
pid=$!
until_true 60 "it is being recorded elsewhere" larger "$work/videos/lost.mkv" 100000
kill -9 $display
rc=0
wait "$pid" 2>/dev/null || rc=$?
pid=
[ $rc = 1 ] || fail "the lost display gave exit code $rc"
grep -q 'the display has gone: what was recorded is kept' "$work/said" || fail "nothing is said of the display"
before=$(cksum <"$work/videos/lost.mkv")
"$build/driftlab" replay "$work/videos/lost.driftlog" --verify --threads 1 >"$work/verdict" 2>&1 || fail "what was recorded before the display went is made again: $(cat "$work/verdict")"
"$build/driftlab" export "$work/videos/lost.mkv" --gif "$work/lost.gif" --no-plot --threads 1 >"$work/verdict" 2>&1 || fail "and is exported: $(cat "$work/verdict")"
begin --threads 1
sleep 2
quit
[ "$before" = "$(cksum <"$work/videos/lost.mkv")" ] || fail "the recording had to be mended"

# ---- Watched, and taken over.
begin --threads 1 --replay "$first"
until_true 60 "the session is watched" above step 10
press Return
sleep 0.5
xdotool keydown d
until_true 60 "the keys are the player's" is action right
xdotool keyup d
quit
log=$(ls -t "$work/data/driftscope/sessions/"*.driftlog | head -n 1)
"$build/driftlab" replay "$log" --verify --threads 1 >"$work/verdict" 2>&1 || fail "what was played on is made again: $(cat "$work/verdict")"
echo "recorded, killed, mended, watched and taken over"
