// The player's parts that need no window: layout, bindings, meters, settings that last.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "player/bindings.h"
#include "player/files/settings_file.h"
#include "player/files/settings_store.h"
#include "player/layout.h"
#include "player/meters.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

TEST(Layout, AnyWindowHasAPictureAndNothingOverlaps) {
    for (float scale : {1.0f, 1.5f, 2.0f, 3.0f})
        for (float width : {1.0f, 160.0f, 400.0f, 800.0f, 1280.0f, 2560.0f, 5120.0f})
            for (float height : {1.0f, 120.0f, 600.0f, 800.0f, 1440.0f, 2880.0f}) {
                Layout layout = arrange(width, height, scale, {});
                EXPECT_GT(layout.picture.width, 0);
                EXPECT_GE(layout.picture.height, 0);
                EXPECT_LE(layout.status.y + layout.status.height, height);
                float sum = layout.picture.width;
                for (const Column& column : layout.columns) sum += column.box.width;
                EXPECT_FLOAT_EQ(sum, width);
                EXPECT_TRUE(arrange(width, height, scale, {.panels = false}).columns.empty());
                EXPECT_EQ(arrange(width, height, scale, {.panels = false}).toolbar.height, 0)
                    << "it hides with the panels";
                EXPECT_EQ(layout.toolbar.y + layout.toolbar.height, layout.picture.y);
                EXPECT_GE(layout.toolbar.x, layout.picture.x);
                EXPECT_LE(layout.toolbar.width, layout.picture.width);
                if (layout.columns.empty()) {
                    ASSERT_TRUE(layout.drawer) << "panels are never gone";
                    EXPECT_GE(layout.drawer->box.x, 0);
                    EXPECT_LE(layout.drawer->box.x + layout.drawer->box.width, width);
                    EXPECT_EQ(layout.drawer->sections.size(), 7u);
                    if (layout.toolbar.height > 0) {
                        EXPECT_GE(layout.handle.x, layout.toolbar.x + layout.toolbar.width);
                        EXPECT_GE(layout.drawer->box.y, layout.handle.y + layout.handle.height);
                    }
                } else {
                    EXPECT_FALSE(layout.drawer);
                }
                Fit fit = fit_frames(layout.picture, 2, 64, 64, 16, 26);
                for (const Box& box : fit.frames) {
                    EXPECT_GT(box.width, 0);
                    EXPECT_GE(box.x, layout.picture.x - 1);
                    EXPECT_LE(box.x + box.width, layout.picture.x + layout.picture.width + 1);
                    EXPECT_LE(box.y + box.height, layout.picture.y + layout.picture.height + 1);
                }
            }
}

TEST(Layout, FramesAreWholeMultiples) {
    Fit fit = fit_frames({0, 0, 700, 700}, 1, 64, 64, 10, 0);
    EXPECT_EQ(fit.factor, 10);
    EXPECT_EQ(fit_frames({0, 0, 700, 300}, 2, 64, 64, 10, 20).frames[1].y,
              fit_frames({0, 0, 700, 300}, 2, 64, 64, 10, 20).frames[0].y);
    EXPECT_EQ(fit_frames({0, 0, 300, 700}, 2, 64, 64, 10, 20).frames[1].x,
              fit_frames({0, 0, 300, 700}, 2, 64, 64, 10, 20).frames[0].x);
    EXPECT_EQ(fit_frames({0, 0, 210, 210}, 1, 64, 64, 0, 0).factor, 3);
    EXPECT_FLOAT_EQ(fit_frames({0, 0, 160, 160}, 1, 64, 64, 0, 0).factor, 2.5f) << "below three it is what fits";
    Fit small = fit_frames({0, 0, 40, 40}, 1, 64, 64, 10, 0);
    EXPECT_GT(small.factor, 0);
    EXPECT_LT(small.factor, 1);
    EXPECT_TRUE(fit_frames({0, 0, 0, 0}, 1, 64, 64, 10, 0).frames.empty());
    EXPECT_TRUE(fit_frames({0, 0, 100, 100}, 1, 0, 0, 10, 0).frames.empty());
}

