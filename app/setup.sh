#!/bin/bash
# What app/play.sh and tests/run.sh share: installs what the build needs, configures and builds. To be sourced.
#
#   set_up play|test        packages, LibTorch, configure; a second time it only looks whether all is there
#   build_programs [target...]
#
# Environment: DRIFT_LIBTORCH=<folder> takes the LibTorch there (as pip --target lays it out); DRIFT_GPU=1 or 0 installs the GPU
# libraries or does not (unset: where a driver is seen); CMAKE_BUILD_PARALLEL_LEVEL=<n> compiles n files at a time.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=$ROOT/build
LOG=$BUILD/setup.log

TORCH_WHEELS=(torch==2.11.0)
# libtorch_cpu.so is linked against these two even where there is no GPU; the other dependencies of the wheel are for GPUs only.
CUPTI_WHEELS=(nvidia-cuda-cupti==13.0.85 nvidia-cuda-runtime==13.0.96)
# Headers that LibTorch's own want for GPUs and that no dependency of the wheel brings.
GPU_HEADER_WHEELS=(nvidia-cuda-crt==13.0.88 nvidia-cuda-cccl==13.0.85)

BUILD_PACKAGES=(g++ cmake ninja-build pkg-config python3 python3-pip
    libsdl2-dev libepoxy-dev libglm-dev libimgui-dev libavformat-dev libavcodec-dev libavfilter-dev libswscale-dev libavutil-dev libavdevice-dev libx11-dev libxi-dev libpng-dev libcairo2-dev libfontconfig-dev
    libtomlplusplus-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libxxhash-dev libzstd-dev libzip-dev libhdf5-dev libyaml-cpp-dev
    libgl1-mesa-dri fonts-dejavu-core fonts-roboto-unhinted retroarch-dev)
TEST_PACKAGES=(libretro-nestopia libretro-gambatte libretro-mgba libgtest-dev xvfb xauth xdotool imagemagick x11-utils openmpi-bin libopenmpi-dev)

# ---- Saying what happens

say() { printf '%s\n' "$*"; }

# One clear sentence, and the end of the log where there is something in it.
fail() {
    if [ -s "$LOG" ]; then
        say "--- the last lines of $LOG:"
        tail -n 20 "$LOG"
        say "---"
    fi
    say "driftscope: $*" >&2
    exit 1
}

# Reads whole numbers up to 100 and shows them: a bar on a terminal, else a line at each further tenth.
show_progress() {
    local percent shown=-1 tenth bar='####################' rest='....................'
    while read -r percent; do
        percent=$((percent > 100 ? 100 : percent))
        [ "$percent" -gt "$shown" ] || continue
        if [ -t 1 ]; then
            printf '\r      [%s%s] %3d %%' "${bar:0:percent/5}" "${rest:percent/5}" "$percent"
        else
            tenth=$((shown < 0 ? 0 : shown / 10))
            if [ $((percent / 10)) -gt "$tenth" ]; then say "      $((percent / 10 * 10)) %"; fi
        fi
        shown=$percent
    done
    if [ -t 1 ] && [ "$shown" -ge 0 ]; then printf '\n'; fi
}

# ---- Packages

missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
    for package in "$@"; do grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"; done
}

# Without apt nothing is installed: the packages may be there under other names, so the tools and libraries themselves are asked for.
check_without_apt() {
    local name missing=()
    for name in g++ cmake ninja pkg-config python3; do command -v "$name" >/dev/null || missing+=("$name"); done
    for name in sdl2 epoxy glm imgui libavformat libavcodec libavfilter libswscale libavutil libavdevice x11 xi libpng cairo-ft fontconfig tomlplusplus nlohmann_json CLI11 spdlog libxxhash libzstd libzip hdf5 yaml-cpp; do
        pkg-config --exists "$name" 2>/dev/null || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] || fail "this system has no apt; install what it calls these and start again: ${missing[*]}"
}

# Runs apt-get, which reports "dlstatus:...:percent:..." and "pmstatus:...:percent:..."; the download counts for the first half.
apt_with_progress() {
    # The third file is opened within sudo, which closes those it is given.
    { "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
        'log=$0; exec apt-get install -y --no-install-recommends -o APT::Status-Fd=3 "$@" 3>&1 >>"$log" 2>&1' "$LOG" "$@" || say failed
    } | awk -F: '/^dlstatus/ { print int($3 / 2) } /^pmstatus/ { print 50 + int($3 / 2) } /^failed/ { bad = 1 } { fflush() } END { exit bad }' | show_progress
}

