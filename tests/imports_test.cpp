// Other people's recorded play comes in as it was: small files made here.
#include <cmath>
#include <fstream>

#include "core/csgo_action.h"
#include "data/imports/owl_events.h"
#include "data/imports/vpt_ticks.h"
#include "import_room.h"
#include "made_imports.h"
#include "made_video.h"
#include "media/resize.h"

namespace drift {
namespace {

void expect_frames(const Episode& episode, int count, int from = 0) {
    ASSERT_EQ(episode.frames.size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) EXPECT_EQ(episode.frames[static_cast<std::size_t>(i)], made_frame(from + i)) << i;
}

TEST_F(Imports, NumPyArchivesInBothOrdersStoredAndDeflated) {
    for (int i = 0; i < 4; ++i)
        put_bytes(folder / ("play-" + std::to_string(i) + ".npz"), made_npz(9, i % 2 == 0, i / 2 == 0));
    const ImportResult result = import(folder.path());
    EXPECT_EQ(result.kind, PlayKind::npz);
    EXPECT_EQ(result.written, 4u);
    EXPECT_TRUE(result.refused.empty());
    for (const Episode& one : episodes()) {
        expect_frames(one, 9);
        for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(one.at(i, "action"), std::to_string(i % 3));
    }
    EXPECT_EQ(reading().data.actions.size(), 3);
}

TEST_F(Imports, ANumPyArchiveBesideItsVideo) {
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 5; ++i) pictures.push_back({made_frame(i), i * 50});
    make_video(folder / "a.mkv", "matroska", pictures);
    put_bytes(folder / "a.bin", made_zip({{"act.npy", made_npy("|i1", false, {4}, std::string("\0\1\1\0", 4))}}, true));
    EXPECT_EQ(import(folder.path()).written, 1u);
    expect_frames(episodes().at(0), 5);
    EXPECT_EQ(episodes()[0].rows.size(), 4u);
    EXPECT_EQ(reading().data.rate, 20);
}

TEST_F(Imports, DiamondsEpisodesWithWhatTheLastActLedTo) {
    fs::create_directories(folder / "run/dataset/train/000/00/1");
    put_bytes(folder / "run/dataset/train/000/00/1/12.pt", made_diamond(7));
    put_bytes(folder / "run/dataset/train/info.pt",
              made_zip({{"info/data.pkl", MadePickle().dictionary()}}, false));  // no episode
    EXPECT_EQ(import(folder / "run").written, 1u);
    const Episode one = episodes().at(0);
    EXPECT_EQ(one.name, "dataset-train-000012");
    expect_frames(one, 8);
    ASSERT_EQ(one.rows.size(), 7u);
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_EQ(one.at(i, "action"), std::to_string(i % 3));
        EXPECT_EQ(one.number(i, "reward"), static_cast<double>(i) / 2);
        EXPECT_EQ(one.at(i, "end"), i == 6 ? "1" : "0");
    }
}

TEST_F(Imports, MinarisPicturesRawAndAsJpeg) {
    fs::create_directories(folder / "raw/data");
    put_bytes(folder / "raw/data/any-name", made_minari(6));
    put_bytes(folder / "raw/data/metadata.json", made_minari_notes);
    EXPECT_EQ(import(folder / "raw").written, 2u);
    auto all = episodes();
    for (int episode = 0; episode < 2; ++episode) {
        const Episode& one = all.at(static_cast<std::size_t>(episode));
        expect_frames(one, 7, 50 * episode);
        ASSERT_EQ(one.rows.size(), 6u);
        for (std::size_t i = 0; i < 6; ++i) {
            EXPECT_EQ(one.at(i, "action"), std::to_string(i % 3)) << "numbered from the space's start";
            EXPECT_EQ(one.number(i, "reward"), 0.25 * static_cast<double>(i));
        }
        EXPECT_EQ(one.at(5, "end"), "1");
    }
    EXPECT_EQ(reading().data.title, "made/blocks-v0");
    EXPECT_EQ(reading().data.actions.size(), 4) << "also the one that is never taken";

    out = folder / "of-jpeg";
    std::vector<std::string> jpegs;
    for (int i = 0; i < 7; ++i) {
        Frame grey(16, 16);
        std::fill(grey.rgb.begin(), grey.rgb.end(), static_cast<std::uint8_t>(30 * i));
        jpegs.push_back(encoded_picture(AV_CODEC_ID_MJPEG, {grey, 0, AV_PIX_FMT_YUVJ444P}));
    }
    fs::create_directories(folder / "jpeg");
    put_bytes(folder / "jpeg/main_data.hdf5", made_minari(6, jpegs));
    put_bytes(folder / "jpeg/metadata.json", made_minari_notes);
    EXPECT_EQ(import(folder / "jpeg").written, 2u);
    all = episodes();
    for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(all.at(0).frames[i].rgb[0], 30 * static_cast<int>(i), 3);
}

