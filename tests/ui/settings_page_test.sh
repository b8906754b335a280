#!/bin/bash
# The page "Settings" in a real window, the panels' edges and hidden sections: each is changed as a user would, and is still so after a restart.
# Usage: settings_page_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
needs="import convert"
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
settings=$XDG_CONFIG_HOME/driftscope/settings.toml
# The desktop's file manager, which writes down what it was asked to open.
mkdir -p "$work/bin"
touch "$work/opened"
printf '#!/bin/sh\necho "$1" >>"%s/opened"\n' "$work" >"$work/bin/xdg-open"
chmod +x "$work/bin/xdg-open"
export PATH=$work/bin:$PATH
stands() { local then; sleep 0.3; then=$(last step); sleep 0.6; is step "$then"; }
plays() { ! stands; }
at() { xdotool mousemove "$1" "$2" sleep 0.3; }
click() { at "$1" "$2"; xdotool click 1 sleep 0.4; }
drag() { at "$1" "$2"; xdotool mousedown 1 sleep 0.3 mousemove "$3" "$4" sleep 0.4 mouseup 1 sleep 0.4; }
# kept PATTERN: a line of the file, which is written when the page closes.
kept() {
    local begun=$SECONDS
    until grep -Eq "$1" "$settings"; do
        [ $((SECONDS - begun)) -lt 10 ] || fail "expected $1 in settings.toml, found: $(cat "$settings")"
        sleep 0.1
    done
}
red() { import -window root -crop "1x1+$1+$2" +repage -format '%[fx:round(255*r)]' info:; }  # of a pixel
light() { [ "$(red 700 650)" -gt 200 ]; }
# In a window of this size the page's parts and rows stand here.
part() { case $1 in playing) click 260 201 ;; panels) click 260 231 ;; folders) click 260 261 ;; about) click 260 321 ;; esac }
# typed TEXT: into the field "Recordings", in place of what stands there.
typed() { click 700 171; xdotool key ctrl+a type --delay 20 "$1"; xdotool key Return sleep 0.5; }

# ---- The page opens by its key and its button, the game waits, and what is chosen is seen at once.
begin
until_true 60 "the play goes on" above step 3
press ctrl+comma
stands || fail "the game waits while the settings are open"
light && fail "the theme is dark at first: found $(red 700 650)"
click 617 171
until_true 10 "the light theme is seen at once" light
press Escape
until_true 20 "Escape closes the page, and the game goes on" plays
kept "^theme = .light."
click 813 18
stands || fail "its button opens it"

# ---- Folders: one that is none is refused; another one is used, made, and opened.
part folders
typed "films"
typed "$work/my films"
click 985 171
until_true 20 "the desktop is asked to open the folder" grep -qx "file://$work/my%20films" "$work/opened"
[ -d "$work/my films" ] || fail "a folder that is opened is made"
press Escape
kept "^recordings = .$work/my films."
grep -q "= .films." "$settings" && fail "a folder's path begins with /: $(cat "$settings")"

# ---- Edges: dragged, held within limits, reset by a double click.
drag 929 300 829 300
drag 274 300 900 300  # further than the picture allows
press ctrl+comma
press Escape
kept "right = 448"
kept "left = 532"
at 534 300
xdotool click --repeat 2 --delay 120 1 sleep 0.5
press ctrl+comma
press Escape
kept "left = 272"
quit

# ---- A section is hidden by its heading's menu.
begin
part_of_column() { import -window root -crop "240x40+10+8" +repage rgb:- | md5sum; }
seen=$(part_of_column)
at 100 24
xdotool click 3 sleep 0.4
click 150 35
[ "$(part_of_column)" != "$seen" ] || fail "the section is gone"
quit
kept "right = 448"
kept "hidden = \[ 'Lanes' \]"
begin
at 600 300
press ctrl+comma
sleep 0.5
light || fail "the theme lasts"
part panels
click 553 201
press Escape
quit
kept "hidden = \[\]"

# ---- Who looks elsewhere misses nothing, if it is wanted so.
begin
press ctrl+comma
part playing
click 553 171
press Escape
until_true 20 "the play goes on" plays
xdotool windowfocus "$(xdotool search --maxdepth 0 . 2>/dev/null | head -n 1)" sleep 0.3
stands || fail "the game waits while another window has the keyboard"
xdotool windowfocus --sync "$window"
until_true 20 "and goes on when it has it again" plays
quit
kept "^pause_unfocused = true"
echo "settings, edges and sections are as they were left"
