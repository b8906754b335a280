#!/bin/bash
# Emulator cores as real games: real ones with ROMs made here, and one of our own that is odd. Steps, states and replays are exact; crashes and hangs are a sentence.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(cd "${DRIFT_BUILD:-build}" && pwd)
[ -x "$build/drift_libretro" ] || { echo "skipped: libretro.h was not there when this was built"; exit 77; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export HOME=$room XDG_CONFIG_HOME=$room/config
lab=$build/driftlab
steps=${DRIFT_STEPS:-600}

wrong() {  # PATTERN COMMAND...
    local pattern=$1 said
    shift
    if said=$("$@" 2>&1); then echo "expected a failure: $*"; exit 1; fi
    grep -qE "$pattern" <<<"$said" || { echo "expected /$pattern/ of $*, found: $said"; exit 1; }
}

python3 tests/libretro/homebrew.py "$room"
for pair in gambatte:gb mgba:gb nestopia:nes; do
    core=${pair%:*} rom=$room/scroll.${pair#*:}
    if ! compgen -G "/usr/lib/*/libretro/${core}_libretro.so" >/dev/null; then echo "$core is not installed: not tried"; continue; fi
    "$lab" game add "$core" --core "$core" --rom "$rom" >/dev/null
    "$lab" game check "$core" --steps "$steps"
    # The pad moves the picture: a second of right is not a second of nothing.
    printf 'right\n%.0s' {1..15} >"$room/right"
    printf 'noop\n%.0s' {1..15} >"$room/noop"
    for keys in right noop; do "$lab" rollout --game "$core" --actions "$room/$keys" --out "$room/$core-$keys" >/dev/null; done
    if cmp -s "$room/$core-right/frames.npy" "$room/$core-noop/frames.npy"; then echo "$core: the pad changes nothing"; exit 1; fi
done

odd() { echo "$2" >"$room/$1.txt"; "$lab" game add "$1" --core "$build/odd_libretro.so" --rom "$room/$1.txt" >/dev/null; }
for kind in "1555" "565" "8888" "8888 dupe" "565 geometry" "1555 nosave"; do
    name=odd-${kind// /-}
    odd "$name" "$kind"
    "$lab" game check "$name" --steps 300
done
# The same picture in 15, 16 and 32 bits: pure red, with a square of pure green.
printf 'down\n' >"$room/down"
for format in 1555 565; do
    "$lab" rollout --game "odd-$format" --actions "$room/down" --out "$room/colours-$format" >/dev/null
done
cmp "$room/colours-1555/frames.npy" "$room/colours-565/frames.npy"
odd crashes "8888 crash"
wrong 'it was ended by a signal \(Segmentation fault' "$lab" game check crashes --steps 300
echo "8888 refuse" >"$room/refused.txt"
wrong 'expected a ROM that odd plays' "$lab" game add refused --core "$build/odd_libretro.so" --rom "$room/refused.txt"
wrong 'no core is called nosuchcore' "$lab" game add none --core nosuchcore --rom "$room/scroll.gb"
# What is asked of a core is tried before its game is known.
echo 8888 >"$room/plain.txt"
add() { "$lab" game add plain --core "$build/odd_libretro.so" --rom "$room/plain.txt" "$@"; }
wrong 'crop: Value -3000 not in range' add --crop 0,0,-3000,0
wrong 'crop: expected to leave something of a picture of [0-9]+x[0-9]+, found nothing left' add --crop 0,0,4000,0
wrong 'skip: Value 0 not in range 1 to 60' add --skip 0
wrong 'expected the first to be that of no button \(noop\), found jump=a' add --action jump=a
wrong 'reward: expected an address in the [0-9]+ bytes' add --reward 99999999
wrong 'expected a ROM, found no file' "$lab" game add plain --core "$build/odd_libretro.so" --rom "$room"
wrong 'expected a ROM for .*, which does not play without' "$lab" game add plain --core "$build/odd_libretro.so"
add --skip 2 --crop 1,1,1,1 --action noop --action "go=a+b:Space" >/dev/null
"$lab" game info plain | grep -q '2 actions: noop, go (Space)' || { echo "options of a core are lost"; exit 1; }
echo other >>"$room/odd-565.txt"
wrong 'expected the ROM that was added' "$lab" game info odd-565
echo "cores: states and replays are exact, faults are sentences"
