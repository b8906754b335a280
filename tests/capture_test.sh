#!/bin/bash
# driftlab capture on a display of its own: a small game that xdotool plays, captured, and held against what was pressed; what is typed elsewhere is nowhere.
set -uo pipefail
build=${DRIFT_BUILD:-build}
"$build/driftlab" --help | grep -q '^  capture ' || exit 77  # built without
for tool in xvfb-run xdotool; do
    command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
if [ -z "${DRIFT_CAPTURE_INSIDE:-}" ]; then
    DRIFT_CAPTURE_INSIDE=1 exec xvfb-run -a -s "-screen 0 1280x800x24" bash "$0"
fi
unset WAYLAND_DISPLAY
source tests/expect.sh
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    rm -rf "$scratch"
}
trap finish EXIT
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }

start_game() {  # TITLE X Y
    "$build/square_game" "$@" &
    pids+=($!)
    xdotool search --sync --onlyvisible --name "^$1\$" >/dev/null
}
focus() { xdotool windowfocus --sync "$(xdotool search --onlyvisible --name "^$1\$" | head -n 1)"; }
# begin NAME [option...]: captures the game into the folder of that name.
begin() {
    local name=$1
    shift
    "$lab" capture --window "the game" --out "$scratch/$name" --rate 10 "$@" >"$scratch/said" 2>&1 &
    capture=$!
    pids+=("$capture")
    local begun=$SECONDS
    until [ -s "$scratch/$name/.capture-000.part/frames.npy" ]; do
        kill -0 "$capture" 2>/dev/null && [ $((SECONDS - begun)) -lt 60 ] || { fail "no capture begins: $(cat "$scratch/said")"; return; }
        sleep 0.05
    done
    sleep 0.3
}
end() {  # CODE PATTERN: what the capture says last
    local code
    wait "$capture"
    code=$?
    [ $code = "$1" ] && grep -qE -- "$2" "$scratch/said" || fail "a capture that ends with $1 and \"$2\", found $code and: $(cat "$scratch/said")"
}
hold() { xdotool keydown "$1"; sleep "$2"; xdotool keyup "$1"; sleep 0.2; }

# What is said where there is nothing to capture.
expect 0 'there are no windows' "$lab" capture --list
start_game "the game" 100 100
game=${pids[0]}
start_game "another window" 600 100
expect 0 'another window' "$lab" capture --list
expect 0 '320x320  the game' "$lab" capture --list
expect 1 'expected a window called "no such", found .*"the game" \(0x' "$lab" capture --window "no such" --keys Left --out "$scratch/none"
expect 1 'found several: .*the game' "$lab" capture --window "e" --keys Left --out "$scratch/none"
expect 1 'number of a window, found "0xfffff"' "$lab" capture --window 0xfffff --keys Left --out "$scratch/none"
expect 1 'found "Lefft", did you mean "Left"' "$lab" capture --window "the game" --keys Lefft --out "$scratch/none"
expect 1 'found F9 twice' "$lab" capture --window "the game" --keys F9 --out "$scratch/none"
expect 2 'even and from 16 to 512, .*found "63x64"' "$lab" capture --window "the game" --keys Left --size 63x64 --out "$scratch/none"
expect 2 '--keys or --mouse' "$lab" capture --window "the game" --out "$scratch/none"
expect 2 '--out' "$lab" capture --window "the game" --keys Left
expect 1 'Wayland alone.*XWayland' env -u DISPLAY WAYLAND_DISPLAY=wayland-0 "$lab" capture --list
expect 1 'X display in DISPLAY, found none' env -u DISPLAY "$lab" capture --list
[ -e "$scratch/none" ] && fail "something was written where nothing could be captured"

# Play: four to the right, two to the left, a tap of Space; keys that are not named; what another window is typed; and a pause.
xdotool mousemove 200 200
play() {  # NAME
    focus "the game"
    begin "$1" --keys "Left,Right,jump=Space,Mouse Left" --mouse
    for _ in 1 2 3 4; do hold Right 0.2; done
    hold Left 0.3
    hold Left 0.3
    xdotool key space
    sleep 0.3
    hold x 0.2
    xdotool click 3
    xdotool mousedown 1
    sleep 0.2
    xdotool mouseup 1
    sleep 0.2
    for _ in 1 2 3 4 5; do xdotool mousemove_relative -- 3 -2; sleep 0.02; done
    sleep 0.2
    xdotool key F9
    sleep 0.3
    hold Right 0.2   # while it pauses
    xdotool key F9
    sleep 0.5
    xdotool keydown Right
    sleep 0.3
    focus "another window"  # where Right counts as released
    sleep 0.3
    xdotool keyup Right
    xdotool type "left right"
    hold Left 0.3
    xdotool mousemove_relative -- 50 50
    sleep 0.3
    focus "the game"
    sleep 0.3
    kill -INT "$capture"
    wait "$capture"
}
# Where the machine was too busy for an even rate the capture says so, and there is nothing to be held against.
for data in one two three four; do
    play $data
    grep -q 'could not be taken in time' "$scratch/said" || break
done
grep -qE '2 episodes, [0-9]+ frames of 64x64' "$scratch/said" || fail "two episodes, found: $(cat "$scratch/said")"
expect 0 '2 episodes of [0-9]+ frames in all can be read' "$lab" data check "$scratch/$data"
python3 - "$scratch/$data" <<'PYTHON' || failures=$((failures + 1))
import ast, os, re, sys
root = sys.argv[1]
def frames(folder):
    b = open(folder + "/frames.npy", "rb").read()
    begin = 10 + b[8] + 256 * b[9]
    shape = ast.literal_eval(b[10:begin].decode())["shape"]
    assert shape[1:] == (64, 64, 3) and len(b) == begin + shape[0] * 64 * 64 * 3, shape
    return [b[begin + i * 12288:begin + (i + 1) * 12288] for i in range(shape[0])]
