// Where recordings go: the desktop's folders under the names that they have in the user's language.
#include "files/folders.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "core/atomic_file.h"
#include "player/files/session_files.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

class Folders : public testing::Test {
protected:
    ScratchFolder scratch;
    fs::path home = scratch / "home";
    std::map<std::string, std::string> before;

    void set(const char* name, const fs::path& value) {
        if (const char* old = std::getenv(name); old && !before.contains(name)) before[name] = old;
        value.empty() ? unsetenv(name) : setenv(name, value.c_str(), 1);
    }
    void SetUp() override {
        fs::create_directories(home);
        set("HOME", home);
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_VIDEOS_DIR", "XDG_PICTURES_DIR", "XDG_DOCUMENTS_DIR"})
            set(name, "");
    }
    void TearDown() override {
        for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_VIDEOS_DIR", "XDG_PICTURES_DIR", "XDG_DOCUMENTS_DIR"})
            unsetenv(name);
        for (const auto& [name, value] : before) setenv(name.c_str(), value.c_str(), 1);
    }
};

TEST_F(Folders, TheUsersLanguage) {
    write_file(home / ".config/user-dirs.dirs",
               "# made by "
               "xdg-user-dirs-update\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\nXDG_VIDEOS_DIR=\"$HOME/"
               "Vid\\\"eos\"\nXDG_DOCUMENTS_DIR=\"/srv/papers\"\n");
    EXPECT_EQ(videos_folder(), home / "Vid\"eos" / "Driftscope");
    EXPECT_EQ(pictures_folder(), home / "Bilder");
    EXPECT_EQ(documents_folder(), "/srv/papers");
    EXPECT_EQ(recording_folders(), (std::vector<fs::path>{home / "Vid\"eos" / "Driftscope", home / "Vid\"eos"}))
        << "older recordings lie in the folder itself";
    write_file(scratch / "config/user-dirs.dirs", "XDG_VIDEOS_DIR=\"$HOME/Films\"\n");
    set("XDG_CONFIG_HOME", scratch / "config");
    EXPECT_EQ(videos_folder(), home / "Films" / "Driftscope");
}

TEST_F(Folders, NeverLooseIntoTheHomeFolder) {
    EXPECT_EQ(videos_folder(), home / "Videos" / "Driftscope");
    EXPECT_EQ(pictures_folder(), home / "Pictures");
    for (const char* text : {"XDG_VIDEOS_DIR=\"$HOME/\"\nXDG_PICTURES_DIR=\"$HOME\"\n",
                             "XDG_VIDEOS_DIR=\"$HOME/.\"\nXDG_PICTURES_DIR=\"$HOME//\"\n"}) {
        write_file(home / ".config/user-dirs.dirs", text);
        EXPECT_EQ(videos_folder(), home / "Driftscope") << text;
        EXPECT_EQ(pictures_folder(), home / "Driftscope") << text;
    }
    EXPECT_FALSE(fs::exists(home / "Driftscope")) << "to ask makes nothing";
    EXPECT_TRUE(fs::is_directory(made(videos_folder())));
}

TEST_F(Folders, AVariableNamesTheVeryFolder) {
    set("XDG_VIDEOS_DIR", made(scratch / "films"));
    EXPECT_EQ(videos_folder(), scratch / "films");
    set("XDG_VIDEOS_DIR", "films");
    EXPECT_EQ(videos_folder(), home / "Videos" / "Driftscope") << "not absolute";
}

TEST(UserDirs, OddLinesAreNotFollowed) {
    auto said = [](const char* text) { return named_in_user_dirs(text, "XDG_VIDEOS_DIR", "/home/me"); };
    EXPECT_EQ(said("  XDG_VIDEOS_DIR=\"$HOME/a b\""), "/home/me/a b");
    EXPECT_EQ(said("XDG_VIDEOS_DIR=\"$HOME/a\"\nXDG_VIDEOS_DIR=\"/b\"\n"), "/b");
    for (const char* text : {"", "XDG_VIDEOS_DIR", "XDG_VIDEOS_DIR=", "XDG_VIDEOS_DIR=\"", "XDG_VIDEOS_DIR=\"$HOME/a",
                             "XDG_VIDEOS_DIR=$HOME/a", "#XDG_VIDEOS_DIR=\"/a\"", "XDG_VIDEOS_DIR=\"relative\"",
                             "XDG_VIDEOS_DIR=\"$OTHER/a\"", "XDG_VIDEOS_DIR=\"$(touch /tmp/x)\"",
                             "XDG_VIDEOS_DIRECTORY=\"/a\"", "XDG_VIDEOS_DIR=\"\\"})
        EXPECT_FALSE(said(text)) << text;
}

}  // namespace
}  // namespace drift
