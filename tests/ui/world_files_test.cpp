// The list of worlds to choose from, and what the view forgets when one is chosen.
#include "files/world_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "core/error.h"
#include "core/files.h"
#include "player/files/media_files.h"
#include "player/view.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

class WorldFiles : public testing::Test {
protected:
    ScratchFolder scratch;
    fs::path shipped = scratch / "shipped", own = scratch / "own";

    void SetUp() override {
        fs::create_directories(shipped);
        fs::create_directories(own);
    }
    static fs::path file(const fs::path& path) {
        fs::create_directories(path.parent_path());
        std::ofstream(path) << "x";
        return path;
    }
    std::vector<std::string> names(const std::vector<fs::path>& lately = {}) {
        std::vector<std::string> all;
        for (const WorldEntry& entry : list_worlds(shipped, own, lately)) all.push_back(entry.name);
        return all;
    }
    using Names = std::vector<std::string>;
};

TEST_F(WorldFiles, ShippedThenOwnThenLatelyEachByName) {
    file(shipped / "rover" / "world.toml");
    file(shipped / "bricks" / "world.toml");
    file(own / "zebra" / "world.toml");
    file(own / "Apple.pt");
    file(own / "mine.ckpt");
    fs::path late = file(scratch / "elsewhere" / "z" / "world.toml").parent_path(),
             later = file(scratch / "elsewhere" / "a.pt");
    EXPECT_EQ(names({late, later}),
              (Names{"bricks", "rover", "Apple", "mine", "zebra", "z", "a"}));  // the newest first
    auto all = list_worlds(shipped, own, {late});
    EXPECT_EQ(all.front().from, WorldEntry::From::shipped);
    EXPECT_EQ(all[2].from, WorldEntry::From::own);
    EXPECT_EQ(all[2].file, own / "Apple.pt");
    EXPECT_EQ(all.back().from, WorldEntry::From::lately);
}

TEST_F(WorldFiles, DiamondsLayouts) {
    file(own / "diamond" / "atari_100k" / "models" / "Pong.pt");
    file(own / "diamond" / "atari_100k" / "models" / "Breakout.pt");
    file(own / "diamond" / "atari_100k" / "config" / "agent" / "default.yaml");
    file(own / "diamond" / "csgo" / "model" / "csgo.pt");
    file(own / "flat" / "weights.pt");
    file(own / "flat" / "other.pt");  // part of that world
    EXPECT_EQ(names(), (Names{"Breakout", "csgo", "flat", "Pong"}));
    auto all = list_worlds({}, own, {});
    EXPECT_EQ(all[0].file, own / "diamond" / "atari_100k" / "models" / "Breakout.pt");
    EXPECT_EQ(all[1].file, own / "diamond" / "csgo");
    EXPECT_EQ(all[2].file, own / "flat");
    EXPECT_EQ(worlds_in(own / "diamond" / "csgo", WorldEntry::From::lately, true).size(), 1u);
    EXPECT_EQ(worlds_in(own / "diamond", WorldEntry::From::lately, true).size(), 3u);
}

TEST_F(WorldFiles, EachOnceWhateverLeadsToIt) {
    fs::path world = file(own / "a" / "world.toml").parent_path(), weights = file(own / "w.pt");
    fs::create_directory_symlink(world, own / "b");
    fs::create_symlink(weights, own / "v.pt");
    EXPECT_EQ(names({world, world / "", own / "." / "w.pt"}).size(), 2u);
    fs::path other = file(scratch / "o" / "world.toml").parent_path();
    EXPECT_EQ(names({other, other / ""}).size(), 3u);
    EXPECT_EQ(world_name(other / ""), "o");
}

TEST_F(WorldFiles, LoopsAndWhatCannotBeReadArePassedOver) {
    file(own / "a" / "world.toml");
    fs::create_directory_symlink(own, own / "loop");
    fs::create_directory_symlink("itself", own / "itself");
    fs::create_symlink(own / "gone", own / "gone.pt");
    fs::create_directories(own / "x" / "y");
    fs::create_directory_symlink(own / "x", own / "x" / "y" / "back");
    fs::create_directories(own / "folder.pt");
    mkfifo((own / "pipe.pt").c_str(), 0600);
    file(own / "locked" / "w.pt");
    fs::permissions(own / "locked", fs::perms::none);
    file(own / ".cache" / "w.pt");
    auto all = names();
    fs::permissions(own / "locked", fs::perms::owner_all);
    std::erase(all, "w");  // root reads it nevertheless
    EXPECT_EQ(all, Names{"a"});
}

TEST_F(WorldFiles, MissingFoldersAndOddNames) {
    EXPECT_TRUE(names().empty());
    EXPECT_TRUE(list_worlds({}, {}, {}).empty());
    EXPECT_TRUE(list_worlds(scratch / "no", scratch / "nor this", {scratch / "gone"}).empty());
    file(own / "a\nb\xff" / "world.toml");
    file(own / (std::string(200, 'n') + ".pt"));
    file(own / "..pt");
    EXPECT_EQ(names(), (Names{"a\nb\xff", std::string(200, 'n')}));
}

TEST_F(WorldFiles, ThereIsABound) {
    for (int i = 0; i < 700; ++i) file(own / (std::to_string(i) + ".pt"));
    EXPECT_GE(names().size(), 200u);
    EXPECT_LE(names().size(), 400u);
    fs::path deep = own;
    for (int i = 0; i < 40; ++i) deep /= "d";
    file(deep / "world.toml");
    EXPECT_TRUE(worlds_in(own / "d", WorldEntry::From::own).empty());
}

