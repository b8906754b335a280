// Other people's recorded play comes in as it was: small files made here, and the examples of each format where they are at hand (DRIFT_IMPORTS, or
// ../shared/imports).
#include "data/imports/import_play.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

#include "core/error.h"
#include "data/csv.h"
#include "data/data_set.h"
#include "data/frames_array.h"
#include "data/imports/owl_events.h"
#include "data/imports/vpt_ticks.h"
#include "formats/text.h"
#include "made_imports.h"
#include "made_video.h"
#include "media/resize.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Episode {
    std::string name;
    Frames frames;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::string at(std::size_t row, const std::string& column) const {
        auto found = std::find(columns.begin(), columns.end(), column);
        return found == columns.end() || row >= rows.size()
                   ? "none"
                   : rows[row][static_cast<std::size_t>(found - columns.begin())];
    }
    double number(std::size_t row, const std::string& column) const { return std::stod(at(row, column)); }
    // The buttons that are down.
    std::set<std::string> held(std::size_t row, const Buttons& buttons) const {
        std::set<std::string> down;
        for (const auto& button : buttons.buttons)
            if (at(row, lower_case_of(button.name)) == "1") down.insert(button.name);
        return down;
    }
    static std::string lower_case_of(std::string text) {
        for (char& c : text) c = static_cast<char>(std::tolower(c));
        return text;
    }
};

struct Imports : testing::Test {
    ScratchFolder folder;
    fs::path out = folder / "out";

    ImportResult import(const fs::path& source, ImportRequest request = {}) {
        request.source = source, request.out = out;
        return import_play(request, [](const ImportProgress&) {});
    }
    std::vector<Episode> episodes() const {
        std::vector<Episode> all;
        for (const auto& entry : fs::directory_iterator(out)) {
            if (!entry.is_directory()) continue;
            Episode one{
                entry.path().filename().string(), frames_of_array(entry.path() / "frames.npy", std::nullopt), {}, {}};
            CsvReader csv(read_text(entry.path() / "actions.csv", 1 << 20), "actions.csv", "frame");
            one.columns = csv.names();
            for (std::vector<std::string> fields; csv.next(fields);) one.rows.push_back(fields);
            all.push_back(std::move(one));
        }
        std::sort(all.begin(), all.end(), [](const Episode& a, const Episode& b) { return a.name < b.name; });
        return all;
    }
    // What was written is a data set that reads without a problem.
    DataSetReading reading() const {
        DataSetReading read = examine_data_set(out, PictureSize{16, 16}, Keep::facts);
        EXPECT_TRUE(read.problems.none()) << (read.problems.none() ? "" : read.problems.sentences().front());
        return read;
    }
    std::string refusal(const fs::path& source) {
        try {
            const ImportResult result = import(source);
            EXPECT_EQ(result.refused.size(), 1u);
            return result.refused.empty() ? "" : result.refused.front();
        } catch (const Error& error) {
            return error.what();
        }
    }
};

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
    ASSERT_EQ(read.buttons.buttons.size(), 13u);
    EXPECT_EQ(one.held(2, read.buttons), (std::set<std::string>{"s", "left_click"}));
    EXPECT_EQ(one.held(3, read.buttons), (std::set<std::string>{"d"}));
    EXPECT_EQ(one.number(1, "mouse_x"), -500);
    EXPECT_EQ(one.number(1, "mouse_y"), -100);
    EXPECT_EQ(one.at(3, "kill"), "1");
    EXPECT_EQ(read.held.at(0).at(2).held, 1u << 2 | 1u << 11);
    EXPECT_EQ(read.held[0][1].mouse_x, -500);
    std::vector<std::string> notes;
    EXPECT_THROW(read_data_set(out, PictureSize{16, 16}, notes), Error) << "nothing trains on it yet";
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
    const Buttons buttons = reading().buttons;
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
    const Buttons buttons = reading().buttons;
    ASSERT_EQ(one.rows.size(), 8u);
    EXPECT_EQ(one.held(0, buttons), std::set<std::string>{"W"}) << "held before the video began";
    EXPECT_EQ(one.held(1, buttons), (std::set<std::string>{"W", "SPACE"})) << "a tap within the frame counts";
    EXPECT_EQ(one.held(2, buttons), std::set<std::string>{"W"}) << "let go within it";
    EXPECT_EQ(one.held(3, buttons), std::set<std::string>{"MOUSE_LEFT"}) << "an event on the edge is the later frame's";
    EXPECT_EQ(one.number(0, "mouse_x"), 3);
    EXPECT_EQ(one.number(1, "mouse_y"), 2);
    EXPECT_EQ(one.number(3, "scroll"), -120);
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

// ---- The examples

fs::path examples() {
    if (const char* named = std::getenv("DRIFT_IMPORTS")) return named;
    return "../shared/imports";
}

std::string hash_of(const Frame& frame) {
    AVSHA* sha = av_sha_alloc();
    std::uint8_t digest[32];
    av_sha_init(sha, 256), av_sha_update(sha, frame.rgb.data(), frame.rgb.size()), av_sha_final(sha, digest);
    av_free(sha);
    std::string text;
    for (int i = 0; i < 8; ++i) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", digest[i]);
        text += two;
    }
    return text;
}

