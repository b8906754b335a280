// Small pieces that the panels share.
#pragma once

#include <string>
#include <vector>

#include "player/theme.h"
#include "player/view.h"

namespace drift {

// "12.4", "0.0020": a number with so many decimals.
std::string decimals(double value, int count);
// "3.4 MB"; "0:12", "1:02:05".
std::string size_words(double bytes);
std::string clock_words(double seconds);

// As much of it as fits that width, with "..." for what is left out.
std::string fitted(const std::string& text, float width);

// A heading that opens and closes what is below it, and remembers which; its menu hides the section. True: draw it.
bool section(View& view, Section which);

// A label, and at the right of the panel its value.
void fact(const char* label, const std::string& value, ImFont* font = nullptr);
// A large figure with its unit, and what it is, small, below it.
void figure(const std::string& value, const char* unit, const char* meaning, const ImVec4& tone = palette::text);
float button_width(const char* label);
// A button that stays down while `on`.
bool toggle(const char* label, bool on, ImVec2 size = {0, 0});
// The first key of an act as it stands on the keyboard; empty where the world uses all of them.
std::string key_of(const View& view, Act act);
// Was a click ended that had begun outside of the current window, and that no button has taken? Then what lies over the picture closes.
bool clicked_elsewhere(const View& view);
// Keys as caps beside each other, on a line of their own.
void key_caps(const std::vector<std::string>& keys, float scale);
float key_caps_width(const std::vector<std::string>& keys, float scale);
// Of the last item: beside the column or the list that it is in, where there is room. Text is wrapped.
void begin_tooltip();
void end_tooltip();
// Has the last item been hovered for as long as tooltips wait?
bool hovered_long(ImGuiHoveredFlags flags = ImGuiHoveredFlags_None);
void set_tooltip_delay(double seconds);
// Text shown while the last item is hovered.
void tooltip(const char* text);

// On the window that is being drawn: `pivot` of the text stands at `at` ({0, 0} its top left corner, {1, 0.5} its right end's middle).
void text_at(ImVec2 at, ImVec2 pivot, ImU32 tone, const std::string& text);

}  // namespace drift
