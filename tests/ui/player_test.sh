#!/bin/bash
# Plays with real keys and a real mouse in a display of its own: the paddle of the dream obeys, a slider changes the next step.
# Usage: player_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool or OpenGL is missing.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
source "$(dirname "$0")/display.sh"
# The shipped world where it is there, else the tests' player, whose world needs no weights.
[ -x "$player" ] && [ -f "$source/assets/worlds/bricks/world.toml" ] || player=$build/driftscope_fake

# ---- Keys. Two steps first: the window is there and plays.
begin
until_true 60 "the play goes on" above step 2
xdotool keydown Left
until_true 60 "Left reaches the step" is action left
until_true 60 "the dreamed paddle goes left" below paddle_x 9
xdotool keyup Left
until_true 60 "Left is let go" is action noop
xdotool keydown d
until_true 60 "the dreamed paddle goes right" above paddle_x 30
xdotool keyup d
press n
until_true 60 "N begins the next seed" is seed 8
press r
until_true 60 "R goes back to the opening" is episode 2
is seed 8 || fail "R keeps the seed: found $(last seed)"

# ---- Pause and one step.
press space
sleep 0.3  # a step that is under way may still come
paused=$(last step)
sleep 0.5
is step "$paused" || fail "Space pauses: step $paused became $(last step)"
press period
until_true 60 "one step" is step $((paused + 1))

# ---- A slider by the mouse: the row "Denoising steps" of the panel at the right, in a window of this size.
is steps 3 || fail "the world's default is 3 steps: found $(last steps)"
xdotool mousemove 1092 319 sleep 0.3 mousedown 1 sleep 0.3 mousemove 1120 319 sleep 0.2 mousemove 1140 319 sleep 0.3 mouseup 1
xdotool sleep 0.3
press period
until_true 60 "one more step" is step $((paused + 2))
above steps 3 || fail "the slider changes the steps of the next frame: found $(last steps)"
moved=$(last steps)

# ---- A and B: B plays what A does not, and back.
press b
xdotool sleep 0.3
press period
until_true 60 "a step of B" is step $((paused + 3))
is steps 3 || fail "B begins with the world's defaults: found $(last steps)"
press b
xdotool sleep 0.3
press period
until_true 60 "a step of A" is step $((paused + 4))
is steps "$moved" || fail "A has kept its own: found $(last steps)"

# ---- A picture of the window, the truth, the help; then the settings last.
press F12
picture() { compgen -G "$work/pictures/*.png" >/dev/null; }
if ! grep -q "built without pictures" "$work/said"; then until_true 30 "F12 saves a picture" picture; fi
press g
press F1
press Escape
press Tab
quit
grep -q "^steps = $moved" "$XDG_CONFIG_HOME/driftscope/settings.toml" || fail "the steps last: $(cat "$XDG_CONFIG_HOME/driftscope/settings.toml")"
begin --paused
press period
until_true 60 "a step after the restart" is step 1
is steps "$moved" || fail "the steps of the last run are back: found $(last steps)"
quit

# ---- Lanes and time: a copy with the same settings dreams the same; back in time and on again with the same keys gives the same bytes.
lanes_of() { awk -F'\t' -v s="$1" 'NR == 1 { for (i = 1; i <= NF; ++i) { if ($i == "step") a = i; if ($i == "dream") d = i } next } $a == s { print $d }' "$work/steps.tsv"; }
begin --paused
press period
until_true 60 "a first step" is step 1
press c
press period
until_true 60 "a second lane" is lane 1
[ "$(lanes_of 2 | sort -u | wc -l)" = 1 ] || fail "equal lanes dream the same: $(lanes_of 2 | tr '\n' ' ')"
for i in 3 4 5 6; do press period; until_true 60 "step $i" is step $i; done
lanes_of 6 >"$work/before"
for i in 1 2 3; do press comma; sleep 0.2; done
lines=$(wc -l <"$work/steps.tsv")
grown() { [ "$(wc -l <"$work/steps.tsv")" -ge "$1" ]; }
for i in 1 2 3; do press period; until_true 60 "on again" grown $((lines + 2 * i)); done
lanes_of 6 | tail -n 2 >"$work/after"
cmp "$work/before" "$work/after" || fail "the same keys after a rewind give the same bytes"
press ctrl+1
press period
until_true 60 "step 7" is step 7
press 1
sleep 0.5
press period
sleep 0.5
is step 7 || fail "a saved state goes on from its step: found $(last step)"
press v
press v
xdotool keydown BackSpace sleep 1 keyup BackSpace
quit
[ -s "$XDG_DATA_HOME/driftscope/states/bricks/1.state" ] || fail "Ctrl+1 saves a state"

