// DIAMOND's own worlds: Atari games and CSGO, from the files that people have (Alonso et al. 2024; eloialonso/diamond).
#pragma once

#include "model/world/diamond_files.h"
#include "model/world/networks.h"
#include "model/world/spawn.h"
#include "model/world/world_file.h"

namespace drift {

struct DiamondWorld {
    WorldSpec spec;
    Networks networks;
    std::vector<History> openings;
};

// Reads all of it. `read_picture` may be empty: pictures are no start frames then. Throws Error naming the file.
DiamondWorld read_diamond(const DiamondFiles& files, const PictureReader& read_picture);

// Writes it as a world's folder, which plays the same bytes.
void import_diamond(const DiamondFiles& files, const std::filesystem::path& folder, const PictureReader& read_picture);

// The networks at the size of the released weights (their configuration files), with random weights, and flat openings: for measuring.
DiamondWorld random_diamond(bool csgo);

// How the reference plays: three Euler steps (Atari); the fast preset (CSGO), which is one step for the small frame and one for the large.
SamplerSettings diamond_defaults(bool upsampler);

}  // namespace drift
