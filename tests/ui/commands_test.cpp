// What is found by name, and what a new user is told.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/csgo_action.h"
#include "player/matching.h"
#include "player/panels/choices.h"
#include "player/panels/legend.h"
#include "player/world_controls.h"

namespace drift {
namespace {

TEST(Matching, WordsInAnyOrderAndCase) {
    EXPECT_TRUE(match("Save a picture of the window", "WIND pict"));
    EXPECT_TRUE(match("Save a picture of the window", "ure  save "));
    EXPECT_FALSE(match("Save a picture of the window", "picture lane"));
    EXPECT_TRUE(match("Start scale", "start_scale"));
    EXPECT_TRUE(match("bricks-noised-start", "start bricks"));
    EXPECT_EQ(match("anything", ""), 0);
    EXPECT_EQ(match("anything", "  "), 0);
    EXPECT_FALSE(match("", "x"));
    EXPECT_TRUE(match("\u00c9preuve", "preuve"));
}

TEST(Matching, TheBestComesFirst) {
    EXPECT_GT(match("EDM", "edm"), match("EDM two", "edm")) << "the very name";
    EXPECT_GT(match("Steps", "step"), match("Denoising steps", "step")) << "it begins with it";
    EXPECT_GT(match("Denoising steps", "step"), match("Footsteps", "step")) << "a word begins with it";
    EXPECT_GT(match("Show the truth", "truth"), match("Show the truthful", "truth")) << "a whole word";
    EXPECT_GT(match("rewound and wound", "wound"), match("rewound", "wound")) << "its best place counts";
}

View playing() {
    View view;
    view.world.emplace();
    view.world->name = "bricks";
    view.world->actions = {{{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right", "D"}}, {"fire", {"Space"}}}};
    view.worlds = {{"/worlds/maze", "maze", WorldEntry::From::own}};
    view.recording.sessions = {{"/sessions/a.driftlog", "2026-03-01 20.15.00 maze", true}};
    return view;
}

Choice first(const View& view, const char* typed) {
    auto all = found(choices(view), typed);
    return all.empty() ? Choice{} : all.front();
}

TEST(CommandPalette, EveryActThatCanDoAnythingIsThere) {
    View view = playing();
    std::multiset<Act> offered;
    for (const Choice& choice : choices(view)) {
        View after = view;
        choice.choose(after);
        for (Act act : after.acts) offered.insert(act);
    }
    for (const Binding& binding : bindings()) {
        bool by_number = binding.act == Act::save_slot || binding.act == Act::load_slot;
        EXPECT_EQ(offered.count(binding.act), possible(view, binding.act) && !by_number ? 1u : 0u) << binding.meaning;
    }
    EXPECT_FALSE(possible(view, Act::take_over));
    view.recording.watch.emplace();
    EXPECT_TRUE(possible(view, Act::take_over)) << "while a session is watched";
}

TEST(CommandPalette, WhereTheRealGamePlaysAloneNothingOfDreamsIsOffered) {
    View view = playing();
    EXPECT_TRUE(sections_of_dreams(view).empty());
    view.world->weights_hash = truth_alone;
    for (const Binding& binding : bindings())
        EXPECT_FALSE(about_dream(binding.act) && possible(view, binding.act)) << binding.meaning;
    EXPECT_TRUE(possible(view, Act::record));
    for (const Choice& choice : choices(view)) {
        EXPECT_NE(choice.kind, "Setting") << choice.name;
        EXPECT_NE(choice.kind, "Preset") << choice.name;
        EXPECT_EQ(choice.name.find("the section Sampler"), std::string::npos);
    }
    EXPECT_TRUE(sections_of_dreams(view).contains(Section::sampler));
}

TEST(CommandPalette, ChoosingDoesIt) {
    View view = playing();
    Choice act = first(view, "picture save");
    EXPECT_EQ(act.kind, "Command");
    EXPECT_NE(act.note.find("F12"), std::string::npos);
    act.choose(view);
    EXPECT_EQ(view.acts, std::vector<Act>{Act::screenshot});

    first(view, "world maze").choose(view);
    ASSERT_EQ(view.commands.size(), 1u);
    EXPECT_EQ(view.commands[0].kind, Command::Kind::open_world);
    EXPECT_EQ(view.commands[0].file, "/worlds/maze");

    first(view, "recording maze").choose(view);
    EXPECT_EQ(view.recording.wanted, "/sessions/a.driftlog");

    Choice preset = first(view, "edm");
    EXPECT_EQ(preset.kind, "Preset");
    preset.choose(view);
    EXPECT_TRUE(view.settings().start_at_sigma_max);

    view.layout.panels = false;
    view.layout.open_sections["Sampler"] = false;
    first(view, "sigma_max").choose(view);
    ASSERT_TRUE(view.layout.sought);
    EXPECT_EQ(view.layout.sought->field, find_setting("sigma_max"));
    EXPECT_TRUE(view.layout.panels);
    EXPECT_TRUE(view.layout.open_sections["Sampler"]);

    first(view, "slot 4").choose(view);
    ASSERT_EQ(view.slot_wishes.size(), 1u);
    EXPECT_EQ(view.slot_wishes[0].slot, 4);
    EXPECT_TRUE(view.slot_wishes[0].save);
    view.slots = {4};
    EXPECT_EQ(first(view, "load slot").note, "4");
    view.world->actions.entries[3].keys = {"4"};
    EXPECT_EQ(first(view, "load slot").note, "") << "the world has that key";
    EXPECT_TRUE(found(choices(view), "no such thing").empty());
}

TEST(CommandPalette, KindsComeBeforeNamesThatSpeakOfThem) {
    View view = playing();
    EXPECT_EQ(first(view, "world").kind, "World");
    EXPECT_EQ(first(view, "preset").kind, "Preset");
    View loading;
    for (const Choice& choice : choices(loading)) EXPECT_EQ(choice.kind, "Command") << "nothing else without a world";
}

TEST(CommandPalette, ARecordedLaneStaysAsItIs) {
    View view = playing();
    view.recording.watch.emplace();
    view.recording.watch->lanes = {0};
    const SamplerSettings before = view.settings();
    first(view, "edm").choose(view);
    EXPECT_EQ(view.settings(), before);
    EXPECT_FALSE(view.notice.text().empty());
}

TEST(WorldControls, AsTheyStandOnTheKeyboard) {
    View view = playing();
    const Keyboard french({{"A", "Q"}, {"Q", "A"}});
    auto all = world_controls(view.world->actions, french);
    ASSERT_EQ(all.size(), 3u) << "noop has no key";
    EXPECT_EQ(all[0].keys, (std::vector<std::string>{"Left", "Q"}));
    EXPECT_EQ(all[0].does, "left");
    EXPECT_EQ(controls_line(view.world->actions, french), "Left / Right: move     Space: fire");
    EXPECT_EQ(controls_line(view.world->actions, french, 1), "Left / Right: move");
    EXPECT_EQ(controls_line({}, french), "");
    EXPECT_EQ(controls_line(csgo_actions(), Keyboard(), 3),
              "W / S: move     Mouse: look (click the picture first)     A: strafe left");
}

TEST(FirstWords, AreOfThisWorldAndItsKeys) {
    View view = playing();
    EXPECT_TRUE(first_words(View{}).empty());
    EXPECT_EQ(first_words(view), (std::vector<std::string>{"This is imagined by a network.",
                                                           "Left / Right: move     Space: fire", "F1: all keys"}));
    view.step.emplace();
    view.step->truth = Frame(1, 1);
    EXPECT_EQ(first_words(view).back(), "G: compare with the real game     F1: all keys");
    view.world->actions.entries[3].keys = {"G", "F1"};
    EXPECT_EQ(first_words(view).back(), "F4: compare with the real game     H: all keys")
        << "what the world leaves free";
    view.world->weights_hash = truth_alone;
    EXPECT_EQ(first_words(view),
              (std::vector<std::string>{"This is the real game.", "Left / Right: move     G: fire", "H: all keys"}));
}

TEST(Help, TheGameWaits) {
    View view = playing();
    EXPECT_FALSE(view.controls().paused);
    view.layout.help = true;
    EXPECT_TRUE(view.controls().paused);
    view.layout.help = false;
    EXPECT_FALSE(view.controls().paused) << "and goes on as before";
    view.pause(true);
    view.layout.help = true;
    view.layout.help = false;
    EXPECT_TRUE(view.controls().paused);
}

TEST(Help, LegendsSayEachThingOnceAndStandTogether) {
    std::set<std::string> meanings, places;
    std::string last;
    for (const Legend& legend : legends()) {
        EXPECT_TRUE(meanings.insert(legend.meaning).second) << legend.meaning;
        if (legend.where != last) {
            EXPECT_TRUE(places.insert(legend.where).second) << legend.where;
        }
        last = legend.where;
    }
}

}  // namespace
}  // namespace drift
