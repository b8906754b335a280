#!/bin/bash
# DIAMOND's CSGO in the window, with small random weights: the mouse is captured by a click, turns the view and is freed; both samplers are turned.
# Usage: mouse_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"
golden=$(cd "$(dirname "$0")/../golden" && pwd)
world=$work/csgo
mkdir -p "$world"
cp "$golden"/csgo-narrow/{weights.pt,config.yaml} "$world/"
sed 's/\[150, 280\]/[35, 45]/' "$golden/csgo-narrow/env.yaml" >"$world/env.yaml"
cp -r "$golden/csgo-narrow/spawn-small" "$world/spawn"
says() { grep -q "$1" "$work/said"; }

begin --world "$world" --threads 1
until_true 60 "it plays" above step 3
says "world csgo on" || fail "the world's name is its folder's"
is action noop || fail "nothing is pressed"

xdotool keydown w
until_true 20 "W goes forward" is action forward
xdotool keyup w
until_true 20 "and stops" is action noop

# Without a click the mouse is the panels'.
xdotool mousemove 600 300 sleep 0.2 mousemove 640 330
sleep 0.5
is action noop || fail "a mouse that is not captured turns nothing"
xdotool mousemove 600 350 click 1
sleep 0.5
turned() {
    xdotool mousemove_relative -- 9 0
    is_not action noop
}
until_true 20 "the captured mouse turns the view" turned
xdotool mousedown 1
fires() { [[ "$(last action)" == *fire* ]]; }
until_true 20 "a click fires" fires
xdotool mouseup 1
press Escape
until_true 20 "Escape frees it" is action noop
xdotool mousemove_relative -- 30 10
sleep 0.5
is action noop || fail "a freed mouse turns nothing"

# The arrows turn too; and the key of the world's own player says that there is none.
xdotool keydown Left
until_true 20 "an arrow turns by 60" is action "mouse -60 0"
xdotool keyup Left
press o
until_true 20 "it plays on" above step 10
quit
