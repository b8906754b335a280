// What the command palette finds: the table of acts, and the settings, presets, worlds and sessions that there are.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "player/view.h"

namespace drift {

struct Choice {
    std::string name, kind;  // "Steps", "Setting"
    std::string note;        // its keys, its value now, or where it lies
    std::function<void(View&)> choose;
};

// Does it want a dream: to set it, to compare it, to look into it?
bool about_dream(Act act);
// Can this act do anything now?
bool possible(const View& view, Act act);

// All of them, acts first. What can do nothing now is left out.
std::vector<Choice> choices(const View& view);
// Those whose name, or whose kind, answers to what was typed; the best first, and equals as they came.
std::vector<Choice> found(std::vector<Choice> all, std::string_view typed);

// Those that have nothing to say where the real game plays alone; none where there is a dream.
std::set<Section> sections_of_dreams(const View& view);
// It comes into sight in its column or the drawer, opened.
void show_section(View& view, Section section);
// The row of this setting comes into sight in the panel "Sampler" and takes the keyboard. `upsampler`: that of the world's second network.
void seek_setting(View& view, const SettingField& field, bool upsampler = false);

}  // namespace drift
