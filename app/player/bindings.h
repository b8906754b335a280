// What the player can be told to do, and by which keys: one table that the keyboard, the help overlay, the command palette and the hints on
// buttons read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/action.h"
#include "player/keyboard.h"

namespace drift {

enum class Act {
    undo,
    redo,
    back_to_game,
    standard_size,
    reset_settings,
    pause,
    step_once,
    rewind,
    step_back,
    bookmark,
    save_slot,
    load_slot,
    slow,
    slower,
    faster,
    live,
    previous_timeline,
    turbo,
    hold_rate,
    look_ahead,
    next_episode,
    restart,
    lock_seed,
    truth,
    restart_game,
    difference,
    flip_ab,
    hand_over,
    capture_mouse,
    free_mouse,
    add_lane,
    next_lane,
    dock,
    held_keys,
    plots,
    film_strip,
    futures,
    wipe,
    loupe,
    zen,
    panels,
    full_screen,
    screenshot,
    record,
    record_past,
    record_window,
    take_over,
    verify,
    export_session,
    export_table,
    stop_export,
    command_palette,
    library,
    help,
    change_keys,
    settings_page,
    training_page,
    learn_page,
    close,
    larger,
    smaller,
    quit
};
inline constexpr int act_count = static_cast<int>(Act::quit) + 1;

// What an act is about: a heading of the help.
enum class Topic { play, time, lanes, truth, record, window };
struct TopicName {
    Topic topic;
    const char* name;
};
std::span<const TopicName> topics();  // in the order they are shown

struct Binding {
    Act act;
    const char* name;  // in keys.toml
    Topic topic;
    // Its usual ones: characters as SDL spells them, "Ctrl+" before them; a gamepad's last. The first that is free is shown.
    std::vector<const char*> keys;
    const char* meaning;
};

// Every act once, those without a key too: buttons, menus and the command palette have them.
std::span<const Binding> bindings();
const Binding& binding_of(Act act);

// A key as it came: its place, and whether Ctrl was down.
struct KeyPress {
    std::string place;
    bool ctrl = false;
};

// What it is to answer to: the user's own keys (Keyboard::own), and the usual ones where there are none.
std::vector<std::string> keys_of(const Binding& binding, const Keyboard& keyboard);
// The world's keys are places, the player's own are characters where the layout has them. The world's come first, then those that the user
// has chosen, then the usual ones: a binding answers to those of its keys that nobody before it has.
const Binding* find_binding(const KeyPress& key, const ActionSpace& world, const Keyboard& keyboard = {});
// Those that it does answer to, as they stand on the keyboard; a gamepad's only while there is one.
std::vector<std::string> free_keys(const Binding& binding, const ActionSpace& world, const Keyboard& keyboard = {});
// The entry that has a key at this place; -1 where there is none.
int world_button(const ActionSpace& world, const std::string& place);
// 1 to 9 where the key is a digit's; 0 else.
int digit_of(const std::string& place, const Keyboard& keyboard);

}  // namespace drift
