#!/bin/bash
# The set-up's progress does not stop the set-up: files come and go in a folder while its size is read.
set -euo pipefail
source "$(dirname "$0")/../app/setup.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sleep() { :; }  # reads as often as it can

( for _ in $(seq 100); do mkdir -p "$folder"/{a,b,c,d,e}{1,2,3,4,5,6,7,8,9}/x; find "$folder" -mindepth 1 -delete; done 2>/dev/null ) &
set_up_status=0
bash -c "set -euo pipefail; $(declare -f say show_progress watch_folder sleep); watch_folder $! '$folder' 1" >/dev/null || set_up_status=$?
wait
[ "$set_up_status" -eq 0 ] || { echo "setup_test: the progress of a folder that changes ended with $set_up_status"; exit 1; }
