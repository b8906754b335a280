// What comes from the generation thread, and what goes to it.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "player/app.h"
#include "player/lanes.h"

namespace drift {

// The second plot begins with the objects. Of a game whose pictures nobody can read it is what moves, until a world of another one is played.
void App::fit_plots(const Step& step) {
    if (plots_fit_ || step.kind != Step::Kind::played || step.truth.empty()) return;
    plots_fit_ = true;
    auto at = [](const char* name) { return static_cast<std::size_t>(find_measure(name) - drift_measures().data()); };
    std::size_t& second = view_.layout.plots.measures[1];
    const bool blind = std::isnan(step.main_lane().drift.object_error);
    if (blind && second == at("object_error")) second = at("moving_psnr"), plots_moved_ = true;
    else if (!blind && plots_moved_ && second == at("moving_psnr")) second = at("object_error"), plots_moved_ = false;
}

// What comes together is of one moment, and each step is seen as things stood when it was made.
void App::receive(Delivery all) {
    if (!all.opening) view_.opening.clear();
    const bool warned = !all.warnings.empty();
    for (const std::string& sentence : all.warnings) warn(sentence);
    if (all.world) view_.stopped_alone = false, begin_world(*all.world);
    if (all.failure) {
        returning_ = false;
        then_ = {};
        view_.pause(view_.playback.paused() || view_.world);
        view_.stopped_alone = view_.world && !view_.dreamed();
        fail(*all.failure);
    }
    view_.stopped = !all.opening && !view_.world;
    undo_.look(view_, ImGui::IsAnyItemActive());
    for (const auto& [step, standing, answers] : all.steps) {
        if (answers) answers_.push_back(*answers);
        take_standing(*standing, warned);
        view_.meters.add(step, view_.now);
        const bool back = returning_ && !view_.recording.watch;
        if (back) view_.history = std::exchange(own_game_.history, {});
        view_.history.add(step);
        fit_plots(step);
        count_lanes(view_, step);
        if (view_.recording.watch) {
            follow_lanes(view_, step);
        } else if (back || step.kind == Step::Kind::loaded) {
            take_lanes(view_, step);
            if (back) {
                returning_ = false;
                for (const Lane& own : own_game_.lanes)
                    if (Lane* lane = view_.lanes.find(own.number)) lane->ab = own.ab, lane->muted = own.muted;
                choose_lane(view_, own_game_.chosen);
                if (view_.lanes.find(own_game_.alone)) view_.lanes.alone = own_game_.alone;
                view_.bookmarks = own_game_.bookmarks;
                undo_ = std::exchange(own_game_.undo, {});
            }
        } else {
            continue;
        }
        undo_.pass_over(view_);
    }
    if (!all.steps.empty()) {
        // What stopped goes on: its banner has had its time.
        if (view_.game_stopped() && !all.failure && all.steps.back().step.truth_lost.empty()) {
            if (!warned) view_.banner.clear();
            view_.stopped_alone = false;
            view_.say("The real game runs again");
        }
        view_.step = std::move(all.steps.back().step);
        scene_.show(*view_.step);
        if (view_.closer.loupe) view_.pixels.add(*view_.step);
        wanted_until_ = std::max(wanted_until_, view_.now);
    }
    if (all.standing) take_standing(*all.standing, warned);
    if (view_.fan && view_.layout.dock == Dock::futures) wanted_until_ = std::max(wanted_until_, view_.now);
    look_around();
}

void App::send() {
    undo_.look(view_, ImGui::IsAnyItemActive());
    for (Act act : std::exchange(view_.acts, {})) perform(act);
    work_on_files();
    take_preferences();
    work_on_library();
    keep_keys();
    hold_rate(view_);
    view_.next_notice();
    if (auto file = std::exchange(view_.recording.wanted, {}); !file.empty()) watch(file);
    undo_.look(view_, ImGui::IsAnyItemActive());
    if (view_.world) {
        Controls controls = view_.controls();
        // The film of a frame that stands still is another lane's, or how unsure it is was not asked yet: it is made again.
        bool other =
            sent_ && ((controls.direction.film >= 0 && sent_->direction.film >= 0 &&
                       sent_->direction.film != controls.direction.film) ||
                      (controls.direction.spread >= 0 && sent_->direction.spread != controls.direction.spread));
        if (other && view_.paused() && view_.step)
            view_.commands.push_back({Command::Kind::seek_to, view_.step->position});
        if (sent_ != controls) generation_.set_controls(controls);
        sent_ = controls;
    }
    std::vector<Command> later;  // there is nothing to be told what to do yet
    for (Command& command : std::exchange(view_.commands, {})) {
        bool another = command.kind == Command::Kind::open_world;
        if (another) view_.opening = command.file, view_.banner.clear();
        if (another || view_.world) generation_.send(command);
        else later.push_back(std::move(command));
    }
    view_.commands = std::move(later);
}

}  // namespace drift
