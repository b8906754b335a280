#include "player/slots.h"

#include <string>

#include "files/folders.h"

namespace drift {

std::optional<std::filesystem::path> slot_file(const View& view, int slot) {
    auto folder = data_folder();
    if (!folder || !view.world) return std::nullopt;
    // The real game alone loads none of its dream's states, nor the other way about.
    const std::string of = view.world->name + (view.dreamed() ? "" : " (real game)");
    return *folder / "states" / of / (std::to_string(slot) + ".state");
}

bool slot_used(const View& view, int slot) {
    auto file = slot_file(view, slot);
    std::error_code error;
    return file && std::filesystem::is_regular_file(*file, error);
}

std::set<int> used_slots(const View& view) {
    std::set<int> used;
    for (int slot = 1; slot <= 9; ++slot)
        if (slot_used(view, slot)) used.insert(slot);
    return used;
}

void save_slot(View& view, int slot) {
    auto file = slot_file(view, slot);
    if (!file) return view.say("States cannot be saved: neither HOME nor XDG_DATA_HOME is set");
    view.commands.push_back({Command::Kind::save_state, view.step ? view.step->position + 1 : 0, *file});
    bool full = !view.slots.insert(slot).second;
    view.say((full ? "Overwrote slot " : "Saved in slot ") + std::to_string(slot) + ". Press " + std::to_string(slot) +
             " to load it" + (full ? ". Undo brings the old one back" : ""));
}

void load_slot(View& view, int slot) {
    if (!slot_used(view, slot))
        return view.say("Slot " + std::to_string(slot) + " is empty. Press Ctrl+" + std::to_string(slot) +
                        " to save this moment there");
    view.commands.push_back({Command::Kind::load_state, 0, *slot_file(view, slot)});
    view.say("Loaded slot " + std::to_string(slot));
}

}  // namespace drift
