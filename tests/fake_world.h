// A world without a network, for tests of what eats its frames: the true next frame under as much noise as sampling starts from.
#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/noise.h"
#include "core/world_model.h"
#include "games/list.h"

namespace drift {

// Turned from outside while the world plays on its thread.
struct FakeWorldControls {
    std::atomic<int> call_milliseconds =
        0;  // each network call takes so long; looked at every 2 ms, so that a stop is obeyed
    std::atomic<bool> broken = false;  // imagine throws
    std::atomic<int> imagined = 0;
};

class FakeWorld : public WorldModel {
public:
    explicit FakeWorld(std::string game,
                       std::shared_ptr<FakeWorldControls> controls = std::make_shared<FakeWorldControls>())
        : game_(make_game(game)), controls_(std::move(controls)) {
        const GameInfo& game_info = game_->info();
        info_.name = game_info.name;
        info_.title = "A dream of " + game_info.name + " without a network";
        info_.game = game_info.name;
        info_.width = game_info.width;
        info_.height = game_info.height;
        info_.rate = game_info.rate;
        info_.actions = game_info.actions;
        info_.network = "none: the game under noise";
        info_.device = "CPU";
        info_.weights_hash = "00000000deadbeef";
        info_.trained.sigma_max = 20;
        info_.trained.context_noise_max = 0.5f;
        // No opening of its own: a stage without the game needs one.
        game_->reset(0);
        History opening;
        for (int i = 0; i < info_.context_frames; ++i) {
            if (i > 0) opening.actions.push_back(0);
            game_->render(opening.frames.emplace_back());
        }
        openings_.push_back(opening);
    }

    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }

    // The game goes on from the state that the newest two frames show: they were an opening's, the truth's, or its own.
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const DreamRequest& request = requests[i];
            if (controls_->broken) throw Error("fake world: a value that is not finite arose");
            if (!sleep(network_calls(request.settings), request.stop)) return;
            const auto& seen = request.history->frames;
            auto known = states_.find(key(seen[seen.size() - 2], seen.back()));
            if (known != states_.end()) {
                game_->load(known->second.state);
            } else {
                game_->reset(request.seed);
                for (int k = 1; k < info_.context_frames; ++k) game_->step(0);
            }
            Frame clean_before = known != states_.end() ? known->second.clean : seen.back();
            game_->step(request.action);
            Frame clean;
            game_->render(clean);
            frames[i] = clean;
            std::vector<float> grain(clean.rgb.size());
            noise({request.seed, request.step, noise_lane(request)}, draw_index(Draw::initial), grain);
            float scale = 4 * start_scale(request.settings) / static_cast<float>(request.settings.steps);
            for (std::size_t k = 0; k < grain.size(); ++k) {
                float value = std::round(static_cast<float>(clean.rgb[k]) + scale * grain[k]);
                frames[i].rgb[k] = static_cast<std::uint8_t>(std::fmin(std::fmax(value, 0.0f), 255.0f));
            }
            states_[key(seen.back(), frames[i])] = states_[key(clean_before, clean)] = {game_->save(), clean};
            if (request.film)
                *request.film = {seen, {{5.0f, frames[i], 1, clean, 2.0}, {0.1f, frames[i], 1, frames[i], 1.0}}};
            ++controls_->imagined;
        }
    }

private:
    bool sleep(int calls, const std::stop_token& stop) const {
        auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(calls * controls_->call_milliseconds);
        while (std::chrono::steady_clock::now() < end) {
            if (stop.stop_requested()) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return true;
    }

    static std::uint64_t key(const Frame& before, const Frame& now) {
        std::uint64_t hash = 0xcbf29ce484222325u;
        for (const Frame* frame : {&before, &now})
            for (std::uint8_t byte : frame->rgb) hash = (hash ^ byte) * 0x100000001b3u;
        return hash;
    }

    struct Known {
        std::vector<std::uint8_t> state;
        Frame clean;
    };
    std::map<std::uint64_t, Known> states_;
    std::unique_ptr<Game> game_;
    std::shared_ptr<FakeWorldControls> controls_;
    WorldInfo info_;
    std::vector<History> openings_;
};

}  // namespace drift