TEST(Layout, AGhostTakesNoRoomFromTheDream) {
    for (auto [width, height] : {std::pair{1300.0f, 700.0f}, {700.0f, 1300.0f}, {700.0f, 700.0f}}) {
        Box box{10, 0, width, height};
        Fit fit = fit_frames(box, 1, 64, 64, 20, 0);
        Box ghost = place_beside(box, fit, 20, 26), dream = fit.frames[0];
        EXPECT_GT(ghost.width, 0.25f * dream.width);
        EXPECT_GE(ghost.x, box.x);
        EXPECT_LE(ghost.x + ghost.width, box.x + box.width);
        EXPECT_LE(ghost.y + ghost.height, box.y + box.height);
        bool over = ghost.x < dream.x + dream.width && ghost.y < dream.y + dream.height;
        EXPECT_EQ(over, width == height) << "only where there is no room beside or below";
    }
    EXPECT_EQ(place_beside({}, {}, 20, 26).width, 0);
}

TEST(Bindings, NoKeyMeansTwoThings) {
    std::set<std::string> seen;
    for (const Binding& binding : bindings())
        for (const char* key : binding.keys) EXPECT_TRUE(seen.insert(key).second) << key;
}

TEST(Bindings, EveryActIsThereOnceAndUnderAHeading) {
    std::map<Act, int> times;
    std::map<Topic, int> of_topic;
    for (const Binding& binding : bindings()) ++times[binding.act], ++of_topic[binding.topic];
    for (int act = 0; act < act_count; ++act) EXPECT_EQ(times[static_cast<Act>(act)], 1) << "act " << act;
    EXPECT_EQ(times.size(), static_cast<std::size_t>(act_count));
    std::set<std::string> names;
    for (const TopicName& topic : topics()) {
        EXPECT_EQ(of_topic.erase(topic.topic), 1u) << topic.name;
        EXPECT_TRUE(names.insert(topic.name).second) << topic.name;
    }
    EXPECT_TRUE(of_topic.empty()) << "acts without a heading";
}

TEST(Bindings, TheWorldsKeysComeFirst) {
    ActionSpace world{{{"noop", {}}, {"fire", {"Space"}}}};
    EXPECT_EQ(find_binding({"Space", false}, world), nullptr);
    ASSERT_NE(find_binding({"Pause", false}, world), nullptr);
    EXPECT_EQ(find_binding({"Pause", false}, world)->act, Act::pause);
    EXPECT_EQ(free_keys(binding_of(Act::pause), world), (std::vector<std::string>{"Pause", "Ctrl+."}));
    EXPECT_EQ(find_binding({"Space", false}, {})->act, Act::pause);
    EXPECT_EQ(find_binding({"Q", true}, world)->act, Act::quit);
    EXPECT_EQ(find_binding({"Q", false}, world), nullptr);
}

Step measured(std::uint64_t index, double ms, double psnr) {
    Step step;
    step.index = index;
    step.seconds = ms / 1000;
    step.calls = 2;
    step.truth = Frame(1, 1);
    step.lanes.emplace_back();
    step.lanes[0].drift.psnr = psnr;
    return step;
}

TEST(Meters, SaysRateAndTimes) {
    Meters meters;
    EXPECT_EQ(meters.rate(0), 0);
    for (int i = 0; i < 100; ++i)
        meters.add(measured(static_cast<std::uint64_t>(i), i < 98 ? 10 : 50, i < 50 ? 40 : 20), i * 0.1);
    EXPECT_NEAR(meters.rate(9.95), 10, 0.01);
    EXPECT_LT(meters.rate(12.9), 8);  // the steps have stopped coming
    EXPECT_NEAR(meters.step_ms(0.5), 10, 1e-3);
    EXPECT_NEAR(meters.step_ms(0.99), 50, 1e-3);
    EXPECT_NEAR(meters.call_ms(), 5, 1e-3);
    meters.add(measured(0, 0, 60), 10);  // a new opening
    for (std::uint64_t i = 1; i < 2000; ++i) meters.add(measured(i, 10, 30), 10 + static_cast<double>(i) * 0.1);
    EXPECT_EQ(meters.step_times().size(), Meters::kept);
}

TEST(SettingsFile, GoesThereAndBack) {
    SamplerSettings settings;
    settings.solver = Solver::heun;
    settings.steps = 7;
    settings.sigma_list = {4, 0.5f, 0.01f};
    settings.start_scale = 0.3f;
    settings.quantise = false;
    std::vector<std::string> notes;
    EXPECT_EQ(read_settings(write_settings(settings), {}, notes), settings);
    EXPECT_TRUE(notes.empty());
}

