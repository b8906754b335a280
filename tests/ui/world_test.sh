#!/bin/bash
# Changes the world by clicks in the list: another one while one plays, one that does not open, and one where the first did not.
# Usage: world_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake  # its worlds need no weights: what their names begin with is the game
own=$XDG_DATA_HOME/driftscope/worlds
mkdir -p "$own/maze-of-mine" "$own/nothing" "$XDG_CONFIG_HOME/driftscope"
touch "$own/maze-of-mine/world.toml" "$own/nothing/world.toml" "$own/rover-slow.pt"
# With the panels above it closed the list stands at the same place of the left column, whatever they hold.
list_top=259
closed() { printf '[window.sections]\nLanes = false\nTruth = false\nTime = false\nRecording = false\n' >"$XDG_CONFIG_HOME/driftscope/settings.toml"; }
closed
shipped=$(cd "$(dirname "$0")/../../assets/worlds" 2>/dev/null && ls -d */ | wc -l || echo 0)
# row N: clicks the Nth of the user's three. The last ones of the list are the real games, under a heading. It shows nine rows, and half of one
# where there are more.
games=5
rows=$((shipped + (shipped > 0 ? 1 : 0) + 1 + 3 + games))
row() {
    local bottom=$((rows > 9 ? list_top + 214 : list_top + 5 + 22 * rows))
    xdotool mousemove 120 $((list_top + 40)) sleep 0.3
    if [ $rows -gt 9 ]; then xdotool click --repeat 60 --delay 20 5 sleep 0.3; fi
    xdotool mousemove 120 $((bottom - 22 * (3 + games - $1) - 10)) sleep 0.4 click 1 sleep 0.2
}
says() { grep -q "$1" "$work/said"; }
sessions() { ls "$XDG_DATA_HOME/driftscope/sessions" | grep -c "$1" || true; }
recordings() { compgen -G "$work/videos/*.mkv" >/dev/null; }

# ---- Another world: the picture, its seed, its log. A recording of the one before is completed.
begin
until_true 60 "the play goes on" above step 5
says "world bricks on" || fail "it begins with bricks"
press ctrl+r
until_true 20 "a recording begins" eval 'recordings || says "without FFmpeg"'
row 1
until_true 30 "a click opens the maze" says "world maze on"
until_true 30 "it plays" eval 'is seed 7 && above step 3'
[ "$(sessions bricks)" = 1 ] && [ "$(sessions maze)" = 1 ] || fail "each world has a log of its own: $(ls "$XDG_DATA_HOME/driftscope/sessions")"

# ---- One that does not open: a sentence, and the play goes on.
row 2
until_true 30 "it is said" says 'nothing: expected the name of a game'
then=$(last step)
until_true 30 "the maze plays on" above step $((then + 5))

# ---- One that takes its time. Who had paused sees it play.
press space
sleep 0.3
row 3
until_true 30 "the rover comes" eval '[ "$(grep -c "world rover on" "$work/said")" = 1 ]'
until_true 30 "and is not paused" above step 3
quit

# ---- The first one cannot be opened: the window says so, and another can be chosen. Driven, it ends with 1.
closed
"$player" --size 1280 800 --scale 1 --world no/such >"$work/said" 2>&1 &
pid=$!
until_true 60 "it is said" says 'expected the name of a game'
window=$(xdotool search --sync --onlyvisible --pid "$pid" | head -n 1)
xdotool windowfocus --sync "$window"
sleep 1
row 1
until_true 30 "another is chosen" says "world maze on"
quit
rc=0
"$player" --size 1280 800 --world no/such --frames 3 >"$work/said" 2>&1 || rc=$?
[ $rc = 1 ] || fail "driven by --frames, a world that does not open ends it with 1: found $rc"
echo "worlds are chosen while the player runs"
