// The player's own keys: one table that the keyboard, the help overlay and the hints on buttons read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/action.h"

namespace drift {

enum class Act {
    pause, step_once, rewind, step_back, bookmark, save_slot, load_slot, slow, turbo, next_episode, restart, lock_seed, truth, difference, flip_ab, hand_over, capture_mouse, free_mouse, add_lane, next_lane,
    dock, panels, full_screen, screenshot, record, record_past, record_window, take_over, export_session, export_table, stop_export, help, close, larger, smaller, quit
};

struct Binding {
    Act act;
    std::vector<const char*> keys;  // as SDL spells them, "Ctrl+" before them; the first one that the world leaves free is shown
    const char* meaning;
};

std::span<const Binding> bindings();

// A key as it came: its SDL name and whether Ctrl was down.
struct KeyPress {
    std::string name;
    bool ctrl = false;
};

// The world's keys come first: a binding answers to those of its keys that the world does not use.
const Binding* find_binding(const KeyPress& key, const ActionSpace& world);
std::vector<std::string> free_keys(const Binding& binding, const ActionSpace& world);

}  // namespace drift
