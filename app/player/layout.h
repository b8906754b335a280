// Where the picture and the panels go in a window of any size.
#pragma once

#include <optional>
#include <vector>

namespace drift {

struct Box {
    float x = 0, y = 0, width = 0, height = 0;
};

enum class Section { sampler, lanes, truth, time, recording, speed, world };

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
};

// In units of the window, at this scale of text. Two columns where there is room for them and a picture; one; a drawer.
// The dock takes its height from the picture, where that leaves enough of it.
// `zen`: the picture alone.
Layout arrange(float width, float height, float scale, bool panels, bool dock = false, bool zen = false);

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
