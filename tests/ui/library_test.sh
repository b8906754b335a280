#!/bin/bash
# The library with real keys, a real mouse and real drops: recordings are renamed, thrown away, brought back, opened, exported and played;
# pictures and videos of ours are gone on from.
# Usage: library_test.sh [build folder]. Skipped (77) where xvfb-run, xdotool, python3, OpenGL or FFmpeg is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
needs="python3 flock"
source "$here/display.sh"
player=$build/driftscope_fake
videos=$work/videos trash=$work/data/Trash
mkdir "$work/bin"
# What the desktop is asked to open.
printf '#!/bin/sh\necho "$1" >>"%s/opened"\n' "$work" >"$work/bin/xdg-open"
chmod +x "$work/bin/xdg-open"
PATH=$work/bin:$PATH
some() { ls "$videos"/*."$1" >/dev/null 2>&1; }
carries() { grep -q "$2" "$1" 2>/dev/null; }
there() { [ -e "$1" ]; }
gone() { [ ! -e "$1" ]; }
stands() { local then; sleep 0.3; then=$(last step); sleep 0.6; is step "$then"; }
steps() { wc -l <"$work/steps.tsv"; }
drop() { DISPLAY=$DISPLAY python3 "$here/drop.py" "$window" "$1" || fail "the window takes $1"; }
close_library() { press Escape; sleep 0.6; }
open_library() { press ctrl+l; sleep 1.2; }
# In a window of this size the first row's buttons stand here: of a recording, and of a session.
button() {
    xdotool mousemove "$1" 158 sleep 0.4 click 1 sleep 0.4 mousemove 5 5
}

# ---- A recording, a picture of the window, a video that is none.
begin
until_true 60 "the play goes on" above step 20
press ctrl+r
until_true 60 "it is recorded" some mkv
xdotool keydown Left sleep 1 keyup Left
recording=$(ls "$videos"/*.mkv)
open_library
xdotool type --delay 40 "recording"
xdotool sleep 0.4 key F2 sleep 0.4 type --delay 40 "not yet"
xdotool sleep 0.2 key Return sleep 0.6
there "$recording" || fail "what is being recorded keeps its name"
close_library
press ctrl+r
until_true 30 "the recording is whole" flock -n -s "$recording" true
press F12
picture() { ls "$work/pictures"/*.png 2>/dev/null | head -n 1; }
until_true 30 "a picture carries its moment" eval 'carries "$(picture)" DriftRc'
moment=$(basename "$(picture)" .png | sed 's/.*-//')
echo "no video" >"$videos/broken.mp4"
touch -d 2030-01-01 "$videos"/*.mkv

# ---- The game waits; by keys alone it gets a name, and never one that is taken.
open_library
stands || fail "the game waits while the library is open"
xdotool key F2 sleep 0.4 type --delay 40 "my best"
press Return
until_true 20 "it is renamed" there "$videos/my best.mkv"
there "$videos/my best.driftlog" || fail "and its log with it"
gone "$recording" || fail "the old name is gone"
echo "another" >"$videos/taken.driftlog"
sleep 0.4
xdotool key F2 sleep 0.4 type --delay 40 "taken"
xdotool sleep 0.2 key Return sleep 0.8
there "$videos/my best.mkv" || fail "a name that is taken is not taken"
[ "$(cat "$videos/taken.driftlog")" = another ] || fail "what was there is as it was"
rm "$videos/taken.driftlog"

# ---- Into the trash and back, by the key and the page's own button; again, and back by Ctrl+Z.
press Delete
until_true 20 "it is thrown away" there "$trash/files/my best.mkv"
there "$trash/files/my best.driftlog" || fail "its log too"
grep -q "^Path=.*/videos/my%20best.mkv$" "$trash/info/my best.mkv.trashinfo" || fail "the trash knows where it was"
gone "$videos/my best.mkv" || fail "it is gone from where it was"
sleep 0.4
xdotool mousemove 393 71 sleep 0.4 click 1 sleep 0.4 mousemove 5 5
until_true 20 "the page's button brings it back" there "$videos/my best.mkv"
there "$videos/my best.driftlog" || fail "with its log"
until_true 5 "the trash has forgotten it" gone "$trash/info/my best.mkv.trashinfo"
sleep 2.5  # the page has looked again
press Home
sleep 0.4
press Delete
until_true 20 "it is thrown away again" there "$trash/files/my best.mkv"
close_library
press ctrl+z
until_true 20 "Ctrl+Z brings it back" there "$videos/my best.mkv"

# ---- What other programs are to open, and an export, by the mouse.
open_library
press Up
sleep 0.4
button 390  # "Open", beside "Play"
until_true 20 "a recording is opened outside" carries "$work/opened" "videos/my%20best.mkv"
button 470  # "Export MP4"
until_true 120 "it is exported" there "$videos/my best.mp4"
until_true 20 "with its session" carries "$videos/my best.mp4" DriftRc
close_library

# ---- A drop of the picture goes on from its moment; one of the video plays its session.
until_true 30 "the play is beyond the picture" above step $((moment + 40))
press space
stands || fail "it is paused"
drop "$(picture)"
sleep 1.5
press period
until_true 30 "the frame after the picture's" is step $((moment + 1))
press space
until_true 30 "and it goes on from there" eval 'above step '"$((moment + 3))"' && below step '"$((moment + 200))"
drop "$videos/my best.mp4"
sleep 1
press Return  # a game is being played: it asks
until_true 30 "the video's session plays, which is from before the picture" below step "$moment"
sleep 2
drop "$videos/broken.mp4"
sleep 1
grep -q "broken.mp4: expected a picture or a video that Driftscope saved" "$work/said" || fail "what carries nothing is a sentence"

# ---- Played from the library: a recording, at once, since a session is being watched.
open_library
xdotool type --delay 40 "my best recording"
before=$(steps)
xdotool sleep 0.6 key Return
until_true 20 "a recording plays" eval '[ "$(steps)" -gt $((before + 5)) ]'
quit

# ---- In another world: that of the picture is opened first.
begin --world rover
until_true 60 "rover goes on" above step 5
drop "$(picture)"
until_true 60 "the picture's world opens" grep -q "world bricks on" "$work/said"
until_true 60 "and it goes on from its moment" eval 'is seed 7 && above step '"$moment"' && below step '"$((moment + 200))"
quit

# ---- From the command line.
begin --replay "$(picture)"
until_true 60 "--replay of a picture begins with its moment" eval 'cut -f 3 "$work/steps.tsv" | sed -n 3p | grep -qx $((moment + 1))'
until_true 60 "and goes on" above step $((moment + 5))
quit
begin --replay "$videos/my best.mp4"
until_true 60 "--replay of a video plays its session" above step 10
quit
head -c 200 "$(picture)" >"$work/cut.png"
if "$player" --replay "$work/cut.png" >"$work/said" 2>&1; then fail "a picture that was cut is refused"; fi
grep -q "cut.png" "$work/said" || fail "in a sentence: $(cat "$work/said")"
echo "renamed, thrown away, brought back, opened, exported, dropped and gone on from"
