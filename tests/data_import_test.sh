#!/bin/bash
# driftlab data: play in NumPy archives becomes a data set, goes on where it stopped, and is examined, checked, shown and trained on.
set -uo pipefail
source tests/expect.sh
"$lab" --help | grep -q render || exit 77  # built without media

# Two episodes of 30 frames, 16 x 16; the second one stands still. And one that is cut off.
python3 - "$scratch/play" <<'PYTHON' || exit 1
import os, sys, zipfile
def npy(descr, shape, data):
    header = ("{'descr': '%s', 'fortran_order': False, 'shape': %r, }" % (descr, shape)).encode()
    header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
    return b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header + data
os.makedirs(sys.argv[1])
for name, step in ("moving", 5), ("still", 0):
    with zipfile.ZipFile(f"{sys.argv[1]}/{name}.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("frames.npy", npy("|u1", (30, 16, 16, 3), b"".join(bytes([20 + step * i]) * 768 for i in range(30))))
        archive.writestr("actions.npy", npy("<i8", (30,), b"".join((i // 7 % 3).to_bytes(8, "little") for i in range(30))))
whole = open(f"{sys.argv[1]}/moving.npz", "rb").read()
open(f"{sys.argv[1]}/cut.npz", "wb").write(whole[:len(whole) // 2])
PYTHON
data=$scratch/data
expect 1 'cut.npz: cut off or damaged' "$lab" data import "$scratch/play" --out "$data" --actions noop,up,down
rm "$scratch/play/cut.npz" && rm -r "$data/still"
expect 0 '1 episode of 30 frames in all .*; 1 episode was there already' "$lab" data import "$scratch/play" --out "$data"
expect 0 'episode moving +30 frames, brightness 92 \(20 to 165\)' "$lab" data info "$data"
expect 0 '"repeated": 29' "$lab" data info "$data" --json
expect 0 'action up +16 times' "$lab" info "$data"
expect 0 'still: 29 of 30 frames repeat the one before; 30 in a row do from frame 0 on' "$lab" data check "$data"
expect 0 '2 episodes shown' "$lab" data show "$data" --png "$scratch/sheet.png"
expect 0 'PNG image|PNG' head -c 8 "$scratch/sheet.png"
rm "$data/still/actions.csv"
expect 1 'expected an episode with actions.csv' "$lab" data check "$data"
expect 0 '1 episode of 30 frames' "$lab" data import "$scratch/play" --out "$data"
expect 0 'world written' "$lab" train --data "$data" --out "$scratch/world" --batch 2 --dreams 2 --steps 1 --eval-minutes 0 --threads 1
# Other play of the same name is not passed over as if it were there; the same, moved, is.
mkdir "$scratch/other" && cp "$scratch/play/still.npz" "$scratch/other/moving.npz"
expect 1 'moving.npz: expected play that is not there yet, found moving of .*play/moving.npz by its name' "$lab" data import "$scratch/other" --out "$data"
mv "$scratch/play" "$scratch/moved"
expect 0 '0 episodes .*; 2 episodes were there already' "$lab" data import "$scratch/moved" --out "$data"
expect 0 '--size changes nothing of what is there already, which is 16x16' "$lab" data import "$scratch/moved" --out "$data" --size 32x32
mv "$scratch/moved" "$scratch/play"
expect 1 'expected different names without commas and quotes, found "up" twice' "$lab" data import "$scratch/play" --out "$scratch/none" --actions noop,up=Up,up=Down
expect 1 'which needs no import' "$lab" data import "$data" --out "$scratch/none"
expect 1 'found nothing' "$lab" data import "$scratch/absent" --out "$scratch/none"
expect 1 'another one: give a new folder' "$lab" data import "$scratch/play" --out "$data" --rate 30
expect 2 'required' "$lab" data import "$scratch/play"
[ $failures -eq 0 ] && echo "imported play: all as expected"
exit $((failures > 0))
