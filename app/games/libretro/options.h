// How a libretro core is played: what `driftlab game add` takes and drift_libretro is told, with the same words.
#pragma once

#include <CLI/CLI.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "games/libretro/picture.h"

namespace drift::libretro {

struct PlayOptions {
    int skip = 4, width = 64, height = 64, settle = 60, noops = 30;
    std::vector<int> crop;  // left, top, right and bottom, or none
    std::vector<std::string> actions;
    std::optional<std::size_t> reward, rare;

    void add(CLI::App& app);
    // Those that were given, to be told again.
    std::vector<std::string> words(const CLI::App& app) const;
    Crop cropped() const;
};

}  // namespace drift::libretro
