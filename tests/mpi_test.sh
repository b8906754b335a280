#!/bin/bash
# Processes that train together, on this machine: the same weights as one process gives, on from a checkpoint with more of them, and one that dies.
set -uo pipefail
source tests/expect.sh
command -v mpirun >/dev/null && [ -e "$(dirname "$lab")/libdrift_mpi.so" ] || exit 77  # MPI is optional
# On this machine alone, in any container: without ssh, as root, on fewer cores than processes.
export OMPI_MCA_plm=isolated OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 \
    OMPI_MCA_btl_vader_single_copy_mechanism=none
timeout 60 mpirun -np 2 true || { echo "mpirun does not work here"; exit 77; }
options=(train --game bricks --batch 2 --dreams 2 --channels 8,16 --eval-minutes 0 --seed 3 --threads 1)
together() { timeout 200 mpirun -np "$1" "$lab" "${options[@]}" "${@:2}"; }
same() { cmp "$1/weights.safetensors" "$2/weights.safetensors" || { echo "FAILED: the weights in $1 and $2 differ"; failures=$((failures + 1)); }; }

expect 0 '2 processes train together' together 2 --steps 50 --out "$scratch/two"
expect 0 'world written' "$lab" "${options[@]}" --steps 50 --parts 2 --out "$scratch/one"
same "$scratch/two" "$scratch/one"
# On from a checkpoint: by fewer processes, and by more.
cp -r "$scratch/two" "$scratch/two-more"
expect 0 'world written' "$lab" "${options[@]}" --steps 3 --resume --out "$scratch/two"
expect 0 'not waiting for each other' together 2 --steps 3 --resume --out "$scratch/two-more"
same "$scratch/two" "$scratch/two-more"
expect 0 '3 processes train together' together 3 --steps 2 --resume --out "$scratch/two-more"
expect 1 'process [12] of 2: .*expected a new folder' together 2 --steps 2 --out "$scratch/two"

# One that is killed ends the others, and the last checkpoint is whole.
mkdir "$scratch/killed"
together 2 --steps 1000000 --save-minutes 0.02 --out "$scratch/killed" >"$scratch/killed.log" 2>&1 &
run=$!
for _ in $(seq 300); do [ -s "$scratch/killed/checkpoint.safetensors" ] && break; sleep 0.2; done
sleep 1
pkill -KILL -n -f "driftlab .*$scratch/killed" || { echo "FAILED: no process to kill"; failures=$((failures + 1)); }
SECONDS=0
wait $run && { echo "FAILED: a killed process is no failure"; failures=$((failures + 1)); }
[ $SECONDS -le 30 ] || { echo "FAILED: the others went on for $SECONDS seconds"; failures=$((failures + 1)); }
grep -qi 'signal 9' "$scratch/killed.log" || { echo "FAILED: nothing is said of it:"; tail -5 "$scratch/killed.log"; failures=$((failures + 1)); }
expect 0 'world written' "$lab" "${options[@]}" --steps 1 --resume --out "$scratch/killed"
[ $failures -eq 0 ] && echo "processes that train together: all as expected"
exit $((failures > 0))
