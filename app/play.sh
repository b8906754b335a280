#!/bin/bash
# Installs what is missing, builds, and plays: bash app/play.sh [options]
set -euo pipefail

usage() {
    cat <<'END'
Plays a game that a diffusion network imagines, one frame at a time.

  bash app/play.sh [--cuda | --cpu] [options of the player]
  bash app/play.sh --atari      sets up Atari (ale-py, Gymnasium) and lists its games; with a world or --game it then plays

The first time it installs the packages that are missing (apt, with sudo where needed), fetches LibTorch into build/ (1 GB), and
builds. After that it starts at once and uses no network. Without a display it records a demo to build/demo/ instead.

  --cuda    install LibTorch's GPU libraries too (4 GB); the default where a GPU driver is seen
  --cpu     do without them
  --help    this text, and the player's own options once it is built

  DRIFT_LIBTORCH=<folder>   in the environment: take the LibTorch that is there
END
}

options=()
help=no
atari=no
for option; do
    case $option in
        --cuda) export DRIFT_GPU=1 ;;
        --cpu) export DRIFT_GPU=0 ;;
        --atari) atari=yes ;;
        --help | -h) help=yes ;;
        *) options+=("$option") ;;
    esac
done
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if [ $help = yes ]; then
    usage
    if [ -x "$BUILD/driftscope" ]; then
        printf '\nOptions of the player:\n\n'
        "$BUILD/driftscope" --help
    fi
    exit
fi

set_up play
build_programs driftscope driftlab
if [ $atari = yes ]; then
    install_games
    if [ ${#options[@]} -eq 0 ]; then
        say "Atari is set up. The games, each as ale/NAME:"
        PYTHONPATH=$GAMES python3 "$ROOT/app/games/atari.py" 2>/dev/null | paste -sd ' ' | fold -s -w 110
        say "Play one: bash app/play.sh --truth-only --game ale/Breakout"
        exit
    fi
fi

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if [ ${#options[@]} -gt 0 ]; then say "No display: the options ${options[*]} are for the player and are not used."; fi
    mkdir -p "$BUILD/demo"
    "$BUILD/driftlab" render --world bricks --policy demo --frames 150 --out "$BUILD/demo/demo.mp4" --png "$BUILD/demo/demo.png"
    say "There is no display, so a demo was recorded: $BUILD/demo/demo.mp4 and $BUILD/demo/demo.png"
    exit
fi
exec "$BUILD/driftscope" ${options[@]+"${options[@]}"}
