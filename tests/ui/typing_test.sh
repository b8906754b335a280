#!/bin/bash
# Types into the fields of the window while it plays: a number counts as a whole, a decimal comma is a point, and what is none changes nothing.
# Usage: typing_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
# At this size, in the panel at the right, rows are 30 units apart; "Denoising steps" is the second of them.
steps_y=319 start_scale_y=529
field() { xdotool mousemove 1200 "$1" sleep 0.3 keydown ctrl click 1 keyup ctrl sleep 0.4; }
values() { awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == name) at = i; next } { print $at }' "$work/steps.tsv" | sort -u | tr '\n' ' '; }

begin
until_true 60 "the play goes on" above step 3
field $steps_y
xdotool type --delay 250 15
sleep 0.5
is steps 3 || fail "what is being typed does not count yet: found $(last steps)"
xdotool key Return
until_true 20 "Enter takes it" is steps 15
[ "$(values steps)" = "15 3 " ] || fail "15 does not pass through 1: found $(values steps)"

field $start_scale_y
xdotool type --delay 50 0,5
xdotool mousemove 600 300 click 1  # the field is left
until_true 20 "a decimal comma is a point, and leaving the field takes it" is start_scale 0.5

field $steps_y
xdotool type --delay 50 many
xdotool key Return
sleep 0.7
is steps 15 || fail "what is no number changes nothing: found $(last steps)"
xdotool mousemove 1200 $steps_y click 1 sleep 0.3 key Escape sleep 0.3
field $steps_y
xdotool type --delay 50 9
xdotool key Escape
sleep 0.7
is steps 15 || fail "Escape gives up what was typed: found $(last steps)"
quit
echo "what is typed counts when it is finished"
