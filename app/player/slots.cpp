#include "player/slots.h"

#include <string>

#include "player/files/folders.h"

namespace drift {

std::optional<std::filesystem::path> slot_file(const View& view, int slot) {
    auto folder = data_folder();
    if (!folder || !view.world) return std::nullopt;
    return *folder / "states" / view.world->name / (std::to_string(slot) + ".state");
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
    if (!file) return view.say("States are not kept: neither HOME nor XDG_DATA_HOME is set");
    view.commands.push_back({Command::Kind::save_state, 0, *file});
    view.slots.insert(slot);
    view.say("Saved in slot " + std::to_string(slot) + ": the key " + std::to_string(slot) + " brings it back");
}

void load_slot(View& view, int slot) {
    if (!slot_used(view, slot)) return view.say("Slot " + std::to_string(slot) + " is empty: Ctrl+" + std::to_string(slot) + " saves this moment there");
    view.commands.push_back({Command::Kind::load_state, 0, *slot_file(view, slot)});
    view.say("Back to slot " + std::to_string(slot));
}

}  // namespace drift
