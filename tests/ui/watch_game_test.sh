#!/bin/bash
# A game is played, a session is watched, and the game goes on where it was left. Whoever plays is asked before it is left.
# Usage: watch_game_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
mkdir -p "$XDG_CONFIG_HOME/driftscope"
# With the other panels closed "Recording" stands at the same place: its second session, and "Back to my game" while it is watched.
printf '[window.sections]\nLanes = false\nTruth = false\nTime = false\nWorld = false\nSpeed = false\n' >"$XDG_CONFIG_HOME/driftscope/settings.toml"
session() { xdotool mousemove 100 302 sleep 0.3 click 1 sleep 0.7; }
lines() { wc -l <"$work/steps.tsv"; }
more() { [ "$(lines)" -gt "$1" ]; }

begin
until_true 60 "a first play" above step 20
quit
begin
until_true 60 "another" above step 5
press space
sleep 0.4
left=$(last step)

# ---- Asked, and no.
before=$(lines)
session
press Escape
sleep 0.5
[ "$(lines)" = "$before" ] || fail "Escape keeps the game: nothing moves"

# ---- Asked, and yes: the session begins with its opening. The sliders are what they were, and say so.
session
press Return
until_true 20 "the session is watched" eval 'more $((before + 5)) && above step 3'
press space
sleep 0.4
xdotool mousemove 1092 319 sleep 0.3 mousedown 1 sleep 0.3 mousemove 1140 319 sleep 0.3 mouseup 1
press b
sleep 0.3
press period
sleep 0.7
is steps 3 || fail "a recorded lane stays what it was: found $(last steps)"
xdotool mousemove 136 308 sleep 0.3 click 1
sleep 0.8
press period
until_true 20 "back to the game, one frame on" is step $((left + 1))
is seed 7 || fail "it is the game that was played: found seed $(last seed)"
for back in 0 1 2; do press comma; sleep 0.3; done
press period
until_true 20 "what came before it is there: three back, one on" is step $((left - 1))
quit
scratch=$XDG_DATA_HOME/driftscope/scratch
[ ! -e "$scratch" ] || fail "nothing is left behind: $(ls -R "$scratch")"
echo "a session is watched, and the game goes on"
