// Where the picture and the panels go in a window of any size.
#pragma once

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
    Box picture;
    Box dock;    // below the pictures: plots or the film strip; empty where there is none
    Box time;    // the bar of what was played; empty where panels are hidden
    Box status;
    std::vector<Column> columns;
};

// In units of the window, at this scale of text. Two columns where there is room for them and a picture; one; none.
// The dock takes its height from the picture, where that leaves enough of it.
Layout arrange(float width, float height, float scale, bool panels, bool dock = false);

// Frames of equal size in a box, in whole pixels: in as many rows as make them largest. The factor is whole where the
// frames fit at all. `gap` and `caption` (above each) are in pixels.
struct Fit {
    float factor = 0;         // 0: nothing is to be seen
    std::vector<Box> frames;  // from the top left
};
Fit fit_frames(const Box& box, int count, int frame_width, int frame_height, float gap, float caption);

}  // namespace drift
