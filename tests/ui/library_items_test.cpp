// What the library finds in folders, and what it says of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "files/folders.h"
#include "media/clip_writer.h"
#include "media/master.h"
#include "media/png.h"
#include "media_fixture.h"
#include "play_room.h"
#include "player/files/library.h"
#include "player/files/library_facts.h"
#include "player/files/media_files.h"
#include "player/files/session_files.h"
#include "session/log/log_writer.h"
#include "session/log/scribe.h"

namespace drift {
namespace {

using Kind = LibraryEntry::Kind;

void put(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

struct Rack : Media {
    void session(const fs::path& file, int frames) {
        PlayRoom room;
        LogWriter log(file, room.stage.info());
        room.play.set_listener([&](const LogEvent& event, const Step& step) {
            log.put(event);
            if (step.index == 2) log.show(step.main_lane().frame);
        });
        room.play.open(7, lanes({1}));
        for (int i = 1; i < frames; ++i) room.play.advance(Action::of(1 + i % 2), lanes({1}));
    }
    void recording(const std::string& name) {
        PlayRoom room;
        auto tracks = write_master(folder / (name + ".mkv"), room.stage.info(), {"Dream"});
        const Step step = room.play.open(7, lanes({1}));
        for (int i = 0; i < 12; ++i) tracks->add(0, i, step.main_lane().frame);
        tracks->finish();
        session(folder / (name + ".driftlog"), 12);
    }
    void video(const std::string& name, ClipFormat format) {
        ClipWriter writer(folder / name, folder / name, {format, 32, 16, 10, {}});
        if (writer.looks_first()) writer.look(scene(32, 16, 0));
        for (int i = 0; i < 20; ++i) writer.add(scene(32, 16, i));
        writer.finish();
    }
    std::vector<LibraryEntry> entries(bool loose = false) { return list_library({{folder, loose}}); }
    LibraryEntry entry(const std::string& name) {
        for (const LibraryEntry& it : entries())
            if (it.file().filename() == name) return it;
        ADD_FAILURE() << name << " is not listed";
        return {Kind::video, {folder / name}, "", 0, 0};
    }
    LibraryFacts facts(const std::string& name) { return facts_of(entry(name)); }
};

TEST_F(Rack, ThingsAreOneWhateverFilesTheyAreMadeOf) {
    recording("both");
    session(folder / "alone.driftlog", 3);
    video("a.mp4", ClipFormat::mp4), video("a.gif", ClipFormat::gif);
    save_png(folder / "a.png", scene(32, 16, 0));
    fs::create_directories(folder / "frames"), fs::create_directories(folder / "other");
    save_png(folder / "frames" / "frame-000003.png", scene(32, 16, 0));
    put(folder / "letter.txt", "x"), put(folder / ".hidden.mp4", "x");
    std::set<std::pair<std::string, Kind>> found;
    for (const LibraryEntry& it : entries()) found.insert({it.name, it.kind});
    const std::set<std::pair<std::string, Kind>> expected{{"both", Kind::recording}, {"alone", Kind::session},
                                                          {"a", Kind::video},        {"a", Kind::animation},
                                                          {"a", Kind::picture},      {"frames", Kind::pictures}};
    EXPECT_EQ(found, expected);
    EXPECT_EQ(entry("both.mkv").files.size(), 2u);
    EXPECT_EQ(entry("both.mkv").bytes, fs::file_size(folder / "both.mkv") + fs::file_size(folder / "both.driftlog"));
}

TEST_F(Rack, FactsComeOutOfTheFiles) {
    recording("both");
    session(folder / "alone.driftlog", 30);
    video("a.mp4", ClipFormat::mp4), video("a.gif", ClipFormat::gif), video("a.webm", ClipFormat::webm);
    for (const char* name : {"a.mp4", "a.gif", "a.webm"}) {
        const LibraryFacts it = facts(name);
        EXPECT_EQ(it.damage, "") << name;
        EXPECT_EQ(it.frames, 20u) << name;
        EXPECT_NEAR(it.seconds, 2, 0.15) << name;
        ASSERT_TRUE(it.thumbnail) << name;
        EXPECT_FALSE(it.recipe) << name;
    }
    const LibraryFacts recorded = facts("both.mkv"), logged = facts("alone.driftlog");
    EXPECT_EQ(recorded.world, "bricks");
    EXPECT_EQ(recorded.frames, 12u);
    ASSERT_TRUE(recorded.thumbnail);
    EXPECT_EQ(recorded.thumbnail->width, 64);
    EXPECT_EQ(logged.frames, 30u);
    EXPECT_EQ(logged.seconds, 30.0 / make_game("bricks")->info().rate);
    ASSERT_TRUE(logged.thumbnail) << "which the log has";
}

// What is written down of a play has pictures of the dream in it, at steps that double.
TEST_F(Rack, TheThumbnailOfASessionIsAFrameThatWasDreamed) {
    PlayRoom room;
    std::vector<Frame> dreamed;
    {
        Scribe scribe([](const std::string& sentence) { ADD_FAILURE() << sentence; });
        scribe.set_log(std::make_unique<LogWriter>(folder / "a.driftlog", room.stage.info()));
        room.play.set_listener([&](const LogEvent& event, const Step& step) {
            scribe.hear(room.play, event, step);
            dreamed.push_back(step.main_lane().frame);
        });
        room.play.open(3, lanes({1}));
        EXPECT_FALSE(facts("a.driftlog").thumbnail);
        for (int i = 1; i < 41; ++i) room.play.advance(Action::of(2), lanes({1}));
    }
    const LibraryFacts it = facts("a.driftlog");
    EXPECT_EQ(it.frames, 41u);
    ASSERT_TRUE(it.thumbnail);
    EXPECT_EQ(*it.thumbnail, dreamed[32]);
    EXPECT_NE(dreamed[32], dreamed[0]);
}

TEST_F(Rack, DamageIsASentenceInThePicturesPlace) {
    put(folder / "a.mp4", "no video"), put(folder / "b.png", "\x89PNG\r\n\x1a\n"),
        put(folder / "c.driftlog", "DriftLo");
    put(folder / "d.gif", ""), put(folder / "e.mkv", "x"), put(folder / "e.driftlog", "y");
    for (const char* name : {"a.mp4", "b.png", "c.driftlog", "d.gif", "e.mkv"}) {
        const LibraryFacts it = facts(name);
        EXPECT_FALSE(it.thumbnail) << name;
        EXPECT_NE(it.damage.find(std::string(name).substr(0, 1) + "."), std::string::npos) << name << ": " << it.damage;
    }
}

TEST_F(Rack, NoDamageOfALogOrAPictureIsMoreThanASentence) {
    session(folder / "a.driftlog", 12), save_png(folder / "b.png", scene(32, 16, 0));
    add_recipe(folder / "b.png", {"world: maze\n", ".state", {1, 2, 3}});
    for (const char* name : {"a.driftlog", "b.png"}) {
        std::ifstream in(folder / name, std::ios::binary);
        const std::string whole{std::istreambuf_iterator<char>(in), {}};
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 150) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
            put(folder / name, changed);
            facts(name);
            put(folder / name, whole.substr(0, at));
            facts(name);
        }
    }
    save_png(folder / "b.png", Frame(4000, 3));
    EXPECT_FALSE(facts("b.png").thumbnail) << "a line";
    EXPECT_EQ(facts("b.png").damage, "");
}

TEST_F(Rack, WhatCarriesARecipeSaysItsWorldAndABrokenOneIsASentence) {
    save_png(folder / "a.png", scene(32, 16, 0));
    add_recipe(folder / "a.png", {"made by: us\nworld: maze\nseed: 3\n", ".state", {1, 2, 3}});
    EXPECT_TRUE(facts("a.png").recipe);
    EXPECT_EQ(facts("a.png").world, "maze");
    std::fstream file(folder / "a.png", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-20, std::ios::end);
    file.put('!');
    file.close();
    const LibraryFacts broken = facts("a.png");
    EXPECT_FALSE(broken.recipe);
    EXPECT_NE(broken.recipe_damage.find("a.png"), std::string::npos) << broken.recipe_damage;
    EXPECT_TRUE(broken.thumbnail) << "the picture itself is whole";
}

TEST_F(Rack, InAFolderOfEverybodysOnlyOursIsListed) {
    save_png(folder / "holiday.png", scene(32, 16, 0)), save_png(folder / "ours.png", scene(32, 16, 0));
    add_recipe(folder / "ours.png", {"world: maze\n", ".state", {}});
    video("holiday.gif", ClipFormat::gif);
    session(folder / "ours.driftlog", 3);
    Library library({{folder, true}});
    library.look();
    std::set<std::string> names;
    for (int i = 0; i < 600 && names.size() < 2; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (auto found = library.take())
            for (const LibraryItem& item : *found) names.insert(item.entry.file().filename().string());
    }
    EXPECT_EQ(names, (std::set<std::string>{"ours.png", "ours.driftlog"}));
}

// The environment and the chosen folders are as they were, afterwards.
struct AtHome : Rack {
    void SetUp() override {
        Rack::SetUp();
        home = folder / "home", videos = home / "Videos";
        for (auto& [name, value] : before)
            if (const char* was = std::getenv(name)) value = was;
        for (const auto& [name, value] : before) unsetenv(name);
        setenv("HOME", home.c_str(), 1);
    }
    void TearDown() override {
        use_folders({});
        for (const auto& [name, value] : before) value.empty() ? unsetenv(name) : setenv(name, value.c_str(), 1);
        Rack::TearDown();
    }
    // How the library has it: "ours", "loose", or "" where it is none of its folders; "twice" where it is more than one.
    std::string said(const fs::path& path) {
        std::string found;
        for (const LibraryFolder& it : library_folders())
            if (same_folder(it.path, path)) found = !found.empty() ? "twice" : it.loose ? "loose" : "ours";
        return found;
    }
    void record_to(const fs::path& path) {
        OwnFolders own;
        own.recordings = path;
        use_folders(own);
    }
    std::map<const char*, std::string> before{
        {"HOME", ""}, {"XDG_CONFIG_HOME", ""}, {"XDG_DATA_HOME", ""}, {"XDG_VIDEOS_DIR", ""}, {"XDG_PICTURES_DIR", ""}};
    fs::path home, videos;
};

TEST_F(AtHome, AChosenFolderWhereEverythingLiesIsNotOurs) {
    EXPECT_EQ(said(videos / "Driftscope"), "ours");
    EXPECT_EQ(said(videos), "loose");
    for (const fs::path& general : {videos, videos / "", home, home / "Documents", home / "Pictures"}) {
        record_to(general);
        EXPECT_EQ(said(general), "loose") << general;
        EXPECT_EQ(said(videos), "loose") << general;
        EXPECT_EQ(said(videos / "Driftscope"), "ours") << general;
    }
    record_to(folder / "disk/rec");
    EXPECT_EQ(said(folder / "disk/rec"), "ours");
    EXPECT_EQ(said(videos / "Driftscope"), "ours");
    EXPECT_EQ(said(videos), "loose");
    fs::create_directories(videos);
    fs::create_directory_symlink(videos, folder / "link");
    record_to(folder / "link");
    EXPECT_EQ(said(videos), "loose") << "by a link too";
    EXPECT_EQ(recording_folders().size(), 2u);
}

TEST_F(Rack, PhotosOfOthersDoNotPushOutOurs) {
    session(folder / "ours.driftlog", 3);
    fs::last_write_time(folder / "ours.driftlog", fs::file_time_type::clock::now() - std::chrono::hours(1));
    fs::create_directories(folder / "photos");
    for (const char* name : {"a.png", "b.png", "c.png"}) put(folder / "photos" / name, "x");
    const auto found = list_library({{folder, false}, {folder / "photos", true}}, 2);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found.back().name, "ours");
}

