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
# What no key and no motion is: class 0 of x and of y.
still=$(((12 << 13) | (8 << 18)))

begin --world "$world" --threads 1
until_true 60 "it plays" above step 3
says "world csgo on" || fail "the world's name is its folder's"
is action $still || fail "nothing is pressed"

xdotool keydown w
until_true 20 "W goes forward" is action $((still | 1))
xdotool keyup w
until_true 20 "and stops" is action $still

# Without a click the mouse is the panels'.
xdotool mousemove 600 300 sleep 0.2 mousemove 640 330
sleep 0.5
is action $still || fail "a mouse that is not captured turns nothing"
xdotool mousemove 600 350 click 1
sleep 0.5
turned() {
    xdotool mousemove_relative -- 9 0
    is_not action $still
}
until_true 20 "the captured mouse turns the view" turned
xdotool mousedown 1
fires() { [ $(($(last action) >> 11 & 1)) = 1 ]; }
until_true 20 "a click fires" fires
xdotool mouseup 1
press Escape
until_true 20 "Escape frees it" is action $still
xdotool mousemove_relative -- 30 10
sleep 0.5
is action $still || fail "a freed mouse turns nothing"

# The arrows turn too; and the key of the world's own player says that there is none.
xdotool keydown Left
until_true 20 "an arrow turns by 60" is action $(((6 << 13) | (8 << 18)))
xdotool keyup Left
press o
until_true 20 "it plays on" above step 10
quit
