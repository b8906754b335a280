#!/bin/bash
# driftlab as a user meets it: subcommands, exit codes, one clear sentence for bad input. DRIFT_BUILD: where the programs are.
set -uo pipefail
lab=${DRIFT_BUILD:-build}/driftlab
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# expect CODE PATTERN COMMAND...: the exit code, and what its output must hold.
expect() {
    local code=$1 pattern=$2 output actual
    shift 2
    output=$("$@" 2>&1)
    actual=$?
    if [ $actual -ne "$code" ] || ! grep -qE -- "$pattern" <<<"$output"; then
        printf 'FAILED: %s\n  expected exit code %s and "%s", found %s and:\n%s\n' "$*" "$code" "$pattern" "$actual" "$output"
        failures=$((failures + 1))
    fi
}

expect 0 'train' "$lab" --help
expect 0 'start-scale' "$lab" eval --help
expect 2 'subcommand' "$lab"
expect 2 'subcommand' "$lab" nonsense
expect 2 'episodes' "$lab" eval --episodes none
expect 1 'world "nowhere"' "$lab" info --world nowhere
expect 1 'expected one of karras' "$lab" eval --schedule zigzag --episodes 1 --horizons 1
expect 2 'minutes' "$lab" train --out "$scratch/none"
expect 1 'known: .*bricks' "$lab" train --game chess --steps 1 --out "$scratch/chess"

expect 0 'network +U-Net' "$lab" info
expect 0 '"parameters"' "$lab" info --json
expect 0 'sigma_min must be' "$lab" eval --sigma-min -1 --episodes 1 --horizons 1
expect 0 '"horizons":\[1,3\]' "$lab" eval --episodes 2 --horizons 1,3 --steps 1 --json

# Keys of the JSON objects that others read.
python3 - "$lab" <<'END' || failures=$((failures + 1))
import json, subprocess, sys
def run(*args): return json.loads(subprocess.run([sys.argv[1], *args], check=True, capture_output=True, text=True).stdout)
e = run("eval", "--episodes", "2", "--horizons", "1,2", "--steps", "1", "--json")
for key in ("horizons", "psnr", "psnr_lo", "psnr_hi", "copy_psnr", "ball", "paddle"): assert len(e[key]) == 2, key
assert 0 <= e["obeyed"] <= 1 and e["collapse_step"] is None
assert all(lo <= p <= hi for lo, p, hi in zip(e["psnr_lo"], e["psnr"], e["psnr_hi"]))
assert e == run("eval", "--episodes", "2", "--horizons", "1,2", "--steps", "1", "--json"), "the same seed gave other figures"
b = run("bench", "--frames", "5", "--steps", "1", "--json")
assert set(b) == {"fps", "ms_p50", "ms_p99", "call_ms", "reference_ms", "ratio"} and all(v > 0 for v in b.values())
END

# A training that is interrupted, resumed and played.
world=$scratch/world
expect 0 'world written' "$lab" train --steps 2 --batch 2 --eval-minutes 0 --out "$world"
expect 1 'give --resume' "$lab" train --steps 2 --out "$world"
expect 0 'world written' "$lab" train --steps 1 --resume --eval-minutes 0 --out "$world"
expect 124 'interrupted and saved' timeout -s INT 4 "$lab" train --steps 100000 --batch 2 --eval-minutes 0 --out "$scratch/stopped"
expect 0 'world written' "$lab" train --steps 1 --resume --eval-minutes 0 --out "$scratch/stopped"
expect 0 '3 steps' "$lab" info --world "$world"
: >"$world/weights.safetensors"
expect 1 'weights.safetensors' "$lab" info --world "$world"

if "$lab" --help | grep -q render; then
    printf '2 press Left\n5 release Left\n6 tap Right\n' >"$scratch/keys"
    expect 0 '8 steps of bricks' "$lab" render --script "$scratch/keys" --frames 8 --out "$scratch/a.mp4" --png "$scratch/a.png"
    expect 0 '8 steps of bricks' "$lab" render --script "$scratch/keys" --frames 8 --png "$scratch/b.png"
    [ -s "$scratch/a.mp4" ] && cmp "$scratch/a.png" "$scratch/b.png" || { echo "FAILED: the same keys gave another strip"; failures=$((failures + 1)); }
    expect 1 'line 1' "$lab" render --script <(echo 'now jump') --frames 2 --png "$scratch/c.png"
    expect 2 'expected --out' "$lab" render --frames 2
fi
[ $failures -eq 0 ] && echo "driftlab: all as expected"
exit $((failures > 0))
