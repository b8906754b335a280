// Files that are there whole or not at all, and what lies in a folder.
#include "core/atomic_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "core/error.h"
#include "core/files.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string why_not(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(AtomicFile, TheOldFileStaysUntilTheNewOneIsWhole) {
    ScratchFolder scratch;
    const fs::path file = scratch / "a";
    write_file(file, "old");
    {
        AtomicFile left(file);
        left.write("half of the n");
        EXPECT_EQ(text_of(file), "old");
    }
    EXPECT_EQ(text_of(file), "old") << "it was not committed";
    AtomicFile whole(file);
    whole.write("the n");
    whole.write("ew one");
    whole.commit();
    EXPECT_EQ(text_of(file), "the new one");
    EXPECT_EQ(names_in(scratch.path()), std::vector<fs::path>{file}) << "nothing else is left there";
}

TEST(AtomicFile, FoldersAreMadeAndLongNamesFit) {
    ScratchFolder scratch;
    const fs::path file = scratch / "new" / "folder" / std::string(255, 'n');
    write_file(file, "x");
    EXPECT_EQ(text_of(file), "x");
}

TEST(AtomicFile, WhatCannotBeWrittenIsSaidAndLeavesNothing) {
    ScratchFolder scratch;
    write_file(scratch / "file", "x");
    EXPECT_NE(why_not([&] {
                  write_file(scratch / "file" / "below", "y");
              }).find("below: cannot be written (Not a directory)"),
              std::string::npos);
    fs::create_directories(scratch / "full" / "inside");
    EXPECT_NE(why_not([&] { write_file(scratch / "full", "y"); }).find("full: cannot be written ("), std::string::npos)
        << "a folder stands in its place";
    EXPECT_EQ(names_in(scratch.path()), (std::vector<fs::path>{scratch / "file", scratch / "full"}));
}

TEST(AtomicFile, WhatAnotherLibraryWroteIsMovedIntoPlace) {
    ScratchFolder scratch;
    const fs::path file = scratch / "film.mp4";
    {
        Unfinished left(file);
        std::ofstream(left.part()) << "half";
    }
    EXPECT_TRUE(names_in(scratch.path()).empty());
    Unfinished whole(file);
    EXPECT_EQ(whole.part().parent_path(), scratch.path());
    EXPECT_NE(why_not([&] { whole.complete(); }).find("film.mp4: cannot be written"), std::string::npos)
        << "nobody has written it";
    std::ofstream(whole.part()) << "all of it";
    whole.complete();
    EXPECT_EQ(text_of(file), "all of it");
}

TEST(Files, NamesOfAFolderAreSortedAndBounded) {
    ScratchFolder scratch;
    for (const char* name : {"b", "c", "a"}) write_file(scratch / name, "");
    EXPECT_EQ(names_in(scratch.path()), (std::vector<fs::path>{scratch / "a", scratch / "b", scratch / "c"}));
    EXPECT_EQ(names_in(scratch.path(), 2).size(), 2u);
    EXPECT_TRUE(names_in(scratch / "none").empty());
    EXPECT_TRUE(names_in(scratch / "a").empty());
    fs::create_directories(scratch / "locked");
    fs::permissions(scratch / "locked", fs::perms::none);
    EXPECT_NO_THROW(names_in(scratch / "locked"));
    fs::permissions(scratch / "locked", fs::perms::owner_all);
}

}  // namespace
}  // namespace drift