TEST(SettingsFile, SaysWhatItLeavesOut) {
    std::vector<std::string> notes;
    toml::table table = toml::parse(
        "steps = 900\nsolver = \"rk45\"\nfoo = 1\nrho = nan\nsigma_list = [5, 1, 0.1]\nstart_scale = [\"x\"]\nquantise "
        "= {a = 1}");
    SamplerSettings settings = read_settings(table, {}, notes);
    EXPECT_EQ(settings.steps, 64);
    EXPECT_EQ(settings.rho, 7);
    EXPECT_EQ(settings.sigma_list, (std::vector<float>{5, 1, 0.1f}));
    EXPECT_EQ(settings.start_scale, 1);
    EXPECT_EQ(notes.size(), 6u);
}

class Store : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "driftscope XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(folder); }
    fs::path folder;
    std::vector<std::string> notes;
};

TEST_F(Store, WhatIsSavedLasts) {
    SamplerSettings sampler;
    sampler.steps = 9;
    Stored stored;
    stored.width = 900;
    stored.panels = false;
    stored.scale = 1.75;
    stored.open_sections["Speed"] = false;
    stored.played = true;
    SettingsStore(folder / "new", notes).save(stored, "bricks", sampler);
    SettingsStore other(folder / "new", notes);
    other.save(stored, "maze", {});  // another world, another player: what is there stays
    SettingsStore again(folder / "new", notes);
    EXPECT_EQ(again.stored().width, 900);
    EXPECT_FALSE(again.stored().panels);
    EXPECT_EQ(again.stored().scale, 1.75);
    EXPECT_FALSE(again.stored().open_sections.at("Speed"));
    EXPECT_TRUE(again.stored().played);
    ASSERT_TRUE(again.sampler("bricks", {}, notes));
    EXPECT_EQ(again.sampler("bricks", {}, notes)->steps, 9);
    EXPECT_FALSE(again.sampler("pong", {}, notes));
    EXPECT_TRUE(notes.empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "new"), {}), 1);
}

TEST_F(Store, WhoHasPlayedIsKnown) {
    EXPECT_FALSE(SettingsStore(folder, notes).stored().played) << "no file";
    SettingsStore(folder, notes).save({}, "", {});
    EXPECT_FALSE(SettingsStore(folder, notes).stored().played) << "looked at and closed";
    std::ofstream(folder / "settings.toml") << "[window.sections]\nWorld = false\n";
    EXPECT_FALSE(SettingsStore(folder, notes).stored().played);
    std::ofstream(folder / "settings.toml") << "[window]\nwidth = 900\n";
    EXPECT_TRUE(SettingsStore(folder, notes).stored().played) << "kept before this was";
}

TEST_F(Store, ABrokenFileIsSetAside) {
    std::ofstream(folder / "settings.toml") << "window = [[[";
    SettingsStore store(folder, notes);
    EXPECT_EQ(notes.size(), 1u);
    EXPECT_TRUE(fs::exists(folder / "settings.toml.broken"));
    EXPECT_TRUE(store.stored().panels);
}

TEST_F(Store, WrongKindsAreLeftOut) {
    std::ofstream(folder / "settings.toml")
        << "sampler = 3\n[window]\nwidth = \"wide\"\nheight = -9\npanels = 2\nsections = 1\n";
    SettingsStore store(folder, notes);
    EXPECT_EQ(store.stored().width, 0);
    EXPECT_EQ(store.stored().height, 0);
    EXPECT_FALSE(store.sampler("bricks", {}, notes));
    store.save({}, "bricks", {});
    EXPECT_TRUE(SettingsStore(folder, notes).sampler("bricks", {}, notes));
}

TEST_F(Store, NoFolderIsSaidOnce) {
    SettingsStore store(std::nullopt, notes);
    EXPECT_EQ(notes.size(), 1u);
    EXPECT_NO_THROW(store.save({}, "bricks", {}));
    std::ofstream(folder / "file") << "x";
    SettingsStore blocked(folder / "file", notes);  // a file where a folder should be: not to be written, whoever asks
    EXPECT_ANY_THROW(blocked.save({}, "bricks", {}));
}

}  // namespace
}  // namespace drift
