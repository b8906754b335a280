// Work for an NVIDIA GPU that was recorded once and is given again whole: a network's hundreds of small kernels at the price of one call.
// The other side of this header is a plug-in (libdrift_cuda.so), loaded where there is a device; LibTorch's CUDA half must be open by then.
#pragma once

#include <cstddef>

extern "C" {
// Runs `work` on a stream of its own, twice to warm it and once to record it. It must wait for nothing, and read and write the same memory
// each time. Null where that failed, with a sentence in `error`.
using drift_graph_record_t = void* (*)(void (*work)(void* context), void* context, char* error, std::size_t error_size);
// Gives it to the current stream once more.
using drift_graph_replay_t = void (*)(void* graph);
using drift_graph_free_t = void (*)(void* graph);
}