def place(frame):  # of 16: where the square is. A cell is 4 x 4 pixels, the square in rows 32 to 35
    bright = [x for x in range(16) if frame[(34 * 64 + 4 * x + 2) * 3 + 1] > 200]
    assert len(bright) == 1, bright
    return bright[0]
def rows(folder):
    text = open(folder + "/actions.csv").read().strip().split("\n")
    assert text[0] == "frame,Left,Right,jump,Mouse Left,mouse_x,mouse_y", text[0]
    return [[float(v) for v in line.split(",")] for line in text[1:]]
def runs(held):  # how often it is pressed
    return sum(1 for i, now in enumerate(held) if now and not (i and held[i - 1]))
assert sorted(os.listdir(root)) == ["capture-000", "capture-001", "data.toml"], os.listdir(root)
pictures, done = frames(root + "/capture-000"), rows(root + "/capture-000")
assert len(done) == len(pictures) - 1 and [r[0] for r in done] == list(range(len(done)))
column = lambda i: [r[i] for r in done]
assert {v for r in done for v in r[1:5]} <= {0, 1}
assert (runs(column(1)), runs(column(2)), runs(column(3)), runs(column(4))) == (2, 4, 1, 1), done
assert sum(column(3)) <= 2, "a tap is in one frame, or on the edge of two"
assert (sum(column(5)), sum(column(6))) == (15, -10), done
assert sum(1 for r in done if r[4]) >= 3
# The square goes where the keys say, in the frame after the press or the one after that.
places = [place(p) for p in pictures]
start = places[0]
assert places[-1] == (start + 2) % 16, places
for i in range(len(done)):
    step = (places[i + 1] - places[i] + 8) % 16 - 8
    near = done[max(0, i - 1):i + 1]
    if step: assert any(r[2 if step > 0 else 1] for r in near), (i, step, done[max(0, i - 3):i + 4])
blue = [p[2] > 100 for p in pictures]
assert sum(blue) <= 2, blue
# After the pause: Right until the focus went, then nothing at all, though keys were pressed.
pictures, done = frames(root + "/capture-001"), rows(root + "/capture-001")
assert place(pictures[0]) == (start + 3) % 16 and runs([r[2] for r in done]) == 1, (place(pictures[0]), done)
last = max(i for i, r in enumerate(done) if r[2])
assert last < len(done) - 10 and sum(r[2] for r in done) <= 20, done
assert all(not any(r[1:]) for r in done[last + 1:]), done
# The description names the keys that were asked for and no other.
said = open(root + "/data.toml").read()
assert re.findall(r"name = '([^']*)'", said) == ["Left", "Right", "jump", "Mouse Left"], said
PYTHON

# On a German keyboard Y and Z have changed places, and ö is where an American one has ;. Keys are given as they are labelled, and kept by their places.
if command -v setxkbmap >/dev/null && setxkbmap de; then
    focus "the game"
    begin german --keys "Z,jump=ö"
    hold z 0.3
    hold odiaeresis 0.3
    kill -INT "$capture"
    end 0 'episode'
    [ "$(grep -o "keys = .*" "$scratch/german/data.toml" | tr -d ' \n')" = "keys=['Y']keys=[';']" ] || fail "keys by their places: $(cat "$scratch/german/data.toml")"
    awk -F, 'NR > 1 { z += $2; jump += $3 } END { exit !(z && jump) }' "$scratch/german/capture-000/actions.csv" || fail "Z and ö were pressed: $(cat "$scratch/german/capture-000/actions.csv")"
    setxkbmap us
fi

# Nothing of a window that is covered; the same folder goes on; a window of another size, too; and one that closes.
focus "the game"
begin cover --keys Left,Right --size 32x32
cover=$(xdotool search --onlyvisible --name "^another window\$")
xdotool windowmove "$cover" 150 150 windowraise "$cover"
sleep 0.5
xdotool windowmove "$cover" 600 100
sleep 0.5
xdotool windowsize "$(xdotool search --onlyvisible --name '^the game$')" 200 160
sleep 0.5
kill "$game"
end 0 'the window was closed'
expect 0 '"frames": [1-9]' "$lab" data info --json "$scratch/cover"
[ -d "$scratch/cover/capture-001" ] || fail "no second episode after the window was covered: $(ls -A "$scratch/cover")"
start_game "the game" 100 100
expect 1 'expected pictures of 64x64, found 32x32 in it' "$lab" capture --window "the game" --keys Left,Right --size 64x64 --out "$scratch/cover"
expect 1 'found another one: give a new folder' "$lab" capture --window "the game" --keys Left --out "$scratch/cover"
expect 0 '1[12] frames of 32x32' "$lab" capture --window "the game" --keys Left,Right --rate 12 --frames 12 --size 32x32 --out "$scratch/again"
expect 0 'as 32x32 at 12 frames a second' "$lab" capture --window "the game" --keys Left,Right --frames 6 --out "$scratch/again"
[ -z "$(find "$scratch" -name '*.part')" ] || fail "something half-written stayed"

# From the key to the picture.
focus "the game"
"$lab" capture --window "the game" --keys Right --measure-lag >"$scratch/lag" 2>&1 &
capture=$!
pids+=("$capture")
while kill -0 "$capture" 2>/dev/null; do hold Right 0.3; done
wait "$capture"
grep -qE 'in the median, [0-9]+ ms at the 90th percentile \(20 of' "$scratch/lag" || fail "the lag is measured, found: $(cat "$scratch/lag")"
[ $failures -eq 0 ] && echo "capture: all as expected"
exit $((failures > 0))
