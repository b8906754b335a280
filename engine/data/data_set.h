// A folder of recorded play, of any game: what `driftlab train --data` learns from and `driftlab export --dataset` writes.
//
// DIR/data.toml       format = 1, rate (steps a second), [[actions]] (a name, and keys as SDL spells them; the first is "nothing pressed"
//                     and has none); title if wanted, and game: the real game's name for --game, which worlds
//                     that learn from this have as their truth. In place of [[actions]]: [[buttons]] and [mouse], see buttons.h
// DIR/NAME/           an episode: actions.csv, and pictures 000000.png, 000001.png ... (JPEG, WebP, BMP and others too, from any first number on)
//                     or frames.npy (uint8 [frames, height, width, 3])
// DIR/NAME.csv        an episode as a video beside it, DIR/NAME.mp4 or anything else that FFmpeg opens; or as pictures in DIR/NAME/
//
// The CSV has a line of column names and then a line for each frame: `action`, a name or its number in data.toml, is what led from this
// frame to the next one (so the last frame needs no line). `frame`, if there, must count up by one, from any number; `rare` 1 marks a step that
// is seldom seen, of which training takes more. Other columns are passed over. Text is UTF-8 or UTF-16; columns are separated by commas,
// semicolons or tabs. Names are taken in any case of letters; what systems leave behind (hidden files, __MACOSX, Thumbs.db) is passed over.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/data_set.h"
#include "data/picture_size.h"
#include "data/problems.h"
#include "formats/buttons.h"

namespace drift {

// What is in a folder, with all that is wrong in it. Nothing is thrown for a bad data set.
struct DataSetReading {
    DataSet data;
    std::vector<std::size_t> frames;  // of each clip
    std::vector<std::vector<HeldStep>>
        held;           // where there are buttons: for each clip what was done, the mouse's way unrounded
    Problems problems;  // with one the data cannot be used
    std::vector<std::string>
        notes;  // sentences about what was read all the same: rates that differ, frames that are unevenly spaced
};
enum class Keep { frames, facts };  // facts: the clips have no frames, so that data of any size can be looked at
// Frames are made `size` where it is given.
// `see`, where it is given, is shown each frame once, with its episode's name and its place in it.
using SeeFrame = std::function<void(const std::string& episode, std::size_t place, const Frame& frame)>;
DataSetReading examine_data_set(const std::filesystem::path& folder, const std::optional<PictureSize>& size, Keep keep,
                                const SeeFrame& see = {});

// The same as one value; what there is to note is added to `notes`. Throws Error with all problems, each a sentence that names the file, what was
// expected and what was found.
DataSet read_data_set(const std::filesystem::path& folder, const std::optional<PictureSize>& size,
                      std::vector<std::string>& notes);
// Is there a data.toml?
bool is_data_set(const std::filesystem::path& folder);

// Writes data.toml; where there is one it must say the same. Throws Error.
void write_data_description(const std::filesystem::path& folder, const DataSet& data);
// Adds an episode's folder of the clip's name, which must not be there yet, as frames.npy and actions.csv. Throws Error.
void write_clip(const std::filesystem::path& folder, const DataSet& data, const Clip& clip);

}  // namespace drift
