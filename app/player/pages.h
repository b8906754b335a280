// What the pages over the picture know: keys, settings, training, library. The game waits while one is open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.h"
#include "player/bindings.h"
#include "player/files/library_entry.h"

namespace drift {

// The page "Keys", over the picture: the game waits.
struct KeysPage {
    bool open = false;
    std::string waiting;              // the row that the next key is for; empty: none
    std::optional<KeyPress> pressed;  // that key
    std::string renaming;             // the action whose name is being typed; empty: none
    std::string name;                 // as far as it is typed
    bool changed = false;             // there is something to be kept
};

// The page "Settings", over the picture: the game waits.
struct SettingsPage {
    bool open = false;
    int chosen = 0;                       // of its parts
    std::filesystem::path folder;         // to be shown by the desktop; empty: none
    std::string versions;                 // the program's and its libraries'
    std::map<std::string, double> calls;  // ms of a network call, by the device's words: of this world, in this run
};

// The page "Training", over the picture: what driftlab drew into the world's folder.
struct TrainingPage {
    bool open = false;
    std::filesystem::path file;  // empty where there is none
    Frame picture;               // while it is open
    std::uint64_t version = 0;   // another for each that was read
    std::filesystem::file_time_type written{};
};

// The page "Learn a game": from a game that runs in a window to a world of it, by driftlab beside the player.
struct LearnPage {
    struct Window {
        std::string number, size, title;
        bool operator==(const Window&) const = default;
    };
    enum class Wish { list, capture, end_capture, train, end_training };
    bool open = false;
    std::vector<Window> windows;
    std::string window;                                       // the number of the chosen one; empty: none
    std::string name, keys = "Left, Right, Up, Down, Space";  // as they are typed
    bool listening = false;                                   // what is pressed becomes that list
    bool mouse = false;
    int side = 64, rate = 15, minutes = 60;  // side: the longer one
    bool capturing = false, training = false;
    std::string captured, trained;  // what driftlab says of it, now or last
    bool failed_capture = false, failed_training = false;
    bool has_play = false, has_world = false;  // under that name
    Frame preview;                             // of the training: driftlab's page
    std::uint64_t version = 0;
    std::filesystem::file_time_type written{};
    std::vector<Wish> wishes;
};

// The page "Library", over the picture: the game waits.
struct LibraryPage {
    enum class Sort { date, name, size };
    bool open = false;
    bool looked = false;  // what there is, is known
    std::vector<LibraryItem> items;
    Sort sort = Sort::date;
    bool reversed = false;
    std::string typed;               // in the field that searches
    std::filesystem::path chosen;    // the item that it stands on
    int deed = 0;                    // and the button of its, by a gamepad
    std::filesystem::path renaming;  // empty: none
    std::string name;                // as it is being typed
    std::vector<std::string> pad;    // what a gamepad pressed, for the page
    std::string told;                // what the last deed did, or why it did nothing
    bool undoable = false;           // and there is a way back
    std::vector<LibraryWish> wishes;
};

}  // namespace drift
