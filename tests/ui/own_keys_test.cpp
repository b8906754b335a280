// Acts and buttons on other keys: who has a key, what is kept in keys.toml, what is shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/csgo_action.h"
#include "player/files/keys_file.h"
#include "player/key_rows.h"
#include "player/world_controls.h"
#include "scratch_folder.h"

namespace drift {
namespace {

using Keys = std::vector<std::string>;

const ActionSpace shooter{
    {{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right", "D"}}, {"fire", {"Space"}}, {"bomb", {"B"}}}};

View playing(const ActionSpace& actions = shooter) {
    View view;
    view.world.emplace();
    view.world->actions = view.shipped = actions;
    view.apply_keys();
    return view;
}

KeyRow row(const View& view, const std::string& name) {
    for (const KeyRow& each : key_rows(view))
        if (each.name == name) return each;
    ADD_FAILURE() << "no row " << name;
    return {};
}

Act act(const View& view, const std::string& place, bool ctrl = false) {
    const Binding* binding = find_binding({place, ctrl}, view.world->actions, view.keyboard);
    return binding ? binding->act : Act::quit;
}

Keys shown(const View& view, Act of) { return free_keys(binding_of(of), view.world->actions, view.keyboard); }

std::string quoted(Act act) { return std::string("\"") + binding_of(act).meaning + "\""; }

TEST(OwnKeys, EveryActAndButtonHasARow) {
    const View view = playing();
    const auto rows = key_rows(view);
    for (const Binding& binding : bindings()) {
        const bool slot = binding.act == Act::save_slot || binding.act == Act::load_slot;
        EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [&](const KeyRow& it) { return it.name == binding.name; }),
                  slot ? 0 : 1)
            << binding.name;
    }
    for (std::size_t i = 1; i < shooter.entries.size(); ++i) EXPECT_TRUE(row(view, shooter.entries[i].name).button);
}

TEST(OwnKeys, AnActGoesToAnotherKeyAndEverythingThatNamesItFollows) {
    View view = playing();
    EXPECT_EQ(put_on_key(view, row(view, "truth"), {"J", false}), "") << "nobody had it";
    EXPECT_EQ(act(view, "J"), Act::truth);
    EXPECT_EQ(act(view, "G"), Act::quit) << "the old key does nothing now";
    EXPECT_EQ(shown(view, Act::truth), Keys{"J"});
    EXPECT_TRUE(view.keys_page.changed);
    view.step.emplace().truth = Frame(1, 1);
    const auto words = first_words(view);
    EXPECT_NE(words.back().find("J: compare"), std::string::npos) << words.back();
    reset_keys(view, row(view, "truth"));
    EXPECT_EQ(shown(view, Act::truth), (Keys{"G", "F4"}));
    put_on_key(view, row(view, "truth"), {"J", true});
    EXPECT_EQ(shown(view, Act::truth), Keys{"Ctrl+J"});
    EXPECT_EQ(act(view, "J", true), Act::truth);
    EXPECT_EQ(act(view, "J"), Act::quit);
}

TEST(OwnKeys, ConflictsAreSaid) {
    View view = playing();
    // The game's own key goes before: this world takes Space.
    EXPECT_EQ(row(view, "pause").lost, Keys{"Space: used by the game's fire"});
    // An act takes another's usual key.
    EXPECT_EQ(put_on_key(view, row(view, "turbo"), {"M", false}), quoted(Act::bookmark));
    EXPECT_EQ(act(view, "M"), Act::turbo);
    EXPECT_TRUE(row(view, "bookmark").keys.empty());
    EXPECT_EQ(row(view, "bookmark").lost, Keys{"M: used by " + quoted(Act::turbo)});
    // Which the game has.
    EXPECT_EQ(put_on_key(view, row(view, "truth"), {"Space", false}), "the game's fire");
    EXPECT_EQ(row(view, "truth").lost, Keys{"Space: used by the game's fire"});
    // A button takes another button's, and then an act's.
    EXPECT_EQ(put_on_key(view, row(view, "bomb"), {"Space", false}), "the game's fire");
    EXPECT_EQ(world_button(view.world->actions, "Space"), 4);
    EXPECT_TRUE(row(view, "fire").keys.empty());
    EXPECT_EQ(row(view, "fire").lost, Keys{"Space: used by the game's bomb"});
    EXPECT_EQ(put_on_key(view, row(view, "fire"), {"R", false}), quoted(Act::restart));
    EXPECT_EQ(row(view, "restart").keys, Keys{"F5"});
    view.keyboard.own = {};
    view.apply_keys();
    EXPECT_EQ(act(view, "M"), Act::bookmark);
    EXPECT_EQ(view.world->actions.entries[4].keys.front(), "B");
}

TEST(OwnKeys, OfTwoThatWereGivenTheSameKeyOneIsSaidToHaveIt) {
    View view = playing();
    put_on_key(view, row(view, "truth"), {"J", false});
    put_on_key(view, row(view, "help"), {"J", false});
    const bool truth_has_it = act(view, "J") == Act::truth;
    EXPECT_EQ(row(view, truth_has_it ? "truth" : "help").keys, Keys{"J"});
    EXPECT_EQ(row(view, truth_has_it ? "help" : "truth").lost.size(), 1u);
}

TEST(OwnKeys, AnActionIsCalledWhatTheUserCallsItInThatWorldAlone) {
    View view = playing(csgo_actions());
    view.world->name = "mine";
    call_action(view.keyboard.own, "mine", "jump", "  leap ");
    view.apply_keys();
    EXPECT_EQ(view.world->actions.entries[5].name, "leap");
    const KeyRow leap = row(view, "jump");
    EXPECT_EQ(leap.meaning, "leap");
    EXPECT_TRUE(leap.own && leap.lost.empty() && !leap.keys.empty());
    put_on_key(view, leap, {"J", false});
    EXPECT_EQ(owner_of({"J", false}, view), "the game's leap");
    view.world->name = "another";
    view.apply_keys();
    EXPECT_EQ(view.world->actions.entries[5].name, "jump");
    view.world->name = "mine";
    reset_keys(view, row(view, "jump"));
    EXPECT_EQ(view.world->actions.entries[5].name, "jump");
    EXPECT_EQ(view.keyboard.own, OwnKeys{});
}

TEST(OwnKeys, PresetsMoveEveryWorld) {
    View view = playing();
    put_directions(view.keyboard.own, view.shipped, {"A", "D", "W", "S"});
    view.apply_keys();
    EXPECT_EQ(row(view, "left").keys, Keys{"A"});
    EXPECT_EQ(world_button(view.world->actions, "Left"), -1);
    View other = playing({{{"noop", {}}, {"up", {"Up"}}, {"down", {"Down"}}, {"back", {"X"}}}});
    other.keyboard.own = view.keyboard.own;
    other.apply_keys();
    EXPECT_EQ(world_button(other.world->actions, "W"), 1);
    put_directions(view.keyboard.own, view.shipped, {"Left", "Right", "Up", "Down"});
    view.apply_keys();
    EXPECT_EQ(row(view, "right").keys, Keys{"Right"});
}

TEST(OwnKeys, LookingIsNotMoving) {
    View view = playing(csgo_actions());
    EXPECT_EQ(world_button(view.world->actions, "Pad Left"), view.shipped.find("strafe left"));
    EXPECT_EQ(world_button(view.world->actions, "Pad Right Stick Left"), view.shipped.find("look left"));
    EXPECT_EQ(world_button(view.world->actions, "Pad Right Trigger"), view.shipped.find("fire"));
    EXPECT_EQ(world_button(view.world->actions, "Pad A"), view.shipped.find("jump"));
    put_directions(view.keyboard.own, view.shipped, {"Left", "Right", "Up", "Down"});
    view.apply_keys();
    EXPECT_EQ(world_button(view.world->actions, "Left"), view.shipped.find("strafe left"));
    EXPECT_EQ(row(view, "look left").lost, Keys{"Left: used by the game's strafe left"});
    put_directions(view.keyboard.own, view.shipped, {"A", "D", "W", "S"});
    view.apply_keys();
    EXPECT_EQ(world_button(view.world->actions, "Left"), view.shipped.find("look left"));
    EXPECT_EQ(world_button(view.world->actions, "W"), view.shipped.find("forward"));
}

TEST(OwnKeys, AnotherLayoutKeepsThem) {
    View view = playing();
    view.keyboard.take_layout(Keyboard({{"Q", "A"}, {"A", "Q"}}));
    put_on_key(view, row(view, "left"), {"Q", false});
    EXPECT_EQ(row(view, "left").keys, Keys{"A"}) << "as it stands on the key";
    put_on_key(view, row(view, "truth"), {"A", false});
    EXPECT_EQ(view.keyboard.own.acts.at("truth"), Keys{"Q"}) << "acts are characters";
    EXPECT_EQ(act(view, "A"), Act::truth);
    view.keyboard.take_layout(Keyboard());
    EXPECT_EQ(world_button(view.world->actions, "Q"), 1);
}

TEST(OwnKeys, AGamepadsAreShownWhileThereIsOne) {
    View view = playing();
    EXPECT_EQ(act(view, "Pad Start"), Act::pause);
    EXPECT_EQ(act(view, "Pad Left Shoulder"), Act::rewind);
    EXPECT_EQ(act(view, "Pad Right Shoulder"), Act::step_once);
    EXPECT_EQ(act(view, "Pad Back"), Act::restart);
    EXPECT_EQ(world_button(view.world->actions, "Pad Left"), 1);
    EXPECT_EQ(world_button(view.world->actions, "Pad A"), 3);
    EXPECT_EQ(world_button(view.world->actions, "Pad B"), 4);
    EXPECT_EQ(world_controls(view.world->actions, view.keyboard)[0].keys, (Keys{"Left", "A"}));
    view.keyboard.pads = true;
    EXPECT_EQ(world_controls(view.world->actions, view.keyboard)[0].keys, (Keys{"Left", "A", "Pad Left"}));
    EXPECT_EQ(shown(view, Act::pause), (Keys{"Pause", "Ctrl+.", "Pad Start"}));
    put_on_key(view, row(view, "pause"), {"Pad Y", false});
    EXPECT_EQ(shown(view, Act::pause), (Keys{"Pad Y", "Pause", "Ctrl+."})) << "the keyboard's stay";
    put_on_key(view, row(view, "fire"), {"Pad Y", false});
    EXPECT_EQ(row(view, "pause").lost.front(), "Pad Y: used by the game's fire");
}

const std::filesystem::path file = "/home/me/keys.toml";

TEST(KeysFile, GoesThereAndBack) {
    OwnKeys own;
    own.acts = {{"pause", {"Ctrl++", "Pad X"}}, {"truth", {}}, {"turbo", {"\u00c9"}}};
    own.buttons = {{"left", {"J", "Mouse Left"}}, {"up right fire", {"Keypad 9"}}};
    own.names = {{"agent.pt", {{"action 3", "jump"}, {"action 4", "\u00e9t\u00e9"}}}};
    Keys notes;
    EXPECT_EQ(read_keys(write_keys(own), file, notes), own);
    EXPECT_TRUE(notes.empty()) << notes.front();
    EXPECT_EQ(read_keys("", file, notes), OwnKeys{});
    EXPECT_EQ(read_keys("[acts]\npause = \"J\"\n", file, notes).acts.at("pause"), Keys{"J"}) << "one needs no list";
    EXPECT_TRUE(notes.empty());
}

TEST(KeysFile, AWrongLineIsOneSentenceAndTheRestApplies) {
    Keys notes;
    const OwnKeys own = read_keys(
        "[acts]\n"
        "pause = [\"J\"]\n"
        "fly = [\"K\"]\n"
        "truth = [\"Hyperspace\"]\n"
        "turbo = 7\n"
        "help = = [\"U\"]\n"
        "restart = [\"Y\"\n"
        "quit = [\"Pad Z\"]\n"
        "live = [\"I\"]\n"
        "[game]\n"
        "left = [\"Ctrl+J\"]\n"
        "right = [\"L\"]\n"
        "[sounds]\n"
        "volume = 3\n"
        "[names]\n"
        "x = 3\n"
        "[names.a]\n"
        "left = 7\n"
        "right = \"jump\"\n",
        file, notes);
    EXPECT_EQ(own.acts.at("pause"), Keys{"J"});
    EXPECT_EQ(own.acts.at("live"), Keys{"I"});
    EXPECT_EQ(own.buttons.at("right"), Keys{"L"});
    EXPECT_EQ(own.names, (decltype(own.names){{"a", {{"right", "jump"}}}}));
    EXPECT_EQ(own.acts.size() + own.buttons.size(), 3u);
    for (const char* line : {"line 3: there is no act", "line 4: expected the name of a key", "line 5: expected",
                             "line 6: expected", "line 7: expected", "line 8: expected", "line 11: expected",
                             "line 13: expected the tables", "line 16: expected a table", "line 18: expected a name"})
        EXPECT_EQ(std::count_if(notes.begin(), notes.end(),
                                [&](const std::string& note) {
                                    return note.starts_with(file.string()) && note.find(line) != note.npos;
                                }),
                  1)
            << line;
    for (const std::string& note : notes) EXPECT_EQ(note.find('\n'), note.npos) << note;
}

TEST(KeysFile, RubbishDoesNoHarm) {
    for (const std::string& text : {std::string(100000, '['), std::string(60000, '\n'), std::string("\0\1\2\xff", 4),
                                    std::string("acts = 3"), std::string("[acts]\n[acts]\n"), std::string("a=[[[[")}) {
        Keys notes;
        EXPECT_EQ(read_keys(text, file, notes), OwnKeys{});
        EXPECT_LE(notes.size(), 101u);
    }
}

TEST(KeysFile, IsKeptAndAWrongOneIsNotLost) {
    ScratchFolder scratch;
    Keys notes;
    OwnKeys own;
    KeysFile nowhere(std::nullopt);
    nowhere.save(own);
    EXPECT_EQ(nowhere.read(notes), own);
    KeysFile kept(scratch.path() / "config");
    EXPECT_EQ(kept.read(notes), own);
    own.acts["pause"] = {"J"};
    kept.save(own);
    EXPECT_EQ(KeysFile(scratch.path() / "config").read(notes), own);
    EXPECT_TRUE(notes.empty());
    const auto path = scratch.path() / "config" / "keys.toml";
    std::ofstream(path) << "[acts]\npause = [\"U\"]\ntypo = 1\n";
    KeysFile wrong(scratch.path() / "config");
    own = wrong.read(notes);
    EXPECT_EQ(own.acts.at("pause"), Keys{"U"});
    EXPECT_EQ(notes.size(), 1u);
    wrong.save(own);
    std::ifstream in(path.string() + ".broken");
    const std::string before((std::istreambuf_iterator<char>(in)), {});
    EXPECT_NE(before.find("typo"), before.npos);
    notes.clear();
    KeysFile(scratch.path() / "config").read(notes);
    EXPECT_TRUE(notes.empty());
}

TEST(UnknownKeys, AreToldOfTheWorldThatNamesThem) {
    EXPECT_EQ(unknown_keys(shooter), std::nullopt);
    EXPECT_EQ(unknown_keys(csgo_actions()), std::nullopt);
    const ActionSpace web{{{"noop", {}}, {"left", {"ArrowLeft", "A"}}, {"look", {"Mouse Left", "Pad A"}}}};
    ASSERT_TRUE(unknown_keys(web));
    EXPECT_NE(unknown_keys(web)->find("ArrowLeft"), std::string::npos);
    EXPECT_EQ(unknown_keys(web)->find("Mouse"), std::string::npos);
}

}  // namespace
}  // namespace drift
