// Tensors in a file: the safetensors format, read strictly because weights come from strangers.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

using TensorMap = std::map<std::string, at::Tensor>;
using Metadata = std::map<std::string, std::string>;

// One entry of the header. Bytes [begin, end) of the data hold the elements, row by row, little-endian.
struct TensorInfo {
    c10::ScalarType dtype = c10::ScalarType::Float;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0;
};

struct SafetensorsHeader {
    std::map<std::string, TensorInfo> tensors;
    Metadata metadata;
};

// Reads and checks a header alone: `text` is the JSON, `data_bytes` what follows it in the file. Entries must cover the data exactly:
// whole, in bounds, without overlap, hole or rest. `file` names the culprit in the Error that is thrown otherwise.
SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_bytes,
                                           const std::filesystem::path& file);

// All tensors of a file, on the CPU, in memory of their own; nothing is allocated for data before the whole header was found sound.
// Throws Error(file, what was expected and found).
TensorMap read_safetensors(const std::filesystem::path& file, Metadata* metadata = nullptr);

// The file is replaced in one step; equal tensors and metadata give equal bytes. Tensors may lie on any device, in any layout.
void write_safetensors(const std::filesystem::path& file, const TensorMap& tensors, const Metadata& metadata = {});

// The names of tensors that hold a NaN or an infinity.
std::vector<std::string> not_finite(const TensorMap& tensors);

}  // namespace drift
