#!/bin/bash
# The drift plots by the mouse: the wheel zooms in time, a drag pans, a double click and "Reset" show the newest frames again. What is shown is read
# from the table that CSV saves.
# Usage: plots_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake

begin --dock drift
until_true 60 "the play goes on" above step 100
press space
sleep 1.5  # what was on its way is written
end=$(last step)
tables() { find "$work" -name '*.csv' | wc -l; }
saved() { [ "$(tables)" -gt "$1" ]; }
# shown: saves the frames shown; $first and $final are then the positions where they begin and end.
shown() {
    local newest before
    before=$(tables)
    xdotool mousemove 868 508 sleep 0.3 click 1 sleep 0.3
    until_true 10 "CSV saves a table" saved "$before"
    newest=$(find "$work" -name '*.csv' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
    read -r first final < <(awk -F, 'NR == 2 { first = $1 } { last = $1 } END { print first, last }' "$newest")
}
all_is_shown() {
    shown
    [ "$first $final" = "0 $end" ] || fail "$1: found $first to $final, expected 0 to $end"
}
zoom() { xdotool mousemove $plot sleep 0.3 click --repeat 7 --delay 120 4 sleep 0.3; }
plot="440 620"

all_is_shown "all of a young play is shown"
zoom
shown
[ $((final - first)) -lt 95 ] || fail "the wheel shows fewer frames: found $first to $final"
zoomed=$first width=$((final - first))
xdotool mousemove 360 620 sleep 0.3 mousedown 1 sleep 0.2 mousemove 400 620 sleep 0.2 mousemove 460 620 sleep 0.2 mouseup 1 sleep 0.3
shown
[ "$first" -lt "$zoomed" ] || fail "a drag to the right shows what was before: found $first to $final, before from $zoomed"
[ $((final - first)) -le $((width + 1)) ] || fail "a drag keeps the zoom: found $first to $final"
xdotool mousemove $plot sleep 0.3 click --repeat 2 --delay 120 1 sleep 0.3
all_is_shown "a double click shows the newest frames again"
press period
until_true 20 "it has not gone to the frame below the mouse" is step $((end + 1))
end=$((end + 1))
press space
until_true 20 "it plays on" above step $((end + 3))
xdotool mousemove $plot sleep 0.3 click --repeat 2 --delay 120 1 sleep 0.5
end=$(last step)
until_true 20 "a double click does not stop it" above step $((end + 5))
[ "$(awk -F'\t' '$3 != "step" { if ($3 + 0 < highest) ++back; else highest = $3 + 0 } END { print back + 0 }' "$work/steps.tsv")" = 0 ] || fail "nothing was played twice"
press space
sleep 1.5  # what was on its way is written
end=$(last step)
zoom
xdotool mousemove 814 508 sleep 0.3 click 1 sleep 0.3
all_is_shown "Reset shows the newest frames again"
xdotool mousemove 380 620 sleep 0.3 click 1 sleep 0.7
press period
below_end() { [ "$(last step)" -lt "$end" ]; }
until_true 20 "a click goes to the frame, and the play goes on from there" below_end
quit
echo "the plots zoom, pan and go back"
