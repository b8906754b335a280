#!/bin/bash
# What a training is asked by mistake: it ends with a sentence before anything is written, and never trains something else than was asked.
set -uo pipefail
source tests/expect.sh
export XDG_CONFIG_HOME=$scratch/config
lab=$(realpath "$lab")
train() { "$lab" train --batch 2 --steps 1 --eval-minutes 0 --threads 1 "$@"; }
gone() { [ ! -e "$1" ] || { echo "FAILED: $1 was left behind"; failures=$((failures + 1)); }; }

# A network that no world may have, and another than the one that goes on.
expect 2 '--depths: Value 17 not in range' train --channels 8 --depths 17 --out "$scratch/none"
expect 0 'depths 16' train --channels 8 --depths 16 --out "$scratch/deep"
expect 0 'network' "$lab" info "$scratch/deep"
expect 1 '--channels 8,8 was given, and its network has 8:' train --channels 8,8 --resume --out "$scratch/deep"
for network in '--depths 2' '--context 6' '--space-to-depth 4' '--attention 1'; do
    expect 1 "checkpoint.safetensors: $network was given, and its network has" train --channels 8 --resume --out "$scratch/deep" $network
done
expect 1 '--context 3 was given, and its network sees 4: it can only become more' train --init "$scratch/deep" --context 3 --out "$scratch/none"
expect 0 '6 frames of context' train --init "$scratch/deep" --context 6 --out "$scratch/longer"
expect 0 'context *6 frames' "$lab" info "$scratch/longer"
expect 1 '--base zero was given, and its network predicts around previous' train --resume --out "$scratch/deep" --base zero
expect 1 '--base zero was given, and its network predicts around previous' train --init "$scratch/deep" --out "$scratch/none" --base zero
expect 1 'none/checkpoint.safetensors: expected the checkpoint of a training to continue, found none' train --resume --out "$scratch/none"
gone "$scratch/none"

# A folder of another kind stays what it is.
expect 0 '12 frames' "$lab" rollout --game bricks --episodes 1 --longest 11 --out "$scratch/data"
expect 1 'expected a new folder for a world, found a data set' train --out "$scratch/data"
expect 1 'expected a new folder for a sweep, found a data set' "$lab" sweep --vary steps=1 --episodes 1 --horizons 1 --out "$scratch/data"
expect 1 'expected a new folder for a sweep, found a world' "$lab" sweep --vary steps=1 --episodes 1 --horizons 1 --out "$scratch/deep"
gone "$scratch/data/units"
gone "$scratch/data/world.toml"

# Options that would change nothing.
for own in '--game bricks' "--data $scratch/data"; do
    expect 2 '--rollout-frames: expected a game outside' train $own --rollout-frames 1000 --out "$scratch/none"
done
expect 2 '--episodes changes nothing with --merge' "$lab" sweep --merge --episodes 3 --out "$scratch/none"
sed -i "s/^game = .*//" "$scratch/data/data.toml"
expect 0 '--object-weight changes nothing: nobody knows where the objects' train --channels 8 --data "$scratch/data" --object-weight 9 --out "$scratch/weighed"

# The game that the data says it shows is held against its pictures before the training, not after it.
echo "game = 'rover'" | cat - "$scratch/data/data.toml" >"$scratch/named" && mv "$scratch/named" "$scratch/data/data.toml"
expect 1 'data.toml: the game rover has the actions noop, up, down, left, right, the data noop, left, right' train --data "$scratch/data" --out "$scratch/none"
gone "$scratch/none"
sed -i "s/^game = .*/game = 'bricks'/" "$scratch/data/data.toml"
expect 0 'the game bricks has frames of 64x64, the data 32x32: the world will have no real game' train --channels 8 --data "$scratch/data" --size 32x32 --out "$scratch/small"
expect 0 'game +none: it has no truth' "$lab" info "$scratch/small"
expect 0 'world written' train --channels 8 --data "$scratch/data" --size 64x64 --out "$scratch/same"
expect 0 'game +bricks' "$lab" info "$scratch/same"

# A game outside: what the training begins with is looked at before the game is played, and how it was played is known when it goes on.
expect 0 'square is known now' "$lab" game add square --command python3 app/games/example.py
expect 1 'expected a world of the game square to begin with, found one of bricks' train --game square --init bricks --out "$scratch/none"
expect 1 'world "nonsense"' train --game square --init nonsense --out "$scratch/none"
gone "$scratch/none"
expect 0 'world written' train --game square --rollout-frames 150 --rollout-policy sticky --channels 8 --out "$scratch/square"
expect 0 'world written' train --game square --resume --out "$scratch/square"
expect 0 'world written' train --init bricks --out "$scratch/from-bricks"
exit $((failures > 0))
