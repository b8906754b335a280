#!/bin/bash
# The real Atari as DIAMOND saw it: frames, rewards, ends and lives are those of its own preprocessing, byte for byte; states and replays are exact.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${DRIFT_BUILD:-build}
packages=${DRIFT_GAMES:-$build/games}
if [ ! -d "$packages/ale_py" ]; then
    echo "skipped: Atari is not set up (bash app/play.sh --atari)"
    exit 77
fi
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
for recording in ${DRIFT_ATARI:-tests/atari}/*.json; do
    PYTHONPATH=$packages python3 tests/atari/check.py "$build/driftlab" "$recording" "$room/$(basename "$recording" .json)"
done
for game in Breakout Seaquest,sticky=0.25 Pong,full=true,difficulty=1; do "$build/driftlab" game check "ale/$game" --steps 300; done

# Measures of objects can be trusted as far as the real game itself scores by them: this share of frames for each, and every key.
seen() {  # GAME LEAST
    "$build/driftlab" game check "ale/$1" --steps 400 | awk -v least="$2" '
        /^found/ { found = 1
            for (i = 1; i <= NF; ++i) if ($i ~ /^[01]\.[0-9]+[,;]?$/ && $i + 0 < least) { print "too few: " $0; exit 1 }
            if ($NF != "1.000") { print "not all keys: " $0; exit 1 } }
        END { if (!found) { print "no objects were found"; exit 1 } }'
}
seen Breakout 0.97
seen Pong 0.95
seen Freeway 0.99

wrong() {  # PATTERN COMMAND...: fails, and says so
    local pattern=$1 said
    shift
    if said=$("$@" 2>&1); then echo "expected a failure: $*"; exit 1; fi
    grep -qE "$pattern" <<<"$said" || { echo "expected /$pattern/ of $*, found: $said"; exit 1; }
}
wrong 'no Atari game is called .Brakeout' "$build/driftlab" game info ale/Brakeout
wrong 'no option is called stiky' "$build/driftlab" game info ale/Breakout,stiky=1
for option in skip=0 skip=-3 noops=-5 difficulty=x size=4; do wrong "option ${option%=*}: expected a whole number from" "$build/driftlab" game info "ale/Breakout,$option"; done
wrong 'option sticky: expected a probability from 0 to 1' "$build/driftlab" game info ale/Breakout,sticky=abc
wrong 'found one without a name' "$build/driftlab" game info ale/Breakout,
wrong 'expected an action by its name or a number from 0 to 3' "$build/driftlab" rollout --game ale/Breakout --actions <(echo 9) --out "$room/none"
