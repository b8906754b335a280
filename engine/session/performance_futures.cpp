// The fan of futures: dreamed while the play stands, and one of them played.
#include <algorithm>
#include <utility>

#include "core/error.h"
#include "session/performance.h"

namespace drift {

// What was pressed last is held; after an opening nothing is.
void Performance::open_fan(std::uint64_t length, int lane) {
    fan_.reset();
    if (length == 0) return;
    const Moment moment = play_.now();
    Fan plan;
    plan.position = play_.cursor();
    plan.action = moment.step.kind == Step::Kind::opened ? Action{} : moment.step.action;
    plan.length = static_cast<int>(std::min<std::uint64_t>(length, longest_fan));
    if (lane < 0) lane = controls_.direction.spread >= 0 ? controls_.direction.spread : controls_.direction.main;
    fan_ = std::make_unique<FanOut>(stage_, moment.state, moment.step, lane, plan);
}

// Its lane draws its noise from here on. The frames are dreamed again as the play dreams them, so that a log of it replays; they may differ
// from those of the fan by a rounding.
void Performance::take(std::uint64_t future) {
    if (!fan_ || future >= fan_->fan()->futures.size()) return;
    const std::unique_ptr<FanOut> fan = std::move(fan_);
    take_over();
    Step step = play_.recall(fan->fan()->position);
    for (LaneStep& lane : step.lanes)
        if (lane.lane == fan->fan()->lane) lane.settings = fan->settings_of(future);
    step.kind = Step::Kind::loaded;
    take_lanes(step);
    show(std::move(step));
    chosen_ = Chosen{fan->fan()->action, static_cast<int>(fan->fan()->futures[future].frames.size())};
}

void Performance::work_on_futures(std::stop_token stop) {
    if (!chosen_) try {
            return fan_->advance(stage_, stop);
        } catch (...) {
            fan_.reset();
            throw;
        }
    Chosen next = *std::exchange(chosen_, std::nullopt);
    if (next.left-- == 0) return;
    Step step = play_.advance(next.action, controls_.direction, stop);
    if (stop.stop_requested()) return;
    show(std::move(step));
    if (next.left > 0) chosen_ = std::move(next);
}

}  // namespace drift
