// What is said of a training, by courses whose answers are known.
#include "measure/training_course.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace drift {
namespace {

Evaluation result(double first, double second) {
    Evaluation evaluation;
    evaluation.horizons = {1, 10};
    evaluation.psnr = {first, second};
    evaluation.copy_psnr = {30, 25};
    return evaluation;
}

bool says(const TrainingCourse& course, const std::string& words) {
    for (const std::string& sentence : advice(course))
        if (sentence.find(words) != sentence.npos) return true;
    return false;
}

TEST(TrainingCourse, SaysWhatTheEvaluationsSay) {
    TrainingCourse course;
    EXPECT_TRUE(says(course, "Too early to tell"));
    course.add(100, 10, result(28, 20));
    EXPECT_TRUE(says(course, "Not ready yet"));
    EXPECT_TRUE(says(course, "1 evaluation so far"));
    course.add(200, 20, result(33, 24));
    EXPECT_TRUE(says(course, "From 10 frames on"));
    course.add(300, 30, result(38, 28));
    course.add(400, 40, result(40, 30));
    EXPECT_TRUE(says(course, "Still gaining: 11.0 dB in the last 30 minutes"));
    EXPECT_FALSE(says(course, "stands still"));
    for (int i = 5; i < 9; ++i) course.add(100 * i, 10 * i, result(40.05, 30.05));
    EXPECT_TRUE(says(course, "No longer gaining (+0.0 dB"));
    for (int i = 9; i < 12; ++i) course.add(100 * i, 10 * i, result(39, 29));
    EXPECT_TRUE(says(course, "Getting worse: 1.0 dB lost"));
}

TEST(TrainingCourse, SaysWhereItIsWorseThanNothing) {
    TrainingCourse course;
    Evaluation evaluation;
    evaluation.horizons = {1, 10, 50};
    evaluation.psnr = {40, 24, 22};
    evaluation.copy_psnr = {30, 25, 21};
    course.add(100, 10, evaluation);
    EXPECT_TRUE(says(course, "After 10 frames it is further"));
    evaluation.copy_psnr[2] = 23;
    course.add(200, 20, evaluation);
    EXPECT_TRUE(says(course, "From 10 frames on"));
}

TEST(TrainingCourse, TellsWhatIsLearnedByHeart) {
    TrainingCourse course;
    const Evaluation close = result(41, 32), far = result(50, 45);
    course.add(100, 10, result(40, 30), &close);
    EXPECT_FALSE(says(course, "recorded play"));
    course.add(200, 20, result(40.5, 30.5), &far);
    EXPECT_TRUE(says(course, "More recorded play would help: it is 12.0 dB closer"));
    course.add(300, 30, result(39, 29), &far);
    EXPECT_TRUE(says(course, "by heart: 13.5 dB closer"));
}

TEST(TrainingCourse, KeepsTheShapeOfALongOne) {
    TrainingCourse course;
    for (int i = 0; i < 5000; ++i)
        course.add({i, i / 60.0, {2.0, i % 2 ? 1.0 : 3.0, std::numeric_limits<double>::quiet_NaN()}});
    EXPECT_LE(course.losses.size(), TrainingCourse::most_losses);
    EXPECT_GT(course.losses.size(), TrainingCourse::most_losses / 4);
    EXPECT_EQ(course.losses.back().step, 4999);
    for (std::size_t i = 1; i < course.losses.size(); ++i) EXPECT_LT(course.losses[i - 1].step, course.losses[i].step);
    EXPECT_DOUBLE_EQ(course.losses.front().bands[0], 2);
    EXPECT_DOUBLE_EQ(course.losses.front().bands[1], 2);
    EXPECT_TRUE(std::isnan(course.losses.front().bands[2]));
}

}  // namespace
}  // namespace drift
