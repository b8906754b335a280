#include "player/files/library.h"

#include <algorithm>
#include <chrono>

#include "player/files/library_facts.h"
#include "player/files/moving.h"

namespace drift {
namespace {

constexpr std::size_t most_pictures = 400;  // thumbnails that are kept, of the newest: 25 MB at most
constexpr auto tell_every = std::chrono::milliseconds(100);

}  // namespace

Library::Library(std::vector<LibraryFolder> folders) : folders_(std::move(folders)) {
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Library::~Library() {
    thread_.request_stop();
    wanted_.close();
}

void Library::run(std::stop_token stop) {
    while (wanted_.pop() && !stop.stop_requested()) {
        wanted_.drain();  // several wishes are one
        look_through(stop);
    }
}

void Library::look_through(const std::stop_token& stop) {
    std::vector<LibraryItem> items;
    for (LibraryEntry& entry : list_library(folders_)) {
        LibraryItem item{std::move(entry), {}, false};
        item.being_written =
            item.entry.watchable() && std::any_of(item.entry.files.begin(), item.entry.files.end(), is_being_written);
        auto known = known_.find(item.entry.file());
        if (known != known_.end() && known->second.entry == item.entry) item.facts = known->second.facts;
        items.push_back(std::move(item));
    }
    std::erase_if(known_, [&](const auto& pair) {
        return std::none_of(items.begin(), items.end(),
                            [&](const LibraryItem& item) { return item.entry.file() == pair.first; });
    });
    auto tell = [&] {
        std::vector<LibraryItem> told = items;
        std::erase_if(told, [](const LibraryItem& it) { return it.entry.loose && !(it.facts && it.facts->recipe); });
        found_.put(std::move(told));
    };
    tell();
    auto told = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (stop.stop_requested()) return;
        if (items[i].facts) continue;
        items[i].facts = facts_of(items[i].entry);
        if (i >= most_pictures) items[i].facts->thumbnail = nullptr;
        known_[items[i].entry.file()] = {items[i].entry, *items[i].facts};
        if (std::chrono::steady_clock::now() < told + tell_every) continue;
        tell();
        told = std::chrono::steady_clock::now();
    }
    tell();
}

}  // namespace drift