install_packages() {
    local missing
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then check_without_apt; return; fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    AS_ROOT=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "packages are missing and there is no sudo; as root run: apt-get install --no-install-recommends ${missing[*]}"
        AS_ROOT=(sudo)
    fi
    say "[1/4] ${#missing[@]} packages: ${missing[*]}"
    "${AS_ROOT[@]}" apt-get update >>"$LOG" 2>&1 || fail "apt-get update failed: is there a network?"
    apt_with_progress "${missing[@]}" || fail "apt-get could not install: ${missing[*]}"
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] || fail "apt-get did not install: ${missing[*]}"
    rm -f "$BUILD/CMakeCache.txt"  # it remembers what was not there
}

# ---- LibTorch

gpu_wanted() {
    case ${DRIFT_GPU:-} in
        0) return 1 ;;
        1) return 0 ;;
        *) [ -e /proc/driver/nvidia/version ] || nvidia-smi >/dev/null 2>&1 ;;
    esac
}

# Shows how much of `expected` MB has arrived in the folder, until the process ends.
watch_folder() {
    local process=$1 folder=$2 expected=$3 size
    while kill -0 "$process" 2>/dev/null; do
        size=$(du -sm "$folder" 2>/dev/null | cut -f1 || true)  # du fails where a file goes while it counts, as pip's do
        say $((${size:-0} * 100 / expected > 99 ? 99 : ${size:-0} * 100 / expected))
        sleep 1
    done | show_progress
}

install_libtorch() {
    if [ -n "${DRIFT_LIBTORCH:-}" ]; then
        [ -e "$DRIFT_LIBTORCH/torch/lib/libtorch_cpu.so" ] || fail "DRIFT_LIBTORCH=$DRIFT_LIBTORCH holds no torch/lib/libtorch_cpu.so"
        LIBTORCH=$(cd "$DRIFT_LIBTORCH" && pwd)
        return
    fi
    LIBTORCH=$BUILD/libtorch
    local kind=cpu wanted note expected=1700 part=$BUILD/libtorch.part there=""
    local wheels=(--no-deps "${TORCH_WHEELS[@]}" "${CUPTI_WHEELS[@]}")
    wanted="${TORCH_WHEELS[*]} ${CUPTI_WHEELS[*]}"
    # The folder gets its name only when it is whole, so one with the right note inside is whole. One for GPUs serves without one too.
    if [ -r "$LIBTORCH/installed" ]; then there=$(<"$LIBTORCH/installed"); fi
    note="gpu $wanted ${GPU_HEADER_WHEELS[*]}"
    if [ "$there" = "$note" ]; then return; fi
    if gpu_wanted; then kind=gpu wheels=("${TORCH_WHEELS[@]}" "${CUPTI_WHEELS[@]}" "${GPU_HEADER_WHEELS[@]}") expected=7500; else note="cpu $wanted"; fi
    if [ "$there" = "$note" ]; then return; fi

    say "[2/4] LibTorch 2.11.0 $([ $kind = gpu ] && say "with the GPU libraries (4 GB, once)" || say "(1 GB, once)")"
    command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || fail "python3 with pip is needed to fetch LibTorch"
    rm -rf "$part"
    mkdir -p "$part/tmp"
    TMPDIR=$part/tmp python3 -m pip install --target "$part/whole" --progress-bar off --no-compile --disable-pip-version-check \
        --root-user-action ignore "${wheels[@]}" >>"$LOG" 2>&1 &
    local pip=$!
    trap "kill $pip 2>/dev/null || true" EXIT  # Ctrl+C does not reach what runs in the background
    watch_folder $pip "$part" $expected
    wait $pip || fail "pip could not install ${wheels[*]}: is there a network, and room on the disk?"
    [ -e "$part/whole/torch/lib/libtorch_cpu.so" ] || fail "the wheel ${TORCH_WHEELS[*]} holds no libtorch_cpu.so for this system"
    printf '%s\n' "$note" >"$part/whole/installed"
    rm -rf "$LIBTORCH"
    mv "$part/whole" "$LIBTORCH"
    rm -rf "$part"
    trap - EXIT
}

# ---- Atari and Gymnasium, for who wants them: in a folder of their own, where app/games looks

