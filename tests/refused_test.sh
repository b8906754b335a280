#!/bin/bash
# What driftlab is asked by mistake: nothing is written over or left behind, and nothing that was asked is passed over in silence.
set -uo pipefail
source tests/expect.sh
export XDG_CONFIG_HOME=$scratch/config
lab=$(realpath "$lab")
roll() { "$lab" rollout --game bricks "$@"; }
gone() { [ ! -e "$1" ] || { echo "FAILED: $1 was left behind"; failures=$((failures + 1)); }; }

# Play that is there stays as it is.
expect 0 '2 episodes, 22 frames of bricks' roll --episodes 2 --longest 10 --out "$scratch/data"
before=$(cat "$scratch"/data/*/frames.npy | cksum)
expect 1 'seed-00000001: expected no episode of that name yet, found one' roll --seed 1 --episodes 2 --longest 12 --out "$scratch/data"
gone "$scratch/data/seed-00000002"
expect 0 '1 episode, 13 frames' roll --seed 2 --episodes 1 --longest 12 --out "$scratch/data"
[ "$before" = "$(cat "$scratch"/data/seed-0000000[01]/frames.npy | cksum)" ] || { echo "FAILED: play was written over"; failures=$((failures + 1)); }
expect 0 '1 episode, 51 frames' roll --total 50 --out "$scratch/total"
mkdir "$scratch/mine" && echo mine >"$scratch/mine/actions.csv"
expect 1 'a new or empty folder for one episode, found one with files in it' roll --frames 3 --out "$scratch/mine"
expect 1 'a new folder or a data set, found one with other files in it' roll --episodes 1 --longest 3 --out "$scratch/mine"
[ "$(cat "$scratch/mine/actions.csv")" = mine ] || { echo "FAILED: a folder's own table was written over"; failures=$((failures + 1)); }
expect 1 'a new or empty folder for one episode' roll --frames 3 --out "$scratch/total"
expect 1 'a folder to write into, found a file' roll --frames 3 --out "$scratch/mine/actions.csv"
expect 2 'expected a file, found nothing' roll --actions "" --out "$scratch/none"
printf '\xef\xbb\xbfleft\r\nright\r\n' >"$scratch/marked"
expect 0 '3 frames' roll --actions "$scratch/marked" --out "$scratch/marked-play"
expect 2 'excludes' roll --episodes 2 --frames 5 --out "$scratch/none"
for nothing in "$scratch" /dev/null; do expect 1 'an action on each line, found none' roll --actions "$nothing" --out "$scratch/none"; done
for seed in -1 99999999999999999999 two; do expect 2 'a whole number from 0 to 18446744073709551615' roll --seed $seed --out "$scratch/none"; done
gone "$scratch/none"

# Games outside: from any folder, under names of their own, and forgotten again.
mkdir "$scratch/sub"
cp app/games/example.py app/games/driftgame.py "$scratch/sub"
cd "$scratch/sub" || exit 1
expect 0 'mine is known now: ' "$lab" game add mine --command python3 example.py
expect 0 'mine is known now, in place of the game that had this name' "$lab" game add mine --command python3 example.py
expect 1 "a new name, found that of a game of Driftscope's own: bricks" "$lab" game add bricks --command python3 example.py
games=$XDG_CONFIG_HOME/driftscope/games.toml
echo '# mine by hand' >>"$games"
expect 0 'flags is known now' "$lab" game add flags --command python3 -u example.py
expect 0 'python3 -u /.*example.py' "$lab" game list
expect 2 'as words of their own' "$lab" game add one --command 'python3 example.py'
expect 2 'not expected: python3 example.py' "$lab" game add one python3 example.py
expect 2 'expected --skip with --core' "$lab" game add one --skip 2 --command python3 example.py
cp example.py $'caf\xe9.py'
expect 1 'names are UTF-8' "$lab" game add one --command python3 $'caf\xe9.py'
# A game that ends in its third episode: what was played before stays. One of more actions than a world can have, and one whose names no table holds.
cat >third.py <<'PYTHON'
import sys, driftgame
class Game:
    name, width, height, rate, resets = "third", 16, 16, 15, 0
    actions = [{"name": "noop", "keys": []}] + [{"name": name, "keys": []} for name in sys.argv[1:]]
    def reset(self, seed):
        self.resets += 1
        if self.resets == 4: sys.exit(3)  # the first one is for its opening
        return {"picture": bytes(768)}
    def step(self, action): return {"picture": bytes([action]) * 768}
driftgame.start(Game)
PYTHON
expect 0 'third is known now' "$lab" game add third --command python3 third.py go
expect 1 'exit code 3; what was played before is kept: 2 episodes, 22 frames' "$lab" rollout --game third --episodes 9 --longest 10 --out "$scratch/third"
expect 0 'no key stands for go: what is learned of them nobody can press' "$lab" data check "$scratch/third"
expect 1 'names can stand in a CSV file.*"a,b"' "$lab" game add comma --command python3 third.py a,b
expect 1 '1 to 256 actions in its hello, found 301' "$lab" game add many --command python3 third.py $(seq 300)
cd "$OLDPWD" || exit 1
grep -q '^# mine by hand$' "$games" || { echo "FAILED: a comment in games.toml is gone"; failures=$((failures + 1)); }
expect 0 'actions' "$lab" game info mine
expect 0 'mine is not known any more' "$lab" game remove mine
expect 0 'flags .*python3 -u' "$lab" game list
expect 1 'a game that was added, found none called "mine"' "$lab" game remove mine
echo 'game = []  # none yet' >"$games"
expect 0 'mine is known now' "$lab" game add mine --command python3 "$scratch/sub/example.py"
expect 0 'mine .*example.py' "$lab" game list
echo "game = [{ name = 'a', command = ['b'] }]" >"$games"
expect 1 'expected .*game.* before each entry, found them written in a line' "$lab" game add mine --command python3 "$scratch/sub/example.py"
printf '[[game]]\nname = "a"\ncomand = ["b"]\ncommand = ["c"]\n' >"$games"
expect 1 'expected keys among name, command, found in the \[\[game\]\] of line 1 comand at line 3, did you mean "command"' "$lab" game list
rm "$games"
expect 2 'expected one of the subcommands list, info, check, .*found "chek", did you mean "check"' "$lab" game chek mine

# A world beside a game that is not its own, with weights that lie elsewhere, with defaults that cannot be; guidance by a network that is not there.
world() { rm -rf "$scratch/world" && cp -r assets/worlds/bricks "$scratch/world" && sed -i "$1" "$scratch/world/world.toml"; }
world "s/^game = .*/game = 'rover'/"
for measure in "eval --episodes 1 --horizons 1" "check --openings 1 --frames 12" "sweep --vary steps=1,2 --episodes 1 --horizons 1 --out $scratch/sweep"; do
    expect 1 'the game rover has the actions noop, up, down, left, right, the world noop, left, right' "$lab" $measure --world "$scratch/world" --threads 1
done
world "s/^file = .*/file = '..\/elsewhere.safetensors'/"
expect 1 'expected weights.file to be weights.safetensors, beside it, found "../elsewhere.safetensors"' "$lab" info "$scratch/world"
world "s/^space_to_depth/space_to_deph = 2\nspace_to_depth/"
expect 1 'found network.space_to_deph at line [0-9]+, did you mean "space_to_depth"' "$lab" info "$scratch/world"
expect 0 'auto_guidance changes nothing without a worse network' "$lab" eval --world bricks --episodes 1 --horizons 1 --auto-guidance 2 --threads 1
expect 2 'steps: expected a whole number, found "1.5"' "$lab" eval --world bricks --episodes 1 --horizons 1 --steps 1.5

# The mean of a world and itself is that world; of two forms there is none.
expect 0 'the mean of 2 worlds' "$lab" average bricks bricks --parts 4,1 --out "$scratch/mean"
[ "$(grep xxh3 assets/worlds/bricks/world.toml)" = "$(grep xxh3 "$scratch/mean/world.toml")" ] || { echo "FAILED: the mean of a world and itself is another one"; failures=$((failures + 1)); }
expect 0 'frame' "$lab" eval --world "$scratch/mean" --episodes 1 --horizons 1 --threads 1
expect 1 'expected a new folder, found a world' "$lab" average bricks bricks --out "$scratch/mean"
expect 1 'expected the network, the preconditioning and the actions of .*bricks, found others' "$lab" average bricks rover --out "$scratch/no-mean"
expect 2 'a number for each of the 2 worlds, found 1' "$lab" average bricks bricks --parts 4 --out "$scratch/no-mean"
gone "$scratch/no-mean"

# Recorded play whose data.toml lists the actions in another order is measured by their names.
expect 0 '10 episodes' roll --policy sticky --episodes 10 --longest 20 --out "$scratch/named"
cp -r "$scratch/named" "$scratch/turned"
python3 - "$scratch/turned/data.toml" <<'PYTHON'
import sys
head, *actions = open(sys.argv[1]).read().split("[[actions]]")
open(sys.argv[1], "w").write("[[actions]]".join([head, actions[0], actions[2].rstrip() + "\n\n", actions[1]]))
PYTHON
grep -q "name = 'right'" <(grep -A3 '^\[\[actions' "$scratch/turned/data.toml" | sed -n 5,8p) || { echo "FAILED: the actions were not turned"; failures=$((failures + 1)); }
expect 0 'has room for [0-9]+ dreams of this length: so many in place of 400' "$lab" eval --world bricks --data "$scratch/named" --episodes 400 --horizons 1,5 --threads 1
measured() { "$lab" eval --world bricks --data "$1" --episodes 2 --horizons 1,5 --threads 1 --json; }
[ "$(measured "$scratch/named")" = "$(measured "$scratch/turned")" ] || { echo "FAILED: actions were taken by their place"; failures=$((failures + 1)); }

# A wrong option is said before a log is begun; a value that is changed is said.
session=$scratch/play.driftlog
render() { "$lab" render --frames 2 --threads 1 "$@"; }
expect 2 'start_scal' render --session "$session" --lane start_scal=5
expect 1 'expected a world with an upsampler, found one without' render --session "$session" --lane upsampler_steps=1  # where the world says so, not the option
expect 1 'a folder to write it into, found none' render --session "$session" --png "$scratch/none/a.png"
mkdir "$scratch/a.png"
expect 1 'expected the name of a file to write, found a folder' render --session "$session" --png "$scratch/a.png"
gone "$session"
expect 2 '--lane: expected --session with it' render --png "$scratch/b.png" --lane start_scale=5
expect 0 'start_scale must be .*50 was changed to 10' render --session "$session" --lane start_scale=50
expect 0 'start_scale must be .*99 was changed to 10' "$lab" replay "$session" --threads 1 --set start_scale=99
# What would change nothing is not passed over.
expect 2 'without --set and --csv' "$lab" replay "$session" --verify --csv "$scratch/drift.csv"
expect 2 'requires --dataset' "$lab" export "$session" --gif "$scratch/a.gif" --dataset-lane 1
for shape in '--from 1' '--speed 2' '--no-keys'; do expect 2 "${shape% *}: it shapes pictures" "$lab" export "$session" --dataset "$scratch/none" $shape; done
gone "$scratch/none"
expect 2 'excludes' "$lab" eval --world bricks --data "$scratch/named" --policy sticky
expect 2 'excludes' "$lab" bench --random diamond-atari --world bricks
expect 2 'expected steps varied or set to 2, found both' "$lab" sweep --world bricks --vary steps=1,3 --steps 2 --out "$scratch/none"
expect 0 'guide changes nothing at auto_guidance 1' "$lab" eval --world bricks --guide bricks --episodes 1 --horizons 1 --threads 1
echo '3 tap Left' >"$scratch/late.keys"
expect 0 'the script goes on to frame 3, and 2 frames are played' render --png "$scratch/late.png" --script "$scratch/late.keys"
python3 - "$session" "$scratch/header.driftlog" <<'PYTHON'
import struct, sys
log = open(sys.argv[1], "rb").read()
open(sys.argv[2], "wb").write(log[:12 + 13 + struct.unpack_from("<I", log, 13)[0]])
PYTHON
expect 1 'expected frames to verify, found none' "$lab" replay "$scratch/header.driftlog" --verify --threads 1
expect 2 'at least as many as --held \(12\), found 8' "$lab" check --frames 8
expect 1 'a world.s folder or a file of weights, found another file' "$lab" info README.md
exit $((failures > 0))
