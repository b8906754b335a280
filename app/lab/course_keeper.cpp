#include "lab/course_keeper.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

#include "core/atomic_file.h"
#include "core/error.h"
#include "formats/text.h"

namespace drift {
namespace {

using Json = nlohmann::json;

constexpr double point_minutes = 0.1;
constexpr std::uint64_t largest_file = 16u << 20;
constexpr std::size_t most_looks = 10'000;

Json to_json(const TrainingCourse& course) {
    Json json{{"losses", Json::array()}, {"evaluations", Json::array()}};
    for (const auto& point : course.losses)
        json["losses"].push_back({point.step, point.minutes, point.bands[0], point.bands[1], point.bands[2]});
    for (const auto& look : course.looks)
        json["evaluations"].push_back({{"step", look.step},
                                       {"minutes", look.minutes},
                                       {"horizons", look.horizons},
                                       {"psnr", look.held},
                                       {"copy_psnr", look.copy},
                                       {"learned_psnr", look.known}});
    return json;
}

// What is no number is null in JSON.
double number(const Json& json) {
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::vector<double> numbers(const Json& json, std::size_t count) {
    std::vector<double> all;
    for (const Json& value : json) all.push_back(number(value));
    if (all.size() != count)
        throw Error("expected " + std::to_string(count) + " figures, found " + std::to_string(all.size()));
    return all;
}

TrainingCourse course_of(const Json& json) {
    TrainingCourse course;
    for (const Json& point : json.at("losses")) {
        if (point.size() != 5) throw Error("expected 5 figures of a loss");
        course.add({point[0].get<std::int64_t>(),
                    point[1].get<double>(),
                    {number(point[2]), number(point[3]), number(point[4])}});
    }
    for (const Json& json_look : json.at("evaluations")) {
        if (course.looks.size() == most_looks) throw Error("more evaluations than a training has");
        TrainingCourse::Look look{json_look.at("step").get<std::int64_t>(),
                                  json_look.at("minutes").get<double>(),
                                  json_look.at("horizons").get<std::vector<int>>(),
                                  {},
                                  {},
                                  {}};
        look.held = numbers(json_look.at("psnr"), look.horizons.size());
        look.copy = numbers(json_look.at("copy_psnr"), look.horizons.size());
        const Json& known = json_look.at("learned_psnr");
        if (!known.empty()) look.known = numbers(known, look.horizons.size());
        course.looks.push_back(std::move(look));
    }
    return course;
}

}  // namespace

CourseKeeper::CourseKeeper(std::filesystem::path folder, std::string title, std::optional<std::int64_t> from)
    : folder_(std::move(folder)), title_(std::move(title)) {
    const auto file = folder_ / "progress.json";
    if (std::error_code error; !from || !std::filesystem::exists(file, error)) return;
    try {
        TrainingCourse course = course_of(Json::parse(read_text(file, largest_file)));
        // What came after the checkpoint is trained again.
        std::erase_if(course.losses, [&](const auto& point) { return point.step > *from; });
        std::erase_if(course.looks, [&](const auto& look) { return look.step > *from; });
        course_ = std::move(course);
    } catch (const std::exception&) {
        std::fprintf(stderr, "driftlab: %s cannot be read; the training goes on, and is written down from here\n",
                     printable(file.string()).c_str());
    }
}

void CourseKeeper::see(const TrainReport& report, double minutes) {
    for (int band = 0; band < 3; ++band)
        if (std::isfinite(report.band_loss[band])) sums_[band] += report.band_loss[band], ++counts_[band];
    if (!course_.losses.empty() && minutes < course_.losses.back().minutes + point_minutes) return;
    TrainingCourse::Losses point{report.step, minutes, {}};
    for (std::size_t band = 0; band < 3; ++band) {
        point.bands[band] = counts_[band] > 0 ? sums_[band] / counts_[band] : std::numeric_limits<double>::quiet_NaN();
        sums_[band] = 0, counts_[band] = 0;
    }
    course_.add(point);
}

void CourseKeeper::keep() const { write_file(folder_ / "progress.json", to_json(course_).dump(1) + "\n"); }

void CourseKeeper::look(std::int64_t step, double minutes, const CourseLook& look) {
    course_.add(step, minutes, look.held, look.known ? &*look.known : nullptr);
    keep();
    char heading[200];
    std::snprintf(heading, sizeof heading, "%s: %lld steps, %.0f minutes", printable(title_).c_str(),
                  static_cast<long long>(step), minutes);
    save_course_page(folder_ / "progress.png", heading, course_, look.strip);
}

}  // namespace drift
