// The pictures of an exported folder, by their names.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

namespace drift {

inline std::string exported_frame_name(std::uint64_t step) {
    char name[40];
    std::snprintf(name, sizeof name, "frame-%06llu.png", static_cast<unsigned long long>(step));
    return name;
}

inline bool is_exported_frame(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    return name.starts_with("frame-") && name.ends_with(".png");
}

}  // namespace drift
