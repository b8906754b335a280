// What panels and keys ask to be done to presets and slots: the files are this file's.
#include "core/error.h"
#include "player/app.h"
#include "player/slots.h"

namespace drift {

void App::work_on_presets(const PresetWish& wish) {
    OwnPresets& presets = view_.presets;
    const std::string& name = wish.preset.name;
    switch (wish.kind) {
        case PresetWish::Kind::read: {
            std::vector<std::string> notes;
            presets.read(notes);
            if (!notes.empty()) view_.say(notes.front());
            break;
        }
        case PresetWish::Kind::save: {
            bool there = std::any_of(presets.list.begin(), presets.list.end(), [&](const Preset& preset) { return preset.name == name; });
            presets.save(wish.preset);
            view_.say((there ? "Replaced preset " : "Saved preset ") + name);
            break;
        }
        case PresetWish::Kind::remove:
            presets.remove(name);
            view_.say("Deleted preset " + name);
            break;
        case PresetWish::Kind::bring_back:
            if (!presets.gone) break;
            std::string back = presets.gone->name;
            presets.undo();
            view_.say("Preset " + back + " is back");
            break;
    }
}

void App::work_on_files() {
    for (const PresetWish& wish : std::exchange(view_.preset_wishes, {})) try {
            work_on_presets(wish);
        } catch (const Error& error) {
            view_.say(error.what());
        }
    for (const SlotWish& wish : std::exchange(view_.slot_wishes, {})) wish.save ? save_slot(view_, wish.slot) : load_slot(view_, wish.slot);
}

}  // namespace drift
