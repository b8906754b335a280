#!/bin/bash
# The page "Settings" in a real window, the panels' edges and hidden sections: each is changed as a user would, and is still so after a restart.
# Usage: settings_page_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, ImageMagick or OpenGL is missing.
set -euo pipefail
build=$(cd "${1:-${DRIFT_BUILD:-build}}" && pwd)
for tool in import convert; do
    command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
source "$(dirname "$0")/display.sh"
player=$build/driftscope_fake
settings=$XDG_CONFIG_HOME/driftscope/settings.toml
# The desktop's file manager, that writes down what it was asked to open.
mkdir -p "$work/bin"
printf '#!/bin/sh\necho "$1" >>"%s/opened"\n' "$work" >"$work/bin/xdg-open"
chmod +x "$work/bin/xdg-open"
export PATH=$work/bin:$PATH
stands() { local then; sleep 0.3; then=$(last step); sleep 0.6; is step "$then"; }
at() { xdotool mousemove "$1" "$2" sleep 0.3; }
click() { at "$1" "$2"; xdotool click 1 sleep 0.4; }
kept() { grep -Eq "$1" "$settings" || fail "expected $1 in settings.toml, found: $(cat "$settings")"; }
pixel() { import -window root -crop "1x1+$1+$2" +repage -format '%[fx:int(255*r)]' info:; }
drag() { at "$1" "$2"; xdotool mousedown 1 sleep 0.2 mousemove "$3" "$4" sleep 0.3 mouseup 1 sleep 0.4; }

# ---- The page opens by its key and its button, and the game waits.
begin
until_true 60 "the play goes on" above step 3
press ctrl+comma
stands || fail "the game waits while the settings are open"
click 420 134
[ "$(pixel 1100 700)" -gt 120 ] || fail "the light theme is light at once: found $(pixel 1100 700)"
press Escape
until_true 20 "Escape closes it, and the game goes on" eval '! stands'
kept '^theme = .light.'
click 813 18
stands || fail "its button opens it"

# ---- Folders: typed, refused, opened.
click 240 174
xdotool mousemove 600 104 sleep 0.3 click --repeat 3 --delay 60 1 sleep 0.3 key ctrl+a type --delay 20 "films"
xdotool key Return sleep 0.5 key ctrl+a type --delay 20 "$work/my films"
xdotool key Return sleep 0.5
