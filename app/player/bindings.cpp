#include "player/bindings.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace drift {
namespace {

constexpr std::string_view with_ctrl = "Ctrl+";

// Of a binding's key, without Ctrl.
std::string place_of(std::string_view key, const Keyboard& keyboard) {
    if (key.starts_with(with_ctrl)) key.remove_prefix(with_ctrl.size());
    return keyboard.place_of(std::string(key));
}

}  // namespace

std::span<const Binding> bindings() {
    static const std::array<Binding, 39> table = {{
        {Act::pause, {"Space", "Pause"}, "Pause or resume"},
        {Act::step_once, {".", "Keypad Enter"}, "Pause and go forward one frame (hold to repeat)"},
        {Act::rewind, {"Backspace"}, "Hold to rewind; release to play on from there"},
        {Act::step_back, {",", "Keypad 0"}, "Pause and go back one frame (hold to repeat)"},
        {Act::live, {"End"}, "From the past to the newest frame"},
        {Act::previous_timeline, {"Ctrl+Home"}, "Return to the previous timeline, at its end"},
        {Act::bookmark, {"M"}, "Set a bookmark here"},
        {Act::save_slot, {"Ctrl+1 to 9"}, "Save this moment in a slot"},
        {Act::load_slot, {"1 to 9"}, "Load the moment in a slot"},
        {Act::slow, {"S", "F2"}, "Slow motion: a quarter of the world's rate (again: normal speed)"},
        {Act::slower, {"["}, "Slower: 8, 4, 2, 1, a half, a quarter, a tenth of the world's rate"},
        {Act::faster, {"]"}, "Faster"},
        {Act::turbo, {"T", "F3"}, "Turbo: as fast as the network can go (again: normal speed)"},
        {Act::restart, {"R", "F5"}, "Back to the opening, same seed"},
        {Act::next_episode, {"N", "F6"}, "New episode with the next seed (or the same one, if the seed is locked)"},
        {Act::lock_seed, {"L", "F7"}, "Lock or unlock the seed"},
        {Act::truth, {"G", "F4"}, "Show the real game beside the dream"},
        {Act::add_lane, {"C"}, "Copy the chosen lane: one more dream with the same keys"},
        {Act::next_lane, {"K"}, "Choose the next lane, to edit its sampler"},
        {Act::undo, {"Ctrl+Z"}, "Undo: settings, lanes, saved states, bookmarks, presets"},
        {Act::redo, {"Ctrl+Y"}, "Redo"},
        {Act::dock, {"V"}, "Show drift plots, the film strip of a frame, a fan of futures, or none of them"},
        {Act::futures, {"F"}, "Imagine eight futures of this moment; click one to play it"},
        {Act::difference,
         {"X", "F10"},
         "Show the dream, or how it differs from the truth: absolute, amplified, heat map, signed; or where it is "
         "unsure"},
        {Act::flip_ab, {"B", "F8"}, "Switch between sampler settings A and B"},
        {Act::hand_over, {"O"}, "Let the world's own player take the keys, or take them back"},
        {Act::panels, {"Tab", "F9"}, "Show or hide the panels"},
        {Act::full_screen, {"F11"}, "Full screen"},
        {Act::screenshot, {"F12", "P"}, "Save a picture of the window"},
        {Act::record, {"Ctrl+R"}, "Start or stop recording (lossless)"},
        {Act::record_past, {"Ctrl+S"}, "Save the last 30 seconds as a recording"},
        {Act::record_window, {"Ctrl+W"}, "Start or stop recording the window as a video"},
        {Act::take_over, {"Return"}, "While watching a session: take control from here"},
        {Act::larger, {"Ctrl+=", "Ctrl++", "Ctrl+Keypad +"}, "Larger text"},
        {Act::smaller, {"Ctrl+-", "Ctrl+Keypad -"}, "Smaller text"},
        {Act::standard_size, {"Ctrl+0", "Ctrl+Keypad 0"}, "Text at its standard size"},
        {Act::help, {"F1", "H"}, "This list"},
        {Act::close, {"Escape"}, "Close a menu, this list or the drawer; leave full screen"},
        {Act::quit, {"Ctrl+Q"}, "Quit"},
    }};
    return table;
}

int world_button(const ActionSpace& world, const std::string& place) {
    for (std::size_t i = 0; i < world.entries.size(); ++i)
        if (std::find(world.entries[i].keys.begin(), world.entries[i].keys.end(), place) != world.entries[i].keys.end())
            return static_cast<int>(i);
    return -1;
}

int digit_of(const std::string& place, const Keyboard& keyboard) {
    for (char digit = '1'; digit <= '9'; ++digit)
        if (keyboard.place_of(std::string(1, digit)) == place) return digit - '0';
    return 0;
}

std::vector<std::string> free_keys(const Binding& binding, const ActionSpace& world, const Keyboard& keyboard) {
    std::vector<std::string> keys;
    for (std::string_view key : binding.keys) {
        std::string place = place_of(key, keyboard);
        bool ctrl = key.starts_with(with_ctrl);
        if (key.ends_with("1 to 9")) keys.emplace_back(key);
        else if (ctrl || world_button(world, place) < 0)
            if (std::string shown = (ctrl ? std::string(with_ctrl) : "") + keyboard.shown(place);
                std::find(keys.begin(), keys.end(), shown) == keys.end())
                keys.push_back(shown);
    }
    return keys;
}

const Binding* find_binding(const KeyPress& key, const ActionSpace& world, const Keyboard& keyboard) {
    if (!key.ctrl && world_button(world, key.place) >= 0) return nullptr;
    for (const Binding& binding : bindings())
        for (std::string_view each : binding.keys)
            if (each.starts_with(with_ctrl) == key.ctrl && place_of(each, keyboard) == key.place) return &binding;
    return nullptr;
}

}  // namespace drift
