#!/bin/bash
# Recorded play from a session to a world that plays: driftlab export --dataset, train --data, render; and what is said of data that is wrong.
set -uo pipefail
source tests/expect.sh
"$lab" --help | grep -q render || exit 77  # built without media
train() { "$lab" train --batch 2 --dreams 2 --steps 1 --eval-minutes 0 --threads 1 "$@"; }

# A session, its truth and its dream as data, and a world of them.
session=$scratch/play.driftlog data=$scratch/data world=$scratch/world
expect 0 '60 frames of bricks' "$lab" render --policy rollout --frames 60 --threads 1 --session "$session"
expect 0 '1 episode of 61 frames' "$lab" export "$session" --dataset "$data"
expect 1 'no episode of that name in the data set, found one' "$lab" export "$session" --dataset "$data"
expect 0 '1 episode of 61 frames' "$lab" export "$session" --dataset "$scratch/dreamed" --dataset-lane 1
expect 1 'session with lane 2, found none' "$lab" export "$session" --dataset "$scratch/none" --dataset-lane 2
expect 1 'found another one: give a new folder' "$lab" export "$session" --dataset "$data" --dataset-lane 1
expect 0 '61 frames of 64x64; 6 of them are held out' train --data "$data" --out "$world"
expect 0 'world written' train --data "$data" --out "$world" --resume
expect 1 'expected a training on data .*found one on data .*may begin with its weights' train --data "$scratch/dreamed" --out "$world" --resume
expect 0 'world written' train --data "$scratch/dreamed" --init "$world" --out "$scratch/other"
rm "$scratch/other/checkpoint.safetensors"
expect 1 'expected a new folder, found a world: give it as --init too' train --data "$data" --out "$scratch/other"
expect 0 'world written' train --data "$scratch/dreamed" --init "$scratch/other" --out "$scratch/other"
expect 0 '2 steps' "$lab" info --world "$world"
# Played in a game, it has that game as its truth; dreamed, it has none.
expect 0 'game +bricks' "$lab" info --world "$world"
expect 0 'game +none: it has no truth' "$lab" info --world "$scratch/other"
# What the sampler was told is how its world is played, and how one that goes on from it is.
expect 0 'world written' train --data "$data" --sigma-min 0.02 --out "$scratch/chooses"
expect 0 'world written' train --data "$data" --init "$scratch/chooses" --out "$scratch/goes-on"
expect 0 'default sigma_min +0.02' "$lab" info --world "$scratch/goes-on"
expect 0 'default sigma_min +1' "$lab" info --world "$world"
expect 0 'obeyed' "$lab" eval --world "$world" --episodes 1 --horizons 1 --threads 1
printf '2 press Left\n5 release Left\n6 tap right\n' >"$scratch/keys"
expect 0 '8 frames of world, .* to the truth' "$lab" render --world "$world" --script "$scratch/keys" --frames 8 --threads 1 --png "$scratch/strip.png"
expect 1 'a policy needs the real game' "$lab" render --world "$scratch/other" --frames 8 --png "$scratch/strip.png"
expect 0 '^ +1 +[0-9.]+' "$lab" eval --world "$world" --data "$data" --horizons 1,2,50 --threads 1
expect 1 'episodes longer than a horizon' "$lab" eval --world "$world" --data "$data" --horizons 50 --threads 1
expect 2 'excludes' train --data "$data" --game rover --out "$scratch/none"
expect 2 'expected --data' train --size 64x64 --out "$scratch/none"
head -c 20 "$session" >"$scratch/cut.driftlog"
expect 1 'cut.driftlog' "$lab" export "$scratch/cut.driftlog" --dataset "$scratch/none"

# What was written is what the README says, and NumPy's.
python3 - "$data/play-000" <<'PYTHON' || failures=$((failures + 1))
import ast, sys
b = open(sys.argv[1] + "/frames.npy", "rb").read()
assert b[:8] == b"\x93NUMPY\1\0"
begin = 10 + b[8] + 256 * b[9]
header = ast.literal_eval(b[10:begin].decode())
assert header == {"descr": "|u1", "fortran_order": False, "shape": (61, 64, 64, 3)} and len(b) == begin + 61 * 64 * 64 * 3, header
rows = open(sys.argv[1] + "/actions.csv").read().split("\n")
assert rows[0] == "frame,action,rare" and len(rows) == 62 and rows[60].startswith("59,"), rows
assert {r.split(",")[1] for r in rows[1:-1]} <= {"noop", "left", "right"}, rows
PYTHON

