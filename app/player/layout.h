// Where the picture and the panels go in a window of any size.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <vector>

namespace drift {

struct Box {
    float x = 0, y = 0, width = 0, height = 0;
};

enum class Section { sampler, lanes, truth, time, recording, speed, world };
struct SectionName {
    Section section;
    const char* name;  // its heading, and what settings.toml calls it
};
inline constexpr std::array section_names{
    SectionName{Section::sampler, "Sampler"},     SectionName{Section::lanes, "Lanes"},
    SectionName{Section::truth, "Truth"},         SectionName{Section::time, "Time"},
    SectionName{Section::recording, "Recording"}, SectionName{Section::world, "World"},
    SectionName{Section::speed, "Speed"}};
const char* name_of(Section section);

// How far the panels reach, in units at scale 1: as the user has dragged their edges.
struct Reach {
    float right = 348, left = 272;  // widths of the columns, the drawer's too
    float dock = 232;               // height
    bool operator==(const Reach&) const = default;
};
// An edge that can be dragged: the strip of the picture beside it, and what it may move between, in units at scale 1.
struct Edge {
    float Reach::*side = nullptr;
    Box strip;
    float least = 0, most = 0;
    float towards = 1;  // the sign with which the side grows as the mouse goes right or down
    bool upright = true;
};

struct Column {
    Box box;
    std::vector<Section> sections;  // from top to bottom; it scrolls where they are too tall
};

struct Layout {
    Box toolbar;  // above the picture; empty where panels are hidden
    Box picture;
    Box dock;  // below the pictures: plots or the film strip; empty where there is none
    Box time;  // the bar of what was played; empty where panels are hidden
    Box status;
    std::vector<Column> columns;
    std::optional<Column> drawer;  // where there is no room for columns: over the picture, when it is open
    Box handle;                    // the button that opens and closes the drawer
    std::vector<Edge> edges;       // the drawer's last
};

// In units of the window, at this scale of text. Two columns where there is room for them and a picture; one; a drawer.
// The dock takes its height from the picture, where that leaves enough of it. Which of these there is room for depends on the usual reach
// alone, so that no edge that is dragged makes a panel jump elsewhere.
struct Wanted {
    bool panels = true, dock = false;
    bool zen = false;  // the picture alone
    Reach reach = {};
    std::set<Section> hidden = {};  // sections; a column without any is none
};
Layout arrange(float width, float height, float scale, const Wanted& wanted);

// Frames of equal size in a box, in whole pixels: in as many rows as make them largest. The factor is whole from 3 up; below,
// where whole ones would waste much of the room, it is what fits. `gap` and `caption` (above each) are in pixels.
struct Fit {
    float factor = 0;         // 0: nothing is to be seen
    std::vector<Box> frames;  // from the top left
};
Fit fit_frames(const Box& box, int count, int frame_width, int frame_height, float gap, float caption);

// One more picture that takes no room from the frames: beside or below them where there is some, else over the first one's corner.
Box place_beside(const Box& box, const Fit& fit, float gap, float caption);

}  // namespace drift
