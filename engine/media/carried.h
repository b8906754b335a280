// Bytes that a PNG or an MP4 carries besides its pictures, where every other program passes over them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

inline constexpr std::size_t most_carried = 64u << 20;  // bytes

// Into a file that is whole: a chunk "drFt" before a PNG's end (PNG specification, 5.4: ancillary, private, safe to copy), or a box "uuid" after
// an MP4's last one (ISO/IEC 14496-12, 4.2). The file is written beside and renamed. Throws Error where it is neither, or too much is to be carried.
// `words`, of UTF-8: for people, into a PNG's text "Driftscope" (iTXt), which picture viewers show; that of an MP4 is ClipShape's.
void carry(const std::filesystem::path& file, std::span<const std::uint8_t> bytes, std::string_view words = {});

// The same as chunks of a PNG that is being written, to stand before its end.
std::string chunks_to_carry(std::span<const std::uint8_t> bytes, std::string_view words);

// nullopt where it carries nothing, or is another kind of file. Throws Error where it is damaged before that is known.
std::optional<std::vector<std::uint8_t>> carried(const std::filesystem::path& file);

}  // namespace drift
