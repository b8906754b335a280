#include "data/recorded_game.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/error.h"

namespace drift {
RecordedGame::RecordedGame(DataSet data, std::string name, std::size_t least) : clips_(std::move(data.clips)) {
    std::erase_if(clips_, [&](const Clip& clip) { return clip.frames.size() < least; });
    if (clips_.empty())
        throw Error(name, "expected an episode of " + std::to_string(least) + " frames or more, found none");
    info_.name = std::move(name);
    info_.width = data.width, info_.height = data.height, info_.rate = data.rate;
    info_.actions = std::move(data.actions);
}

void RecordedGame::take_actions(const ActionSpace& actions) {
    if (actions.told() != info_.actions.told())
        throw Error(info_.name,
                    "expected play with the world's " + actions.told() + ", found some with " + info_.actions.told());
    info_.actions = actions;
}

void RecordedGame::reset(std::uint64_t seed) {
    clip_ = static_cast<std::size_t>(seed % clips_.size());
    frame_ = 0;
}

std::optional<Game::Recorded> RecordedGame::recorded() const {
    if (frame_ + 1 >= clip().frames.size()) return Recorded{std::nullopt};
    return Recorded{clip().actions[frame_]};
}

void RecordedGame::step(ActionCode action) {
    const auto next = recorded()->action;
    if (!next) throw Error("the recorded episode " + clip().name + " has ended");
    if (action != *next) throw Error("the recording went on with other keys");
    ++frame_;
}

void RecordedGame::render(Frame& frame) const { frame = clip().frames[frame_]; }

int RecordedGame::rare_event() const {
    return std::binary_search(clip().rare.begin(), clip().rare.end(), static_cast<int>(frame_));
}

std::vector<std::uint8_t> RecordedGame::save() const {
    const std::uint64_t place[] = {clip_, frame_};
    std::vector<std::uint8_t> bytes(sizeof place);
    std::memcpy(bytes.data(), place, sizeof place);
    return bytes;
}

void RecordedGame::load(std::span<const std::uint8_t> state) {
    std::uint64_t place[2] = {};
    if (state.size() == sizeof place) std::memcpy(place, state.data(), sizeof place);
    if (state.size() != sizeof place || place[0] >= clips_.size() || place[1] >= clips_[place[0]].frames.size())
        throw Error(info_.name, "expected a place in this recorded play, found none");
    clip_ = place[0], frame_ = place[1];
}

}  // namespace drift
