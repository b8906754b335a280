// What the settings page keeps and changes: the file, folders, themes, when the game waits, edges and sections.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "core/error.h"
#include "files/folders.h"
#include "files/world_files.h"
#include "player/files/preferences_file.h"
#include "player/files/session_files.h"
#include "player/files/settings_store.h"
#include "player/gl/icon.h"
#include "player/layout.h"
#include "player/licences.h"
#include "player/options.h"
#include "player/palettes.h"
#include "player/panels/choices.h"
#include "player/presence.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

Preferences unusual() {
    Preferences all;
    all.theme = Theme::contrast;
    all.tooltip_delay = 0.7;
    all.pause_unfocused = true;
    all.pause_after = 5;
    all.compute = {"cpu", "fp32", 3};
    all.folders = {"/a/films", "/a/stills", "/a/tables", "/a/worlds", "/a/data"};
    return all;
}

TEST(Preferences, WhatIsWrittenIsRead) {
    std::vector<std::string> notes;
    for (const Preferences& all : {Preferences{}, unusual()}) {
        toml::table table;
        write_preferences(table, all);
        EXPECT_EQ(read_preferences(table, notes), all);
    }
    EXPECT_EQ(read_preferences({}, notes), Preferences{}) << "no file";
    EXPECT_TRUE(notes.empty());
}

TEST(Preferences, WhatIsWrongIsSaidAndTheRestApplies) {
    std::vector<std::string> notes;
    const auto table = toml::parse(R"([preferences]
theme = "pink"
tooltip_delay = 9
pause_unfocused = "yes"
pause_after = 5
device = 3
threads = -1
[folders]
recordings = "films"
worlds = "/a/worlds"
)");
    Preferences expected;
    expected.pause_after = 5;
    expected.folders.worlds = "/a/worlds";
    EXPECT_EQ(read_preferences(table, notes), expected);
    ASSERT_EQ(notes.size(), 6u);
    EXPECT_EQ(notes.front(), "settings.toml: theme: expected dark, light or contrast, found 'pink'");
    EXPECT_NE(notes.back().find("recordings: expected a folder's path that begins with /, found 'films'"),
              std::string::npos)
        << notes.back();
}

class Kept : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "driftscope XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    void TearDown() override {
        use_folders({});
        fs::remove_all(folder);
    }
    fs::path folder;
    std::vector<std::string> notes;
};

TEST_F(Kept, PanelsAndPreferencesLast) {
    Stored stored;
    stored.hidden_sections = {Section::speed, Section::lanes};
    stored.reach = {400, 250, 310};
    stored.preferences = unusual();
    SettingsStore(folder, notes).save(stored, "", {});
    const Stored again = SettingsStore(folder, notes).stored();
    EXPECT_EQ(again.hidden_sections, stored.hidden_sections);
    EXPECT_EQ(again.reach, stored.reach);
    EXPECT_EQ(again.preferences, stored.preferences);
    std::ofstream(folder / "settings.toml")
        << "[window]\nhidden = [\"Speed\", \"Nonsense\", 3]\nreach = {right = -4}\n";
    const Stored odd = SettingsStore(folder, notes).stored();
    EXPECT_EQ(odd.hidden_sections, std::set{Section::speed});
    EXPECT_EQ(odd.reach, Reach{});
    EXPECT_TRUE(notes.empty());
}

TEST_F(Kept, ChosenFoldersAreUsed) {
    const fs::path usual = videos_folder();
    fs::create_directories(folder / "worlds/mine");
    std::ofstream(folder / "worlds/mine/world.toml") << "x";
    EXPECT_FALSE(find_world("mine"));
    use_folders({folder / "films", folder / "stills", folder / "tables", folder / "worlds", folder / "data"});
    EXPECT_EQ(videos_folder(), folder / "films");
    EXPECT_EQ(pictures_folder(), folder / "stills");
    EXPECT_EQ(documents_folder(), folder / "tables");
    EXPECT_EQ(data_folder(), folder / "data");
    EXPECT_EQ(sessions_folder(), folder / "data/sessions");
    EXPECT_EQ(find_world("mine"), folder / "worlds/mine");
    const auto recordings = recording_folders();
    EXPECT_EQ(recordings.front(), folder / "films");
    EXPECT_NE(std::find(recordings.begin(), recordings.end(), usual), recordings.end()) << "earlier ones lie there";
    use_folders({});
    EXPECT_EQ(videos_folder(), usual);
}

