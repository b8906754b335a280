#include "lab/picture_export.h"

#include <fmt/format.h>

#include <cstdio>

#include "core/error.h"
#include "core/names.h"
#include "lab/long_run.h"
#include "lab/session_room.h"
#include "media/carried.h"
#include "media/master.h"
#include "session/log/recipe.h"
#include "session/log/recorder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// The bar of what is under way, and Ctrl+C as a wish to stop.
class Progress {
public:
    explicit Progress(std::stop_source& stop) : stop_(stop) {}
    std::function<void(double)> of(std::string what) {
        begun_ = std::chrono::steady_clock::now();
        return [this, what = std::move(what)](double part) {
            if (interrupted()) stop_.request_stop();
            if (!line_.due() || part <= 0) return;
            double since = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
            line_.show(fmt::format("{} {}  {} left", bar_text(part), what, clock_text(since * (1 - part) / part)));
            shown_ = true;
        };
    }
    void end() const {
        if (shown_) line_.end();
    }

private:
    std::stop_source& stop_;
    StatusLine line_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point begun_;
};

std::string size_text(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return "";
    return fmt::format(" ({:.1f} MB)", static_cast<double>(fs::file_size(file, error)) / 1e6);
}

}  // namespace

void PictureExport::add(CLI::App& command) {
    plan.style.scale = 0;
    command.add_option("--mp4", mp4, "Video to write: H.264")->check(ends_in(".mp4"));
    command.add_option("--webm", webm, "Video to write: VP9")->check(ends_in(".webm"));
    command.add_option("--gif", gif, "Animation to write, in colours of its own")->check(ends_in(".gif"));
    command.add_option("--webp", webp, "Animation to write: WebP")->check(ends_in(".webp"));
    command.add_option("--png", png, "Folder to write: a picture for each one, frame-000012.png");
    const auto shape = [this](const CLI::Option* option) { shaping.push_back(option); };
    shape(command.add_option("--from", reel.from, "First frame to show, counted from 0")->capture_default_str());
    shape(command.add_option("--to", reel.to, "Last frame to show; by default the session's last"));
    shape(command.add_option("--speed", plan.speed, "2: twice as fast as it was played")
              ->check(CLI::Range(0.01, 100.0))
              ->capture_default_str());
    shape(command.add_option("--scale", plan.style.scale, "Size of a frame's pixel; 0: pictures of about 256 pixels")
              ->check(CLI::Range(0, 64))
              ->capture_default_str());
    shape(command.add_option("--lane", lanes, "A lane to show, counted from 1; repeat it for more; by default all")
              ->check(CLI::Range(1, 64))
              ->allow_extra_args(false));
    shape(command.add_flag("--no-truth", no_truth, "Without the real game"));
    shape(command.add_flag("--no-captions", no_captions, "Without names, figures and what sets lanes apart"));
    shape(command.add_flag("--no-keys", no_keys, "Without the keys held and its number"));
    shape(command.add_flag("--no-settings", no_settings, "Without the world's name and the sampler's settings"));
    shape(command.add_flag("--no-plot", no_plot, "Without the plot of the drift"));
    command.add_flag("--force", plan.over, "Overwrite what already exists");
}

void PictureExport::expect_wanted() const {
    for (const CLI::Option* option : shaping)
        if (option->count() > 0 && !wanted())
            throw CLI::ValidationError(option->get_name(),
                                       "it shapes pictures: expected --mp4, --webm, --gif, --webp or --png with it");
}

std::vector<ExportPlan> PictureExport::plans() const {
    std::vector<ExportPlan> plans;
    auto want = [&](const fs::path& file, std::optional<ClipFormat> clip) {
        if (file.empty()) return;
        plans.push_back(plan);
        plans.back().file = file.has_filename() ? file : file.parent_path();  // of "pictures/"
        plans.back().clip = clip;
        plans.back().style.captions = !no_captions, plans.back().style.keys = !no_keys;
        plans.back().style.settings = !no_settings, plans.back().style.plot = !no_plot;
    };
    want(mp4, ClipFormat::mp4), want(webm, ClipFormat::webm), want(gif, ClipFormat::gif), want(webp, ClipFormat::webp),
        want(png, std::nullopt);
    return plans;
}

void PictureExport::run(const fs::path& session, const WorldOptions& world) {
    auto all = plans();
    for (const ExportPlan& each : all) check_free(each);  // said before anything long
    for (int lane : lanes) reel.lanes.push_back(lane - 1);
    reel.truth = !no_truth;

    catch_interrupts();
    const fs::path file = log_of(session);
    SessionLog log = read_session_log(file);
    if (!log.warning.empty()) std::fprintf(stderr, "driftlab: %s\n", log.warning.c_str());
    auto stored = read_master_beside(file);
    auto room = open_session_room(world, log.header, stored != nullptr);
    Watch watch(std::move(log), std::move(stored), room->stage.info());

    std::stop_source stop;
    Progress progress(stop);
    auto walked = Reel::walk(watch, room->play, room->stage.info(), reel,
                             progress.of(watch.stored() ? "reading" : "dreaming"), stop.get_token());
    std::string written, without_session;
    for (ExportPlan& each : all) {
        if (walked && each.style.scale == 0) each.style.scale = std::max(1, 256 / walked->list().width);
        RecipesOfSteps recipes(watch.log());
        each.comment = about_session(watch.log().header);
        if (!each.clip) each.carried = [&](std::uint64_t step) { return recipes.of(step); };
        bool done = walked && write_export(
                                  each, walked->list(), [&](std::size_t i) { return walked->shot(i); },
                                  progress.of(printable(each.file.filename().string())), stop.get_token());
        if (!done) {
            progress.end();
            throw Error(each.file, "interrupted; nothing of it is left");
        }
        if (each.clip == ClipFormat::mp4) try {
                carry(each.file, to_bytes(recipe_with(file, about_session(watch.log().header))));
            } catch (const Error& error) {
                without_session = error.what();
            }
        written += (written.empty() ? "" : ", ") + printable(each.file.string()) + size_text(each.file);
    }
    progress.end();
    const ShotList& list = walked->list();
    fmt::print("frames {} to {} of {}: {}\n", list.first, list.first + list.count() - 1, printable(list.title),
               written);
    if (!watch.departure().empty()) std::fprintf(stderr, "driftlab: %s\n", watch.departure().c_str());
    if (const std::string& lost = walked->without_truth(); !lost.empty())
        std::fprintf(stderr, "driftlab: %s\n", lost.c_str());
    if (!without_session.empty()) throw Error("the video is whole, but does not carry its session. " + without_session);
}

}  // namespace drift
