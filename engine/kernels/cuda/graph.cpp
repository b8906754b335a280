#include "kernels/cuda/graph.h"

#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>

#include <cstdio>
#include <exception>
#include <memory>

extern "C" {

void* drift_graph_record(void (*work)(void* context), void* context, char* error, std::size_t error_size) {
    try {
        auto graph = std::make_unique<at::cuda::CUDAGraph>();
        auto before = c10::cuda::getCurrentCUDAStream(), stream = c10::cuda::getStreamFromPool();
        at::cuda::CUDAEvent ready, done;
        ready.record(before);
        ready.block(stream);
        {
            c10::cuda::CUDAStreamGuard guard(stream);
            // Libraries choose their ways and fetch their workspaces in the first runs, which cannot be recorded.
            work(context);
            work(context);
            stream.synchronize();
            graph->capture_begin({0, 0}, cudaStreamCaptureModeRelaxed);
            try {
                work(context);
            } catch (...) {
                try {
                    graph->capture_end();
                } catch (...) {}
                throw;
            }
            graph->capture_end();
            done.record(stream);
        }
        done.block(before);
        return graph.release();
    } catch (const std::exception& failure) {
        std::snprintf(error, error_size, "%s", failure.what());
        return nullptr;
    }
}

void drift_graph_replay(void* graph) { static_cast<at::cuda::CUDAGraph*>(graph)->replay(); }

void drift_graph_free(void* graph) { delete static_cast<at::cuda::CUDAGraph*>(graph); }
}
