#!/bin/bash
# Makes the pictures of the guide from the program itself, so that they stay true: bash assets/guide/make.sh [build folder]
# Needs xvfb, xdotool and ImageMagick, as the tests with a window do.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
set -- "$(realpath "${1:-build}")"
cd "$here/../.."
needs="import convert"
source tests/ui/display.sh

# picture NAME: of the whole window.
picture() {
    xdotool mousemove 1279 799
    sleep 1  # what was pressed last is drawn
    import -window root "$work/$1.png"
    convert "$work/$1.png" -strip -dither None -colors 255 "PNG8:$here/$1.png"
    echo "$1.png"
}
# hold KEY FRAMES: a key of the game, for so many frames.
hold() {
    local until=$(($(last step) + $2))
    xdotool keydown "$1"
    until_true 120 "$2 frames" above step "$((until - 1))"
    xdotool keyup "$1"
}
wait_frames() { until_true 180 "$1 frames" above step "$(($(last step) + $1 - 1))"; }

begin --world bricks --paused
picture first
press space
hold Left 6
hold Right 8
press g
wait_frames 40
press space
picture truth
press x
press x
press x
picture difference
press x
press x
press x
press f
sleep 6
picture futures
press Escape
quit

begin --world rover --lane start_scale=5 --truth --dock drift
for turn in 1 2; do hold Right 14; hold Up 10; hold Left 8; hold Down 6; done
press space
picture lanes
press v
sleep 2
picture film
press i
picture wipe
press F1
picture help
press Escape
sleep 1
press ctrl+p
sleep 1
xdotool type --delay 60 "start"
picture palette
press Escape
sleep 1
press ctrl+l
sleep 3
picture library
press Escape
sleep 1
press ctrl+comma
picture settings
press Escape
quit
