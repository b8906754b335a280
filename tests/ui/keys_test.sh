#!/bin/bash
# Keys on other layouts: the world's keys by place, the player's own by character, where the layout has it.
# Usage: keys_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, setxkbmap or OpenGL is missing.
set -euo pipefail
needs=setxkbmap
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake

for layout in fr ru de us; do
    begin
    # While the player runs: the display forgets its layout when its last client goes.
    setxkbmap $layout 2>/dev/null || { echo "skipped: no layout $layout"; exit 77; }
    until_true 60 "the play goes on" above step 10
    # Left of S lies A on an American keyboard, Q on a French one. Keycode 38 is that place on any.
    xdotool keydown 38
    until_true 20 "$layout: the key at A's place goes left" is action left
    xdotool keyup 38
    until_true 20 "$layout: and is let go" is action noop
    # N is a letter of three of them; in Russian it is the place (57 on any of the four).
    xdotool key 57
    until_true 20 "$layout: N begins the next seed" is seed 8
    if [ $layout = us ]; then  # quitting is no typing, wherever the keyboard is
        xdotool key ctrl+p sleep 1 type export
        sleep 1
    fi
    quit_key=$([ $layout = fr ] && echo 38 || echo 24)  # Q's place
    xdotool key ctrl+$quit_key
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    if kill -0 "$pid" 2>/dev/null; then fail "$layout: Ctrl+Q quits"; fi
    pid=
done
echo "keys are where they belong on fr, ru, de and us"