int code_of(const Frame& frame) {
    int code = 0;
    for (int i = 0; i < 8; ++i) code = code * 2 + (frame.at((2 * i + 1) * frame.width / 16, 2)[0] > 127);
    return code;
}

class Examples : public Imports, public testing::WithParamInterface<const char*> {
protected:
    void expect_picture(const Frame& frame, const Json& step) {
        if (step.contains("sha16")) {
            EXPECT_EQ(hash_of(frame), step["sha16"].get<std::string>());
        }
        if (!step.contains("mean_rgb")) return;
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0;
            for (std::size_t at = c; at < frame.rgb.size(); at += 3) sum += frame.rgb[at];
            EXPECT_NEAR(sum / static_cast<double>(frame.rgb.size() / 3), step["mean_rgb"][c].get<double>(), 3);
        }
    }
    void expect_row(const Episode& episode, const Json& step, const Json& actions, const Buttons& buttons) {
        const auto row = step["frame"].get<std::size_t>();
        if (step.contains("act")) {
            if (step["act"].is_null()) {
                EXPECT_EQ(episode.rows.size(), row);
                return;
            }
            EXPECT_EQ(episode.at(row, "action"), std::to_string(step["act"].get<int>()));
        }
        const std::pair<const char*, const char*> same[] = {
            {"rew", "reward"},  {"end", "end"},      {"term", "end"},      {"trunc", "truncated"}, {"kill", "kill"},
            {"death", "death"}, {"dwheel", "wheel"}, {"hotbar", "hotbar"}, {"scroll", "scroll"}};
        for (const auto& [name, column] : same)
            if (step.contains(name)) {
                EXPECT_EQ(episode.number(row, column), step[name].get<double>()) << name;
            }
        if (step.contains("gui")) {
            EXPECT_EQ(episode.at(row, "gui"), step["gui"].get<bool>() ? "1" : "0");
        }
        if (!step.contains("mouse")) return;
        EXPECT_EQ(episode.number(row, "mouse_x"), step["mouse"][0].get<double>());
        EXPECT_EQ(episode.number(row, "mouse_y"), step["mouse"][1].get<double>());
        std::set<std::string> expected, held = episode.held(row, buttons);
        std::erase_if(held,
                      [](const std::string& name) { return name.starts_with("hotbar."); });  // the column hotbar has it
        if (step.contains("pressed")) {
            expected = step["pressed"].get<std::set<std::string>>();
            if (step["left"] == 1) expected.insert("left_click");
            if (step["right"] == 1) expected.insert("right_click");
        } else if (step.contains("buttons_after_stuck_attack_rule")) {
            expected = step["keys"].get<std::set<std::string>>();
            for (int button : step["buttons_after_stuck_attack_rule"])
                expected.insert("mouse." + std::to_string(button));
        } else {
            for (int key : step["keys"]) expected.insert(actions["keys"][std::to_string(key)].get<std::string>());
            for (int button : step["buttons"])
                expected.insert("MOUSE_" + actions["mouse_buttons"][std::to_string(button)].get<std::string>());
        }
        EXPECT_EQ(held, expected);
    }
};

TEST_P(Examples, ComeOutAsTheySay) {
    const fs::path source = examples() / GetParam();
    if (!fs::exists(source / "expected.json")) GTEST_SKIP() << "no example in " << source;
    const Json expected = Json::parse(std::ifstream(source / "expected.json"));
    EXPECT_TRUE(import(source).refused.empty());
    const DataSetReading read = reading();
    const auto all = episodes();
    ASSERT_EQ(all.size(), expected["number_of_episodes"].get<std::size_t>());
    if (expected["rate"].is_number()) {
        EXPECT_EQ(read.data.rate, expected["rate"].get<int>());
    }
    const Json& actions = expected["actions"];
    if (actions.contains("count")) {
        EXPECT_EQ(read.data.actions.size(), actions["count"].get<int>());
    }
    if (actions.contains("mouse") && actions["mouse"].is_object() && actions["mouse"]["x"].is_array()) {
        EXPECT_EQ(read.buttons.mouse_x, actions["mouse"]["x"].get<std::vector<double>>());
        EXPECT_EQ(read.buttons.mouse_y, actions["mouse"]["y"].get<std::vector<double>>());
    }
    for (std::size_t e = 0; e < all.size(); ++e) {
        const Json& said = expected["episodes"][e];
        const bool more = said.value("has_final_observation", false);
        ASSERT_EQ(all[e].frames.size(), said["frames"].get<std::size_t>() + (more ? 1 : 0));
        EXPECT_EQ(all[e].frames.front().width, expected["size"][0].get<int>());
        EXPECT_EQ(all[e].frames.front().height, expected["size"][1].get<int>());
        if (more) {
            EXPECT_EQ(hash_of(all[e].frames.back()), said["final_observation_sha16"].get<std::string>());
        }
        for (const Json& step : said["steps"]) {
            SCOPED_TRACE(said.dump().substr(0, 80) + ", frame " + step["frame"].dump());
            const Frame frame = all[e].frames[step["frame"].get<std::size_t>()];
            expect_picture(frame, step);
            if (step.contains("code")) {
                EXPECT_EQ(code_of(frame), step["code"].get<int>());
            }
            expect_row(all[e], step, actions, read.buttons);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, Examples,
                         testing::Values("diamond", "npz", "minari", "minari-jpeg", "csgo", "vpt", "owl-control"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace drift
