# What the tests with a real window share, to be sourced: a display and a home of their own, and what is waited for in the player's steps.
# The script's first argument is the build folder. Before it: $needs, further tools. After it: $build; $player may be set to another program; begin
# [options] plays, quit ends it as a user would.
build=$(cd "${1:-${DRIFT_BUILD:-build}}" && pwd)
for tool in xvfb-run xdotool ${needs:-}; do
    command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
if [ -z "${DRIFT_UI_INSIDE:-}" ]; then
    DRIFT_UI_INSIDE=1 exec xvfb-run -a -s "-screen 0 1280x800x24" bash "$0" "$build"
fi
player=$build/driftscope
work=$(mktemp -d)
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config XDG_PICTURES_DIR=$work/pictures XDG_VIDEOS_DIR=$work/videos HOME=$work LIBGL_ALWAYS_SOFTWARE=1
mkdir -p "$work/pictures" "$work/videos"
pid=
finish() {
    if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "FAILED: $*"
    echo "--- the player said"; cat "$work/said" 2>/dev/null || true
    echo "--- its last steps"; tail -n 3 "$work/steps.tsv" 2>/dev/null || true
    ls -la "$work/videos" "$work/data/driftscope/sessions" 2>/dev/null || true
    exit 1
}
# until_true SECONDS WHAT COMMAND...: waits for a condition.
until_true() {
    local seconds=$1 what=$2 begun=$SECONDS
    shift 2
    until "$@"; do
        [ $((SECONDS - begun)) -lt "$seconds" ] || fail "$what (waited $seconds s)"
        [ -z "$pid" ] || kill -0 "$pid" 2>/dev/null || { "$@" && return; fail "$what (the player has ended)"; }
        sleep 0.05
    done
}
# last COLUMN: its value in the newest step.
last() {
    awk -F'\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == name) at = i; next } { value = $at } END { print value }' "$work/steps.tsv" 2>/dev/null
}
is() { [ "$(last "$1")" = "$2" ]; }
is_not() { [ -n "$(last "$1")" ] && [ "$(last "$1")" != "$2" ]; }
above() { awk -v a="$(last "$1")" -v b="$2" 'BEGIN { exit !(a + 0 > b + 0) }'; }
below() { awk -v a="$(last "$1")" -v b="$2" 'BEGIN { exit !(a != "" && a != "-" && a + 0 < b + 0) }'; }
larger() { [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -gt "$2" ]; }  # than so many bytes
begin() {
    : >"$work/steps.tsv"
    "$player" --size 1280 800 --scale 1 --seed 7 --record-steps "$work/steps.tsv" "$@" >"$work/said" 2>&1 &
    pid=$!
    until_true 120 "the world opens" is_not step ""
    window=$(xdotool search --sync --onlyvisible --pid "$pid" | head -n 1)
    xdotool windowfocus --sync "$window"  # no window manager does it here
}
quit() {
    xdotool key ctrl+q
    local rc=0
    wait "$pid" || rc=$?
    pid=
    [ $rc = 0 ] || fail "quitting gave exit code $rc"
}
press() { xdotool key "$1"; }
