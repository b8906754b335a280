#!/bin/bash
# A real game that fails beside its dream, or is another one now: the dream goes on, it is said why, and what was played of the game is kept.
set -uo pipefail
source tests/expect.sh
"$lab" --help | grep -q render || exit 77  # built without media
export XDG_CONFIG_HOME=$scratch/config
lab=$(realpath "$lab")
for how in plays late; do expect 0 "$how is known now" "$lab" game add $how --command python3 tests/games/faulty.py $how; done
world=$scratch/world
expect 0 'world written' "$lab" train --game plays --rollout-frames 200 --channels 8 --batch 2 --dreams 2 --steps 1 --eval-minutes 0 --threads 1 --out "$world"
echo '1 press Right' >"$scratch/keys"
render() { "$lab" render --world "$world" --script "$scratch/keys" --frames 20 --threads 1 "$@"; }

# The game ends in the middle: after three steps of its opening and six of the play.
sed -i "s/^game = .*/game = 'late'/" "$world/world.toml"
expect 0 'the real game has failed, the dream goes on without it: game late: ValueError: no such room' render --session "$scratch/play.driftlog" --out "$scratch/play.mp4"
expect 0 '20 frames of world, .* dB to the truth on average over 5 frames' render --png "$scratch/play.png"
[ -s "$scratch/play.mp4" ] || { echo "FAILED: no video"; failures=$((failures + 1)); }
expect 0 'give the same bytes again' "$lab" replay "$scratch/play.driftlog" --verify --world "$world" --threads 1
expect 0 'without the real game from frame [56] on: game late: ValueError: no such room' "$lab" export "$scratch/play.driftlog" --mp4 "$scratch/export.mp4" --world "$world" --threads 1
expect 0 '1 episode of 6 frames' "$lab" export "$scratch/play.driftlog" --dataset "$scratch/data"
expect 0 '1 episode of 21 frames' "$lab" export "$scratch/play.driftlog" --dataset "$scratch/dream" --dataset-lane 1 --world "$world" --threads 1

# It has another size now than its worlds.
expect 0 'late is known now, in place' "$lab" game add late --command python3 "$PWD/app/games/example.py"
expect 0 'the game late has frames of 64x64, the world 16x16. It plays without.' render --png "$scratch/other.png"
[ -s "$scratch/other.png" ] || { echo "FAILED: no strip"; failures=$((failures + 1)); }

# A list of games with a mistake: the others are found all the same, and the mistake by its line.
printf '\n[[game]]\nname = "half"\n' >>"$XDG_CONFIG_HOME/driftscope/games.toml"
expect 0 'plays: 16x16 pixels' "$lab" game info plays
expect 1 'in the \[\[game\]\] of line [0-9]+ command: a list' "$lab" game info half
echo '[[games]]' >>"$XDG_CONFIG_HOME/driftscope/games.toml"
expect 1 'expected \[\[game\]\] before each entry, found "games"' "$lab" game add third --command python3 app/games/example.py
rm "$XDG_CONFIG_HOME/driftscope/games.toml"

# A player that there is none of; an opening that is another one each time.
expect 0 'square is known now' "$lab" game add square --command python3 app/games/example.py
expect 0 'square has no player of its own: with --policy expert its keys are random' "$lab" rollout --game square --policy expert --frames 40 --out "$scratch/unskilled"
sed 's/^    elif kind == b"RSET":/    elif kind == b"RSET":\n        SIDE += 1/' app/games/example.py >"$scratch/other.py"
expect 0 'other is known now' "$lab" game add other --command python3 "$scratch/other.py"
expect 1 'found another at frame 0' "$lab" game check other --steps 10
exit $((failures > 0))
