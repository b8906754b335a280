// The game's map: where you are, where each dream believes you are, and a legend that says which is which.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <imgui.h>

#include "player/gl/scene.h"
#include "player/view.h"

namespace drift {

// What the legend says of one mark.
struct MapEntry {
    std::optional<int> lane;  // nullopt: the truth
    std::string name, brief;  // "Lane 2", "2"; a single one is "Dream"
    bool found = false;       // there is a place that its picture shows, and so a mark
    std::optional<std::uint64_t>
        off_map;  // the frame since which it is no picture of the game; what is found is then but the likeliest place
    double off = std::numeric_limits<
        double>::quiet_NaN();  // from the truth, px of the map: the larger of |dx| and |dy|; NaN: unknown
    bool sure() const { return found && !off_map; }
    std::string words() const;  // "believes you are 12 px away"
};
std::vector<MapEntry> map_entries(const Step& step);

// On the map, which is shown from `from` to `to`.
void map_marks(const View& view, const Frame& map, ImVec2 from, ImVec2 to);
// In the caption above it, from `x` to `right`, as much as there is room for.
void map_legend(const View& view, float x, float right, float top);
// All of it in words, while the mouse is over the map or its caption.
void map_tooltip(const View& view, ImVec2 from, ImVec2 to);

}  // namespace drift
