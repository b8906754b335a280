#!/bin/bash
# A folder of recorded play in the player: it goes by its own keys, beside a dream too, and the keys can be taken and given back.
set -euo pipefail
source tests/ui/display.sh
mkdir "$work/my-data"
cat >"$work/my-data/data.toml" <<'TOML'
format = 1
title = "bricks, played"
rate = 15
actions = [{ name = "noop", keys = [] }, { name = "left", keys = ["Left", "A"] }, { name = "right", keys = ["Right", "D"] }]
TOML
"$build/driftlab" rollout --game bricks --policy rollout --seed 3 --frames 40 --out "$work/my-data/a" >/dev/null
"$build/driftlab" rollout --game bricks --policy rollout --seed 4 --frames 30 --out "$work/my-data/b" >/dev/null

# played EPISODE: the actions of the player's steps are those of that episode's table, which goes on after the opening's four frames.
played() {
    python3 - "$work/steps.tsv" "$1" <<'PY'
import csv, sys
steps = [s for s in csv.DictReader(open(sys.argv[1]), delimiter="\t") if s["step"] != "0"]
table = [row["action"] for row in csv.DictReader(open(sys.argv[2]))][3:]
mine = [s["action"] for s in steps if s["seed"] == steps[0]["seed"]]
assert len(mine) > 10, mine
assert mine == table[:len(mine)], (mine, table)
PY
}
tables=("$work"/my-data/*/actions.csv)
[ ${#tables[@]} = 2 ] || fail "expected two episodes"

# Alone: the one after the other.
begin --replay "$work/my-data"
until_true 60 "the recording's next episode" is seed 8
played "${tables[1]}" || fail "the recording's keys, alone"
press n
until_true 60 "N goes to the next one" is seed 9
quit

# Beside a dream. O takes the keys: from then on the dream has no truth, and going back brings it again.
begin --replay "$work/my-data" --world bricks
until_true 120 "some frames" above step 12
played "${tables[1]}" || fail "the recording's keys, beside a dream"
is_not psnr - || fail "the dream is measured against the recording"
press o
until_true 60 "the dream goes on alone" is psnr -
press o
press r
until_true 60 "the recording again" is_not psnr -
quit

# What was logged is the same play, dreamed again, and can be shown.
log=$(ls -t "$XDG_DATA_HOME"/driftscope/sessions/*.driftlog | head -n 1)
"$build/driftlab" replay "$log" --verify | grep -q 'give the same bytes again' || fail "the session is dreamed again: $("$build/driftlab" replay "$log" --verify 2>&1)"
"$build/driftlab" export "$log" --png "$work/shown" --to 12 >/dev/null || fail "the session is exported"
[ -s "$work/shown/frame-000012.png" ] || fail "its frames are there: $(ls "$work/shown")"

# Dropped on the world that plays alone, the play that it was made beside is opened first; dropped on another world, that world and then the play.
opened() { [ "$(grep -c ' on CPU' "$work/said")" = "$1" ]; }
cp "$work/steps.tsv" "$work/played.tsv"
for world in bricks bricks-diamond; do
    begin --world $world
    until_true 120 "$world plays" above step 3
    python3 tests/ui/drop.py "$window" "$log" || fail "the window takes $log"
    until_true 120 "its world and its play are opened" opened $([ $world = bricks ] && echo 2 || echo 3)
    # Its last step is the last of the play, when the recording had been taken up again.
    until_true 60 "the session is shown to its end, from $world" eval '[ "$(last dream)" = "$(tail -n 1 "$work/played.tsv" | grep -o "[0-9a-f]*$")" ]'
    is_not psnr - || fail "beside the recording"
    quit
done
