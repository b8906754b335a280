// A world whose frames are made by a function of (request, its place): for tests that know what comes out.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/world_model.h"

namespace drift {

struct MadeWorld : WorldModel {
    WorldInfo facts;
    std::vector<History> none;
    std::function<Frame(const DreamRequest&, std::size_t)> make;
    const WorldInfo& info() const override { return facts; }
    const std::vector<History>& openings() const override { return none; }
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) frames[i] = make(requests[i], i);
    }
};

}  // namespace drift
