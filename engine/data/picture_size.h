// How large the pictures of a data set may be, and the size that they are made.
#pragma once

#include <string>

namespace drift {

struct PictureSize {
    int width = 0, height = 0;
};
PictureSize parse_picture_size(const std::string& text);  // "64x64"; throws Error
std::string size_text(int width, int height);             // the same way round
// Even, since pixels are folded 2x2, and of the sides that the networks are for.
bool fits_networks(int width, int height);
extern const std::string size_rule;  // "even and from 16 to 512"

}  // namespace drift
