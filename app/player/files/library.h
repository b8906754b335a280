// Looks through the library beside the play, on a thread of its own: the UI asks and takes, and waits for nothing.
#pragma once

#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "core/latest.h"
#include "core/queue.h"
#include "player/files/library_entry.h"
#include "player/files/library_listing.h"

namespace drift {

class Library {
public:
    explicit Library(std::vector<LibraryFolder> folders);
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    // Looks again, as soon as it can.
    void look() { wanted_.push(0); }
    // What there is, the newest first, where that was looked at since; facts come as they are read.
    std::optional<std::vector<LibraryItem>> take() { return found_.take(); }

private:
    void run(std::stop_token stop);
    void look_through(const std::stop_token& stop);

    // What was read stays known as long as the file is as it was.
    struct Known {
        LibraryEntry entry;
        LibraryFacts facts;
    };
    std::vector<LibraryFolder> folders_;
    std::map<std::filesystem::path, Known> known_;
    Queue<int> wanted_;
    Latest<std::vector<LibraryItem>> found_;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
