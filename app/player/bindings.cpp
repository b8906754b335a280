#include "player/bindings.h"

#include <algorithm>
#include <array>

namespace drift {
namespace {

bool used_by(const ActionSpace& world, std::string_view key) {
    for (const ActionSpace::Entry& entry : world.entries)
        if (std::find(entry.keys.begin(), entry.keys.end(), key) != entry.keys.end()) return true;
    return false;
}

}  // namespace

std::span<const Binding> bindings() {
    static const std::array<Binding, 31> table = {{
        {Act::pause, {"Space", "Pause"}, "Pause, or go on"},
        {Act::step_once, {".", "Keypad Enter"}, "Pause and go one step"},
        {Act::rewind, {"Backspace"}, "Held: time runs backwards; let go and play on from there"},
        {Act::step_back, {",", "Keypad 0"}, "Pause and go one step back"},
        {Act::bookmark, {"M"}, "Set a bookmark here"},
        {Act::save_slot, {"Ctrl+1 to 9"}, "Save this moment in a slot"},
        {Act::load_slot, {"1 to 9"}, "Go to the moment of a slot"},
        {Act::slow, {"S", "F2"}, "Slow: a quarter of the world's rate; again: back to normal"},
        {Act::turbo, {"T", "F3"}, "Turbo: as fast as the network goes; again: back to normal"},
        {Act::restart, {"R", "F5"}, "Back to the opening, same seed"},
        {Act::next_episode, {"N", "F6"}, "New episode with the next seed (the same one where it is locked)"},
        {Act::lock_seed, {"L", "F7"}, "Lock the seed, or unlock it"},
        {Act::truth, {"G", "F4"}, "Show the real game beside the dream"},
        {Act::add_lane, {"C"}, "Copy the chosen lane: one more dream with the same keys"},
        {Act::next_lane, {"K"}, "Choose the next lane, whose sampler is turned"},
        {Act::dock, {"V"}, "Show plots of the drift, the film strip of a step, or neither"},
        {Act::difference, {"X", "F10"}, "Show the dream, or how it differs from the truth: absolute, amplified, heat map, signed"},
        {Act::flip_ab, {"B", "F8"}, "Flip between the sampler's settings A and B"},
        {Act::hand_over, {"O"}, "Hand the keys to the world's own player, or take them back"},
        {Act::panels, {"Tab", "F9"}, "Hide the panels, or show them"},
        {Act::full_screen, {"F11"}, "Full screen"},
        {Act::screenshot, {"F12", "P"}, "Save a picture of the window"},
        {Act::record, {"Ctrl+R"}, "Record without loss, or stop recording"},
        {Act::record_past, {"Ctrl+S"}, "Save the last 30 seconds as a recording"},
        {Act::record_window, {"Ctrl+W"}, "Record the window as a video, or stop that"},
        {Act::take_over, {"Return"}, "Watching a session: take it over, and play on from here"},
        {Act::larger, {"Ctrl+="}, "Larger text"},
        {Act::smaller, {"Ctrl+-"}, "Smaller text"},
        {Act::help, {"F1", "H"}, "This list"},
        {Act::close, {"Escape"}, "Close this list, leave full screen"},
        {Act::quit, {"Ctrl+Q"}, "Quit"},
    }};
    return table;
}

std::vector<std::string> free_keys(const Binding& binding, const ActionSpace& world) {
    std::vector<std::string> keys;
    for (const char* key : binding.keys)
        if (!used_by(world, key)) keys.push_back(key);
    return keys;
}

const Binding* find_binding(const KeyPress& key, const ActionSpace& world) {
    std::string name = (key.ctrl ? "Ctrl+" : "") + key.name;
    if (!key.ctrl && used_by(world, name)) return nullptr;
    for (const Binding& binding : bindings())
        if (std::find(binding.keys.begin(), binding.keys.end(), name) != binding.keys.end()) return &binding;
    return nullptr;
}

}  // namespace drift