TEST_F(Rack, ASessionThatIsBeingPlayedIsBeingWritten) {
    PlayRoom room;
    auto log = std::make_unique<LogWriter>(folder / "now.driftlog", room.stage.info());
    room.play.set_listener([&](const LogEvent& event, const Step&) { log->put(event); });
    room.play.open(1, lanes({1}));
    log->flush();
    Library library({{folder, false}});
    auto written = [&]() -> std::optional<bool> {
        library.look();
        for (int i = 0; i < 600; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            auto found = library.take();
            if (found && !found->empty() && found->front().facts) return found->front().being_written;
        }
        return std::nullopt;
    };
    EXPECT_EQ(written(), true);
    log->close();
    EXPECT_EQ(written(), false);
}

TEST_F(Rack, TenDatedSessionsStayAndAllThatWereNamed) {
    for (int i = 10; i < 24; ++i) put(folder / ("2026-03-01 20.15." + std::to_string(i) + " bricks.driftlog"), "x");
    put(folder / "0 best of all.driftlog", "x");
    tidy_sessions(folder);
    EXPECT_TRUE(fs::exists(folder / "0 best of all.driftlog"));
    EXPECT_FALSE(fs::exists(folder / "2026-03-01 20.15.13 bricks.driftlog"));
    EXPECT_TRUE(fs::exists(folder / "2026-03-01 20.15.14 bricks.driftlog"));
}

TEST_F(Rack, ASessionWithoutPlayGoesAndPushesNoneOut) {
    for (int i = 10; i < 20; ++i) put(folder / ("2026-03-01 20.15." + std::to_string(i) + " bricks.driftlog"), "x");
    PlayRoom room;
    const fs::path older = folder / "2026-01-01 00.00.00 bricks.driftlog";
    LogWriter log(older, room.stage.info());
    const auto fresh = new_session(folder, room.stage.info());
    EXPECT_TRUE(fs::exists(folder / "2026-03-01 20.15.10 bricks.driftlog")) << "what is there may be wanted next";
    tidy_sessions(folder);
    EXPECT_TRUE(fs::exists(older)) << "somebody is playing in it";
    EXPECT_TRUE(fs::exists(folder / "2026-03-01 20.15.10 bricks.driftlog"));
    log.close(), fresh->close();
    tidy_sessions(folder);
    EXPECT_FALSE(fs::exists(older));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 10);
}

}  // namespace
}  // namespace drift
