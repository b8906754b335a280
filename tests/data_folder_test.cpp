// Folders of recorded play as people have them: what is read all the same, what is said of it, and what is wrong, all of it at once.
#include "data/data_set.h"

#include <functional>

#include "made_video.h"
#include "media/png.h"
#include "media_fixture.h"

namespace drift {
namespace {

constexpr int frames = 12;
const char* const names[] = {"nothing", "left", "right"};

Frame picture(int i) {
    Frame frame(16, 16);
    for (std::size_t k = 0; k < frame.rgb.size(); k += 3)
        frame.rgb[k] = static_cast<std::uint8_t>(20 * i), frame.rgb[k + 1] = 90;
    return frame;
}

class DataFolder : public Media {
protected:
    void SetUp() override {
        Media::SetUp();
        write("data.toml",
              "format = 1\ntitle = \"own\"\nrate = 10\n" +
                  std::string("[[actions]]\nname = \"nothing\"\nkeys = []\n[[actions]]\nname = \"left\"\nkeys = "
                              "[\"Left\"]\n[[actions]]\nname = \"right\"\nkeys = [\"Right\"]\n"));
        put_pictures("first", 0, "", ".png");
        write("first/actions.csv", table(",", 0));
    }
    void write(const std::string& name, const std::string& text) { put_bytes(folder / name, text); }
    static std::string row(const std::string& separator, int i, int first) {
        return std::to_string(i + first) + separator + names[i % 3];
    }
    static std::string table(const std::string& separator, int first, int count = frames) {
        std::string text = "frame" + separator + "action\n";
        for (int i = 0; i < count; ++i) text += row(separator, i, first) + "\n";
        return text;
    }
    void put_pictures(const std::string& into, int first, const std::string& before, const std::string& ending) {
        fs::create_directories(folder / into);
        for (int i = 0; i < frames; ++i)
            save_png(folder / into / (before + std::to_string(1000 + i + first).substr(1) + ending), picture(i));
    }
    // As Media's folder holds it now.
    DataSetReading reading() { return examine_data_set(folder, std::nullopt, Keep::frames); }
    void expect_read(const char* what) {
        DataSetReading found = reading();
        EXPECT_EQ(found.problems.sentences(), std::vector<std::string>{}) << what;
        ASSERT_EQ(found.data.clips.size(), 1u) << what;
        ASSERT_EQ(found.data.clips[0].frames.size(), static_cast<std::size_t>(frames)) << what;
        ASSERT_EQ(found.data.clips[0].actions.size(), static_cast<std::size_t>(frames - 1)) << what;
        for (int i = 0; i < frames; ++i)
            EXPECT_EQ(found.data.clips[0].frames[static_cast<std::size_t>(i)], picture(i)) << what << " frame " << i;
        for (int i = 0; i + 1 < frames; ++i)
            EXPECT_EQ(found.data.clips[0].actions[static_cast<std::size_t>(i)], i % 3) << what << " action " << i;
    }
    // The one problem.
    std::string problem() {
        const auto all = reading().problems.sentences();
        EXPECT_EQ(all.size(), 1u) << (all.size() > 1 ? all[1] : "");
        return all.empty() ? "" : all[0];
    }
    void expect_problem(const std::string& part) {
        const std::string said = problem();
        EXPECT_TRUE(contains(said, part)) << said;
    }
};

std::string utf16(const std::string& text, bool big, bool mark) {
    std::string out = !mark ? "" : big ? "\xFE\xFF" : "\xFF\xFE";
    for (char c : text) out += big ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
}

TEST_F(DataFolder, ButtonsAndAMouseInPlaceOfActions) {
    const std::string buttons = "format = 1\nrate = 10\n[[buttons]]\nname = \"W\"\n[[buttons]]\nname = \"fire\"\n",
                      mouse = "[mouse]\nx = [-10, 0, 10]\ny = [-4.5, 4.5]\n";
    auto rows = [](const std::string& head, const std::string& row) {
        std::string text = head + "\n";
        for (int i = 0; i < frames; ++i) text += row + "\n";
        return text;
    };
    write("data.toml", buttons + mouse);
    write("first/actions.csv", rows("mouse_y,mouse_x,Fire,w", "-2.25,7,1,0"));
    const DataSetReading found = reading();
    EXPECT_EQ(found.problems.sentences(), std::vector<std::string>{});
    ASSERT_EQ(found.held.size(), 1u);
    EXPECT_EQ(found.held[0], std::vector<HeldStep>(frames - 1, HeldStep{2, 7, -2.25}));
    EXPECT_EQ(found.buttons.mouse_y, (std::vector<double>{-4.5, 4.5}));
    std::vector<std::string> notes;
    EXPECT_THROW(read_data_set(folder, std::nullopt, notes), Error);

    write("first/actions.csv", rows("mouse_y,mouse_x,fire,w", "0,0,2,0"));
    expect_problem("expected 0 or 1 for a button, found \"2\"");
    write("first/actions.csv", rows("mouse_y,mouse_x,fire,w", "nan,0,1,0"));
    expect_problem("expected how far the mouse went, found \"nan\"");
    write("first/actions.csv", rows("mouse_x,fire,w", "0,1,0"));
    expect_problem("expected a column \"mouse_y\"");
    write("data.toml", buttons + "[mouse]\nx = [0, 0]\ny = [1]\n");
    EXPECT_FALSE(reading().problems.none());
    write("data.toml", buttons + "[[buttons]]\nname = \"w\"\n");
    EXPECT_TRUE(contains(reading().problems.sentences().at(0), "buttons of different names"));
    write("data.toml", buttons + "[[buttons]]\nname = \"frame\"\n");
    EXPECT_FALSE(reading().problems.none()) << "a column of another meaning";
}

TEST_F(DataFolder, TablesAreReadAsProgramsWriteThem) {
    expect_read("as it is");
    const std::pair<const char*, std::string> forms[] = {
        {"semicolons", table(";", 0)},
        {"tabs", table("\t", 0)},
        {"bars", table("|", 0)},
        {"sep=", "sep=;\r\n" + table(";", 0)},
        {"sep= of another", "sep=:\n" + table(":", 0)},
        {"byte order mark", "\xEF\xBB\xBF" + table(",", 0)},
        {"byte order mark and semicolons", "\xEF\xBB\xBFsep=;\n" + table(";", 0)},
        {"UTF-16", utf16(table("\t", 0), false, true)},
        {"UTF-16, big", utf16(table(";", 0), true, true)},
        {"UTF-16 without a mark", utf16(table(",", 0), false, false)},
        {"from 1", table(",", 1)},
        {"from 500", table(",", 500)},
        {"the last frame without", table(",", 0, frames - 1)},
        {"bare commas at the end", table(",", 0) + ",\n,\n,,,\n"},
        {"bare semicolons at the end", table(";", 0) + ";\n;\r\n"},
        {"empty lines", table(",", 0) + "\n\n"},
    };
    for (const auto& [what, text] : forms) {
        write("first/actions.csv", text);
        expect_read(what);
    }
    std::string text = table(",", 0);
    auto change = [&](const std::string& from, const std::string& to) {
        for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
        write("first/actions.csv", text);
    };
    change("frame,action", "Frame, ACTION ");
    expect_read("other letters");
    change("nothing", "Nothing");
    expect_read("actions in other letters");
    change("\n", "\r\n");
    expect_read("Windows");
    change("\r\n", "\r");
    expect_read("old Macs");
    text = "\"note\",\"frame\",\"action\",\n";
    for (int i = 0; i < frames; ++i)
        text += "\"he said \"\"go\"\", then\nwent\"," + std::to_string(i) + ".0,\"" + names[i % 3] + "\",\n";
    write("first/actions.csv", text);
    expect_read("quoted");
    fs::rename(folder / "first/actions.csv", folder / "first/Actions.CSV");
    fs::rename(folder / "data.toml", folder / "DATA.toml");
    expect_read("names in other letters");
    write("DATA.toml", utf16(bytes_of(folder / "DATA.toml"), false, true));
    expect_read("a description in UTF-16");
}

TEST_F(DataFolder, TablesThatCannotBeReadSayWhy) {
    write("first/actions.csv", "frame:action\n0:left\n");
    expect_problem(
        "line 1: expected names of columns, one of them action, separated by commas, semicolons or tabs, found "
        "\"frame:action\", separated by \":\"");
    write("first/actions.csv", "frame  action\n0  left\n");
    expect_problem("separated by spaces");
    write("first/actions.csv", table(",", 0) + "5,\"left\n");
    expect_problem("closing quotation mark");
    write("first/actions.csv", std::string("\xFF\xFE\0\0f\0\0\0", 8));
    expect_problem("UTF-32");
    std::string text = table(",", 0);
    text.insert(text.find("5,"), ",\n");
    write("first/actions.csv", text);
    expect_problem("line 8: expected no empty rows but at the end");
    write("first/actions.csv", table(",", 1, frames - 1));
    expect_problem("expected frame 0 first, as of the first picture, found frame 1");
}

TEST_F(DataFolder, PicturesAreReadByAnyUsualName) {
    auto again = [&](int first, const std::string& before, const std::string& ending, const char* what) {
        fs::remove_all(folder / "first");
        put_pictures("first", first, before, ending);
        write("first/actions.csv", table(",", 0));
        expect_read(what);
    };
    again(0, "", ".PNG", "large letters");
    again(0, "", ".jpg", "a JPEG by its name");
    again(1, "", ".png", "from 1");
    again(700, "", ".png", "from 700");
    again(0, "frame_", ".png", "a word before");
    write("first/actions.csv", table(",", 1));
    fs::remove(folder / "first/frame_004.png");
    expect_problem("expected the picture of frame 4, found frame_005.png next");
    fs::remove_all(folder / "first");
    fs::create_directories(folder / "first");
    for (int i = 0; i < frames; ++i)
        write("first/" + std::to_string(i + 1) + ".BMP",
              encoded_picture(AV_CODEC_ID_BMP, {picture(i), 0, AV_PIX_FMT_BGR24}));
    write("first/actions.csv", table(";", 1));
    expect_read("BMP from 1");
    fs::rename(folder / "first/actions.csv", folder / "FIRST.csv");
    expect_read("the table beside the folder");
}

TEST_F(DataFolder, WhatSystemsLeaveBehindIsPassedOver) {
    for (const char* name : {"._data.toml", ".DS_Store", "Thumbs.db", "Desktop.ini", "first/._000.png",
                             "first/.hidden.png", "first/Thumbs.db", "first/~$actions.csv", "._first"})
        write(name, "junk");
    for (const char* name : {"__MACOSX", "@eaDir", ".git", "System Volume Information"}) {
        fs::create_directories(folder / name / "first");
        write(std::string(name) + "/first/._000.png", "junk");
        write(std::string(name) + "/._first", "junk");
    }
    write("README.md", "# How this was recorded\n");
    write("notes.txt", "nothing\n");
    expect_read("with clutter");
}

TEST_F(DataFolder, WhateverOpensIsAVideo) {
    fs::remove_all(folder / "first");
    std::vector<MadePicture> pictures;
    for (int i = 0; i < frames; ++i) pictures.push_back({picture(i), 100 * i});
    for (auto [name, muxer] : {std::pair("a.mov", "mov"), std::pair("a.MKV", "matroska"), std::pair("a.nut", "nut"),
                               std::pair("a.recording", "avi"), std::pair("a", "matroska")}) {
        make_video(folder / name, muxer, pictures);
        write("a.csv", table(",", 0));
        write("a.txt", "beside it\n");
        write("a.json", "{}\n");
        save_png(folder / "a.png", picture(0));
        expect_read(name);
        EXPECT_TRUE(reading().notes.empty()) << name;
        fs::remove(folder / "a.csv");
        if (fs::path(name).has_extension()) expect_problem("expected a.csv with its actions beside it, found none");
        fs::remove(folder / name);
    }
    write("a.csv", table(",", 0));
    make_video(folder / "a.mov", "mov", pictures);
    make_video(folder / "a.mkv", "matroska", pictures);
    expect_problem("expected one video of the same name beside it, found 2: a.mkv, a.mov");
    fs::remove(folder / "a.mkv");
    fs::create_directories(folder / "inside");
    fs::rename(folder / "a.mov", folder / "inside/clip.mov");
    fs::rename(folder / "a.csv", folder / "inside/actions.csv");
    expect_read("a video within a folder");
}

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
