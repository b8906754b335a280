// Folders of recorded play as people have them: what is read all the same.
#include "data_folder.h"

namespace drift {
namespace {

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
    EXPECT_EQ(found.data.actions.mouse_y, (std::vector<double>{-4.5, 4.5}));
    // fire, the third class of x, the first of y
    std::vector<std::string> notes;
    EXPECT_EQ(read_data_set(folder, std::nullopt, notes).clips.at(0).actions,
              std::vector<ActionCode>(frames - 1, 2 | 3 << 2 | 1 << 4));

    write("first/actions.csv", rows("mouse_y,mouse_x,fire,w", "0,0,2,0"));
    expect_problem("expected 0 or 1 for a button, found \"2\"");
    write("first/actions.csv", rows("mouse_y,mouse_x,fire,w", "nan,0,1,0"));
    expect_problem("expected how far the mouse went, found \"nan\"");
    write("first/actions.csv", rows("mouse_x,fire,w", "0,1,0"));
    expect_problem("expected a column \"mouse_y\"");
    write("data.toml", buttons + "[mouse]\nx = [0, 0]\ny = [1]\n");
    EXPECT_FALSE(reading().problems.none());
    write("data.toml", buttons + "[mouse]\nx = [0, 0.2]\ny = [1]\n");
    EXPECT_TRUE(contains(reading().problems.sentences().at(0), "values whose whole numbers differ"));
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

}  // namespace
}  // namespace drift
