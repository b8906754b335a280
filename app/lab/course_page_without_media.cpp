// course_page.h for a build without media.
#include "lab/course_page.h"

namespace drift {

void save_course_page(const std::filesystem::path&, const std::string&, const TrainingCourse&, const CourseStrip&) {}

}  // namespace drift
