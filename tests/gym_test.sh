#!/bin/bash
# Gymnasium's environments as real games: Atari's own, MiniGrid's, and odd ones of ours.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(cd "${DRIFT_BUILD:-build}" && pwd)
packages=${DRIFT_GAMES:-$build/games}
[ -d "$packages/gymnasium" ] || { echo "skipped: Gymnasium is not set up (bash app/play.sh --atari)"; exit 77; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
lab=$build/driftlab
export PYTHONPATH=$PWD/tests/games

says() { grep -qE "$1" <<<"$2" || { echo "expected /$1/, found: $2"; exit 1; }; }
wrong() {
    local pattern=$1 said
    shift
    if said=$("$@" 2>&1); then echo "expected a failure: $*"; exit 1; fi
    says "$pattern" "$said"
}

"$lab" game check gym/ALE/Breakout-v5,repeat_action_probability=0 --steps 60
if [ -d "$packages/minigrid" ]; then
    "$lab" game check gym/minigrid:MiniGrid-Empty-5x5-v0 --steps 60
    says '64x64 pixels.* 8 actions: noop, left .Left, A., right .Right, D., forward' "$("$lab" game info gym/minigrid:MiniGrid-Empty-5x5-v0)"
fi
says '50x36 pixels, 7 frames a second, 4 actions: noop, button 1' "$("$lab" game info gym/odd_env:Odd-v0)"
says '40x36 pixels' "$("$lab" game info gym/odd_env:Odd-v0,wide=41)"
says '32x16 pixels, 15 frames' "$("$lab" game info gym/odd_env:Odd-v0,width=32,height=16,rate=15)"
wrong 'option width: expected a whole number from 16 to 1024, found .0.' "$lab" game info gym/odd_env:Odd-v0,width=0
wrong 'option rate: expected a whole number from 1 to 240, found .fast.' "$lab" game info gym/odd_env:Odd-v0,rate=fast
PYTHONPATH=$packages:app/games python3 - <<'PYTHON'
from gym_env import value_of
assert [value_of(text) for text in ("False", "false", "True", "None", "2", "0.5", "text")] == [False, False, True, None, 2, 0.5, "text"]
PYTHON
"$lab" game check gym/odd_env:Odd-v0 --steps 60
printf 'button 1\nbutton 3\nnoop\n' >"$room/keys"
"$lab" rollout --game gym/odd_env:Odd-v0 --actions "$room/keys" --out "$room/odd" >/dev/null
says '^1,button 3,1,0,1$' "$(cat "$room/odd/actions.csv")"
wrong 'RuntimeError: the door is locked' "$lab" game check gym/odd_env:Odd-v0,fault=raises
wrong 'its picture was 51x37 and is now 52x37' "$lab" game check gym/odd_env:Odd-v0,fault=grows
wrong 'expected numbers \(Discrete\) or at most 8 buttons' "$lab" game info gym/odd_env:Continuous-v0
wrong 'NameNotFound' "$lab" game info gym/NoSuchThing-v0

# A name out of a file may not load a module.
cp -r assets/worlds/bricks "$room/world"
sed -i "s|^game = .*|game = 'gym/odd_env:Odd-v0'|" "$room/world/world.toml"
wrong 'it would load a Python module, which only a name that you type may do' "$lab" eval --world "$room/world" --episodes 1 --horizons 1
echo "environments play, repeat exactly, and fail in sentences"
