// The beginning of a checkpoint in the format of torch before 1.6 (its torch/serialization.py, _legacy_save): five pickles.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "formats/checkpoint/pickle.h"

namespace drift {

// How such a file begins: its magic number as a pickle.
bool is_old_checkpoint(std::string_view begin);

struct OldCheckpoint {
    PickledTensors contents;
    std::vector<std::size_t>
        order;  // of contents.storages, as they lie in the file: for each its count of elements (I64), then those
    std::size_t end = 0;  // bytes of the pickles
};

// `begin` is the first part of the file, at least old_checkpoint_begin bytes where it has so many. Throws Error naming `file`.
OldCheckpoint read_old_checkpoint(std::string_view begin, const std::filesystem::path& file);
constexpr std::size_t old_checkpoint_begin = 2 * longest_pickle;

}  // namespace drift
