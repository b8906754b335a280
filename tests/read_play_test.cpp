// Play in other people's form without a data set in between: the same frames and actions as an import gives.
#include "data/imports/read_play.h"

#include <fstream>

#include "data/recorded_play.h"
#include "fake_world.h"
#include "import_room.h"
#include "made_imports.h"
#include "made_video.h"

namespace drift {
namespace {

constexpr PictureSize small{16, 16};

TEST_F(Imports, PlayReadAsItLiesIsWhatAnImportGives) {
    for (const auto& [name, bytes] : {std::pair("csgo", made_csgo(12)), {"minari", made_minari(9)}}) {
        const fs::path source = folder / name;
        fs::create_directories(source);
        put_bytes(source / "main_data.hdf5", bytes);
        out = folder / (std::string(name) + "-imported");
        import(source);
        std::vector<std::string> notes, none;
        const DataSet there = read_data_set(out, small, none), here = read_play(source, small, notes);
        EXPECT_EQ(notes, std::vector<std::string>{}) << name;
        EXPECT_EQ(here.rate, there.rate);
        EXPECT_EQ(here.actions.told(), there.actions.told());
        ASSERT_EQ(here.clips.size(), there.clips.size()) << name;
        for (std::size_t i = 0; i < here.clips.size(); ++i) {
            EXPECT_EQ(here.clips[i].actions, there.clips[i].actions);
            ASSERT_EQ(here.clips[i].frames.size(), there.clips[i].frames.size());
            for (std::size_t k = 0; k < here.clips[i].frames.size(); ++k)
                EXPECT_EQ(here.clips[i].frames[k], there.clips[i].frames[k]) << name << " " << i << " " << k;
        }
    }
}

TEST_F(Imports, WhatPlayReadAsItLiesLeavesOutIsSaid) {
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 8; ++i) pictures.push_back({made_frame(i), i * 100});
    make_video(folder / "any.mkv", "matroska", pictures);
    put_bytes(folder / "inputs.csv", made_owl_events + "1000.4,GAMEPAD_AXIS,\"[0,0.5]\"\n");
    std::vector<std::string> notes;
    EXPECT_EQ(read_play(folder.path(), small, notes).clips.size(), 1u);
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_NE(notes[0].find("1 gamepad event left out"), std::string::npos) << notes[0];
}

TEST_F(Imports, ARunsOwnPlayStandsBesideItsWorld) {
    const fs::path run = folder / "run", weights = run / "checkpoints/agent_versions/agent_epoch_00001.pt",
                   played = run / "dataset/train";
    fs::create_directories(weights.parent_path());
    fs::create_directories(played);
    put_bytes(weights, "weights");
    EXPECT_EQ(play_of_run(weights), fs::path());
    put_bytes(played / "info.pt", "what DIAMOND counts");
    for (const fs::path& world : {run, run / "checkpoints", weights.parent_path(), weights})
        EXPECT_EQ(play_of_run(world), played) << world;
    EXPECT_EQ(play_of_run(folder.path()), fs::path());
    fs::create_directories(run / "dataset/test");
    put_bytes(run / "dataset/test/info.pt", "what DIAMOND counts");
    EXPECT_EQ(play_of_run(run), run / "dataset/test");

    // Its actions have numbers alone: the world's names are theirs.
    put_bytes(played / "main_data.hdf5", made_minari(9));
    WorldInfo info = FakeWorld("bricks").info();
    info.width = info.height = 16, info.context_frames = 2;
    info.actions.entries.clear();
    for (int i = 0; i < 11; ++i) info.actions.entries.push_back({"action " + std::to_string(i), {}});
    std::vector<std::string> notes;
    EXPECT_EQ(open_recorded_play(recorded_name(played), &info, notes)->info().actions, info.actions);
    info.actions.entries.resize(2);
    EXPECT_THROW(open_recorded_play(recorded_name(played), &info, notes), Error) << "it knows fewer actions";
    EXPECT_THROW(open_recorded_play(recorded_name(played), nullptr, notes), Error) << "no world says a size";
}

}  // namespace
}  // namespace drift