TEST_F(Imports, CsgoCountsItsFramesAndTurnsTheirColours) {
    put_bytes(folder / "a.bin", made_csgo(12));
    EXPECT_EQ(import(folder / "a.bin").kind, PlayKind::csgo);
    const Episode one = episodes().at(0);
    expect_frames(one, 12);  // frame_10 follows frame_9
    const DataSetReading read = reading();
    EXPECT_EQ(read.data.rate, 16);
    ASSERT_EQ(read.data.actions.buttons(), 13u);
    EXPECT_EQ(one.held(2, buttons_of(read.data.actions)), (std::set<std::string>{"s", "left_click"}));
    EXPECT_EQ(one.held(3, buttons_of(read.data.actions)), (std::set<std::string>{"d"}));
    EXPECT_EQ(one.number(1, "mouse_x"), -500);
    EXPECT_EQ(one.number(1, "mouse_y"), -100);
    EXPECT_EQ(one.at(3, "kill"), "1");
    EXPECT_EQ(read.held.at(0).at(2).held, 1u << 2 | 1u << 11);
    EXPECT_EQ(read.held[0][1].mouse_x, -500);
    std::vector<std::string> notes;
    const DataSet trained_on = read_data_set(out, PictureSize{16, 16}, notes);
    EXPECT_EQ(trained_on.actions.told(), csgo_actions().told()) << "a world of CSGO's is told the same";
    EXPECT_EQ(trained_on.clips.at(0).actions.at(1), csgo_actions().index({1 << 2, -500, -100}));
}

TEST_F(Imports, VptsTicksWithTheirTraps) {
    const std::string w = "\"key.keyboard.w\"";
    put_bytes(folder / "b.txt",
              made_tick("", "0", "0", 0, 4) + made_tick(w, "0, 1", "1", -12.5, 4) + made_tick(w, "0", "", 0, 6) +
                  made_tick("\"key.keyboard.f3\"", "0", "0", 0, 6, true) + made_tick("", "", "", 0, 6) + "\n");
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 4; ++i) pictures.push_back({made_frame(i), i * 50});
    make_video(folder / "b.mkv", "matroska", pictures);
    EXPECT_EQ(import(folder.path()).kind, PlayKind::vpt);
    const Episode one = episodes().at(0);
    const Buttons buttons = buttons_of(reading().data.actions);
    expect_frames(one, 4);
    ASSERT_EQ(one.rows.size(), 4u) << "the line past the last frame is dropped";
    EXPECT_EQ(one.held(0, buttons), std::set<std::string>{}) << "attack is stuck from the first tick";
    EXPECT_EQ(one.held(1, buttons), (std::set<std::string>{"key.keyboard.w", "mouse.1"}));
    EXPECT_EQ(one.held(2, buttons), (std::set<std::string>{"key.keyboard.w", "hotbar.7"})) << "the wheel chose slot 7";
    EXPECT_EQ(one.held(3, buttons), std::set<std::string>{"mouse.0"}) << "pressed anew; F3 is no button";
    EXPECT_EQ(one.at(1, "mouse_x"), "-12.5");
    EXPECT_EQ(one.at(3, "gui"), "1");
}

