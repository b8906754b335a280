// Start frames that people have: CSGO's spawn folders of NumPy arrays, and folders of pictures.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/world_model.h"

namespace drift {

// What openings must fit: all of them are of a world's T frames.
struct OpeningShape {
    int width = 0, height = 0, low_width = 0, low_height = 0;  // low: 0 where the world has no upsampler
    int context_frames = 4;
    ActionSpace actions;
};
using PictureReader = std::function<Frame(const std::filesystem::path&)>;

// `folder` holds folders of full_res.npy, low_res.npy (T, 3, h, w) of bytes, as whole numbers or floats, and act.npy (T, 51) or (T): the first
// T - 1 of them led from frame to frame. Or it holds pictures, or folders of them, T or more each: their last T by name, played with no key.
// By name, numbers as numbers; at most 256. Throws Error naming the file. Empty where the folder holds none of this or is not there.
std::vector<History> read_spawns(const std::filesystem::path& folder, const OpeningShape& shape,
                                 const PictureReader& read_picture);

}  // namespace drift
