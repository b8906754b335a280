// A performance without a thread or a clock, and what it shows: for tests of what is watched, recorded and refused.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "play_room.h"
#include "session/performance.h"

namespace drift {

// A performance, what it showed and what it warned of.
template <class World>
struct TheatreOf {
    std::shared_ptr<FakeWorldControls> fake = std::make_shared<FakeWorldControls>();
    Stage stage{std::make_unique<World>("bricks", fake), make_game("bricks")};
    std::vector<Step> shown;
    std::vector<std::string> warnings;
    Performance performance;

    explicit TheatreOf(Surroundings around = {})
        : performance(
              stage, std::move(around), [this](Step step) { shown.push_back(std::move(step)); },
              [this](std::string sentence) { warnings.push_back(std::move(sentence)); }) {}

    void direct(const Direction& direction, std::vector<int> beside = {}) {
        Controls controls;
        controls.direction = direction;
        controls.beside = std::move(beside);
        performance.direct(controls);
    }
    void steps(int count) {
        for (int i = 0; i < count; ++i) performance.advance({i % 3 == 0 ? 1u << 1 : 0}, {});
    }
    bool on() { return performance.advance({}, {}); }
    void work() {
        while (performance.busy()) performance.work({});
    }
};
using Theatre = TheatreOf<PureWorld>;

}  // namespace drift
