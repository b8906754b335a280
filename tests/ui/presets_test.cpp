// Presets as values, text and files, and the two sides of A/B.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "player/ab.h"
#include "player/files/preset_files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// As the shipped world has it.
SamplerSettings bricks() {
    SamplerSettings settings;
    settings.sigma_min = 1;
    return settings;
}

std::string error_of(auto call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(Presets, TheBuiltInAreLegalAndChangeWhatTheyAreAbout) {
    for (const Preset& preset : built_in_presets()) {
        SamplerSettings with_upsampler;
        with_upsampler.upsampler.emplace_back();
        for (const SamplerSettings& defaults : {SamplerSettings{}, bricks(), with_upsampler}) {
            if (!fits(preset, defaults)) continue;
            std::vector<std::string> notes;
            SamplerSettings settings = apply_preset(preset, defaults, &notes);
            EXPECT_TRUE(notes.empty()) << preset.name << ": " << notes.front();
            EXPECT_EQ(settings, clamped(settings)) << preset.name;
            EXPECT_EQ(settings.sigma_min, defaults.sigma_min) << preset.name;
        }
        EXPECT_FALSE(preset.meaning.empty());
    }
    auto built_in = [](const char* name) { return apply_preset(*find_preset(built_in_presets(), name), bricks()); };
    EXPECT_EQ(built_in("DIAMOND"), bricks());
    EXPECT_EQ(built_in("EDM"), edm_start(bricks()));
    EXPECT_EQ(built_in("Noised previous frame"), noised_previous_start(bricks()));
    EXPECT_EQ(network_calls(built_in("One step")), 1);
    EXPECT_EQ(network_calls(built_in("Quality")), 19);
    EXPECT_GT(built_in("Worst case").start_scale, built_in("Worst case").sigma_max);
}

TEST(Presets, GoAsTextAndBack) {
    SamplerSettings settings = bricks();
    settings.solver = Solver::heun;
    settings.schedule = Schedule::list;
    settings.sigma_list = {4, 0.5f, 0.01f};
    settings.context_noise = 0.1f;
    settings.quantise = false;
    std::string text = preset_text("mine", settings, bricks());
    std::vector<std::string> notes;
    EXPECT_EQ(apply_preset({"pasted", "", text}, bricks(), &notes), settings) << text;
    EXPECT_TRUE(notes.empty());
    EXPECT_EQ(text.find("sigma_min"), text.npos) << "the world's own stays out of it";
    EXPECT_EQ(apply_preset({"pasted", "", text}, {}).sigma_min, 0.002f) << "and so another world keeps its own";
    EXPECT_EQ(apply_preset({"", "", preset_text("plain", bricks(), bricks())}, bricks()), bricks());
}

TEST(Presets, BadTextIsSaid) {
    auto applied = [](const std::string& text) { return error_of([&] { apply_preset({"x", "", text}, {}); }); };
    EXPECT_NE(applied("").find("it names no settings"), std::string::npos);
    EXPECT_NE(applied("rm -rf /").find("line 1: expected TOML"), std::string::npos);
    EXPECT_NE(applied("color = 3").find("it names no settings"), std::string::npos);
    EXPECT_NE(applied("steps = 3\nsteps = 4").find("line 2"), std::string::npos);
    EXPECT_NE(applied(std::string(20000, ' ') + "steps = 3").find("16384"), std::string::npos);
    EXPECT_FALSE(applied(std::string("steps = \0", 9)).empty());
    EXPECT_FALSE(applied("steps = \xff\xfe").empty());
    std::vector<std::string> notes;
    SamplerSettings settings =
        apply_preset({"x", "", "steps = 5\nspeed = 2\nrho = 900\nsolver = [[1]]\n[more]\nsteps = 9"}, {}, &notes);
    EXPECT_EQ(settings.steps, 5);
    EXPECT_EQ(settings.rho, 20);
    EXPECT_EQ(notes.size(), 4u);
}

TEST(Presets, NamesAreCheckedAndMadeSafe) {
    EXPECT_EQ(checked_preset_name("  a b  "), "a b");
    EXPECT_FALSE(error_of([] { checked_preset_name("   "); }).empty());
    EXPECT_FALSE(error_of([] { checked_preset_name(std::string(49, 'a')); }).empty());
    EXPECT_FALSE(error_of([] { checked_preset_name("a\nb"); }).empty());
    EXPECT_FALSE(error_of([] { checked_preset_name("a\xff"); }).empty());
    EXPECT_FALSE(error_of([] { checked_preset_name("edm"); }).empty());
    EXPECT_FALSE(error_of([] { checked_preset_name("a##b"); }).empty());
    EXPECT_EQ(preset_file_name("../../x"), "%2E.%2F..%2Fx.toml");
    for (const char* name : {"../../x", "/etc/passwd", ".", "..", "100% noise", "%41", "a\\b:c*?", "σ = 5", "x.toml"}) {
        fs::path file = fs::path("folder") / preset_file_name(name);
        EXPECT_EQ(file.lexically_normal().parent_path(), "folder") << name;
        EXPECT_EQ(preset_name(file), name);
    }
    EXPECT_EQ(find_preset(built_in_presets(), "noised-previous_FRAME"),
              find_preset(built_in_presets(), "Noised previous frame"));
    EXPECT_EQ(find_preset(built_in_presets(), "nothing"), nullptr);
}

class OwnPresetsTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "driftscope XXXXXX").string();
        folder = mkdtemp(pattern.data());
        own.folder = folder / "presets";
    }
    void TearDown() override { fs::remove_all(folder); }
    fs::path folder;
    OwnPresets own;
    std::vector<std::string> notes;
};

