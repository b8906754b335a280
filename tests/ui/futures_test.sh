#!/bin/bash
# The fan of futures in a real window: F imagines them and the play stands still, a click on the fourth plays it, its noise stays; End leads
# back from the past; speeds by their keys.
# Usage: futures_test.sh [build folder]. Skipped (77) where xvfb-run or xdotool is missing.
set -euo pipefail
source "$(dirname "$0")/display.sh"

begin --world bricks --script /dev/null
until_true 60 "frames are played" above step 10
press f
sleep 2  # what was on its way is written
at=$(last step)
is noise_variation 0 || fail "the noise varies before anything was chosen"
sleep 6
[ "$(last step)" = "$at" ] || fail "it stands still while futures are imagined: $at, then $(last step)"
xdotool mousemove --window "$window" 560 560 click 1  # the fourth
until_true 60 "the fourth future is played" is noise_variation 3
until_true 60 "to its end" above step $((at + 14))
is step $((at + 15)) || fail "a second of it: expected step $((at + 15)), found $(last step)"
press space
until_true 60 "playing on keeps its noise" above step $((at + 20))
is noise_variation 3 || fail "its noise is gone"

# Into the past and back to the newest frame.
press comma; sleep 0.3; press comma; sleep 0.3; press comma; sleep 0.5
press End
sleep 1
newest=$(last step)
press period
until_true 60 "one frame after the newest" is step $((newest + 1))
quit
echo "futures: imagined, chosen, played on"
