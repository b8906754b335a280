// What is said of folders of recorded play, and what is wrong with them, all of it at once.
#include "data_folder.h"

namespace drift {
namespace {

TEST_F(DataFolder, RatesThatDifferAndUnevenFramesAreSaid) {
    fs::remove_all(folder / "first");
    auto note = [&](std::function<std::int64_t(int)> time) {
        std::vector<MadePicture> pictures;
        for (int i = 0; i < frames; ++i) pictures.push_back({picture(i), time(i)});
        make_video(folder / "a.mkv", "matroska", pictures);
        write("a.csv", table(",", 0));
        expect_read("a video");
        const auto notes = reading().notes;
        EXPECT_LE(notes.size(), 1u);
        return notes.empty() ? std::string() : notes[0];
    };
    EXPECT_EQ(note([](int i) { return 100 * i; }), "");
    EXPECT_TRUE(contains(note([](int i) { return 50 * i; }), "a.mkv: has 20 frames a second where data.toml says 10"));
    const std::string uneven = note([](int i) { return 100 * i + (i > 5 ? 400 : 0); });
    EXPECT_TRUE(contains(uneven, "unevenly spaced, from 0.1 to 0.5 seconds apart") &&
                contains(uneven, "data.toml says 10"))
        << uneven;
}

TEST_F(DataFolder, AllThatIsWrongIsSaidAtOnce) {
    put_pictures("second", 0, "", ".png");
    write("second/actions.csv", "frame,action\n0,jump\n1,left\n2,jump\n3,duck\n");
    put_pictures("third", 0, "", ".png");
    write("third/000.png", "text");
    save_png(folder / "third/005.png", Frame(32, 16));
    write("third/actions.csv", table(",", 0));
    write("fourth.csv", table(",", 0));
    fs::create_directories(folder / "fifth");
    std::string text = bytes_of(folder / "data.toml");
    text.replace(text.find("rate = 10"), 9, "rate = 0");
    write("data.toml", text);
    std::string all;
    for (const std::string& sentence : reading().problems.sentences()) all += sentence + "\n";
    for (const char* part :
         {"data.toml: expected rate from 1 to 240, found 0",
          "line 2: expected an action of data.toml (nothing, left, right) or its number, found \"jump\", and in 1 more "
          "line",
          "found \"duck\"", "third/000.png: expected a PNG", "third/005.png: expected pictures of 16x16 pixels",
          "fourth.csv: expected one video", "fifth: expected an episode with actions.csv"})
        EXPECT_TRUE(contains(all, part)) << part << " in\n" << all;
    EXPECT_FALSE(contains(all, "/first/actions")) << all;
    std::vector<std::string> notes;
    const std::string thrown = error_of([&] { read_data_set(folder, std::nullopt, notes); });
    EXPECT_TRUE(contains(thrown, "found 7 problems:\n  ")) << thrown;
    // Of very many in one episode a few, and their number.
    for (int i = 0; i < frames; ++i) write("third/" + std::to_string(1000 + i).substr(1) + ".png", "text");
    all.clear();
    for (const std::string& sentence : reading().problems.sentences()) all += sentence + "\n";
    EXPECT_TRUE(contains(all, "third: and 6 more problems of this kind")) << all;
}

TEST_F(DataFolder, FactsAreToldWithoutKeepingFrames) {
    DataSetReading facts = examine_data_set(folder, std::nullopt, Keep::facts);
    ASSERT_EQ(facts.data.clips.size(), 1u);
    EXPECT_TRUE(facts.data.clips[0].frames.empty());
    EXPECT_EQ(facts.frames, std::vector<std::size_t>{frames});
    EXPECT_EQ(facts.data.width, 16);
    EXPECT_TRUE(is_data_set(folder));
    EXPECT_FALSE(is_data_set(folder / "first"));
}

TEST_F(DataFolder, MoreActionsThanBitsAreRead) {
    std::string text = "format = 1\nrate = 10\n[[actions]]\nname = \"nothing\"\nkeys = []\n";
    for (int i = 1; i < 40; ++i)
        text += "[[actions]]\nname = \"act " + std::to_string(i) + "\"\nkeys = [\"F" + std::to_string(i) + "\"]\n";
    write("data.toml", text);
    text = "action\n";
    for (int i = 0; i < frames; ++i) text += i % 2 ? "act 39\n" : "33\n";
    write("first/actions.csv", text);
    DataSetReading found = reading();
    EXPECT_TRUE(found.problems.none());
    ASSERT_EQ(found.data.clips.size(), 1u);
    EXPECT_EQ(found.data.clips[0].actions[0], 33);
    EXPECT_EQ(found.data.clips[0].actions[1], 39);
}

}  // namespace
}  // namespace drift
