#!/bin/bash
# What is built for a machine without a display, such as a server with a GPU: driftlab and the tests of networks, without the player and without media.
# Everything else compiles alike there, so only what differs is compiled here. DRIFT_BUILD: whose LibTorch is used.
set -uo pipefail
source tests/expect.sh
build=$(cd "${DRIFT_BUILD:-build}" && pwd)
torch=$(sed -n 's/^DRIFT_LIBTORCH:PATH=//p' "$build/CMakeCache.txt")
expect 0 'Build files have been written' cmake -S . -B "$scratch/server" -G Ninja -DCMAKE_BUILD_TYPE=Release -DDRIFT_LIBTORCH="$torch" \
    -DDRIFT_PLAYER=OFF -DDRIFT_MEDIA=OFF -DDRIFT_TESTS=ON
expect 0 'main.cpp.o' ninja -C "$scratch/server" CMakeFiles/driftlab.dir/app/lab/main.cpp.o CMakeFiles/drift_data.dir/engine/data/pictures_without_media.cpp.o
work=$(ninja -C "$scratch/server" -t commands driftlab torch_tests) || { echo "FAILED: driftlab and torch_tests can be made"; failures=$((failures + 1)); }
for room in app/player/ engine/media/ engine/capture/x11/; do
    if grep -q -- "-c [^ ]*$room" <<<"$work"; then echo "FAILED: $room is not compiled"; failures=$((failures + 1)); fi
done
for library in SDL2 libavcodec libpng libX11; do
    if grep -q -- "$library" <<<"$work"; then echo "FAILED: $library is not needed"; failures=$((failures + 1)); fi
done
grep -q -- ' -o driftlab ' <<<"$work" || { echo "FAILED: driftlab is linked"; failures=$((failures + 1)); }
[ $failures -eq 0 ] && echo "a build without player and media: all as expected"
exit $((failures > 0))
