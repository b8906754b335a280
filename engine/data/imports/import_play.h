// Other people's recorded play as a data set of ours.
#pragma once

#include <functional>
#include <optional>

#include "core/action.h"
#include "data/imports/find_play.h"
#include "data/picture_size.h"

namespace drift {

inline constexpr int rate_where_none_is_said = 15;  // as our own games play

struct ImportRequest {
    std::filesystem::path source, out;
    std::optional<PictureSize> size;  // as the source has it where none is given
    int rate = 0;                     // frames a second; 0: as the source has it
    std::string title;                // empty: as the source has it
    std::vector<std::string>
        actions;  // names of those that are taken one at a time, with a key behind = if wanted: "up=Up"
};

struct ImportProgress {
    std::size_t episode = 0, episodes = 0;  // from 0
    std::string name;
    double part = 0;  // of all
};

struct ImportResult {
    PlayKind kind = PlayKind::npz;
    std::size_t written = 0, there = 0, frames = 0;  // frames of those that were written
    std::vector<std::string> notes, refused;         // sentences
};

// Writes data.toml and a folder for each episode into `out`; those that are there whole are passed over. An episode that cannot be read is refused,
// and the next one is taken. Throws Error where nothing can be imported at all. What `each` throws ends it; nothing half-written stays.
ImportResult import_play(const ImportRequest& request, const std::function<void(const ImportProgress&)>& each);

// Names and keys for actions that are numbered or named only: the first has no key. Throws Error where `given` is not for `count` of them.
ActionSpace imported_actions(int count, const std::vector<std::string>& given);

}  // namespace drift
