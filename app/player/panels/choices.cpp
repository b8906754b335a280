#include "player/panels/choices.h"

#include <algorithm>

#include "core/error.h"
#include "player/lanes.h"
#include "player/matching.h"
#include "player/panels/preset_combo.h"

namespace drift {
namespace {

std::string joined(const std::vector<std::string>& keys) {
    std::string line;
    for (const std::string& key : keys) line += (line.empty() ? "" : "   ") + key;
    return line;
}

// A slot is named by its digit: one entry for each that can be saved to, or has something to load.
void add_slots(std::vector<Choice>& all, const View& view, Act act) {
    for (int slot = 1; slot <= 9; ++slot) {
        const bool save = act == Act::save_slot, used = view.slots.contains(slot);
        if (!save && !used) continue;
        const std::string digit = std::to_string(slot);
        const bool taken = view.world && world_button(view.world->actions, view.keyboard.place_of(digit)) >= 0;
        all.push_back({(save ? "Save this moment in slot " : "Load the moment in slot ") + digit, "Command",
                       save    ? "Ctrl+" + digit
                       : taken ? ""
                               : digit,
                       [slot, save](View& view) {
                           view.slot_wishes.push_back({slot, save});
                       }});
        if (save && used) all.back().note = "overwrites, " + all.back().note;
    }
}

void add_acts(std::vector<Choice>& all, const View& view) {
    static const ActionSpace none;
    for (const Binding& binding : bindings()) {
        if (!possible(view, binding.act)) continue;
        if (binding.act == Act::save_slot || binding.act == Act::load_slot) {
            add_slots(all, view, binding.act);
            continue;
        }
        all.push_back({binding.meaning, "Command",
                       joined(free_keys(binding, view.world ? view.world->actions : none, view.keyboard)),
                       [act = binding.act](View& view) { view.acts.push_back(act); }});
    }
}

void add_settings(std::vector<Choice>& all, const View& view) {
    auto add = [&](const SamplerSettings& settings, bool upsampler) {
        for (const SettingField& field : setting_fields())
            all.push_back({(upsampler ? "Upsampler: " : "") + std::string(field.label), "Setting",
                           shown_setting(settings, field),
                           [&field, upsampler](View& view) { seek_setting(view, field, upsampler); }});
    };
    add(view.settings(), false);
    if (!view.world->defaults.upsampler.empty() && !view.settings().upsampler.empty())
        add(view.settings().upsampler.front(), true);
}

void add_presets(std::vector<Choice>& all, const View& view) {
    const std::string now = current_preset(view);
    auto add = [&](std::span<const Preset> presets) {
        for (const Preset& preset : presets)
            if (fits(preset, view.world->defaults))
                all.push_back({preset.name, "Preset", preset.name == now ? "playing" : "", [preset](View& view) {
                                   if (view.recorded(view.lanes.chosen)) return view.say(fixed_reason(view));
                                   choose_preset(view, preset);
                               }});
    };
    add(built_in_presets());
    add(view.presets.list);
}

}  // namespace

bool about_dream(Act act) {
    switch (act) {
        case Act::hold_rate:
        case Act::look_ahead:
        case Act::flip_ab:
        case Act::add_lane:
        case Act::next_lane:
        case Act::reset_settings:
        case Act::truth:
        case Act::difference:
        case Act::dock:
        case Act::plots:
        case Act::film_strip:
        case Act::futures:
        case Act::wipe:
        case Act::export_table:
        case Act::hand_over: return true;
        default: return false;
    }
}

bool possible(const View& view, Act act) {
    if (about_dream(act) && !view.dreamed()) return false;
    switch (act) {
        case Act::take_over:
        case Act::verify:
        case Act::export_session: return view.recording.watch.has_value();
        case Act::back_to_game: return view.recording.watch && view.recording.own_game;
        case Act::stop_export: return view.recording.exported.has_value();
        case Act::export_table: return !view.history.samples().empty();
        case Act::hand_over: return view.world && (view.world->policy || view.world->recorded);
        case Act::training_page: return !view.training.file.empty();
        case Act::capture_mouse: return view.takes_mouse() && !view.recording.watch;
        case Act::free_mouse: return view.mouse_captured;
        case Act::rewind:  // is held: a key and a button do that
        case Act::close:   // closes what asks for it
        case Act::command_palette: return false;
        default: return true;
    }
}

std::vector<Choice> choices(const View& view) {
    std::vector<Choice> all;
    add_acts(all, view);
    const std::set<Section> never = sections_of_dreams(view);
    for (const SectionName& it : section_names) {
        if (never.contains(it.section)) continue;
        const bool hidden = view.layout.hidden_sections.contains(it.section);
        all.push_back({(hidden ? "Show the section " : "Hide the section ") + std::string(it.name), "Command",
                       hidden ? "hidden" : "", [section = it.section, hidden](View& view) {
                           if (hidden) show_section(view, section);
                           else view.layout.hidden_sections.insert(section);
                       }});
    }
    if (view.world && view.dreamed()) {
        add_settings(all, view);
        add_presets(all, view);
    }
    for (const WorldEntry& entry : view.worlds)
        all.push_back({printable(entry.name), entry.from == WorldEntry::From::game ? "Game" : "World",
                       view.world_file == entry.file ? "playing" : "", [file = entry.file](View& view) {
                           view.commands.push_back({Command::Kind::open_world, 0, file});
                       }});
    for (const SessionEntry& entry : view.recording.sessions)
        all.push_back({printable(entry.name), entry.recorded ? "Recording" : "Session", "",
                       [file = entry.file](View& view) { view.recording.wanted = file; }});
    return all;
}

std::vector<Choice> found(std::vector<Choice> all, std::string_view typed) {
    std::vector<std::pair<int, Choice>> ranked;
    for (Choice& choice : all) {
        // std::nullopt is less than any number. "world" is the worlds first, then what has the word in its name.
        auto rank = std::max(match(choice.name, typed), match(choice.kind + " " + choice.name, typed));
        if (rank) ranked.emplace_back(*rank, std::move(choice));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Choice> kept;
    for (auto& [rank, choice] : ranked) kept.push_back(std::move(choice));
    return kept;
}

std::set<Section> sections_of_dreams(const View& view) {
    return view.dreamed() ? std::set<Section>{} : std::set{Section::sampler, Section::lanes, Section::truth};
}

void show_section(View& view, Section section) {
    if (view.layout.narrow) view.layout.drawer = true;
    else view.layout.panels = true;
    view.layout.hidden_sections.erase(section);
    view.layout.open_sections[name_of(section)] = true;
}

void seek_setting(View& view, const SettingField& field, bool upsampler) {
    show_section(view, Section::sampler);
    view.layout.upsampler_shown = upsampler;
    view.layout.sought = Sought{&field, view.now + 2};
}

}  // namespace drift
