// Text files as editors and spreadsheets write them: UTF-8 or UTF-16, with a byte order mark or without.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace drift {

// The file's text as UTF-8, its byte order mark taken off. UTF-16 is known by its mark, or by its zeros where it has none. Bytes that are
// neither stay as they are. Throws Error where the file cannot be read, is larger than `most` bytes, or is UTF-16 that is damaged.
std::string read_text(const std::filesystem::path& file, std::uint64_t most);
std::string utf8_of(std::string bytes,
                    const std::filesystem::path& file);  // the same of bytes; `file` stands in errors

}  // namespace drift
