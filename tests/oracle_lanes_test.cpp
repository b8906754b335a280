// Lanes under the real sampler with an oracle in the network's place (D = the truth): whatever the start and the schedule, they stay there.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "games/list.h"
#include "model/bytes.h"
#include "model/sampling/sampler.h"
#include "session/play.h"

namespace drift {
namespace {

class OracleWorld : public WorldModel {
public:
    OracleWorld() : game_(make_game("bricks")) {
        const GameInfo& game = game_->info();
        info_.name = "oracle";
        info_.width = game.width, info_.height = game.height, info_.rate = game.rate;
        info_.actions = game.actions;
    }
    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }

    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        at::NoGradGuard no_grad;
        if (requests.front().step == 1) {
            game_->reset(requests.front().seed);
            for (int i = 1; i < info_.context_frames; ++i) game_->step(0);
        }
        game_->step(requests.front().action);
        Frame truth;
        game_->render(truth);
        Oracle oracle(pixels_of_bytes(bytes_of_frame(truth).unsqueeze(0)));
        std::vector<SamplerRun> runs;
        for (const DreamRequest& request : requests) {
            auto previous = pixels_of_bytes(bytes_of_frame(request.history->frames.back()).unsqueeze(0));
            NoiseSource source = [request](Draw use, int index, at::IntArrayRef shape) {
                auto values = at::empty(shape);
                noise({request.seed, request.step, request.lane}, draw_index(use, index),
                      {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
                return values;
            };
            runs.emplace_back(Conditioning{previous, {}, previous}, start_frame(request.settings, previous, source),
                              sigmas(request.settings), request.settings, oracle.rounding(), source);
        }
        sample_together(oracle, runs);
        for (std::size_t i = 0; i < runs.size(); ++i) frames[i] = frame_of_bytes(bytes_of_pixels(runs[i].x())[0]);
    }

private:
    struct Oracle : Denoiser {
        at::Tensor x0;
        explicit Oracle(at::Tensor truth) : x0(std::move(truth)) {}
        at::Tensor denoise(const at::Tensor& x, std::span<const NoiseLevel>, const Conditioning&) const override {
            return x0.expand_as(x);
        }
        Preconditioning::Rounding rounding() const override { return Preconditioning::Rounding::nearest; }
    };

    std::unique_ptr<Game> game_;
    WorldInfo info_;
    std::vector<History> openings_;
};

TEST(OracleLanes, StayAtTheTruthForAThousandSteps) {
    Stage stage(std::make_unique<OracleWorld>(), make_game("bricks"));
    Direction direction;
    direction.lanes.clear();
    auto lane = [&](auto change) {
        LanePlan plan{static_cast<int>(direction.lanes.size()), 0, {}};
        change(plan.settings);
        direction.lanes.push_back(plan);
    };
    lane([](SamplerSettings&) {});
    lane([](SamplerSettings& s) { s = edm_start(s), s.steps = 1; });
    lane([](SamplerSettings& s) {
        s = noised_previous_start(s), s.schedule = Schedule::cosine, s.solver = Solver::heun, s.steps = 4;
    });
    lane([](SamplerSettings& s) {
        s.start_scale = 0.3f, s.start_centre = 0.5f, s.schedule = Schedule::linear, s.s_churn = 2, s.quantise = false,
        s.steps = 2;
    });
    ASSERT_EQ(direction.lanes.size(), 4u);
    stage.open(11, direction);
    for (std::uint64_t i = 1; i <= 1000; ++i) {
        Step step = stage.step({i % 11 < 4 ? 1u << 1 : i % 11 < 8 ? 1u << 2 : 0}, direction);
        for (const LaneStep& shown : step.lanes) {
            ASSERT_EQ(shown.frame, step.truth) << "lane " << shown.lane << ", step " << i;
            ASSERT_EQ(shown.drift.object_error, 0) << "lane " << shown.lane << ", step " << i;
        }
    }
}

}  // namespace
}  // namespace drift