TEST_F(OwnPresetsTest, AreSavedReplacedDeletedAndBroughtBack) {
    own.save({"b / c", "", "steps = 5\n"});
    own.save({"a", "", "steps = 6\n"});
    ASSERT_EQ(own.list.size(), 2u);
    EXPECT_EQ(own.list[0].name, "a");
    EXPECT_EQ(own.list[1].name, "b / c");
    EXPECT_FALSE(own.gone);
    OwnPresets again{own.folder};
    again.read(notes);
    EXPECT_EQ(apply_preset(again.list[1], {}).steps, 5);

    own.save({"a", "", "steps = 7\n"});
    EXPECT_EQ(own.list[0].text, "steps = 7\n");
    own.undo();
    EXPECT_EQ(own.list[0].text, "steps = 6\n");
    own.undo();  // and forth again
    EXPECT_EQ(own.list[0].text, "steps = 7\n");
    own.remove("b / c");
    EXPECT_EQ(own.list.size(), 1u);
    own.undo();
    EXPECT_EQ(own.list[1].text, "steps = 5\n");
    EXPECT_FALSE(own.gone);
    EXPECT_EQ(std::distance(fs::directory_iterator(*own.folder), {}), 2) << "nothing else is left there";
}

TEST_F(OwnPresetsTest, ABrokenFileIsSaidAndLeftOut) {
    own.save({"good", "", "steps = 5\n"});
    std::ofstream(*own.folder / "bad.toml") << "steps = [[[";
    std::ofstream(*own.folder / "large.toml") << std::string(100000, '#');
    std::ofstream(*own.folder / "notes.txt") << "not one of them";
    own.read(notes);
    EXPECT_EQ(own.list.size(), 1u);
    EXPECT_EQ(notes.size(), 2u);
}

TEST_F(OwnPresetsTest, WhereNothingCanBeWrittenItIsSaid) {
    std::ofstream(folder / "file") << "x";
    OwnPresets blocked{folder / "file"};
    EXPECT_FALSE(error_of([&] { blocked.save({"a", "", "steps = 5\n"}); }).empty());
    EXPECT_TRUE(blocked.list.empty());
    OwnPresets none;
    EXPECT_FALSE(error_of([&] { none.save({"a", "", "steps = 5\n"}); }).empty());
    EXPECT_NO_THROW(none.read(notes));
}

TEST_F(OwnPresetsTest, TheCommandLineNamesAnyOfThem) {
    own.save({"my own", "", "steps = 5\n"});
    EXPECT_EQ(named_preset("one-step", own.folder).name, "One step");
    EXPECT_EQ(named_preset("My-Own", own.folder).text, "steps = 5\n");
    std::ofstream(folder / "else.toml") << "rho = 3\n";
    EXPECT_EQ(apply_preset(named_preset((folder / "else.toml").string(), own.folder), {}).rho, 3);
    std::string said = error_of([&] { named_preset("nothing", own.folder); });
    for (const char* word : {"nothing", "DIAMOND", "Worst case", "my own"})
        EXPECT_NE(said.find(word), said.npos) << said;
    EXPECT_NE(error_of([] { named_preset("nothing", std::nullopt); }).find("EDM"), std::string::npos);
}

TEST(Sides, FlipKeepsWhatEachHas) {
    AB ab;
    SamplerSettings defaults = bricks(), now = defaults;
    EXPECT_FALSE(differences(ab, now, defaults).empty());
    now = flip(ab, now, defaults);
    EXPECT_TRUE(ab.b_plays);
    EXPECT_EQ(now, edm_start(defaults)) << "from the defaults the other side begins with EDM's start";
    now.steps = 9;  // a slider changes what plays
    now = flip(ab, now, defaults);
    EXPECT_FALSE(ab.b_plays);
    EXPECT_EQ(now, defaults);
    EXPECT_EQ(differences(ab, now, defaults).front(), "Denoising steps: A 3, B 9");
    now = flip(ab, now, defaults);
    EXPECT_EQ(now.steps, 9);
    EXPECT_EQ(differences(ab, now, defaults).front(), "Denoising steps: A 3, B 9");

    AB other;
    SamplerSettings mine = defaults;
    mine.steps = 1;
    EXPECT_EQ(flip(other, mine, defaults), defaults) << "from one's own it begins with the defaults";
}

}  // namespace
}  // namespace drift
