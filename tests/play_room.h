// A play of a world without a network, and directions for it: what tests of lanes, time and logs begin with.
#pragma once

#include <initializer_list>
#include <memory>

#include "pure_world.h"
#include "session/play.h"

namespace drift {

template <class World>
struct PlayRoomOf {
    Stage stage{std::make_unique<World>("bricks"), make_game("bricks")};
    Play play{stage};
};
using PlayRoom = PlayRoomOf<FakeWorld>;
using PurePlayRoom = PlayRoomOf<PureWorld>;  // for what begins within a play

// A lane for each start scale; the first is the main one.
inline Direction lanes(std::initializer_list<float> start_scales) {
    Direction direction;
    direction.lanes.clear();
    for (float scale : start_scales) {
        LanePlan lane{static_cast<int>(direction.lanes.size()), 0, {}};
        lane.settings.start_scale = scale;
        direction.lanes.push_back(lane);
    }
    return direction;
}

}  // namespace drift
