#include "player/files/exporter.h"

#include <utility>

#include "core/error.h"

namespace drift {
namespace {

constexpr double walk_part = 0.5;  // of the bar: the session's steps first, then their pictures

}  // namespace

Exporter::Exporter(ExportWish wish, std::function<std::unique_ptr<Stage>()> open)
    : wish_(std::move(wish)), open_(std::move(open)) {
    thread_ = std::jthread([this](std::stop_token stop) {
        try {
            end_.put(run(stop));
        } catch (const std::exception& error) {
            end_.put({false, error.what(), ""});
        }
    });
}

Exporter::End Exporter::run(std::stop_token stop) {
    auto stage = open_();
    Watch watch(read_session_log(wish_.log), stored_tracks(wish_.log), stage->info());
    Play play(*stage);
    auto reel = Reel::walk(
        watch, play, stage->info(), wish_.reel, [this](double part) { part_ = walk_part * part; }, stop);
    RecipesOfSteps recipes(watch.log());
    const bool done =
        reel && export_clip(
                    wish_.file, wish_.kind, reel->list(), [&](std::size_t i) { return reel->shot(i); },
                    [this](double part) { part_ = walk_part + (1 - walk_part) * part; }, stop,
                    about_session(watch.log().header), [&](std::uint64_t step) { return recipes.of(step); });
    if (done && wish_.kind == ExportKind::mp4) try {
            add_recipe(wish_.file, recipe_with(wish_.log, about_session(watch.log().header)));
        } catch (const Error& error) {
            return {true, "", std::string("It does not carry its session. ") + error.what()};
        }
    if (done && !reel->without_truth().empty()) return {true, "", "It is " + reel->without_truth()};
    return {done, "", done ? watch.departure() : ""};
}

}  // namespace drift
