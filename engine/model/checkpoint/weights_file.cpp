// What a file of weights is, by its contents, and its tensors by plain names.
#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "model/checkpoint/checkpoint.h"
#include "formats/checkpoint/old_checkpoint.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

enum class Kind { torch, safetensors, other };

Kind kind_of(const fs::path& path) {
    InputFile file(path);
    std::string begin(std::min<std::uint64_t>(file.size(), 64), '\0');
    file.read(begin.data(), begin.size());
    if (begin.starts_with("PK") || is_old_checkpoint(begin)) return Kind::torch;
    std::uint64_t header = 0;
    if (begin.size() <= sizeof header) return Kind::other;  // too short for either
    std::memcpy(&header, begin.data(), sizeof header);
    return begin[sizeof header] == '{' && header <= file.size() ? Kind::safetensors : Kind::other;
}

}  // namespace

bool holds_tensors(const fs::path& file) {
    try {
        return kind_of(file) != Kind::other;
    } catch (const Error&) {
        return false;
    }
}

TensorMap read_tensors(const fs::path& file) {
    const Kind kind = kind_of(file);
    const bool safe = kind == Kind::safetensors || (kind == Kind::other && ending_of(file) == ".safetensors");
    return safe ? read_safetensors(file) : read_checkpoint(file);  // each says what is wrong with a damaged one
}

TensorMap with_plain_names(TensorMap tensors, const fs::path& file) {
    static constexpr std::string_view wrappings[] = {"module", "_orig_mod", "_forward_module", "_fsdp_wrapped_module",
                                                     "_checkpoint_wrapped_module"};
    TensorMap plain;
    for (auto& [name, tensor] : tensors) {
        std::string left;
        for (std::size_t begin = 0; begin <= name.size();) {
            const std::size_t end = std::min(name.find('.', begin), name.size());
            const std::string_view part = std::string_view(name).substr(begin, end - begin);
            if (std::find(std::begin(wrappings), std::end(wrappings), part) == std::end(wrappings))
                left.append(left.empty() ? "" : ".").append(part);
            begin = end + 1;
        }
        if (!plain.emplace(left, std::move(tensor)).second)
            throw Error(file, "expected each tensor once, found " + shown_name(left) +
                                  " twice, once as a part of a wrapped module");
    }
    return plain;
}

}  // namespace drift
