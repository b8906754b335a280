#!/bin/bash
# driftlab as a user meets it: subcommands, exit codes, one clear sentence for bad input. DRIFT_BUILD: where the programs are.
set -uo pipefail
source tests/expect.sh

expect 0 'train' "$lab" --help
expect 0 'start-scale' "$lab" eval --help
expect 2 'subcommand' "$lab"
expect 2 'expected one of the subcommands .*sweep.*found "nonsense"$' "$lab" nonsense
expect 2 'found "swep", did you mean "sweep"\?' "$lab" swep --out "$scratch/none"
expect 0 '^driftlab [0-9.]+ \(([0-9a-f]+(-dirty)?|unknown)\)' "$lab" --version
expect 0 'LibTorch [0-9.]+, CPU code [A-Z]' "$lab" --version
expect 2 'episodes' "$lab" eval --episodes none
expect 1 'world "nowhere": .*there are breakout, bricks, ' "$lab" info --world nowhere
expect 1 'did you mean "rover"\?' "$lab" info --world rovre
expect 1 'world "no/such": expected a folder or a file of weights' "$lab" info --world no/such
# A folder of that name hides no world; the user's worlds have names too.
mkdir -p "$scratch/here/bricks" "$scratch/data/driftscope/worlds"
cp -r assets/worlds/bricks "$scratch/data/driftscope/worlds/mine"
here() { (case $lab in /*) ;; *) lab=$PWD/$lab ;; esac; cd "$scratch/here" && XDG_DATA_HOME=$scratch/data "$lab" "$@"); }
expect 0 '^world +bricks$' here info --world bricks
expect 1 'bricks/world.toml' here info --world ./bricks
expect 0 '^world +mine$' here info --world mine
# What there is to choose stands in the help; what lies outside is refused.
expect 0 '--solver .*\{euler,heun' "$lab" eval --help
expect 0 '--steps INT in \[1 - 64\]' "$lab" render --help
expect 0 '--policy.*\{sticky,random,rollout,resting,demo,expert\}' "$lab" eval --help
expect 0 'left, then right' "$lab" check --world bricks --openings 1 --frames 4 --held 2 --threads 1
expect 0 '"late":0' "$lab" check --world bricks --openings 1 --frames 4 --held 2 --threads 1 --json
if "$lab" --help | grep -q render; then
    expect 0 'left, then right' "$lab" check --world bricks --openings 1 --frames 8 --held 2 --threads 1 --png "$scratch/check.png"
    [ -s "$scratch/check.png" ] || { echo "FAILED: check wrote no page"; failures=$((failures + 1)); }
fi
expect 0 '"late":null' "$lab" check --world bricks --openings 1 --frames 4 --held 2 --threads 1 --no-truth --json
expect 0 '--batch INT:INT in \[1 - 4096\]=16' "$lab" train --help
expect 0 'Name of the game: bricks, ' "$lab" train --help
expect 2 'steps: expected 1 to 64, found 0' "$lab" eval --steps 0
expect 2 'steps: expected 1 to 64, found 0' "$lab" render --steps 0 --png "$scratch/none.png"
expect 2 'steps' "$lab" train --steps 0 --out "$scratch/none"
expect 2 'policy' "$lab" eval --policy nobody
expect 2 'vary: expected what to compare' "$lab" sweep --out "$scratch/none"
expect 2 'expected one of karras' "$lab" eval --schedule zigzag --episodes 1 --horizons 1
expect 2 'minutes' "$lab" train --out "$scratch/none"
expect 1 'known: .*bricks' "$lab" train --game chess --steps 1 --out "$scratch/chess"

expect 0 'network +U-Net' "$lab" info
expect 0 '"parameters":[0-9]{7},' "$lab" info --json
expect 0 'sigma_min must be' "$lab" eval --sigma-min -1 --episodes 1 --horizons 1
expect 0 '"horizons":\[1,3\]' "$lab" eval --episodes 2 --horizons 1,3 --steps 1 --json

# Keys of the JSON objects that others read.
python3 - "$lab" <<'END' || failures=$((failures + 1))
import json, subprocess, sys
def run(*args): return json.loads(subprocess.run([sys.argv[1], *args], check=True, capture_output=True, text=True).stdout)
i = run("info", "--json")
assert i["picture"] == {"width": 64, "height": 64, "rate": 15} and i["default steps"] == 3 and i["default quantise"] is True and i["default sigma_max"] == 5, i
assert i["trained sigmas"] == [0.002, 20] and i["context"] == 4 and i["action left"][0] == "Left" and i["default solver"] == "euler", i
e = run("eval", "--episodes", "2", "--horizons", "1,2", "--steps", "1", "--json")
for key in ("horizons", "psnr", "psnr_lo", "psnr_hi", "copy_psnr", "moving_psnr", "copy_moving_psnr", "ball", "paddle"): assert len(e[key]) == 2, key
assert 0 <= e["obeyed"] <= 1 and e["collapse_step"] is None
assert all(lo <= p <= hi for lo, p, hi in zip(e["psnr_lo"], e["psnr"], e["psnr_hi"]))
assert e == run("eval", "--episodes", "2", "--horizons", "1,2", "--steps", "1", "--json"), "the same seed gave other figures"
b = run("bench", "--frames", "5", "--steps", "1", "--json")
assert set(b) == {"fps", "ms_p50", "ms_p99", "call_ms", "reference_ms", "ratio", "four_lanes_ratio", "beside_network", "bytes_a_step", "recording_ratio"}
assert all(v > 0 for v in b.values()), b
END

# A sweep: what is done is not done again, and shards put together are the whole.
sweep=("$lab" sweep --vary steps=1,2 --vary start_scale=0.5,2 --episodes 2 --batch 1 --horizons 1,3)
expect 2 'settings solver, steps.*found "stepz"' "$lab" sweep --vary stepz=1 --out "$scratch/none"
expect 2 'one folder, or --merge' "$lab" sweep --out "$scratch/none" "$scratch/other"
expect 1 'legal settings at each point.*sigma_min must be' "$lab" sweep --sigma-min -1 --vary steps=1 --out "$scratch/none"
expect 0 'sigma_list=5 0.3 +[0-9.]+$' "$lab" sweep --schedule list --vary 'sigma_list=5 0.3,2' --episodes 1 --horizons 2 --out "$scratch/lists"
expect 0 '8 units; 0 were done before, 8 to do' "${sweep[@]}" --out "$scratch/whole"
expect 0 '8 units; 8 were done before, 0 to do' "${sweep[@]}" --out "$scratch/whole"
expect 1 'another one: seed 7 was asked for, 1000000 found' "${sweep[@]}" --seed 7 --out "$scratch/whole"
expect 0 'shard 1/2 is done' "${sweep[@]}" --shard 1/2 --out "$scratch/part1"
expect 0 '4 of 8 units are missing.*episodes 2 to 2' "$lab" sweep --merge --out "$scratch/part1"
expect 0 'shard 2/2 is done' "${sweep[@]}" --shard 2/2 --out "$scratch/part2"
expect 0 'results.csv' "$lab" sweep --merge --out "$scratch/part1" "$scratch/part2"
for file in results.csv results.json figure.gp figure.dat; do
    cmp "$scratch/whole/$file" "$scratch/part1/$file" || { echo "FAILED: shards put together gave another $file"; failures=$((failures + 1)); }
done
expect 0 '^steps,start_scale,horizon,episodes,psnr,psnr_lo,psnr_hi' head -1 "$scratch/whole/results.csv"
if command -v gnuplot >/dev/null; then
    [ -s "$scratch/whole/figure.png" ] && [ -s "$scratch/whole/figure_objects.svg" ] || { echo "FAILED: gnuplot drew no figure"; failures=$((failures + 1)); }
fi
expect 0 'gnuplot is not installed: figure.gp lies in' env PATH=/nowhere "$(realpath "$lab")" sweep --merge --out "$scratch/whole"
# Stopped with a notice and killed without one: the units that are whole stay.
expect 124 'interrupted; the units that are done are kept' timeout -s INT 5 "$lab" sweep --vary steps=1,60 --episodes 1 --horizons 1000 --out "$scratch/stopped" --threads 1
expect 137 '' timeout -s KILL 3 "$lab" sweep --vary steps=1,60 --episodes 1 --horizons 1000 --out "$scratch/stopped" --threads 1
expect 0 '"version": 1' cat "$scratch/stopped/sweep.json"
truncate -s 100 "$scratch/part1/units/point-001-episodes-0001-0001.json" "$scratch/part1/units/"*
expect 1 'expected a file of a sweep' "$lab" sweep --merge --out "$scratch/part1" "$scratch/part2"

# A training that is interrupted, resumed and played.
touch "$scratch/file"
expect 1 'file/below: cannot be made \(Not a directory\)' "$lab" train --steps 1 --out "$scratch/file/below"
world=$scratch/world
expect 0 'world written' "$lab" train --steps 2 --batch 2 --eval-minutes 0 --out "$world"
# The network's size, and what it takes, before the training begins.
expect 0 '0.48 million parameters \(channels 16,32; depths 2,2; 6 frames of context; 4x4 pixels folded into one; attention in the middle and in level 2\)' \
    "$lab" train --steps 1 --batch 2 --channels 16,32 --attention 0,1 --context 6 --space-to-depth 4 --eval-minutes 0 --out "$scratch/sized"
# A session of it has a longer opening, with its game alone too.
expect 0 '' "$lab" render --world "$scratch/sized" --frames 4 --session "$scratch/sized.driftlog"
expect 0 '1 episode of 5 frames' "$lab" export "$scratch/sized.driftlog" --dataset "$scratch/sized-play"
expect 0 'training it: [0-9.]+ s a step of 2 segments, [0-9]+ MB .*; 1 step takes' \
    "$lab" train --steps 1 --batch 2 --channels 8 --eval-minutes 0 --out "$scratch/sized-too"
# How it went: at each evaluation and at the end.
expect 0 'Too early for a trend: 1 evaluation so far' "$lab" train --steps 2 --batch 2 --channels 8 --resume --out "$scratch/sized-too"
if "$lab" --help | grep -q render && ! [ -s "$scratch/sized-too/progress.png" ]; then
    echo "FAILED: train wrote no page"; failures=$((failures + 1))
fi
expect 0 '' python3 -c 'import json, sys
p = json.load(open(sys.argv[1]))
assert len(p["evaluations"]) == 1 and p["evaluations"][0]["step"] == 3 and len(p["evaluations"][0]["psnr"]) == 5 and p["losses"], p' "$scratch/sized-too/progress.json"
echo '{"losses": 7}' >"$scratch/sized-too/progress.json"
expect 0 'progress.json cannot be read; the training goes on' "$lab" train --steps 1 --batch 2 --channels 8 --eval-minutes 0 --resume --out "$scratch/sized-too"
expect 0 '2 frames of sized' "$lab" render --world "$scratch/sized" --frames 2 --png "$scratch/sized.png"
expect 1 'one number for each of the 2 levels of --channels, found 3' "$lab" train --steps 1 --channels 8,8 --depths 1,2,3 --out "$scratch/none"
expect 2 'excludes' "$lab" train --steps 1 --channels 8,8 --init "$world" --out "$scratch/none"
expect 1 'give --resume' "$lab" train --steps 2 --out "$world"
expect 1 "another training writes to this folder" flock "$world" "$lab" train --steps 1 --resume --out "$world"
expect 0 'world written' "$lab" train --steps 1 --resume --eval-minutes 0 --out "$world"
expect 0 'world written' "$lab" train --game rover --steps 1 --batch 2 --channels 8 --eval-minutes 0 --out "$scratch/roved"
expect 0 'world written' "$lab" train --steps 1 --resume --eval-minutes 0 --out "$scratch/roved"
expect 124 'interrupted and saved' timeout -s INT 4 "$lab" train --steps 100000 --batch 2 --eval-minutes 0 --out "$scratch/broken-off"
expect 0 'world written' "$lab" train --steps 1 --resume --eval-minutes 0 --out "$scratch/broken-off"
expect 0 '3 steps' "$lab" info --world "$world"
: >"$world/weights.safetensors"
expect 1 'weights.safetensors' "$lab" info --world "$world"

if "$lab" --help | grep -q render; then
    printf '2 press Left\n5 release Left\n6 tap Right\n' >"$scratch/keys"
    expect 0 '8 frames of bricks' "$lab" render --script "$scratch/keys" --frames 8 --out "$scratch/a.mp4" --png "$scratch/a.png"
    expect 0 '8 frames of bricks' "$lab" render --script "$scratch/keys" --frames 8 --png "$scratch/b.png"
    [ -s "$scratch/a.mp4" ] && cmp "$scratch/a.png" "$scratch/b.png" || { echo "FAILED: the same keys gave another strip"; failures=$((failures + 1)); }
    # A session: told, made again to the same bytes, held against other settings, cut, and of another world.
    session=$scratch/a.driftlog
    expect 0 '8 frames of bricks' "$lab" render --script "$scratch/keys" --frames 8 --session "$session"
    expect 1 'cannot be written' "$lab" render --frames 2 --session "$session"
    expect 0 '8 frames .*1 lane' "$lab" replay "$session"
    expect 0 'all 9 events give the same bytes' "$lab" replay "$session" --verify
    expect 0 'mean over 8 frames .*these to the recording 60' "$lab" replay "$session" --set steps=3
    expect 0 'mean over 8 frames .*these to the recording [1-5]' "$lab" replay "$session" --set start_scale=5 --set steps=1 --csv "$scratch/drift.csv"
    expect 0 '^9,0,8,[0-9.]+,[0-9.]+,[0-9.]+$' tail -1 "$scratch/drift.csv"
    expect 0 'recorded to the truth [0-9.]+ dB$' "$lab" replay "$session" --csv "$scratch/alone.csv"
    expect 0 '^9,0,8,[0-9.]+$' tail -1 "$scratch/alone.csv"
    expect 2 'stepz' "$lab" replay "$session" --set stepz=1
    # In the precision that this CPU does not choose by itself.
    if "$lab" replay "$session" --verify --precision fp32 >/dev/null 2>&1; then other=bf16; else other=fp32; fi
    expect 1 'differs first at event [0-9]+ of 9, frame [0-9]+ .*device: CPU' "$lab" replay "$session" --verify --precision $other
    expect 1 'expected a session of the world bricks-diamond' "$lab" replay "$session" --world bricks-diamond --verify
    head -c -3 "$session" >"$scratch/cut.driftlog"
    expect 0 'missing or damaged' "$lab" replay "$scratch/cut.driftlog" --verify
    expect 1 'another kind of file' "$lab" replay "$scratch/keys"
    # It is exported: every format at once, a part of it, and what cannot be.
    show=("$lab" export "$session")
    expect 0 'frames 0 to 8 of bricks: .*b.mp4 \([0-9.]+ MB\), .*b.webm .*b.gif .*b.webp .*pictures$' \
        "${show[@]}" --mp4 "$scratch/b.mp4" --webm "$scratch/b.webm" --gif "$scratch/b.gif" --webp "$scratch/b.webp" --png "$scratch/pictures"
    expect 0 '^frame-000000.png .*frame-000008.png $' echo "$(ls "$scratch/pictures" | tr '\n' ' ')"
    expect 1 'pictures: is a folder with something in it; --force' "${show[@]}" --png "$scratch/pictures"
    expect 0 'frames 2 to 3 of bricks: .*pictures$' "${show[@]}" --from 2 --to 3 --scale 1 --lane 1 --no-truth --no-plot --png "$scratch/pictures/" --force
    expect 0 '^frame-000002.png frame-000003.png $' echo "$(ls "$scratch/pictures" | tr '\n' ' ')"
    expect 1 'b.mp4: already exists; use --force to overwrite' "${show[@]}" --mp4 "$scratch/b.mp4"
    expect 1 'frame 9: expected a frame of this session, which ends with frame 8' "${show[@]}" --from 9 --gif "$scratch/c.gif"
    expect 1 'expected the end after the beginning' "${show[@]}" --from 3 --to 2 --gif "$scratch/c.gif"
    expect 1 'lane 2: this session never had such a lane' "${show[@]}" --lane 2 --gif "$scratch/c.gif"
    expect 1 'none/c.gif: cannot be written \(No such file' "${show[@]}" --gif "$scratch/none/c.gif"
    expect 2 'expected --mp4, --webm, --gif, --webp' "${show[@]}"
    expect 2 'speed' "${show[@]}" --speed 0 --gif "$scratch/c.gif"
    expect 1 'expected a session.s log, found no file' "$lab" export "$scratch/nothing.driftlog" --gif "$scratch/c.gif"
    expect 0 'frames 0 to [0-8] of bricks' "$lab" export "$scratch/cut.driftlog" --webp "$scratch/cut.webp"
    expect 0 '^0$' echo "$(ls -A "$scratch" | grep -cE 'c.gif|[.]part$')"
    expect 1 'line 1' "$lab" render --script <(echo 'now jump') --frames 2 --png "$scratch/c.png"
    expect 2 'expected --out' "$lab" render --frames 2
    expect 2 'out: expected the name of a file that ends in .mp4, found ".*c.avi"' "$lab" render --frames 2 --out "$scratch/c.avi"
    expect 2 'png: expected .* ends in .png' "$lab" render --frames 2 --png "$scratch/c"
    expect 2 'gif: expected .* ends in .gif' "${show[@]}" --gif "$scratch/c.mp4"
fi
[ $failures -eq 0 ] && echo "driftlab: all as expected"
exit $((failures > 0))
