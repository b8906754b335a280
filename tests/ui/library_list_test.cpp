// What the library shows of its items, in which order, and what can be done with each.
#include "player/library_list.h"

#include <gtest/gtest.h>

#include <string>

namespace drift {
namespace {

LibraryItem item(const std::string& name, std::uint64_t bytes, std::int64_t changed, const std::string& world) {
    LibraryItem it{{LibraryEntry::Kind::video, {"/v/" + name + ".mp4"}, name, bytes, changed}, LibraryFacts{}, false};
    it.facts->world = world;
    return it;
}

TEST(LibraryList, IsSearchedAndSorted) {
    LibraryPage page;
    page.items = {item("b", 30, 100, "maze"), item("A", 10, 300, "bricks"), item("c", 20, 200, "maze")};
    auto names = [&] {
        std::string all;
        for (const LibraryItem* it : listed(page)) all += it->entry.name;
        return all;
    };
    EXPECT_EQ(names(), "Acb");
    page.reversed = true;
    EXPECT_EQ(names(), "bcA");
    page.reversed = false, page.sort = LibraryPage::Sort::name;
    EXPECT_EQ(names(), "Abc");
    page.sort = LibraryPage::Sort::size;
    EXPECT_EQ(names(), "bcA");
    page.typed = "maze";
    EXPECT_EQ(names(), "bc");
    page.typed = "maze c";
    EXPECT_EQ(names(), "c");
    page.typed = "video";
    EXPECT_EQ(names(), "bcA");
    page.typed = "nothing of that";
    EXPECT_EQ(names(), "");
    EXPECT_EQ(chosen_of(page, listed(page)), -1);
}

TEST(LibraryList, WhatIsBeingWrittenIsNeitherRenamedNorThrownAway) {
    using enum LibraryWish::Deed;
    View view;
    LibraryItem now = item("a", 1, 1, "maze");
    EXPECT_EQ(why_not(rename, now, view), "");
    view.recording.window = "/v/a.mp4";
    EXPECT_NE(why_not(rename, now, view), "");
    EXPECT_NE(why_not(trash, now, view), "");
    EXPECT_EQ(why_not(folder, now, view), "");
    EXPECT_EQ(deeds(now).front(), open) << "a video of others";
    now.facts->recipe = true;
    EXPECT_EQ(deeds(now).front(), go_on);
}

}  // namespace
}  // namespace drift
