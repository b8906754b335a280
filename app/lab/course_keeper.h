// Writes down how a training goes: progress.json and progress.png in the world's folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "lab/course_page.h"
#include "measure/training_course.h"
#include "train/trainer.h"

namespace drift {

// What a world is found to be while it is trained.
struct CourseLook {
    Evaluation held;
    std::optional<Evaluation> known;  // on play that is learned from, where that is the same all the time
    CourseStrip strip;
};

class CourseKeeper {
public:
    // Goes on with what the folder holds up to that step, where one is given; a file that cannot be read is said, and begun anew.
    CourseKeeper(std::filesystem::path folder, std::string title, std::optional<std::int64_t> from);

    void see(const TrainReport& report, double minutes);
    void keep() const;  // progress.json; throws Error where it cannot be written
    // Writes both files. Throws Error where they cannot be written.
    void look(std::int64_t step, double minutes, const CourseLook& look);
    const TrainingCourse& course() const { return course_; }

private:
    std::filesystem::path folder_;
    std::string title_;
    TrainingCourse course_;
    double sums_[3] = {};
    int counts_[3] = {};
};

}  // namespace drift
