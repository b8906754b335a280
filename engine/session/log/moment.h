// A step and all that the next ones depend on: what time can go back to.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/step.h"
#include "session/stage.h"

namespace drift {

struct Moment {
    Step step;
    StageState state;
    std::vector<ActionCode> walk =
        {};  // all actions since the opening, of a moment that leaves the play while the truth is lost: Stage::walk()
};

// Exact: bytes of frames, bits of figures. The film and the ghost are left out. It says its own version: what any older program wrote is read.
std::vector<std::uint8_t> to_bytes(const Moment& moment);
// Throws Error where the bytes are no moment.
Moment moment_of_bytes(std::span<const std::uint8_t> bytes);

// zstd, level 1 with a window of 8 MB: frames that come again, in contexts and in the steps before, cost almost nothing.
std::vector<std::uint8_t> compressed(std::span<const std::uint8_t> bytes);
// Throws Error where they are not what compressed() made, or larger than `limit`.
std::vector<std::uint8_t> decompressed(std::span<const std::uint8_t> bytes, std::size_t limit);

}  // namespace drift
