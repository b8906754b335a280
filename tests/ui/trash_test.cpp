// What is renamed never takes another file's place; what is thrown away lies in the desktop's trash, and comes back.
#include "player/files/trash.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "core/error.h"
#include "files/folders.h"
#include "player/files/moving.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::string why(auto work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

struct TrashTest : testing::Test {
    TrashTest() {
        if (const char* was = std::getenv("XDG_DATA_HOME")) before = was;
        setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    }
    ~TrashTest() override { before.empty() ? unsetenv("XDG_DATA_HOME") : setenv("XDG_DATA_HOME", before.c_str(), 1); }
    ScratchFolder folder;
    std::string before;
    const fs::path trash = folder / "data/Trash";
};

TEST_F(TrashTest, AFileLiesThereWithWhereItCameFromAndComesBack) {
    const fs::path file = folder / "a b\xC3\xA4%.mp4";
    put(file, "film");
    const Trashed thrown = to_trash(file);
    EXPECT_FALSE(fs::exists(file));
    EXPECT_EQ(thrown.file, trash / "files" / file.filename());
    EXPECT_EQ(text_of(thrown.file), "film");
    const std::string info = text_of(thrown.info);
    EXPECT_TRUE(info.starts_with("[Trash Info]\nPath=" + folder.path().string() + "/a%20b%C3%A4%25.mp4\nDeletionDate="))
        << info;
    EXPECT_EQ(info.size(), info.find("DeletionDate=") + 13 + 19 + 1) << "as YYYY-MM-DDThh:mm:ss";
    struct stat found {};
    ASSERT_EQ(::stat(trash.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0700u);
    out_of_trash({thrown});
    EXPECT_EQ(text_of(file), "film");
    EXPECT_FALSE(fs::exists(thrown.info));
}

TEST_F(TrashTest, AChosenDataFolderHasNoTrashBesideIt) {
    use_folders({.recordings = {}, .pictures = {}, .tables = {}, .worlds = {}, .data = folder / "mine/data"});
    put(folder / "a.mp4", "film");
    const Trashed thrown = to_trash(folder / "a.mp4");
    use_folders({});
    EXPECT_EQ(thrown.file, trash / "files/a.mp4");
    EXPECT_FALSE(fs::exists(folder / "mine"));
}

TEST_F(TrashTest, TwoOfOneNameAreTwo) {
    const fs::path file = folder / "a.mp4";
    put(file, "first");
    const Trashed first = to_trash(file);
    put(file, "second");
    const Trashed second = to_trash(file);
    EXPECT_NE(first.file, second.file);
    EXPECT_EQ(text_of(first.file) + text_of(second.file), "firstsecond");
    put(file, "third");
    EXPECT_NE(why([&] { out_of_trash({first}); }).find("already exists"), std::string::npos);
    EXPECT_EQ(text_of(file), "third");
    EXPECT_EQ(text_of(first.file), "first") << "what is in the trash stays there";
    EXPECT_TRUE(fs::exists(first.info));
}

TEST_F(TrashTest, AFolderGoesAsOneThing) {
    fs::create_directories(folder / "pictures");
    put(folder / "pictures" / "frame-000001.png", "x");
    const Trashed thrown = to_trash(folder / "pictures");
    EXPECT_EQ(text_of(thrown.file / "frame-000001.png"), "x");
    out_of_trash({thrown});
    EXPECT_TRUE(fs::exists(folder / "pictures" / "frame-000001.png"));
}

TEST_F(TrashTest, OfSeveralAllOrNone) {
    put(folder / "a.mkv", "frames");
    EXPECT_NE(why([&] { to_trash(std::vector<fs::path>{folder / "a.mkv", folder / "a.driftlog"}); }), "");
    EXPECT_EQ(text_of(folder / "a.mkv"), "frames") << "the second is not there: the first is back";
    EXPECT_TRUE(fs::is_empty(trash / "info"));
}

TEST_F(TrashTest, WhereThereIsNoneNothingMoves) {
    fs::create_directories(folder / "data");
    put(trash, "a file in the trash's place");
    put(folder / "a.mp4", "film");
    EXPECT_NE(why([&] { to_trash(folder / "a.mp4"); }).find("is no trash"), std::string::npos);
    EXPECT_EQ(text_of(folder / "a.mp4"), "film");
}

TEST_F(TrashTest, AnotherFileSystemHasItsOwn) {
    struct stat here {
    }, there{};
    const fs::path other = "/dev/shm/drift-trash-" + std::to_string(::getpid());
    ASSERT_EQ(::stat(folder.path().c_str(), &here), 0);
    if (::stat("/dev/shm", &there) != 0 || here.st_dev == there.st_dev || ::mkdir(other.c_str(), 0700) != 0)
        GTEST_SKIP() << "no other file system";
    put(other / "a.mp4", "film");
    const fs::path own = "/dev/shm/.Trash-" + std::to_string(::getuid());
    const bool had = fs::exists(own);
    const Trashed thrown = to_trash(other / "a.mp4");
    EXPECT_FALSE(fs::exists(other / "a.mp4"));
    if (!fs::exists("/dev/shm/.Trash")) {
        EXPECT_EQ(thrown.file.parent_path(), own / "files");
    }
    EXPECT_NE(text_of(thrown.info).find("Path=" + other.filename().string() + "/a.mp4\n"), std::string::npos)
        << "relative to the file system's top: " << text_of(thrown.info);
    out_of_trash({thrown});
    EXPECT_EQ(text_of(other / "a.mp4"), "film");
    fs::create_directory_symlink(other, folder / "link");
    const Trashed by_link = to_trash(folder / "link" / "a.mp4");
    EXPECT_EQ(by_link.file, thrown.file) << "the same trash by a link to its folder";
    EXPECT_EQ(by_link.from, thrown.from);
    out_of_trash({by_link});
    EXPECT_EQ(text_of(other / "a.mp4"), "film");
    fs::remove_all(other);
    if (!had) fs::remove_all(own);
}

TEST_F(TrashTest, ANameThatIsTakenIsNotTaken) {
    put(folder / "a.mkv", "frames"), put(folder / "a.driftlog", "log"), put(folder / "b.driftlog", "another");
    const std::vector<fs::path> files{folder / "a.mkv", folder / "a.driftlog"};
    EXPECT_NE(why([&] { move_all(renamed(files, "b")); }).find("already exists"), std::string::npos);
    EXPECT_EQ(text_of(folder / "a.mkv"), "frames") << "the first is back where it was";
    EXPECT_EQ(text_of(folder / "b.driftlog"), "another");
    const Moves moves = renamed(files, "my best. one");
    move_all(moves);
    EXPECT_EQ(text_of(folder / "my best. one.mkv"), "frames");
    EXPECT_EQ(text_of(folder / "my best. one.driftlog"), "log");
    move_all(backwards(moves));
    EXPECT_EQ(text_of(folder / "a.mkv") + text_of(folder / "a.driftlog"), "frameslog");
}

TEST_F(TrashTest, WhatIsNoNameIsASentence) {
    const std::vector<fs::path> files{folder / "a.mp4"};
    for (const std::string& name : {std::string(), std::string("  "), std::string(".."), std::string("a/b"),
                                    std::string(".hidden"), std::string("a\nb"), std::string(252, 'x')})
        EXPECT_NE(why([&] { renamed(files, name); }).find("The name \""), std::string::npos) << name;
    EXPECT_EQ(renamed(files, std::string(251, 'x')).size(), 1u) << "as long as a file's name may be";
}

TEST_F(TrashTest, WhatIsLockedIsBeingWritten) {
    put(folder / "a.driftlog", "");
    EXPECT_FALSE(is_being_written(folder / "a.driftlog"));
    const int descriptor = ::open((folder / "a.driftlog").c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
    EXPECT_TRUE(is_being_written(folder / "a.driftlog"));
    ::close(descriptor);
    EXPECT_FALSE(is_being_written(folder / "a.driftlog"));
    EXPECT_FALSE(is_being_written(folder / "gone"));
}

}  // namespace
}  // namespace drift
