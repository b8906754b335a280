// A training's page of pictures, for who has no window open.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "measure/training_course.h"

namespace drift {

// Play that is held out, dreamed along its own actions.
struct CourseStrip {
    std::vector<Frame> dreamed, real;  // as many
};

// Losses by band of sigma over time, PSNR over horizon, the strip, and what is to be said of it. The file appears whole or not at all. Throws
// Error where it cannot be written; a build without media writes none.
void save_course_page(const std::filesystem::path& png, const std::string& title, const TrainingCourse& course,
                      const CourseStrip& strip);

}  // namespace drift
