#!/bin/bash
# The reference's data on a GPU, within the bounds of the CPU. Skipped where there is no driver. DRIFT_BUILD: where the programs are.
set -uo pipefail
[ -e /proc/driver/nvidia/version ] || nvidia-smi >/dev/null 2>&1 || exit 77
DRIFT_DEVICE=cuda exec "${DRIFT_BUILD:-build}/torch_tests" --gtest_filter='golden*'
