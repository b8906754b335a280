#!/bin/bash
# Escape closes what is open, the uppermost first; a narrow window has its panels in a drawer; the text's size lasts; a window fits its display.
# Usage: menus_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
needs="import convert"
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
# part WxH+X+Y: what is seen there, as a number.
part() { import -window root -crop "$1" +repage rgb:- | md5sum; }
settled() { xdotool sleep 0.6; part "$1"; }
geometry() { xdotool getwindowgeometry --shell "$window" | grep -E "^$1=" | cut -d= -f2; }

# ---- The list of presets, and under it the help: one Escape closes the list alone.
begin --paused
press period
until_true 60 "a first step" is step 1
list=300x170+948+95  # below the row of presets
xdotool mousemove 640 780
closed=$(settled $list)
xdotool mousemove 1048 61 sleep 0.3 click 1 sleep 0.3 mousemove 640 780
[ "$(settled $list)" != "$closed" ] || fail "a click opens the list of presets"
press Escape
[ "$(settled $list)" = "$closed" ] || fail "Escape closes the list of presets"
menu=120x60+1115+535
closed=$(settled $menu)
xdotool mousemove 1110 529 sleep 0.3 click 3 sleep 0.3 mousemove 640 780
[ "$(settled $menu)" != "$closed" ] || fail "a right click opens the menu of a slider"
press Escape
[ "$(settled $menu)" = "$closed" ] || fail "Escape closes a slider's menu"

# ---- Undo, by its key.
xdotool mousemove 1092 319 sleep 0.3 mousedown 1 sleep 0.3 mousemove 1120 319 sleep 0.2 mousemove 1140 319 sleep 0.3 mouseup 1 sleep 0.3
press period
until_true 20 "the slider counts" is step 2
above steps 3 || fail "the slider changes the next frame: found $(last steps)"
press ctrl+z
sleep 0.5
press period
until_true 20 "one more" is step 3
is steps 3 || fail "Ctrl+Z brings the setting back: found $(last steps)"
press ctrl+y
sleep 0.5
press period
until_true 20 "one more" is step 4
above steps 3 || fail "Ctrl+Y does it again: found $(last steps)"
# A key that is held repeats.
xdotool keydown period sleep 1.5 keyup period
until_true 20 "a held key goes on" above step 6

# ---- The size of the text lasts, and Ctrl+0 makes it what it was. (begin says --scale, which comes first; so this one is begun by hand.)
quit
again() {
    : >"$work/steps.tsv"
    "$player" --size "$1" "$2" --seed 7 --paused --record-steps "$work/steps.tsv" >"$work/said" 2>&1 &
    pid=$!
    until_true 120 "the world opens" is_not step ""
    window=$(xdotool search --sync --onlyvisible --pid "$pid" | head -n 1)
    xdotool windowfocus --sync "$window" sleep 0.5
}
again 1280 800
press ctrl+plus
press ctrl+equal
quit
grep -q "^scale = 1.5" "$XDG_CONFIG_HOME/driftscope/settings.toml" || fail "the text's size is kept: $(cat "$XDG_CONFIG_HOME/driftscope/settings.toml")"
again 1280 800
press ctrl+0
quit
grep -q "^scale = 0" "$XDG_CONFIG_HOME/driftscope/settings.toml" || fail "Ctrl+0 makes it the display's again: $(cat "$XDG_CONFIG_HOME/driftscope/settings.toml")"

# ---- Larger than the display: it is not. Narrow: Tab opens the panels over the picture.
again 4000 3000
[ "$(geometry WIDTH)" -le 1280 ] && [ "$(geometry HEIGHT)" -le 800 ] || fail "a window is no larger than its display: $(geometry WIDTH) x $(geometry HEIGHT)"
quit
again 500 700
right=200x300+$(($(geometry X) + 200))+$(($(geometry Y) + 100))
shut=$(settled "$right")
press Tab
[ "$(settled "$right")" != "$shut" ] || fail "Tab opens the drawer"
press Escape
[ "$(settled "$right")" = "$shut" ] || fail "Escape closes the drawer"
quit
# ---- A lane whose settings are wrong is none.
: >"$work/steps.tsv"
"$player" --lane nonsense=1 --lane steps=2 --frames 3 --turbo --record-steps "$work/steps.tsv" >"$work/said" 2>&1 || true
grep -q "nonsense" "$work/said" || fail "a wrong name is said"
[ "$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == "lane") at = i; next } { print $at }' "$work/steps.tsv" | sort -u | wc -l)" = 2 ] || fail "a wrong lane is left out, the right one is there"
echo "menus, undo, the drawer and the text's size are as they should be"