TEST_F(Imports, OwlsEventsFallIntoTheFramesOfTheirTime) {
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 8; ++i) pictures.push_back({made_frame(i), i * 100});
    make_video(folder / "any.mkv", "matroska", pictures);
    put_bytes(folder / "inputs.csv", made_owl_events);
    EXPECT_EQ(import(folder.path()).kind, PlayKind::owl);
    const Episode one = episodes().at(0);
    const Buttons buttons = buttons_of(reading().data.actions);
    ASSERT_EQ(one.rows.size(), 8u);
    EXPECT_EQ(one.held(0, buttons), std::set<std::string>{"W"}) << "held before the video began";
    EXPECT_EQ(one.held(1, buttons), (std::set<std::string>{"W", "SPACE"})) << "a tap within the frame counts";
    EXPECT_EQ(one.held(2, buttons), std::set<std::string>{"W"}) << "let go within it";
    EXPECT_EQ(one.held(3, buttons), std::set<std::string>{"MOUSE_LEFT"}) << "an event on the edge is the later frame's";
    EXPECT_EQ(one.number(0, "mouse_x"), 3);
    EXPECT_EQ(one.number(1, "mouse_y"), 2);
    EXPECT_EQ(one.number(3, "scroll"), -120);
}

TEST_F(Imports, PlayOfAnotherSizeIsNotAddedToWhatIsThere) {
    for (const char* name : {"first", "second"}) {
        fs::create_directories(folder / name);
        put_bytes(folder / name / "main_data.hdf5", made_minari(9));
    }
    ImportRequest small;
    small.size = PictureSize{8, 8};
    EXPECT_EQ(import(folder / "first").written, 2u);
    fs::rename(out / episodes().at(0).name, out / "of-another-source");
    const ImportResult result = import(folder / "second", small);
    EXPECT_EQ(result.written, 0u);
    ASSERT_EQ(result.refused.size(), 1u);
    EXPECT_NE(result.refused[0].find("as in the other episodes, found 8x8"), std::string::npos) << result.refused[0];
    EXPECT_EQ(episodes().size(), 2u);
}

TEST_F(Imports, WhereAllIsRefusedNoDataSetIsLeft) {
    std::string damaged = made_npz(9, true, true);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    put_bytes(folder / "damaged.npz", damaged);
    const ImportResult result = import(folder.path());
    EXPECT_EQ(result.written, 0u);
    EXPECT_EQ(result.refused.size(), 1u);
    EXPECT_FALSE(fs::exists(out));
}

TEST_F(Imports, OneFileIsTakenWithWhatBelongsToIt) {
    for (const char* name : {"one", "two"}) {
        put_bytes(folder / (std::string(name) + ".jsonl"), made_tick("", "", "", 0, 0) + made_tick("", "", "", 0, 0));
        make_video(folder / (std::string(name) + ".mkv"), "matroska", {{made_frame(0), 0}, {made_frame(1), 50}});
    }
    for (const char* file : {"two.jsonl", "two.mkv"}) {
        out = folder / (std::string("of-") + file);
        const ImportResult result = import(folder / file);
        EXPECT_EQ(result.written, 1u) << file;
        EXPECT_TRUE(result.refused.empty()) << file;
        EXPECT_EQ(episodes().at(0).name, "two") << file;
    }
    fs::remove(folder / "two.jsonl");
    EXPECT_NE(refusal(folder / "two.mkv").find("found none"), std::string::npos);
    fs::remove(folder / "one.mkv"), fs::remove(folder / "two.mkv");
    EXPECT_NE(refusal(folder / "one.jsonl").find("the video of these actions"), std::string::npos);
}

TEST_F(Imports, AnImportGoesOnWhereItWasStopped) {
    for (int i = 0; i < 3; ++i) put_bytes(folder / ("play-" + std::to_string(i) + ".npz"), made_npz(9, false, true));
    struct Stop {};
    ImportRequest request;
    request.source = folder.path(), request.out = out;
    EXPECT_THROW(import_play(request,
                             [](const ImportProgress& now) {
                                 if (now.part > 0.5) throw Stop{};
                             }),
                 Stop);
    EXPECT_EQ(episodes().size(), 1u) << "nothing half-written is an episode";
    ImportResult result = import(folder.path());
    EXPECT_EQ(result.there, 1u);
    EXPECT_EQ(result.written, 2u);
    fs::resize_file(out / "play-1/frames.npy", 200);
    result = import(folder.path());
    EXPECT_EQ(result.there, 2u);
    EXPECT_EQ(result.written, 1u) << "one that is cut off is done again";
    for (const auto& entry : fs::directory_iterator(out)) EXPECT_NE(entry.path().filename().string()[0], '.');
    expect_frames(episodes().at(1), 9);
}