GAMES=${DRIFT_GAMES:-$BUILD/games}
GAME_WHEELS=(ale-py==0.12.1 gymnasium==1.4.0 numpy==2.4.6 cloudpickle==3.1.3 typing-extensions==4.16.0 farama-notifications==0.0.6 pygame-ce==2.5.8 minigrid==3.2.0)

install_games() {
    if [ -r "$GAMES/installed" ] && [ "$(<"$GAMES/installed")" = "${GAME_WHEELS[*]}" ]; then return; fi
    command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || fail "python3 with pip is needed to fetch Atari"
    say "      Atari: ale-py and Gymnasium (100 MB, once)"
    rm -rf "$GAMES.part"
    python3 -m pip install --no-deps --target "$GAMES.part" --progress-bar off --no-compile --disable-pip-version-check --root-user-action ignore "${GAME_WHEELS[@]}" >>"$LOG" 2>&1 ||
        fail "pip could not install ${GAME_WHEELS[*]}: is there a network?"
    printf '%s' "${GAME_WHEELS[*]}" >"$GAMES.part/installed"
    rm -rf "$GAMES"
    mv "$GAMES.part" "$GAMES"
}

# ---- Configure and build

cached() { sed -n "s|^$1:[A-Z]*=||p" "$BUILD/CMakeCache.txt" 2>/dev/null; }

configure() {
    local tests=$1
    if [ -e "$BUILD/CMakeCache.txt" ] && [ "$(cached CMAKE_HOME_DIRECTORY)" != "$ROOT" ]; then
        rm -rf "$BUILD/CMakeCache.txt" "$BUILD/CMakeFiles"  # the project's folder was moved or copied
    fi
    # With tests configured the programs build all the same, so playing does not switch them off again.
    if [ -e "$BUILD/build.ninja" ] && [ "$(cached DRIFT_LIBTORCH)" = "$LIBTORCH" ]; then
        if [ "$tests" = OFF ] || [ "$(cached DRIFT_TESTS)" = ON ]; then return; fi
    fi
    say "[3/4] Configure"
    cmake -S "$ROOT" -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release -DDRIFT_LIBTORCH="$LIBTORCH" -DDRIFT_TESTS="$tests" >>"$LOG" 2>&1 ||
        fail "CMake could not configure the build"
}

# As many compilers as there are cores, but no more than memory carries: a file that uses LibTorch takes up to 2 GB.
compile_jobs() {
    local cores memory
    cores=$(nproc 2>/dev/null || say 2)
    memory=$(awk '/^MemAvailable/ { print int($2 / 2000000) }' /proc/meminfo 2>/dev/null || true)
    memory=${memory:-$cores}
    if [ "$memory" -lt 1 ]; then memory=1; fi
    say "${CMAKE_BUILD_PARALLEL_LEVEL:-$((memory < cores ? memory : cores))}"
}

# Builds the targets, or all. Shows a percentage where there is something to do; what the compiler says goes to the log.
build_programs() {
    local begun=$SECONDS status=0
    { NINJA_STATUS='@%p ' ninja -C "$BUILD" -j "$(compile_jobs)" "$@" 2>&1 || say "@failed"; } | tee -a "$LOG" |
        awk '/^@failed/ { bad = 1 } /^@ *[0-9]*[1-9][0-9]*%/ { if (!begun++) { print "start" } sub(/^@ */, ""); print int($1) } { fflush() } END { exit bad }' |
        { if read -r _; then say "[4/4] Build (a few minutes the first time)"; show_progress; fi; } || status=$?
    if [ "$status" -ne 0 ]; then
        # What the compiler said, without the long command that ninja prints after "FAILED:"; or ninja's own last words.
        if grep -q '^FAILED: ' "$LOG"; then
            awk '/^FAILED: / { on = command = 1; print; next } command { command = 0; next } on && !/^@/ && lines++ < 40' "$LOG"
        else
            tail -n 20 "$LOG"
        fi
        say "driftscope: the build failed; all of it is in $LOG" >&2
        exit 1
    fi
    if [ $((SECONDS - begun)) -gt 5 ]; then say "      built in $((SECONDS - begun)) s"; fi
}

set_up() {
    set -o pipefail
    mkdir -p "$BUILD"
    : >"$LOG"
    case $1 in
        play) install_packages "${BUILD_PACKAGES[@]}"; install_libtorch; configure OFF ;;
        test) install_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"; install_libtorch; install_games; configure ON ;;
    esac
}