TEST_F(Kept, ATypedFolderIsAnAbsoluteOne) {
    EXPECT_EQ(typed_folder(" " + (folder / "a" / "b").string() + " "), folder / "a" / "b") << "it need not exist";
    EXPECT_EQ(typed_folder("~/films"), fs::path(std::getenv("HOME")) / "films");
    EXPECT_THROW(typed_folder("films"), Error);
    EXPECT_THROW(typed_folder(""), Error);
    std::ofstream(folder / "file") << "x";
    EXPECT_THROW(typed_folder((folder / "file").string()), Error);
    EXPECT_THROW(typed_folder((folder / "file" / "below").string()), Error) << "nothing can be made there";
    EXPECT_EQ(typed_folder((folder / "file" / "below").string(), false), folder / "file" / "below");
}

TEST(Preferences, TheCommandLineComesFirst) {
    EXPECT_EQ(with_chosen({}, {"cpu", "fp32", 3}), (Compute{"cpu", "fp32", 3}));
    EXPECT_EQ(with_chosen({"cuda", {}, 2}, {"cpu", "fp32", 3}), (Compute{"cuda", "fp32", 2}));
    EXPECT_EQ(with_chosen({"auto", {}, 0}, {"cpu", "fp32", 3}), (Compute{"auto", "fp32", 0}));
}

