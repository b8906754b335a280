#include "player/view.h"

namespace drift {

void View::forget_play() {
    step.reset();
    fan.reset();
    pixels.clear();
    closer.zoom = 1;
    meters = {};
    history = {};
    bookmarks.clear();
    recording.watch.reset();
    recording.own_game = false, recording.asked.clear(), recording.wanted.clear();
    recording.export_from.reset(), recording.export_to.reset();
    lanes = {};
    playback.rewinding = playback.policy = layout.upsampler_shown = false;
    playback.hold = {.on = playback.hold.on};
    openings.clear();
    slots.clear();
    layout.plots.end.reset();
    layout.plots.hidden.clear();
    std::erase_if(commands, [](const Command& command) { return command.kind != Command::Kind::open_world; });
}

void set_speed(View& view, double speed) {
    view.playback.speed = speed;
    view.playback.turbo = false;
    view.meters.pause();
}

void change_speed(View& view, int by) {
    const auto at = std::lower_bound(std::begin(speeds), std::end(speeds), view.playback.speed) - std::begin(speeds);
    const auto last = static_cast<std::ptrdiff_t>(std::size(speeds)) - 1;
    set_speed(view, speeds[std::clamp<std::ptrdiff_t>(at + by, 0, last)]);
}

Controls View::controls() const {
    Direction direction;
    direction.lanes.clear();
    const int most = playback.hold.on ? playback.hold.most : 0;
    for (const Lane& lane : lanes.all)
        direction.lanes.push_back(
            {lane.number, lane.from,
             most > 0 && !recorded(lane.number) ? with_at_most(lane.settings, most) : lane.settings});
    direction.main = lanes.main;
    direction.own_noise = lanes.own_noise;
    if (layout.dock == Dock::film && dreamed()) direction.film = lanes.chosen;
    if (dreamed() && difference.mode == DifferenceView::Mode::uncertainty) direction.spread = lanes.chosen;
    std::vector<int> beside;
    if (recording.watch)
        for (const Lane& lane : lanes.all)
            if (!recorded(lane.number)) beside.push_back(lane.number);
    Controls::AtEnd at_end = !playback.restart_at_end ? Controls::AtEnd::go_on
                             : playback.seed_locked   ? Controls::AtEnd::restart
                                                      : Controls::AtEnd::next;
    const double speed = playback.turbo ? 0.0 : playback.speed;
    return {direction,       paused(),
            speed,           playback.rewinding,
            playback.policy, playback.policy_sees_truth,
            at_end,          playback.look_ahead,
            beside,          lanes.cast};
}

bool View::recorded(int lane) const {
    return recording.watch && std::find(recording.watch->lanes.begin(), recording.watch->lanes.end(), lane) !=
                                  recording.watch->lanes.end();
}

bool View::session_over() const { return recording.watch && step && step->position + 1 >= recording.watch->events; }

bool View::difference_shown(int lane) const {
    if (difference.mode == DifferenceView::Mode::off || !step || !dreamed()) return false;
    if (difference.mode == DifferenceView::Mode::uncertainty)
        return lane == step->spread.lane && !step->spread.deviation.empty();
    return difference.against == DifferenceView::Against::truth
               ? !step->truth.empty()
               : step->lanes.size() > 1 && lane != step->main_lane().lane;
}

}  // namespace drift
