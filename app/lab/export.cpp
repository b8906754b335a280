// driftlab export: a session as a video, an animation or a folder of pictures.
#include <fmt/format.h>

#include <cstdio>

#include "core/error.h"
#include "lab/commands.h"
#include "lab/data_set_export.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/session_files.h"
#include "lab/session_room.h"
#include "media/export.h"
#include "session/reel.h"

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

struct ExportCommand {
    WorldOptions world;
    fs::path session, mp4, webm, gif, webp, png;
    ReelPlan reel;
    ExportPlan plan;
    DataSetExport data_set;
    std::vector<int> lanes;  // counted from 1
    bool no_truth = false, no_captions = false, no_keys = false, no_settings = false, no_plot = false;

    std::vector<ExportPlan> plans() const;
    void run();
};

// One for each file that was asked for; all are of the same steps, which are dreamed once.
std::vector<ExportPlan> ExportCommand::plans() const {
    std::vector<ExportPlan> plans;
    auto add = [&](const fs::path& file, std::optional<ClipFormat> clip) {
        if (file.empty()) return;
        plans.push_back(plan);
        plans.back().file = file.has_filename() ? file : file.parent_path();  // of "pictures/"
        plans.back().clip = clip;
        plans.back().style.captions = !no_captions, plans.back().style.keys = !no_keys;
        plans.back().style.settings = !no_settings, plans.back().style.plot = !no_plot;
    };
    add(mp4, ClipFormat::mp4), add(webm, ClipFormat::webm), add(gif, ClipFormat::gif), add(webp, ClipFormat::webp), add(png, std::nullopt);
    return plans;
}

std::string size_text(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return "";
    return fmt::format(" ({:.1f} MB)", static_cast<double>(fs::file_size(file, error)) / 1e6);
}

void ExportCommand::run() {
    auto wanted = plans();
    if (wanted.empty() && data_set.folder.empty()) throw CLI::ValidationError("expected --mp4, --webm, --gif, --webp, --png or --dataset");
    if (!data_set.folder.empty()) {
        data_set.session = session, data_set.world = world;
        export_data_set(data_set);
        if (wanted.empty()) return;
    }
    for (const ExportPlan& each : wanted) check_free(each);
    for (int lane : lanes) reel.lanes.push_back(lane - 1);
    reel.truth = !no_truth;

    SessionFiles files = session_files(session);
    SessionLog log = read_session_log(files.log);
    if (!log.warning.empty()) std::fprintf(stderr, "driftlab: %s\n", log.warning.c_str());
    auto room = open_session_room(world, log.header);
    Watch watch(std::move(log), stored_frames(files), room->stage.info());

    catch_interrupts();
    std::stop_source stop;
    Progress progress(stop);
    auto walked = Reel::walk(watch, room->play, room->stage.info(), reel, progress.of(watch.stored() ? "reading" : "dreaming"), stop.get_token());
    std::string written;
    for (ExportPlan& each : wanted) {
        if (walked && each.style.scale == 0) each.style.scale = std::max(1, 256 / walked->list().width);
        bool done = walked && write_export(each, walked->list(), [&](std::size_t i) { return walked->shot(i); }, progress.of(printable(each.file.filename().string())), stop.get_token());
        if (!done) {
            progress.end();
            throw Error(each.file, "interrupted; nothing of it is left");
        }
        written += (written.empty() ? "" : ", ") + printable(each.file.string()) + size_text(each.file);
    }
    progress.end();
    const ShotList& list = walked->list();
    std::printf("steps %llu to %llu of %s: %s\n", static_cast<unsigned long long>(list.first), static_cast<unsigned long long>(list.first + list.count() - 1), printable(list.title).c_str(), written.c_str());
}

}  // namespace

void add_export(CLI::App& lab) {
    auto command = std::make_shared<ExportCommand>();
    command->world.world.clear();
    command->plan.style.scale = 0;
    auto* sub = lab.add_subcommand("export", "Show a session: its lanes and the truth side by side with captions, keys, settings and the drift, as video, animation or pictures; or write it as a data set");
    sub->add_option("session", command->session, "The session's log (.driftlog), or a recording (.mkv) with its log beside it")->required();
    sub->add_option("--mp4", command->mp4, "Video to write: H.264");
    sub->add_option("--webm", command->webm, "Video to write: VP9");
    sub->add_option("--gif", command->gif, "Animation to write, with a palette of its own");
    sub->add_option("--webp", command->webp, "Animation to write: WebP");
    sub->add_option("--png", command->png, "Folder to write: a picture for each step, frame-000012.png");
    sub->add_option("--dataset", command->data_set.folder, "Folder of a data set that `driftlab train --data` learns from: a new one, or one of the same game to add to");
    sub->add_option_function<int>("--dataset-lane", [command](int number) { command->data_set.lane = number - 1; }, "With --dataset: its lane of this number in place of the truth")->check(CLI::Range(1, 64));
    sub->add_option("--from", command->reel.from, "First step to show, counted from 0")->capture_default_str();
    sub->add_option("--to", command->reel.to, "Last step to show; not given: the session's last");
    sub->add_option("--speed", command->plan.speed, "2 is twice as fast as it was played")->check(CLI::Range(0.01, 100.0))->capture_default_str();
    sub->add_option("--scale", command->plan.style.scale, "Each pixel becomes so many by so many; 0: pictures of about 256 pixels")->check(CLI::Range(0, 64))->capture_default_str();
    sub->add_option("--lane", command->lanes, "A lane to show, counted from 1; again for more; not given: all")->check(CLI::Range(1, 4))->allow_extra_args(false);
    sub->add_flag("--no-truth", command->no_truth, "Without the real game");
    sub->add_flag("--no-captions", command->no_captions, "Without names, figures and what sets lanes apart");
    sub->add_flag("--no-keys", command->no_keys, "Without the keys that are held and the step's number");
    sub->add_flag("--no-settings", command->no_settings, "Without the world's name and the sampler's settings");
    sub->add_flag("--no-plot", command->no_plot, "Without the plot of the drift");
    sub->add_flag("--force", command->plan.over, "Write over what is there");
    command->world.add(*sub);
    sub->callback([command] { command->run(); });
}

}  // namespace drift
