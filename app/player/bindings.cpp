#include "player/bindings.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace drift {
namespace {

// Of a binding's key, without Ctrl.
std::string place_of(std::string_view key, const Keyboard& keyboard) {
    if (key.starts_with(with_ctrl)) key.remove_prefix(with_ctrl.size());
    return keyboard.place_of(std::string(key));
}

}  // namespace

std::span<const Binding> bindings() {
    using enum Topic;
    static const std::array<Binding, act_count> table = {{
        {Act::restart, "restart", play, {"R", "F5", "Pad Back"}, "Back to the opening, same seed"},
        {Act::next_episode,
         "next_episode",
         play,
         {"N", "F6"},
         "New episode with the next seed (or the same one, if the seed is locked)"},
        {Act::lock_seed, "lock_seed", play, {"L", "F7"}, "Lock or unlock the seed"},
        {Act::hand_over, "hand_over", play, {"O"}, "Let the world's own player take the keys, or take them back"},
        {Act::capture_mouse,
         "capture_mouse",
         play,
         {},
         "Let the mouse turn the view, in a world that takes a mouse (Esc frees it)"},
        {Act::free_mouse, "free_mouse", play, {}, "Free the mouse"},
        {Act::pause, "pause", time, {"Space", "Pause", "Ctrl+.", "Pad Start"}, "Pause or resume"},
        {Act::step_once,
         "step_once",
         time,
         {".", "Keypad Enter", "Pad Right Shoulder"},
         "Pause and go forward one frame (hold to repeat)"},
        {Act::step_back, "step_back", time, {",", "Keypad 0"}, "Pause and go back one frame (hold to repeat)"},
        {Act::rewind,
         "rewind",
         time,
         {"Backspace", "Pad Left Shoulder"},
         "Hold to rewind; release to play on from there"},
        {Act::slow, "slow", time, {"S", "F2"}, "Slow motion: a quarter of the world's rate (again: normal speed)"},
        {Act::slower, "slower", time, {"["}, "Slower: 8, 4, 2, 1, a half, a quarter, a tenth of the world's rate"},
        {Act::faster, "faster", time, {"]"}, "Faster"},
        {Act::turbo, "turbo", time, {"T", "F3"}, "Turbo: as fast as the network can go (again: normal speed)"},
        {Act::hold_rate,
         "hold_rate",
         time,
         {},
         "Hold the rate: fewer denoising steps wherever the network is too slow (again: as the sliders say)"},
        {Act::look_ahead,
         "look_ahead",
         time,
         {},
         "Imagine ahead: begin each frame before it is due, with the keys you hold (again: when it is due)"},
        {Act::live, "live", time, {"End"}, "From the past to the newest frame"},
        {Act::previous_timeline,
         "previous_timeline",
         time,
         {"Ctrl+Home"},
         "Return to the previous timeline, at its end"},
        {Act::bookmark, "bookmark", time, {"M"}, "Set a bookmark here"},
        {Act::save_slot, "save_slot", time, {"Ctrl+1 to 9"}, "Save this moment in a slot"},
        {Act::load_slot, "load_slot", time, {"1 to 9"}, "Load the moment in a slot"},
        {Act::flip_ab, "flip_ab", lanes, {"B", "F8"}, "Switch between sampler settings A and B"},
        {Act::add_lane, "add_lane", lanes, {"C"}, "Copy the chosen lane: one more dream with the same keys"},
        {Act::next_lane, "next_lane", lanes, {"K"}, "Choose the next lane, to edit its sampler"},
        {Act::undo, "undo", lanes, {"Ctrl+Z"}, "Undo: settings, lanes, saved states, bookmarks, presets"},
        {Act::redo, "redo", lanes, {"Ctrl+Y"}, "Redo"},
        {Act::reset_settings, "reset_settings", lanes, {}, "Reset the chosen lane's sampler to the world's defaults"},
        {Act::truth, "truth", truth, {"G", "F4"}, "Show the real game beside the dream"},
        {Act::restart_game, "restart_game", truth, {}, "Start the real game again, where it has stopped"},
        {Act::difference,
         "difference",
         truth,
         {"X", "F10"},
         "Show the dream, or how it differs from the truth: absolute, amplified, heat map, signed; or where it is "
         "unsure"},
        {Act::dock,
         "dock",
         truth,
         {"V"},
         "Show drift plots, the film strip of a frame, a fan of futures, or none of them"},
        {Act::plots, "plots", truth, {}, "Show or hide the drift plots"},
        {Act::film_strip, "film_strip", truth, {}, "Show or hide the film strip of a frame: how it was denoised"},
        {Act::futures, "futures", truth, {"F"}, "Imagine eight futures of this moment; click one to play it"},
        {Act::wipe, "wipe", truth, {"I"}, "A wipe between dream and truth, or between two lanes: drag its line"},
        {Act::loupe, "loupe", truth, {"Z"}, "A loupe: the pixel under the mouse in every picture, and lately"},
        {Act::export_table, "export_table", truth, {}, "Save the drift of the frames shown as a table (CSV)"},
        {Act::record, "record", record, {"Ctrl+R"}, "Start or stop recording (lossless)"},
        {Act::record_past, "record_past", record, {"Ctrl+S"}, "Save the last 30 seconds as a recording"},
        {Act::record_window, "record_window", record, {"Ctrl+W"}, "Start or stop recording the window as a video"},
        {Act::screenshot, "screenshot", record, {"F12", "P"}, "Save a picture of the window"},
        {Act::library,
         "library",
         record,
         {"Ctrl+L", "Pad Right Stick"},
         "Library: watch, export or delete your recordings, sessions, videos and pictures"},
        {Act::take_over, "take_over", record, {"Return"}, "While watching a session: take control from here"},
        {Act::verify, "verify", record, {}, "While watching a session: verify that it gives the same bytes again"},
        {Act::back_to_game, "back_to_game", record, {}, "Back to my game, from a session that is watched"},
        {Act::export_session, "export_session", record, {}, "While watching a session: export it as a video"},
        {Act::stop_export, "stop_export", record, {}, "Stop the export"},
        {Act::command_palette,
         "command_palette",
         window,
         {"Ctrl+P"},
         "Find any command, setting, preset, world or recording by its name"},
        {Act::help, "help", window, {"F1", "H"}, "Help: all keys, and what marks and colours mean"},
        {Act::change_keys,
         "change_keys",
         window,
         {},
         "Change keys: put any command or button of the game on another key"},
        {Act::settings_page,
         "settings_page",
         window,
         {"Ctrl+,"},
         "Settings: theme, text size, folders, computing, panels; version and licences"},
        {Act::training_page, "training_page", window, {}, "Training: how this world was trained, or is being trained"},
        {Act::learn_page,
         "learn_page",
         window,
         {},
         "Learn a game: capture any game that runs, train a world of it, play that"},
        {Act::held_keys,
         "held_keys",
         window,
         {},
         "Show or hide the game's keys over the picture, lit while they are held"},
        {Act::panels, "panels", window, {"Tab", "F9"}, "Show or hide the panels and the toolbar"},
        {Act::zen, "zen", window, {"Ctrl+Space"}, "Pictures alone, without panels or bars"},
        {Act::full_screen, "full_screen", window, {"F11"}, "Full screen"},
        {Act::larger, "larger", window, {"Ctrl+=", "Ctrl++", "Ctrl+Keypad +"}, "Larger text"},
        {Act::smaller, "smaller", window, {"Ctrl+-", "Ctrl+Keypad -"}, "Smaller text"},
        {Act::standard_size, "standard_size", window, {"Ctrl+0", "Ctrl+Keypad 0"}, "Text at its standard size"},
        {Act::close,
         "close",
         window,
         {"Escape"},
         "Close a menu, the help or the panels over the picture; leave full screen"},
        {Act::quit, "quit", window, {"Ctrl+Q"}, "Quit"},
    }};
    return table;
}