TEST_F(WorldFiles, ANameOrAPathIsFound) {
    setenv("XDG_DATA_HOME", scratch.path().c_str(), 1);
    fs::path mine = file(worlds_folder() / "only-mine" / "world.toml").parent_path();
    EXPECT_EQ(mine, scratch / "driftscope" / "worlds" / "only-mine");
    EXPECT_EQ(find_world("only-mine"), mine);
    EXPECT_EQ(find_world(mine.string()), mine);
    fs::path weights = file(scratch / "w.pt");
    EXPECT_EQ(find_world(weights.string()), weights);
    EXPECT_FALSE(find_world("no such world"));
    EXPECT_FALSE(find_world("/no/such/world"));
    EXPECT_FALSE(find_world(""));
    // By the names of the list: a file without its ending, and what lies deeper.
    fs::path pong = file(worlds_folder() / "diamond" / "atari_100k" / "models" / "Pong.pt");
    EXPECT_EQ(find_world("Pong"), pong);
    EXPECT_EQ(find_world("Pong.pt"), pong);
    unsetenv("XDG_DATA_HOME");
}

TEST_F(WorldFiles, AFolderOfTheSameNameHidesNoWorld) {
    setenv("XDG_DATA_HOME", scratch.path().c_str(), 1);
    file(worlds_folder() / "only-mine" / "world.toml");
    for (const char* name : {"bricks", "only-mine", "else"}) file(scratch / "here" / name / "notes.txt");
    const fs::path before = fs::current_path();
    fs::current_path(scratch / "here");
    EXPECT_EQ(find_world("bricks")->filename(), "bricks");
    EXPECT_TRUE(fs::exists(*find_world("bricks") / "world.toml")) << *find_world("bricks");
    EXPECT_EQ(find_world("only-mine"), worlds_folder() / "only-mine");
    EXPECT_EQ(find_world("./bricks"), "./bricks") << "a slash makes it a path";
    EXPECT_EQ(find_world("else"), "else") << "what no list has";
    fs::current_path(before);
    unsetenv("XDG_DATA_HOME");
}

TEST_F(WorldFiles, WhichThereAreIsSaid) {
    setenv("XDG_DATA_HOME", scratch.path().c_str(), 1);
    file(worlds_folder() / "only-mine" / "world.toml");
    auto why = [](const std::string& name) -> std::string {
        try {
            world_named(name);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(why("brics").find("world \"brics\": expected a world's name or the path of one, found neither, did you "
                                "mean \"bricks\"? There are breakout, bricks, "),
              0u)
        << why("brics");
    EXPECT_NE(why("doom").find("; there are breakout, bricks, "), std::string::npos) << why("doom");
    EXPECT_NE(why("doom").find(", only-mine"), std::string::npos) << why("doom");
    EXPECT_EQ(why("no/such"), "world \"no/such\": expected a folder or a file of weights, found neither there");
    unsetenv("XDG_DATA_HOME");
}

// What the window and its threads ask of the disk: a folder that is not there, or no folder, is an empty one.
TEST(Files, WhatLiesInAFolderThrowsNothing) {
    ScratchFolder scratch;
    std::ofstream(scratch / "b") << "b";
    std::ofstream(scratch / "a") << "a";
    fs::create_symlink(scratch / "nowhere", scratch / "broken");
    EXPECT_EQ(names_in(scratch.path()), (std::vector<fs::path>{scratch / "a", scratch / "b", scratch / "broken"}));
    EXPECT_TRUE(names_in(scratch / "none").empty());
    EXPECT_TRUE(names_in(scratch / "a").empty());
    EXPECT_TRUE(names_in(scratch / "broken").empty());
    EXPECT_TRUE(names_in("").empty());
    EXPECT_EQ(repair_recordings(scratch / "none"), 0);
}

TEST(View, ForgetsThePlayAndKeepsWhatIsTheUsers) {
    View view;
    view.settings().steps = 9;
    view.lanes.all = {Lane{1, 0, {}, true, {}}, Lane{3, 1, {}, false, {}}};
    view.lanes.chosen = view.lanes.main = view.lanes.alone = 3;
    view.lanes.own_noise = view.playback.rewinding = view.layout.truth = true;
    view.ab().b_plays = true;
    view.recording.watch = WatchState{};
    view.bookmarks.push_back({});
    view.recording.export_from = 3;
    view.layout.plots.end = 5;
    view.layout.plots.hidden = {1};
    view.layout.plots.measures[0] = 1;
    Step step;
    step.lanes.push_back({0, {}, Frame(2, 2), {}, {}, {}});
    view.history.add(step);
    view.step = step;
    view.commands = {{Command::Kind::seek_to, 4}, {Command::Kind::open_world, 0, "w"}};
    view.playback.speed = slow_speed;
    view.layout.dock = Dock::film;
    view.forget_play();
    EXPECT_FALSE(view.step || view.recording.watch || view.recording.export_from || view.layout.plots.end);
    EXPECT_TRUE(view.bookmarks.empty() && view.history.samples().empty() && view.layout.plots.hidden.empty());
    EXPECT_EQ(view.lanes.all.size(), 1u);
    EXPECT_EQ(view.lanes.all.front().number, 0);
    EXPECT_EQ(view.lanes.chosen, 0);
    EXPECT_EQ(view.lanes.main, 0);
    EXPECT_EQ(view.lanes.alone, -1);
    EXPECT_FALSE(view.lanes.own_noise || view.playback.rewinding || view.ab().b_plays);
    ASSERT_EQ(view.commands.size(), 1u);
    EXPECT_EQ(view.commands.front().kind, Command::Kind::open_world);
    EXPECT_TRUE(view.layout.truth);
    EXPECT_EQ(view.playback.speed, slow_speed);
    EXPECT_EQ(view.layout.dock, Dock::film);
    EXPECT_EQ(view.layout.plots.measures[0], 1u);
}

}  // namespace
}  // namespace drift
