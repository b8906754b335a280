// How a picture or a video came to be, to go on from there: a saved state or a session's log, with words for people before it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/step.h"

namespace drift {

struct Recipe {
    std::string about;   // lines for people: program, world, weights, seed, frame, settings
    std::string ending;  // ".state" or ".driftlog"
    std::vector<std::uint8_t> file;
    bool operator==(const Recipe&) const = default;
};

std::vector<std::uint8_t> to_bytes(const Recipe& recipe);
// Throws Error where they are none.
Recipe recipe_of_bytes(std::span<const std::uint8_t> bytes);

// With what lies in that file now. Throws Error.
Recipe recipe_with(const std::filesystem::path& file, std::string about);
struct LogHeader;
// The words for a session, and for a step that is shown.
std::string about_session(const LogHeader& session);
std::string about_step(const WorldInfo& world, const Step& step);

}  // namespace drift
