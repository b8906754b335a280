// What the library lists: things that the player has written, each one thing whatever files it is made of.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

struct LibraryEntry {
    // A recording's frames are stored, with the log beside them; a session is a log alone. Pictures: a folder of them, one for each frame.
    enum class Kind { recording, session, video, animation, picture, pictures };
    Kind kind = Kind::video;
    std::vector<std::filesystem::path> files;  // all that it is made of; the first stands for it
    std::string name;                          // without the ending
    std::uint64_t bytes = 0;
    std::int64_t changed = 0;  // nanoseconds since 1970
    bool loose = false;        // its folder holds others' files too: it is listed where it carries a recipe of ours
    const std::filesystem::path& file() const { return files.front(); }
    bool watchable() const { return kind == Kind::recording || kind == Kind::session; }
    bool operator==(const LibraryEntry&) const = default;
};

// What is in it; this takes reading.
struct LibraryFacts {
    std::string world;                       // empty: it does not say
    std::uint64_t frames = 0;                // 0: not known
    double seconds = 0;                      // likewise
    std::shared_ptr<const Frame> thumbnail;  // null where there is none to be had
    std::string shows;                       // what the thumbnail shows, or why there is none
    std::string damage;                      // a sentence where it cannot be shown or played
    bool recipe = false;                     // it says how it was made: one can go on from there
    std::string recipe_damage;               // a sentence where what it says cannot be read
};

struct LibraryItem {
    LibraryEntry entry;
    std::optional<LibraryFacts> facts;  // nullopt: not read yet
    bool being_written = false;         // by this program or another one
};

// What is asked to be done to one.
struct LibraryWish {
    enum class Deed { go_on, open, mp4, gif, rename, folder, trash };
    Deed deed = Deed::go_on;
    LibraryItem item;
    std::string name;  // the new one
};

}  // namespace drift
