// A folder of recorded play, of any game: what `driftlab train --data` learns from and `driftlab export --dataset` writes.
//
// DIR/data.toml       format = 1, rate (steps a second), [[actions]] (a name, and keys as SDL spells them; the first is "nothing pressed"
//                     and has none); title if wanted
// DIR/NAME/           an episode: actions.csv, and 000000.png, 000001.png ... or frames.npy (uint8 [frames, height, width, 3])
// DIR/NAME.csv        an episode as a video beside it, DIR/NAME.mp4 or of any other kind
//
// The CSV has a line of column names and then a line for each frame: `action`, a name or its number in data.toml, is what led from this
// frame to the next one (so the last frame needs no line). `frame`, if there, must count 0, 1, 2 ...; `rare` 1 marks a step that is seldom
// seen, of which training takes more. Other columns are passed over.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/data_set.h"

namespace drift {

struct PictureSize {
    int width = 0, height = 0;
};
PictureSize parse_picture_size(const std::string& text);  // "64x64"; throws Error

// Frames are made `size` where it is given. Throws Error naming the file, what was expected and what was found.
DataSet read_data_set(const std::filesystem::path& folder, const std::optional<PictureSize>& size);

// Writes data.toml; where there is one it must say the same. Throws Error.
void write_data_description(const std::filesystem::path& folder, const DataSet& data);
// Adds an episode's folder of the clip's name, which must not be there yet, as frames.npy and actions.csv. Throws Error.
void write_clip(const std::filesystem::path& folder, const DataSet& data, const Clip& clip);

}  // namespace drift
