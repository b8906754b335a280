#!/bin/bash
# Keys of one's own: the page that changes them, what is kept of it, a file with wrong lines, and the game's keys over the picture.
# Usage: own_keys_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
needs="import convert"
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
keys=$XDG_CONFIG_HOME/driftscope/keys.toml
stands() { local then; sleep 0.3; then=$(last step); sleep 0.6; is step "$then"; }
click() { xdotool mousemove "$1" "$2" sleep 0.3 click 1 sleep 0.4; }
# palette WORDS: chooses the first command that is called so.
palette() {
    xdotool key ctrl+p sleep 0.4 type --delay 60 "$1"
    xdotool sleep 0.4 key Return sleep 0.6
}
# In a window of this size the page's first two rows are the game's left and right, the fourth starts again from the opening.
change() { click 948 "$1"; xdotool key "$2" sleep 0.4; }

begin
until_true 60 "the play goes on" above step 10
palette "change keys"
stands || fail "the game waits while the page is open"
change 128 j
change 158 l
change 228 t
[ -f "$keys" ] || fail "what was changed is kept at once"
grep -q "left = \[ 'J' \]" "$keys" || fail "left is J: $(cat "$keys")"
click 948 128
xdotool key Escape sleep 0.4
stands || fail "Escape while a key is waited for leaves the page open"
grep -q "left = \[ 'J' \]" "$keys" || fail "and changes nothing: $(cat "$keys")"
xdotool key Escape sleep 0.4
until_true 20 "Escape closes the page, and the game goes on" eval '! stands'
xdotool keydown j
until_true 20 "J goes left" is action left
xdotool keyup j keydown Left sleep 0.5
until_true 20 "the arrow does not any more" is action noop
xdotool keyup Left
press t
until_true 20 "T begins again" below step 10
# The corner of the picture shows the keys.
corner() { import -window root -crop 110x40+286+655 +repage rgb:- | md5sum; }
xdotool mousemove 1000 783 key space sleep 0.6
seen=$(corner)
palette "game's keys over"
[ "$(corner)" != "$seen" ] || fail "the game's keys are shown over the picture"
palette "game's keys over"
[ "$(corner)" = "$seen" ] || fail "and hidden again"
quit

# ---- Another start has them; a wrong line is said, and the rest applies.
printf 'fly = ["K"]\n' >>"$keys"  # after the last table, [game]: a button that no world here has
printf '[acts]\n' >>"$keys"       # that table is there already
begin
until_true 60 "the play goes on" above step 10
grep -q "keys.toml: line" "$work/said" || fail "the wrong line is said: $(cat "$work/said")"
xdotool keydown l
until_true 20 "L goes right" is action right
xdotool keyup l
palette "change keys"
click 1014 38  # Reset all
xdotool key Escape sleep 0.4
[ -f "$keys.broken" ] || fail "the file with the wrong line is kept beside"
xdotool keydown Right
until_true 20 "all keys are the usual ones" is action right
xdotool keyup Right
quit
echo "keys are where one wants them"
