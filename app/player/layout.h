// Where the picture and the panels go in a window of any size.
#pragma once

#include <vector>

namespace drift {

struct Box {
    float x = 0, y = 0, width = 0, height = 0;
};

enum class Section { sampler, truth, speed, world };

struct Column {
    Box box;
    std::vector<Section> sections;  // from top to bottom; it scrolls where they are too tall
};

struct Layout {
    Box picture;
    Box status;
    std::vector<Column> columns;
};

// In units of the window, at this scale of text. Two columns where there is room for them and a picture; one; none.
Layout arrange(float width, float height, float scale, bool panels);

// Frames of equal size in a box, in whole pixels: beside each other or stacked, whichever is larger. The factor is whole where the
// frames fit at all. `gap` and `caption` (above each) are in pixels.
struct Fit {
    float factor = 0;         // 0: nothing is to be seen
    std::vector<Box> frames;  // from the top left
};
Fit fit_frames(const Box& box, int count, int frame_width, int frame_height, float gap, float caption);

}  // namespace drift
