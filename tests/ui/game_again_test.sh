#!/bin/bash
# A real game that plays alone is killed: it is said, "Start it again" brings it back to the same moment, and so does a slot.
# Usage: game_again_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
mkdir -p "$work/config/driftscope"
printf '[[game]]\nname = "square"\ncommand = ["python3", "%s/app/games/example.py"]\n' "$(cd "$(dirname "$0")/../.." && pwd)" >"$work/config/driftscope/games.toml"
child() { pgrep -P "$pid" -f example.py; }
ended() { ! child >/dev/null; }
kill_game() {
    kill -9 "$(child)"
    until_true 30 "the game has ended" ended
    until_true 30 "it is said" grep -q "was ended by a signal" "$work/said"
    : >"$work/said"
}
again() {
    press ctrl+p
    sleep 0.5
    xdotool type --delay 50 "start the real game again"
    sleep 0.3
    press Return
}
begin --truth-only --game square --threads 1
xdotool keydown Right sleep 0.5 keyup Right
until_true 30 "the game is played" above step 15
press ctrl+1
sleep 1
kill_game
at=$(last step)
again
until_true 30 "the game runs again" child
until_true 30 "and goes on from the same moment" above step "$at"
kill_game
press 1
until_true 30 "a slot starts it, too" child
again_at=$(last step)
press space
until_true 30 "and it goes on from there" above step "$again_at"
quit
echo "a real game that plays alone is started again"
