#!/bin/bash
# DIAMOND's files by driftlab: what they are, imported worlds that play the same bytes, the world's own player, and what is said of wrong files.
set -uo pipefail
source tests/expect.sh
golden=tests/golden

# As people have them: a game's file with its configuration above it; CSGO with spawn folders.
atari=$scratch/atari_100k csgo=$scratch/csgo
mkdir -p "$atari/models" "$atari/config/agent" "$atari/config/env" "$csgo/model" "$csgo/config/agent" "$csgo/config/env"
cp $golden/atari-odd/weights.pt "$atari/models/Breakout.pt"
cp $golden/atari-odd/config.yaml "$atari/config/agent/default.yaml"
cp $golden/atari-odd/env.yaml "$atari/config/env/atari.yaml"
cp $golden/csgo-narrow/weights.pt "$csgo/model/csgo.pt"
cp $golden/csgo-narrow/config.yaml "$csgo/config/agent/csgo.yaml"
sed 's/\[150, 280\]/[35, 45]/' $golden/csgo-narrow/env.yaml >"$csgo/config/env/csgo.yaml"
cp -r $golden/csgo-narrow/spawn-small "$csgo/spawn"

expect 0 '38 x 50, 15 frames a second' "$lab" info --world "$atari/models/Breakout.pt"
expect 0 'up|right +Right, D' "$lab" info --world "$atari"
expect 0 'from 9 x 7, 5 times larger' "$lab" info --world "$csgo"
expect 0 'default upsampler_solver +heun' "$lab" info --world "$csgo"
expect 0 'world written' "$lab" import "$csgo" --out "$scratch/imported"
expect 1 'expected a new folder, found a world in it' "$lab" import "$csgo" --out "$scratch/imported"
expect 1 "expected DIAMOND's weights" "$lab" import "$scratch" --out "$scratch/none"

if "$lab" --help | grep -q render; then
    render() { "$lab" render --threads 1 --precision fp32 --frames 6 "$@"; }
    printf '1 press W\n2 mouse 30 -5\n4 tap Mouse Left\n5 press Up\n' >"$scratch/keys"
    expect 0 '6 frames of csgo' render --world "$csgo" --script "$scratch/keys" --png "$scratch/a.png" --session "$scratch/a.driftlog"
    expect 0 '6 frames of imported' render --world "$scratch/imported" --script "$scratch/keys" --png "$scratch/b.png"
    # The pictures alone: each file says which world it is of.
    cmp -s <(convert "$scratch/a.png" rgb:-) <(convert "$scratch/b.png" rgb:-) || { echo "FAILED: the imported world plays other bytes"; failures=$((failures + 1)); }
    expect 0 '6 frames of csgo' render --world "$csgo" --script "$scratch/keys" --upsampler steps=3 --png "$scratch/c.png"
    cmp -s "$scratch/a.png" "$scratch/c.png" && { echo "FAILED: the upsampler's steps change nothing"; failures=$((failures + 1)); }
    expect 0 'give the same bytes again' "$lab" replay "$scratch/a.driftlog" --verify --world "$csgo" --threads 1 --precision fp32
    expect 2 'NAME=VALUE' render --world "$csgo" --script "$scratch/keys" --upsampler steps --png "$scratch/c.png"
    expect 1 'expected a world with an upsampler' render --world "$atari" --script "$scratch/keys" --upsampler steps=3 --png "$scratch/c.png"
    expect 1 'expected --script, since a policy needs the real game' render --world "$csgo" --png "$scratch/c.png"
    expect 1 'expected one with a player of its own' render --world bricks --policy actor --png "$scratch/c.png"
    rm -r "$atari/config"  # without it frames are as large as the reward model and the player take them
    expect 0 '6 frames of Breakout' render --world "$atari" --policy actor --png "$scratch/c.png" --session "$scratch/c.driftlog"
    expect 0 'give the same bytes again' "$lab" replay "$scratch/c.driftlog" --verify --world "$atari" --threads 1 --precision fp32
fi

# Checkpoints in the forms that trainings leave: all of them are the same world.
expect 0 'world written' "$lab" import $golden/atari-odd --out "$scratch/plain"
for form in plain orig_mod orig_mod_inner module module_inner ddp_compiled lightning lightning_prefix model_opt model_state_dict agent_state ema numpy_scalar; do
    mkdir "$scratch/$form.run"
    cp $golden/atari-odd/config.yaml $golden/atari-odd/env.yaml "$scratch/$form.run"
    python3 tests/repack.py $golden/atari-odd/weights.pt "$scratch/$form.run/last.CKPT" $form || exit 1
    expect 0 'world written' "$lab" import "$scratch/$form.run" --out "$scratch/$form.world"
    cmp -s "$scratch/plain/weights.safetensors" "$scratch/$form.world/weights.safetensors" || { echo "FAILED: the form $form gives other weights"; failures=$((failures + 1)); }
done
cp $golden/atari-odd/weights.pt "$scratch/alone.pt"
expect 0 'note .*no configuration beside the weights; assumed: frames of 32x32, sigma_data 0.5, sigma_offset_noise 0.3' "$lab" info "$scratch/alone.pt"

# Beside the real game that its file is named after, where Atari is set up: measured, played by its own player, made again.
if [ -d "${DRIFT_GAMES:-${DRIFT_BUILD:-build}/games}/ale_py" ] && [ -e "${DRIFT_GOLDEN:-$golden}/atari-narrow/weights.pt" ]; then
    mkdir "$scratch/narrow"
    cp "${DRIFT_GOLDEN:-$golden}/atari-narrow/weights.pt" "$scratch/narrow/Pong.pt"
    pong=$scratch/narrow/Pong.pt
    expect 0 'game +ale/Pong' "$lab" info --world "$pong"
    expect 0 'actions obeyed' "$lab" eval --world "$pong" --episodes 2 --horizons 1,3 --policy sticky --steps 1
    expect 0 'steps=1' "$lab" sweep --world "$pong" --episodes 2 --horizons 1,2 --policy sticky --vary steps=1,2 --out "$scratch/pong-sweep"
    if "$lab" --help | grep -q render; then
        expect 0 '6 frames of Pong, [0-9.]+ dB' render --world "$pong" --policy actor --png "$scratch/p.png" --session "$scratch/p.driftlog"
        expect 0 'give the same bytes again' "$lab" replay "$scratch/p.driftlog" --verify --world "$pong" --threads 1 --precision fp32
    fi
fi

# Files that are none, and a configuration of another network.
cp $golden/pt-cases/exec-os-system.pt "$scratch/evil.pt"
cp $golden/pt-cases/html-page.pt "$scratch/page.pt"
expect 1 'evil.pt.*system' "$lab" info --world "$scratch/evil.pt"
expect 1 'page.pt' "$lab" info --world "$scratch/page.pt"
expect 1 'DIAMOND agent' "$lab" info --world $golden/pt-cases/ok-state-dict.pt
expect 1 'expected a world.s name or the path of one, found neither' "$lab" info --world "nothing.pt.zip"
sed -i 's/cond_channels: 64/cond_channels: 65/' "$csgo/config/agent/csgo.yaml"
expect 1 'cond_channels \[65\], the weights have \[64\]' "$lab" info --world "$csgo"
cp "$atari/models/Breakout.pt" "$atari/models/Pong.pt"
expect 1 'to choose from: Breakout.pt, Pong.pt' "$lab" info --world "$atari"
exit $((failures > 0))
