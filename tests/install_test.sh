#!/bin/bash
# cmake --install into an empty folder: the programs run from there, with the worlds that were installed with them. DRIFT_BUILD: where they are.
set -uo pipefail
source tests/expect.sh
build=$(cd "${DRIFT_BUILD:-build}" && pwd)
prefix=$scratch/prefix
expect 0 'driftlab' cmake --install "$build" --prefix "$prefix"
for file in bin/driftlab share/driftscope/assets/worlds/bricks/world.toml share/driftscope/shaders share/applications/driftscope.desktop share/icons/hicolor/scalable/apps/driftscope.svg; do
    [ -e "$prefix/$file" ] || { echo "FAILED: $file was not installed"; failures=$((failures + 1)); }
done
# Its own world, not the source folder's: that one is renamed here, within the installation alone.
mv "$prefix/share/driftscope/assets/worlds/rover" "$prefix/share/driftscope/assets/worlds/installed-rover"
cd "$scratch" || exit 1
expect 0 '^world +bricks$' "$prefix/bin/driftlab" info
expect 0 '^world +installed-rover$' "$prefix/bin/driftlab" info --world installed-rover
expect 0 '^driftlab [0-9.]+' "$prefix/bin/driftlab" --version
if [ -x "$prefix/bin/driftscope" ]; then
    expect 0 '^driftscope [0-9.]+' "$prefix/bin/driftscope" --version
    if command -v desktop-file-validate >/dev/null; then expect 0 '' desktop-file-validate "$prefix/share/applications/driftscope.desktop"; fi
fi
# The whole folder moves.
mv "$prefix" "$scratch/moved"
expect 0 '^world +installed-rover$' "$scratch/moved/bin/driftlab" info --world installed-rover
[ $failures -eq 0 ] && echo "cmake --install: all as expected"
exit $((failures > 0))
