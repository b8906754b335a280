#!/bin/bash
# Records a real Atari game, beside its dream and alone, and makes each again from its log, byte for byte; the recording becomes a data set.
# Usage: outside_recording_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, OpenGL or Atari is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
[ -d "${DRIFT_GAMES:-$build/games}/ale_py" ] || { echo "skipped: Atari is not set up (bash app/play.sh --atari)"; exit 77; }
newest() { ls -t "$work/videos/"*."$1" 2>/dev/null | head -n 1; }
grown() { larger "$(newest "$1")" "$2"; }

for what in "--world breakout --truth" "--truth-only --game ale/Breakout"; do
    rm -f "$work/videos/"* "$work/data/driftscope/sessions/"*
    begin --threads 1 $what --record "$work/videos/played.mkv"
    xdotool keydown space sleep 0.3 keyup space keydown Right sleep 0.5 keyup Right
    until_true 60 "$what: the game has been played for a while" above step 40
    press BackSpace  # a step of the past, and on from there
    sleep 0.3
    press ctrl+r
    sleep 0.5
    quit
    log=$(newest driftlog)
    [ -n "$log" ] || fail "$what: a log lies beside the recording"
    for each in "$log" "$work/data/driftscope/sessions/"*.driftlog; do
        "$build/driftlab" replay "$each" --verify --threads 1 >"$work/verdict" 2>&1 || fail "$what: $each gives the same bytes again: $(cat "$work/verdict")"
        grep -q 'give the same bytes again' "$work/verdict" || fail "$what: the verdict is said: $(cat "$work/verdict")"
    done
    "$build/driftlab" export "$(newest mkv)" --dataset "$work/data set" --threads 1 >"$work/verdict" 2>&1 || fail "$what: it becomes a data set: $(cat "$work/verdict")"
    [ -s "$work/data set/data.toml" ] || fail "$what: the data set says what it is"
    rm -rf "$work/data set"
done
echo "a real game outside is recorded, made again byte for byte, and becomes a data set"