// The contrast of two colours by WCAG 2.1: 1 to 21.
double contrast(const Colour& a, const Colour& b) {
    auto luminance = [](const Colour& it) {
        auto linear = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(it.r) + 0.7152 * linear(it.g) + 0.0722 * linear(it.b);
    };
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

TEST(Themes, EverythingCanBeRead) {
    for (const ThemeName& it : theme_names) {
        SCOPED_TRACE(it.name);
        const Tones& all = tones(it.theme);
        const double body = it.theme == Theme::contrast ? 15 : 7, small = it.theme == Theme::contrast ? 7 : 4.5;
        EXPECT_GE(contrast(all.text, all.panel), body);
        EXPECT_GE(contrast(all.text, all.popup), body);
        EXPECT_GE(contrast(all.text, all.accent_deep), 4.5) << "a button that is lit";
        for (const Colour& surface : {all.panel, all.back, all.popup}) {
            EXPECT_GE(contrast(all.muted, surface), small);
            for (const Colour& tone : {all.accent, all.amber, all.coral}) EXPECT_GE(contrast(tone, surface), 4.5);
            for (const Colour& lane : all.lanes) EXPECT_GE(contrast(lane, surface), 3) << "a line in a plot";
        }
    }
}

TEST(Themes, TheDarkOneIsThatOfExports) {
    EXPECT_EQ(tones(Theme::dark).text.r, colours::text.r);
    EXPECT_EQ(tones(Theme::dark).lanes[2].b, colours::lane(2).b);
}

TEST(Presence, TheGameWaitsForItsPlayer) {
    View view;
    view.now = 1000;
    Presence here{false, 0};
    EXPECT_EQ(why_away(here, view), "") << "nobody has asked for it";
    view.preferences.pause_unfocused = true;
    EXPECT_NE(why_away(here, view), "");
    here.focused = true;
    EXPECT_EQ(why_away(here, view), "");
    view.preferences.pause_after = 5;
    EXPECT_EQ(why_away({true, 701}, view), "");
    EXPECT_EQ(why_away({true, 699}, view), "Paused: nobody has played for 5 minutes. Touch any key to go on");
    view.playback.policy = true;
    EXPECT_EQ(why_away({true, 699}, view), "") << "it is played by the world's own player";
    EXPECT_NE(why_away({false, 699}, view), "");
    view.recording.state.file = "x.mkv";
    EXPECT_EQ(why_away({false, 0}, view), "") << "what is recorded has no gaps";
    view.layout.away = true;
    EXPECT_TRUE(view.paused());
    EXPECT_FALSE(view.playback.paused()) << "the user has not paused";
}

TEST(Edges, NoneLeavesThePictureTooLittle) {
    for (float scale : {1.0f, 1.5f, 2.0f})
        for (float width : {300.0f, 1024.0f, 1280.0f, 2560.0f})
            for (float height : {600.0f, 800.0f, 1440.0f})
                for (float reach : {100.0f, 272.0f, 348.0f, 500.0f, 4000.0f}) {
                    SCOPED_TRACE(testing::Message() << scale << ' ' << width << 'x' << height << ' ' << reach);
                    const Layout usual = arrange(width, height, scale, {.dock = true});
                    const Layout layout = arrange(width, height, scale, {.dock = true, .reach = {reach, reach, reach}});
                    ASSERT_EQ(layout.columns.size(), usual.columns.size()) << "no panel jumps elsewhere";
                    EXPECT_EQ(layout.dock.height > 0, usual.dock.height > 0);
                    EXPECT_GE(layout.picture.width, std::min(usual.picture.width, 300 * scale) - 1);
                    if (layout.dock.height > 0) {
                        EXPECT_GE(layout.picture.height, 170 * scale - 1);
                    }
                    float sum = layout.picture.width;
                    for (const Column& column : layout.columns) {
                        sum += column.box.width;
                        EXPECT_GE(column.box.width, 264 * scale - 1);
                    }
                    EXPECT_FLOAT_EQ(sum, width);
                    EXPECT_EQ(layout.edges.size(),
                              layout.columns.size() + (layout.dock.height > 0 ? 1 : 0) + (layout.drawer ? 1 : 0));
                    for (const Edge& edge : layout.edges) EXPECT_LE(edge.least, std::max(edge.most, edge.least));
                }
    // One that is dragged is where it was dragged to.
    const Layout wide = arrange(1280, 800, 1, {.dock = true, .reach = {400, 300, 300}});
    EXPECT_EQ(wide.columns.front().box.width, 300);
    EXPECT_EQ(wide.columns.back().box.width, 400);
    EXPECT_EQ(wide.dock.height, 300);
}

TEST(Sections, HiddenOnesLeaveTheirRoom) {
    const Layout one = arrange(1280, 800, 1, {.hidden = {Section::speed}});
    ASSERT_EQ(one.columns.size(), 2u);
    EXPECT_EQ(one.columns.front().sections.size(), 5u);
    const Layout no_sampler = arrange(1280, 800, 1, {.hidden = {Section::sampler}});
    ASSERT_EQ(no_sampler.columns.size(), 1u) << "no empty column";
    EXPECT_EQ(no_sampler.columns.front().sections.size(), 6u);
    std::set<Section> all;
    for (const SectionName& it : section_names) all.insert(it.section);
    for (float width : {400.0f, 1280.0f}) {
        const Layout none = arrange(width, 800, 1, {.hidden = all});
        EXPECT_TRUE(none.columns.empty());
        EXPECT_FALSE(none.drawer);
        EXPECT_GT(none.toolbar.height, 0);
        EXPECT_EQ(none.picture.width, width);
    }
}

TEST(Sections, ThePaletteHidesAndShowsThem) {
    View view;
    auto choose = [&](const char* words) {
        auto all = found(choices(view), words);
        ASSERT_FALSE(all.empty());
        all.front().choose(view);
    };
    choose("hide section speed");
    EXPECT_EQ(view.layout.hidden_sections, std::set{Section::speed});
    view.layout.panels = false;
    view.layout.open_sections["Speed"] = false;
    choose("show section speed");
    EXPECT_TRUE(view.layout.hidden_sections.empty());
    EXPECT_TRUE(view.layout.panels);
    EXPECT_TRUE(view.layout.open_sections["Speed"]);
    view.layout.hidden_sections.insert(Section::sampler);
    seek_setting(view, setting_fields().front());
    EXPECT_TRUE(view.layout.hidden_sections.empty()) << "a slider that is looked for is seen";
}

TEST(Icon, IsASquareWithRoundCornersAndATrail) {
    const auto pixels = window_icon(64);
    ASSERT_EQ(pixels.size(), 64u * 64 * 4);
    auto at = [&](int x, int y) { return &pixels[static_cast<std::size_t>((y * 64 + x) * 4)]; };
    EXPECT_EQ(at(0, 0)[3], 0) << "the corner";
    EXPECT_EQ(at(32, 1)[3], 255);
    auto tealness = [&](int x, int y) { return at(x, y)[1] - at(x, y)[0]; };
    EXPECT_GT(tealness(44, 20), tealness(17, 47)) << "the newest square is the brightest";
    EXPECT_GT(tealness(17, 47), tealness(50, 50));
}

TEST(Licences, AreInOrderAndWhole) {
    const auto all = licences();
    EXPECT_GE(all.size(), 20u);
    auto lower = [](std::string_view name) {
        std::string text(name);
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
        return text;
    };
    for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(lower(all[i - 1].name), lower(all[i].name));
    for (const Licence& it : all) {
        EXPECT_FALSE(std::string_view(it.licence).empty()) << it.name;
        EXPECT_NE(std::string_view(it.where).find('.'), std::string_view::npos) << it.name;
    }
}

}  // namespace
}  // namespace drift