std::span<const TopicName> topics() {
    static constexpr TopicName names[] = {{Topic::play, "Play"},
                                          {Topic::time, "Time and speed"},
                                          {Topic::lanes, "Settings and lanes"},
                                          {Topic::truth, "Truth and drift"},
                                          {Topic::record, "Recording and watching"},
                                          {Topic::window, "Window"}};
    return names;
}

const Binding& binding_of(Act act) {
    return *std::find_if(bindings().begin(), bindings().end(), [&](const Binding& it) { return it.act == act; });
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

std::vector<std::string> keys_of(const Binding& binding, const Keyboard& keyboard) {
    return merged(own_list(keyboard.own.acts, binding.name), {binding.keys.begin(), binding.keys.end()});
}

std::vector<std::string> free_keys(const Binding& binding, const ActionSpace& world, const Keyboard& keyboard) {
    std::vector<std::string> keys;
    for (const std::string& key : keys_of(binding, keyboard)) {
        const std::string place = place_of(key, keyboard);
        const bool ctrl = key.starts_with(with_ctrl);
        if (of_pad(key) && !keyboard.pads) continue;
        if (key.ends_with("1 to 9")) keys.push_back(key);
        else if (find_binding({place, ctrl}, world, keyboard) == &binding)
            if (std::string shown = (ctrl ? std::string(with_ctrl) : "") + keyboard.shown(place);
                std::find(keys.begin(), keys.end(), shown) == keys.end())
                keys.push_back(shown);
    }
    return keys;
}

const Binding* find_binding(const KeyPress& key, const ActionSpace& world, const Keyboard& keyboard) {
    if (!key.ctrl && world_button(world, key.place) >= 0) return nullptr;
    auto among = [&](const auto& keys) {
        return std::any_of(keys.begin(), keys.end(), [&](std::string_view each) {
            return each.starts_with(with_ctrl) == key.ctrl && place_of(each, keyboard) == key.place;
        });
    };
    for (const Binding& binding : bindings())
        if (const auto* own = own_list(keyboard.own.acts, binding.name); own && among(*own)) return &binding;
    for (const Binding& binding : bindings())
        if (among(keys_of(binding, keyboard))) return &binding;
    return nullptr;
}

}  // namespace drift
