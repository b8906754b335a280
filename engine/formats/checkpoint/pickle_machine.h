// The machine that a pickle is a program for, with everything left out that could run code: what comes out is values, never objects.
#pragma once

#include <filesystem>
#include <string_view>

#include "formats/checkpoint/pickle_values.h"

namespace drift {

constexpr std::size_t longest_pickle =
    4u
    << 20;  // the largest published models need 1 MB; memory is taken in proportion, some sixty times as much at worst

// Runs the pickle at the beginning of `bytes`, which must outlive the result. Protocols 2 to 5, and of their opcodes and globals those
// that torch.save writes for tensors. Throws Error naming `file` and what was refused: nothing else is ever looked up, imported or called.
PickledValues run_pickle(std::string_view bytes, const std::filesystem::path& file);

}  // namespace drift