TEST_F(Imports, NamesAndKeysForActionsThatAreNumbers) {
    put_bytes(folder / "a.npz", made_npz(9, false, false));
    ImportRequest request;
    request.actions = {"noop", "up", "go=G"}, request.rate = 30, request.title = "mine";
    import(folder / "a.npz", request);
    const DataSet data = reading().data;
    EXPECT_EQ(data.actions.entries[1], (ActionSpace::Entry{"up", {"Up"}}));
    EXPECT_EQ(data.actions.entries[2], (ActionSpace::Entry{"go", {"G"}}));
    EXPECT_EQ(data.rate, 30);
    EXPECT_EQ(episodes().at(0).at(2, "action"), "go");
    EXPECT_THROW(imported_actions(3, {"one", "two"}), Error);
}

TEST_F(Imports, DamageIsRefusedInOneSentenceAndTheRestIsTaken) {
    const std::string sound = made_npz(9, false, true);
    put_bytes(folder / "good.npz", sound);
    put_bytes(folder / "half.npz", sound.substr(0, sound.size() / 2));
    ImportResult result = import(folder.path());
    EXPECT_EQ(result.written, 1u);
    ASSERT_EQ(result.refused.size(), 1u);
    EXPECT_NE(result.refused[0].find("half.npz"), std::string::npos) << result.refused[0];
    EXPECT_EQ(result.refused[0].find('\n'), std::string::npos);

    for (const auto& [bytes, expected] : std::vector<std::pair<std::string, std::string>>{
             {made_csgo(2).substr(0, 3000), "HDF5"},
             {made_minari(4).substr(0, 5000), "HDF5"},
             {made_diamond(4).substr(0, 900), "zip"},
             {made_zip({{"frames.npy", frames_of_numpy(4, false)}}, false), "an array of actions"},
             {made_zip({{"a.npy", made_npy("<i8", false, {2}, bytes_of_numbers<std::int64_t>({0, -1}))},
                        {"b.npy", frames_of_numpy(2, false)}},
                       false),
              "whole numbers from 0"},
             {made_zip({{"e/data.pkl", std::string("\x80\x02"
                                                   "cos\nsystem\nX\x04\0\0\0trueR.",
                                                   24)}},
                       false),
              "refused, nothing was run"}}) {
        put_bytes(folder / "bad", bytes);
        out = folder / "none";
        EXPECT_NE(refusal(folder / "bad").find(expected), std::string::npos)
            << expected << ": " << refusal(folder / "bad");
    }
}

TEST_F(Imports, NothingOutsideAnHdf5FileIsOpened) {
    put_bytes(folder / "secret.hdf5", made_csgo(3));
    MadeHdf5 file;
    file.external_link("frame_0_x", (folder / "secret.hdf5").c_str(), "frame_0_x");
    std::vector<double> y(51, 0);
    file.array("frame_0_y", H5T_NATIVE_DOUBLE, {51}, y.data());
    put_bytes(folder / "linked", file.bytes());
    EXPECT_NE(refusal(folder / "linked").find("found none"), std::string::npos);
}

TEST_F(Imports, TextsThatAreWrongNameTheirLine) {
    auto why = [](auto read) {
        try {
            read();
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("nothing was refused");
    };
    const std::string tick = made_tick("", "", "", 0, 0);
    for (const char* bad :
         {"{}", "[", "{\"mouse\": 3}", "\x01",
          "{\"mouse\": {\"dx\": 1e999, \"dy\": 0, \"buttons\": [], \"newButtons\": []}, \"keyboard\": {\"keys\": []}}"})
        EXPECT_NE(why([&] { read_ticks(tick + bad, "t"); }).find("line 2"), std::string::npos) << bad;
    const std::string begin = "timestamp,event_type,event_args\n";
    for (const char* bad : {"x,START,\"[]\"", "1,KEYBOARD,\"[87]\"", "1,KEYBOARD", "1,MOUSE_MOVE,\"[1.5,2]\"",
                            "1,SCROLL,\"{\"", "nan,START,\"[]\""})
        EXPECT_NE(why([&] { read_owl_events(begin + bad, "t"); }).find("line 2"), std::string::npos) << bad;
    EXPECT_NE(why([&] { read_owl_events(begin, "t"); }).find("VIDEO_START"), std::string::npos);
}

}  // namespace
}  // namespace drift
