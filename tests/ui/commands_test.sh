#!/bin/bash
# What needs no key: the toolbar's buttons, the hints of the status bar and the command palette; what a new user is told, and the help.
# Usage: commands_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
needs="import convert"
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
mkdir -p "$XDG_DATA_HOME/driftscope/worlds/maze-of-mine"
touch "$XDG_DATA_HOME/driftscope/worlds/maze-of-mine/world.toml"  # the tests' player needs no more
settings=$XDG_CONFIG_HOME/driftscope/settings.toml
part() { import -window root -crop "$1" +repage rgb:- | md5sum; }
settled() { xdotool sleep 0.6; part "$1"; }
# In a window of this size the toolbar's buttons stand here.
tool() {
    local x
    case $1 in restart) x=295 ;; episode) x=327 ;; rewind) x=371 ;; pause) x=403 ;; plots) x=543 ;; find) x=845 ;; help) x=909 ;; esac
    xdotool mousemove $x 18 sleep 0.3
}
click() { tool "$1"; xdotool click 1 sleep 0.4; }
stands() { local then; sleep 0.3; then=$(last step); sleep 0.6; is step "$then"; }
# palette WORDS: opens it, types at once, chooses the first.
palette() {
    xdotool key ctrl+p type --delay 0 "$1"
    xdotool sleep 0.4 key Return sleep 0.4
}

# ---- A new user is told three lines, until a key of the game is pressed; what was left without playing is told again.
words=300x110+452+290  # they lie over the picture
begin --paused
press period
until_true 60 "a first frame" is step 1
told=$(settled $words)
quit
grep -q "^played = false" "$settings" || fail "who has pressed no key of the game has not played: $(cat "$settings")"
begin --paused
press period
until_true 60 "a first frame" is step 1
[ "$(settled $words)" = "$told" ] || fail "and is told again"
press Left
[ "$(settled $words)" != "$told" ] || fail "a key of the game takes the three lines away"
quit
grep -q "^played = true" "$settings" || fail "it is kept: $(cat "$settings")"

# ---- The toolbar.
begin
until_true 60 "the play goes on" above step 3
click pause
stands || fail "the toolbar pauses"
click episode
press period
until_true 20 "a new episode" is seed 8
click pause
until_true 20 "and plays on" above step 20
tool rewind
then=$(last step)
xdotool mousedown 1 sleep 1.5 mouseup 1
until_true 20 "a held button rewinds, and the play goes on from there" eval 'below step $((then + 10)) && ! stands'
click restart
until_true 20 "back to the opening" below step 15
click pause

# ---- The status bar's hints are buttons: the panels go, and the toolbar with them. Without it a click there does nothing.
bar=600x30+290+3
xdotool mousemove 1000 783
seen=$(settled $bar)
xdotool mousemove 1160 783 sleep 0.3 click 1 sleep 0.3 mousemove 1000 783
[ "$(settled $bar)" != "$seen" ] || fail "the hint hides panels and toolbar"
xdotool mousemove 1160 783 sleep 0.3 click 1 sleep 0.3 mousemove 1000 783
[ "$(settled $bar)" = "$seen" ] || fail "and shows them again"

# ---- The palette: while it is open the game gets no keys. A preset is applied, a setting takes the keyboard.
press ctrl+p
xdotool sleep 0.5 keydown Left sleep 0.2 keyup Left type --delay 60 "edmn"  # N is no new episode
seed=$(last seed)
press Escape
xdotool sleep 0.3
press period
until_true 20 "one frame more" eval '[ -n "$(last step)" ]'
xdotool sleep 0.4
is seed "$seed" || fail "what is typed in the palette is no key: seed $seed became $(last seed)"
is start_at_sigma_max false || fail "Escape chooses nothing"
palette "edm"
press period
until_true 20 "a preset is applied" is start_at_sigma_max true
palette "denoising st"
xdotool type --delay 60 11
xdotool key Return sleep 0.4
press period
until_true 20 "a setting is typed at once" is steps 11
click find
xdotool type --delay 60 "episode new"
xdotool sleep 0.4 key Return sleep 0.4
press period
until_true 20 "words in any order" eval 'is_not seed '"$seed"
# By the arrows and by the mouse: the second and the third of the presets.
palette "worst"
press period
until_true 20 "Worst case" is quantise false
press ctrl+p
xdotool sleep 0.5 type --delay 60 "preset"
xdotool sleep 0.3 key Down sleep 0.2 key Up sleep 0.2 mousemove 600 145 sleep 0.4 click 1 sleep 0.4
press period
until_true 20 "a click chooses the second, EDM" eval 'is quantise true && is start_at_sigma_max true'
palette "mine maze"
until_true 30 "a world opens" grep -q "world maze on" "$work/said"
until_true 30 "it plays" above step 3

# ---- The help: the game waits, and goes on after it; a letter typed there is searched for. Who had paused stays so.
press F1
stands || fail "the game waits while the help is open"
seed=$(last seed)
xdotool sleep 0.3 type --delay 60 "n"
press F1
until_true 20 "F1 closes it, and the game goes on" eval '! stands'
is seed "$seed" || fail "what is searched for is no key"
click help
stands || fail "its button opens it too"
press Escape
until_true 20 "Escape closes it, and the game goes on" eval '! stands'
for place in "1238 783" "5 790"; do  # the hint in the status bar; where nothing is
    click help
    stands || fail "its button opens it once more"
    xdotool mousemove $place sleep 0.3 click 1 sleep 0.4
    until_true 20 "a click at $place closes it" eval '! stands'
done
press space
press F1
press F1
stands || fail "who had paused stays so"
quit
echo "every act has a button or a name, and nobody is left without a word"
