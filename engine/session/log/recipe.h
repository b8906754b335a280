// How a picture or a video came to be, to go on from there: a saved state or a session's log, with words for people before it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/step.h"
#include "session/log/session_log.h"

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
// Of each step of a session what led to it: the log up to there, in the order of the steps. Steps of which that would be larger than
// `most` bytes have none.
class RecipesOfSteps {
public:
    explicit RecipesOfSteps(const SessionLog& log, std::size_t most = 1 << 20);
    // The bytes of that step's recipe; empty where it has none. Steps rise from call to call, or it begins anew.
    std::vector<std::uint8_t> of(std::uint64_t step);

private:
    void begin();

    const SessionLog& log_;
    std::size_t most_;
    std::string about_;
    std::vector<std::uint8_t> whole_;  // chunks that are full
    LogChunks open_;
    std::uint64_t next_ = 0;  // event
};
// The words for a session, and for a step that is shown.
std::string about_session(const LogHeader& session);
std::string about_step(const WorldInfo& world, const Step& step);

}  // namespace drift
