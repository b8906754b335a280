#include "player/key_rows.h"

#include <algorithm>

#include "core/error.h"

namespace drift {
namespace {

KeyPress pressed(const std::string& key, bool button, const Keyboard& keyboard) {
    if (button) return {key, false};
    const bool ctrl = key.starts_with(with_ctrl);
    return {keyboard.place_of(ctrl ? key.substr(with_ctrl.size()) : key), ctrl};
}

std::string shown(const KeyPress& key, const Keyboard& keyboard) {
    return (key.ctrl ? std::string(with_ctrl) : "") + keyboard.shown(key.place);
}

// Each key goes to those that work, or to those that another one has.
void sort_keys(KeyRow& row, const std::vector<std::string>& keys, const std::string& myself, const View& view) {
    for (const std::string& key : keys) {
        if (of_pad(key) && !view.keyboard.pads) continue;
        const KeyPress press = pressed(key, row.button, view.keyboard);
        const std::string owner = owner_of(press, view), name = shown(press, view.keyboard);
        if (owner != myself) row.lost.push_back(name + ": used by " + owner);
        else if (std::find(row.keys.begin(), row.keys.end(), name) == row.keys.end()) row.keys.push_back(name);
    }
}

bool slot(Act act) { return act == Act::save_slot || act == Act::load_slot; }

std::string named(const Binding& binding) { return std::string("\"") + binding.meaning + "\""; }

std::string of_button(const ActionSpace::Entry& entry) { return "the game's " + printable(entry.name); }

}  // namespace

std::string owner_of(const KeyPress& key, const View& view) {
    static const ActionSpace none;
    const ActionSpace& world = view.world ? view.world->actions : none;
    if (int button = key.ctrl ? -1 : world_button(world, key.place); button >= 0)
        return of_button(world.entries[static_cast<std::size_t>(button)]);
    const Binding* binding = find_binding(key, world, view.keyboard);
    return binding ? named(*binding) : "";
}

std::vector<KeyRow> key_rows(const View& view) {
    std::vector<KeyRow> rows;
    const Keyboard& keyboard = view.keyboard;
    const ActionSpace wanted = wanted_keys(view.shipped, keyboard.own),
                      called = view.world ? with_own_names(wanted, keyboard.own, view.world->name) : wanted;
    if (view.world)
        for (std::size_t i = 1; i < wanted.entries.size(); ++i) {
            const ActionSpace::Entry& entry = wanted.entries[i];
            const std::string& name = called.entries[i].name;
            const bool own = keyboard.own.buttons.contains(entry.name) || name != entry.name;
            if (view.shipped.entries[i].keys.empty() && !own) continue;
            KeyRow row{true, entry.name, "The game", printable(name), {}, {}, own};
            sort_keys(row, entry.keys, of_button(called.entries[i]), view);
            rows.push_back(std::move(row));
        }
    for (const TopicName& topic : topics())
        for (const Binding& binding : bindings()) {
            if (binding.topic != topic.topic || slot(binding.act)) continue;
            KeyRow row{
                false, binding.name, topic.name, binding.meaning, {}, {}, keyboard.own.acts.contains(binding.name)};
            sort_keys(row, keys_of(binding, keyboard), named(binding), view);
            rows.push_back(std::move(row));
        }
    return rows;
}

std::string put_on_key(View& view, const KeyRow& row, const KeyPress& key) {
    const std::string before = owner_of(key, view);
    OwnKeys& own = view.keyboard.own;
    std::vector<std::string>& list = (row.button ? own.buttons : own.acts)[row.name];
    std::erase_if(list, [&](const std::string& each) { return of_pad(each) == of_pad(key.place); });
    list.insert(list.begin(), row.button ? key.place : shown(key, view.keyboard));
    view.keys_changed();
    const std::string now = owner_of(key, view),
                      myself = row.button ? "the game's " + row.meaning : "\"" + row.meaning + "\"";
    if (now != myself) return now;
    return before == myself ? "" : before;
}

void reset_keys(View& view, const KeyRow& row) {
    (row.button ? view.keyboard.own.buttons : view.keyboard.own.acts).erase(row.name);
    if (row.button && view.world) call_action(view.keyboard.own, view.world->name, row.name, "");
    view.keys_changed();
}

}  // namespace drift
