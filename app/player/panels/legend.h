// What marks and colours in sliders, pictures and plots mean.
#pragma once

#include <span>

#include <imgui.h>

namespace drift {

struct Legend {
    const char* where;  // "Sliders"
    const char* meaning;
    void (*draw)(ImDrawList& draw, ImVec2 middle, float unit);  // the mark itself; `unit` is the scale of text
};
std::span<const Legend> legends();

}  // namespace drift
