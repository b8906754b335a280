// The work behind the page "Learn a game": driftlab captures and trains beside the player, and what it says goes into the page.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "player/child.h"
#include "player/pages.h"

namespace drift {

// Lines of `driftlab capture --list`: "0x01a00003    640x480  the title".
std::vector<LearnPage::Window> windows_of(const std::vector<std::string>& lines);
// "Left, jump = Space" as --keys takes it: without white space around what stands between commas. A key's own name may hold a space.
std::string keys_argument(const std::string& typed);
// That list with one more key, unless it is there. A comma stands between keys and so is none.
std::string with_key(const std::string& typed, const std::string& key);
// Of pictures whose longer side is `side`, in the shape of the chosen window: "64x48". Sides are multiples of 8.
std::string picture_size(const LearnPage& page, int side);
// A line of driftlab's with a bar, "[===-----]  25 % step 12 ...": how much is done, 0 to 1, and the words behind it. Nothing for any other line.
struct LearnProgress {
    double part;
    std::string words;
};
std::optional<LearnProgress> progress_in(const std::string& line);
// May a folder be called that? Else a sentence.
std::string why_no_name(const std::string& name);

class Learning {
public:
    // Of the page's name; empty where that is none.
    static std::filesystem::path play_folder(const LearnPage& page);
    static std::filesystem::path world_folder(const LearnPage& page);

    // Does what is wished, and takes in what came since. Says what went wrong in the page.
    void work(LearnPage& page);

private:
    void begin(LearnPage& page, LearnPage::Wish wish);
    void listen(LearnPage& page);

    std::unique_ptr<Child> list_, capture_, training_;
};

}  // namespace drift
