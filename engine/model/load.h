// Loads a world for playing: the one header of this room that the player includes. No Torch in it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/world_model.h"

namespace drift {

struct WorldSpec;

struct LoadOptions {
    std::string device = "auto";     // "auto": a GPU where there is one; "cpu"; "cuda"
    std::string precision = "auto";  // "auto": what is fastest on the device; "fp32"; "bf16"; "fp16"
    // Our vector code, for the whole program. "auto": the best that the CPU has; "avx2", of LibTorch, too; "avx512"; "plain": none of our own.
    std::string cpu = "auto";
    int threads = 0;  // of the CPU; 0 leaves LibTorch's number
    // Another world of the same frames and actions, a worse one, that autoguidance compares with; empty: there is none.
    std::filesystem::path guide = {};
    // Reads a picture, where pictures may be a world's start frames; empty: they are none.
    std::function<Frame(const std::filesystem::path&)> read_picture = {};
    bool cuda_graph = false;  // on a GPU: record the calls of a network and give them whole
    bool plain = false;       // fp32, row by row, no fast path: what benchmarks compare with
};

// A world's folder (world.toml), or weights of DIAMOND's: a file, whatever it is called, or a folder in one of the forms that people have
// (diamond_files.h).
// Throws Error with one clear sentence; nothing of a broken world stays. `spec`, where it is given, is filled with what the files say of it.
std::unique_ptr<WorldModel> load_world(const std::filesystem::path& path, const LoadOptions& options,
                                       WorldSpec* spec = nullptr);

// Is the path one that load_world would try? Looks at names, and at the first bytes of a file.
bool is_world(const std::filesystem::path& path);

// DIAMOND's networks at their full size with random weights, to measure their speed: "diamond-atari" or "diamond-csgo".
std::unique_ptr<WorldModel> random_world(const std::string& kind, const LoadOptions& options);

enum class Beside { window, nothing };  // what else of this program wants the cores
// For the first line of main. LibTorch's threads wait by spinning: two programs on two cores then run at a twentieth of their speed. The
// library reads how to wait when it is loaded, before main, so the program starts itself again, once, with OMP_WAIT_POLICY=PASSIVE and
// a moment's spinning. Does nothing where that variable is set.
void wait_without_spinning(char** arguments, Beside beside);

// What computes here: "LibTorch 2.11.0, CPU code AVX512, own kernels avx512 with bfloat16".
std::string library_text();

// Why "auto" plays on the CPU ("no NVIDIA driver was found ..."), or empty where it plays on a GPU.
std::string why_no_gpu();

}  // namespace drift
