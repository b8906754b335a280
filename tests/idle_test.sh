#!/bin/bash
# Nobody plays: for ten seconds no key is pressed, and a shipped world stays where it is. The play that evaluations measure hardly ever stands still.
set -uo pipefail
source tests/expect.sh
"$lab" --help | grep -q render || exit 77  # built without media
: >"$scratch/keys"
for world in bricks rover; do
    expect 0 "150 frames of $world, (2[89]|[3-9][0-9])[.0-9]* dB to the truth" \
        "$lab" render --world "$world" --script "$scratch/keys" --seed 1000003 --frames 150 --threads 1 --png "$scratch/$world.png"
done
[ $failures -eq 0 ] && echo "nobody plays: all as expected"
exit $((failures > 0))
