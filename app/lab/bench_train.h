// How fast a training is.
#pragma once

#include "model/load.h"

namespace drift {

// Prints the samples (frames learned) a second of bricks' recipe, and their ratio to those without our own kernels: medians of `steps` steps each, in turns.
void bench_training(const LoadOptions& load, int steps, bool json);

}  // namespace drift
