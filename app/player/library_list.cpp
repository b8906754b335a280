#include "player/library_list.h"

#include <algorithm>
#include <ctime>

#include "core/names.h"
#include "player/matching.h"
#include "player/panels/widgets.h"

namespace drift {

using Deed = LibraryWish::Deed;

std::vector<const LibraryItem*> listed(const LibraryPage& page) {
    std::vector<const LibraryItem*> items;
    for (const LibraryItem& item : page.items) {
        const LibraryEntry& entry = item.entry;
        const std::string all = entry.name + " " + kind_name(entry.kind) + " " + ending_of(entry.file()) + " " +
                                date_words(entry.changed) + " " + (item.facts ? item.facts->world : "");
        if (match(all, page.typed)) items.push_back(&item);
    }
    auto before = [&](const LibraryItem* a, const LibraryItem* b) {
        switch (page.sort) {
            case LibraryPage::Sort::date: return a->entry.changed > b->entry.changed;
            case LibraryPage::Sort::size: return a->entry.bytes > b->entry.bytes;
            case LibraryPage::Sort::name: return lower_case(a->entry.name) < lower_case(b->entry.name);
        }
        return false;
    };
    std::stable_sort(items.begin(), items.end(), [&](const LibraryItem* a, const LibraryItem* b) {
        return page.reversed ? before(b, a) : before(a, b);
    });
    return items;
}

const char* kind_name(LibraryEntry::Kind kind) {
    using enum LibraryEntry::Kind;
    switch (kind) {
        case recording: return "Recording";
        case session: return "Session";
        case video: return "Video";
        case animation: return "Animation";
        case picture: return "Picture";
        case pictures: return "Folder of pictures";
    }
    return "";
}

std::string date_words(std::int64_t nanoseconds) {
    const auto seconds = static_cast<std::time_t>(nanoseconds / 1'000'000'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
    return text;
}

std::string length_words(const LibraryItem& item) {
    if (!item.facts) return "reading ...";
    const LibraryFacts& facts = *item.facts;
    std::string words =
        facts.seconds > 0 ? facts.seconds < 10 ? decimals(facts.seconds, 1) + " s" : clock_words(facts.seconds) : "";
    if (facts.frames > 0)
        words +=
            (words.empty() ? "" : ", ") + std::to_string(facts.frames) + (facts.frames == 1 ? " frame" : " frames");
    return words;
}

bool being_written(const View& view, const LibraryItem& item) {
    const auto& files = item.entry.files;
    auto among = [&](const std::filesystem::path& file) {
        return !file.empty() && std::find(files.begin(), files.end(), file) != files.end();
    };
    return item.being_written || among(view.recording.state.file) || among(view.recording.window);
}

std::vector<Deed> deeds(const LibraryItem& item) {
    std::vector<Deed> all;
    const bool watchable = item.entry.watchable(), goes_on = watchable || (item.facts && item.facts->recipe);
    if (goes_on) all.push_back(Deed::go_on);
    if (item.entry.kind != LibraryEntry::Kind::session) all.push_back(Deed::open);
    if (watchable) all.push_back(Deed::mp4), all.push_back(Deed::gif);
    all.insert(all.end(), {Deed::rename, Deed::folder, Deed::trash});
    return all;
}

const char* deed_name(Deed deed, const LibraryItem& item) {
    switch (deed) {
        case Deed::go_on: return item.entry.watchable() ? "Play" : "Play on";
        case Deed::open: return "Open";
        case Deed::mp4: return "Export MP4";
        case Deed::gif: return "Export GIF";
        case Deed::rename: return "Rename";
        case Deed::folder: return "Show in folder";
        case Deed::trash: return "Move to trash";
    }
    return "";
}

std::string deed_meaning(Deed deed, const LibraryItem& item) {
    switch (deed) {
        case Deed::go_on:
            if (item.entry.kind == LibraryEntry::Kind::picture) return "Plays on from the moment in this picture.";
            if (item.entry.kind == LibraryEntry::Kind::video) return "Plays the session that this video was made from.";
            return "Plays it here; you can take control at any frame.";
        case Deed::open: return "Opens it in your desktop's own program.";
        case Deed::mp4: return "Saves it as an MP4 in your videos folder: lanes and truth side by side, with captions.";
        case Deed::gif: return "Saves it as a GIF in your videos folder: lanes and truth side by side, with captions.";
        case Deed::rename: return "Gives it another name (F2).";
        case Deed::folder: return "Opens the folder that it lies in.";
        case Deed::trash: return "Moves it to your desktop's trash (Del). Undo brings it back.";
    }
    return "";
}

std::string why_not(Deed deed, const LibraryItem& item, const View& view) {
    if (deed == Deed::open || deed == Deed::folder) return "";
    if (being_written(view, item)) return "It is being written now.";
    const bool damaged = item.facts && !item.facts->damage.empty();
    if (damaged && item.entry.watchable() && (deed == Deed::go_on || deed == Deed::mp4 || deed == Deed::gif))
        return "It is damaged.";
    if ((deed == Deed::mp4 || deed == Deed::gif) && view.recording.exported) return "Another export is under way.";
    return "";
}

int chosen_of(const LibraryPage& page, const std::vector<const LibraryItem*>& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]->entry.file() == page.chosen) return static_cast<int>(i);
    return items.empty() ? -1 : 0;
}

}  // namespace drift
