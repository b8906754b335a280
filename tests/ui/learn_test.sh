#!/bin/bash
# The page "Learn a game" as a user goes through it: a game in another window is captured while it is played, a network trains on that, and its dream is opened.
# Usage: learn_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing, or driftlab cannot capture.
set -euo pipefail
needs="python3"
source "$(dirname "$0")/display.sh"
"$build/driftlab" --help | grep -q '^  capture ' && [ -x "$build/square_game" ] || exit 77
play=$work/data/driftscope/play/square world=$work/data/driftscope/worlds/square
"$build/square_game" "the game" 955 475 &
game=$!
trap 'kill $game 2>/dev/null || true; finish' EXIT
click() { xdotool mousemove "$1" "$2" sleep 0.3 click 1 sleep 0.4; }
game_window=$(xdotool search --sync --onlyvisible --name '^the game$' | head -n 1)

begin --world bricks
xdotool windowraise "$game_window"
xdotool key ctrl+p sleep 0.5 type "learn a game"
xdotool sleep 0.5 key Return sleep 2
# The game's row in the list of windows, which are in the order of driftlab's.
row=$("$build/driftlab" capture --list | grep -n 'the game$' | cut -d: -f1)
click 640 285
click 500 $((285 + 24 * row))
click 855 315  # "Press them"
xdotool key Left sleep 0.2 key Right sleep 0.2 key space sleep 0.2 key Right sleep 0.2
click 560 345
xdotool type "square"
click 335 375
until_true 60 "the capture begins" test -s "$play/.capture-000.part/frames.npy"
xdotool windowfocus --sync "$game_window" sleep 0.5
for _ in $(seq 14); do xdotool keydown Right sleep 0.12 keyup Right sleep 0.1 keydown space sleep 0.15 keyup space sleep 0.05; done
xdotool windowfocus --sync "$window" sleep 0.3
click 335 375
until_true 30 "the capture ends" test -s "$play/capture-000/actions.csv"
# On a busy machine frames are missing, and the play is in several episodes.
python3 - "$play" <<'PY' || fail "what was pressed is written down: $(head -n 40 "$play"/capture-*/actions.csv)"
import csv, glob, sys
rows = [row for file in glob.glob(sys.argv[1] + "/capture-*/actions.csv") for row in csv.DictReader(open(file))]
assert len(rows) > 40, len(rows)
assert set(rows[0]) & {"Left", "Right", "Space", "Up", "Down"} == {"Left", "Right", "Space"}, rows[0]
assert any(row["Right"] == "1" for row in rows) and any(row["Space"] == "1" for row in rows)
assert all(row["Left"] == "0" for row in rows)
PY

# What the capture said takes a line. The training is ended as soon as it has taken a few steps, which saves it.
click 534 487
until_true 60 "the training begins" test -d "$world"
sleep 10
click 545 487
until_true 90 "the training is saved" test -s "$world/weights.safetensors"
sleep 1.5
opened() { grep -q "world square" "$work/said"; }
for y in 520 531 540 551 562 573 584 595; do
    opened || click 308 $y
done
until_true 60 "its dream plays" opened
xdotool keydown Right
until_true 60 "by the user's keys" is action Right
xdotool keyup Right
quit
