// Whether a real game can be relied on: equal frames each time, and objects that its pictures show where it says they are.
#pragma once

#include <cstdint>
#include <string>

namespace drift {

// Plays with random keys, and again, and from states that were kept; prints what it found. Throws Error where a frame differs.
void check_game(const std::string& name, std::uint64_t seed, int steps);

}  // namespace drift