# 200 GB of frames (a hole in the file) are trained on in the memory of 61.
cp -r "$data" "$scratch/large"
python3 - "$scratch/large/play-000" <<'PYTHON' || failures=$((failures + 1))
import os, sys
count, side = 254300, 512
header = ("{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d, 3), }" % (count, side, side)).encode()
header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
with open(sys.argv[1] + "/frames.npy", "wb") as file:
    file.write(b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header)
    file.truncate(10 + len(header) + count * side * side * 3)
open(sys.argv[1] + "/actions.csv", "w").write("action\n" + "left\nright\n" * (count // 2))
PYTHON
memory() {  # of the command, in MB at most
    python3 -c 'import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024); sys.exit(code)' "$@"
}
small=$(memory "$lab" train --batch 2 --dreams 2 --steps 1 --eval-minutes 0 --threads 1 --data "$data" --out "$scratch/small-world") &&
    large=$(memory "$lab" train --batch 2 --dreams 2 --steps 1 --eval-minutes 0 --threads 1 --data "$scratch/large" --size 64x64 --out "$scratch/large-world") &&
    [ "$large" -lt $((small + 200)) ] || {
    echo "200 GB of frames: ${large:-no} MB of memory where ${small:-no} MB do for 61 frames"
    failures=$((failures + 1))
}
rm -r "$scratch/large"

# A game of one's own, as pictures: a square that two keys move.
own=$scratch/own
python3 - "$own" <<'PYTHON' || exit 1
import os, struct, sys, zlib
def png(path, width, height, rgb):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + rgb[y * width * 3:(y + 1) * width * 3] for y in range(height))
    open(path, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
root, size = sys.argv[1], 32
os.makedirs(root + "/first")
open(root + "/data.toml", "w").write('format = 1\nrate = 10\n' + "".join(f'[[actions]]\nname = "{n}"\nkeys = {k}\n' for n, k in (("nothing", []), ("left", ["Left"]), ("right", ["Right", "D"]))))
x, names = 10, ["nothing", "left", "right"]
table = open(root + "/first/actions.csv", "w")
table.write("frame,action\n")
for i in range(40):
    pixels = bytearray(size * size * 3)
    for row in range(12, 18): pixels[(row * size + x) * 3:(row * size + x + 6) * 3] = b"\x40\xff\x40" * 6
    png(f"{root}/first/{i:06}.png", size, size, bytes(pixels))
    table.write(f"{i},{names[i // 8 % 3]}\n")
    x += (0, -1, 1)[i // 8 % 3]
png(root + "/../wide.png", 48, 32, bytes(48 * 32 * 3))
PYTHON
expect 0 'own: 1 episode, 40 frames of 32x32' train --data "$own" --out "$scratch/own-world"
expect 0 'own, trained by driftlab' "$lab" info --world "$scratch/own-world"
echo '2 press d' >"$scratch/keys"
expect 0 '8 frames' "$lab" render --world "$scratch/own-world" --script "$scratch/keys" --frames 8 --threads 1 --png "$scratch/strip.png"
expect 0 'frames of 48x16' train --data "$own" --size 48x16 --out "$scratch/sized"
expect 2 'both even.*found "63x64"' train --data "$own" --size 63x64 --out "$scratch/none"

# wrong PATTERN COMMAND...: what is said once the command was run within a copy of the data.
wrong() {
    local pattern=$1 bad=$scratch/bad
    shift
    rm -rf "$bad"
    cp -r "$own" "$bad" && cd "$bad" || exit 1
    "$@"
    cd "$OLDPWD" || exit 1
    expect 1 "$pattern" train --data "$bad" --out "$scratch/none"
}
case $lab in /*) ;; *) lab=$PWD/$lab ;; esac
wrong 'data.toml: expected the description of a data set, found no' rm data.toml
wrong 'expected TOML, found at line ' sh -c 'echo "= 3" >>data.toml'
wrong 'expected rate from 1 to 240, found 0' sed -i 's/rate = 10/rate = 0/' data.toml
wrong 'expected keys among format, title, game, rate, .*found rat at line 3, did you mean "rate"' sed -i 's/rate = 10/rate = 10\nrat = 10/' data.toml
wrong 'found actions.key at line [0-9]+, did you mean "keys"' sed -i "s/^keys = \['Left'\]/key = ['Left']/" data.toml
wrong 'expected \[\[actions\]\], of which one is taken at a time, or \[\[buttons\]\] and \[mouse\]' sh -c 'printf "[[buttons]]\nname = \"fire\"\nkeys = [\"F\"]\n" >>data.toml'
wrong 'expected a key for the action left' sed -i "s/'Left'//" data.toml
wrong 'first action to be that of no key' sed -i '0,/keys = \[\]/s//keys = ["Up"]/' data.toml
wrong 'expected at least one episode' rm -r first
wrong 'first: expected an episode with actions.csv' rm first/actions.csv
wrong 'found another name' cp first/000003.png first/three.png
wrong 'expected the picture of frame 7, found 000008.png next' rm first/000007.png
wrong 'expected an action for each of the 38 frames .*found 40' rm first/000038.png first/000039.png
wrong 'expected an action for each of the 40 frames .*found 30' sed -i 32,41d first/actions.csv
wrong 'line 5: expected an action of data.toml \(nothing, left, right\) or its number, found "jump"' sed -i '5s/nothing/jump/' first/actions.csv
wrong 'line 1: expected names of columns, one of them action' sed -i 1d first/actions.csv
wrong 'line 6: expected frame 4, found "7"' sed -i '6s/4/7/' first/actions.csv
wrong '000005.png: expected pictures of 32x32 pixels as in .*000000.png, found 48x32; --size' cp ../wide.png first/000005.png
wrong '000005.png: .*(damaged|expected a PNG)' truncate -s 60 first/000005.png
wrong '000005.png: expected a PNG' sh -c 'echo text >first/000005.png'
wrong 'at least one episode of 7 frames or more, found none longer than 5' sh -c 'rm first/0000[1-3]*.png first/00000[5-9].png; sed -i 7,41d first/actions.csv'
wrong 'frames.npy: expected a NumPy array' sh -c 'echo text of another kind >first/frames.npy'
wrong 'one video of the same name beside it, found 0' touch second.csv
wrong 'expected second.csv with its actions' touch second.mp4
wrong 'second.mp4: expected a video' sh -c 'echo text >second.mp4; echo action >second.csv'

# What is in a folder, and all that is wrong with it at once.
expect 0 'episodes +1, 40 frames in all' "$lab" info "$own"
expect 0 'action right +8 times' "$lab" info "$own"
expect 0 '"problems": \[\]' "$lab" info --json "$own"
rm -rf "$scratch/bad" && cp -r "$own" "$scratch/bad"
sed -i 's/rate = 10/rate = 0/' "$scratch/bad/data.toml"
rm "$scratch/bad/first/000007.png"
touch "$scratch/bad/second.csv"
for said in 'found 3 problems' 'rate from 1 to 240, found 0' 'found 000008.png next' 'second.csv: expected one video'; do
    expect 1 "$said" train --data "$scratch/bad" --out "$scratch/none"
    expect 1 "$said" "$lab" info "$scratch/bad"
done
expect 1 'found 3 problems' "$lab" info --json "$scratch/bad"
expect 1 'data.toml: expected the description of a data set' "$lab" info "$own/first"

# A video with its actions beside it, as it is and made smaller.
videos=$scratch/videos
mkdir "$videos"
cp "$data/data.toml" "$videos"
expect 0 '30 frames' "$lab" render --policy rollout --frames 30 --threads 1 --no-truth --scale 2 --out "$videos/play.mp4"
(echo action; for i in $(seq 31); do echo $((i % 3)); done) >"$videos/play.csv"
expect 0 '1 episode, 31 frames of 64x64' train --data "$videos" --size 64x64 --out "$scratch/of-video"
sed -i 's/^rate = .*/rate = 30/' "$videos/data.toml"
expect 0 'play.mp4: has 15 frames a second where data.toml says 30' train --data "$videos" --size 64x64 --out "$scratch/of-other-rate"
expect 1 'the game bricks has frames of 64x64, the data 128x128' train --data "$videos" --out "$scratch/of-large-video"
sed -i '/^game = /d' "$videos/data.toml"
expect 0 '1 episode, 31 frames of 128x128' train --data "$videos" --out "$scratch/of-large-video"
[ $failures -eq 0 ] && echo "recorded play: all as expected"
exit $((failures > 0))