# ---- The real game alone: what it has no dream for it says, and the world of its name keeps the settings that it had.
if [ "$(basename "$player")" = driftscope ]; then
    kept=$(grep -A30 'bricks' "$XDG_CONFIG_HOME/driftscope/settings.toml" || true)
    begin --truth-only --game bricks
    until_true 20 "the real game plays" above step 5
    for key in c f v g x; do press $key; sleep 0.2; done
    before=$(last step)
    until_true 20 "no key has paused it" above step $((before + 3))
    quit
    [ "$(grep -A30 'bricks' "$XDG_CONFIG_HOME/driftscope/settings.toml" || true)" = "$kept" ] || fail "the real game's settings are not the world's: $(cat "$XDG_CONFIG_HOME/driftscope/settings.toml")"
fi

# ---- A script of keys replays to the byte, by itself.
printf '# a walk\n2 press Left\n8 release Left\n10 tap Right\n' >"$work/keys"
for i in 1 2; do
    "$player" --script "$work/keys" --frames 20 --turbo --seed 3 --record-steps "$work/run$i.tsv" --screenshot "$work/run$i.png" >"$work/said" 2>&1 ||
        fail "a driven run gives exit code $?"
    [ -s "$work/run$i.png" ] || fail "--screenshot writes a picture"
done
cmp "$work/run1.tsv" "$work/run2.tsv" || fail "a script replays exactly"
printf 'steps = 2\n' >"$work/two.toml"
"$player" --preset edm --settings "$work/two.toml" --frames 2 --turbo --record-steps "$work/steps.tsv" >"$work/said" 2>&1 || fail "a preset and settings"
is start_at_sigma_max true || fail "--preset edm starts at sigma_0: found $(last start_at_sigma_max)"
is steps 2 || fail "the settings come over the preset: found $(last steps)"
[ "$(wc -l <"$work/run1.tsv")" = 22 ] || fail "20 steps and the opening: found $(wc -l <"$work/run1.tsv") lines"

# ---- What goes wrong is said in one line.
expect_failure() {
    local code=$1 words=$2 rc=0
    shift 2
    "$@" >"$work/said" 2>&1 || rc=$?
    [ $rc = "$code" ] || fail "$*: expected exit code $code, found $rc"
    grep -q "$words" "$work/said" || fail "$*: expected it to say \"$words\""
}
expect_failure 1 "needs a display" env -u DISPLAY -u WAYLAND_DISPLAY "$player" --frames 1
expect_failure 1 "line 1" "$player" --script <(echo "12 jump Left") --frames 1
expect_failure 2 "expected a file or one of DIAMOND" "$player" --preset not-a-preset
expect_failure 2 "a whole number from 0 to" "$player" --seed -1
expect_failure 2 "a whole number from 0 to" "$player" --frames -3
expect_failure 1 "cannot be written" "$player" --frames 2 --turbo --record /proc/none/a.mkv
expect_failure 0 "lane changes nothing" "$player" --frames 2 --turbo --truth-only --lane steps=1 --difference heat
expect_failure 0 "expected 3 at most, found 4" "$player" --frames 2 --turbo --lane steps=1 --lane steps=2 --lane steps=4 --lane steps=5
expect_failure 2 "not-an-option" "$player" --not-an-option
for size in "1 1" "160 120" "500 300" "1280 200"; do
    "$player" --size $size --frames 2 --turbo --truth >"$work/said" 2>&1 || fail "a window of $size"
done
echo "the player obeys keys, mouse and scripts ($(basename "$player"))"
