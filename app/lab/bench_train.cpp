// driftlab bench --train: how fast the recipe of the project's own worlds learns, beside the same by LibTorch's operators alone.
#include "lab/bench_train.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

#include "lab/train_subject.h"
#include "measure/statistics.h"
#include "model/device.h"
#include "train/trainer.h"

namespace drift {
namespace {

double frames_a_second(Trainer& trainer) {
    const auto begin = std::chrono::steady_clock::now();
    const auto report = trainer.step();
    return report.frames / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void bench_training(const LoadOptions& load, int steps, bool json) {
    const Placement placement = choose_placement(load);
    const TrainSubject subject = game_subject("bricks");
    TrainingRecipe recipe = own_world_recipe(subject.actions);
    recipe.k_every = 0;  // segments as long as they become
    const bool bf16 = trains_in_bf16(placement);
    Trainer ours(recipe, subject.source, placement.device, bf16), plain(recipe, subject.source, placement.device, bf16);
    std::vector<double> rates, plain_rates;
    for (int i = -2; i < steps; ++i) {  // two to warm up
        const double rate = frames_a_second(ours);
        WithoutOwnKernels without;
        const double reference = frames_a_second(plain);
        if (i >= 0) rates.push_back(rate), plain_rates.push_back(reference);
    }
    const double rate = median(rates), reference = median(plain_rates);
    if (json)
        std::puts(
            nlohmann::ordered_json{{"samples_a_second", rate}, {"reference", reference}, {"ratio", rate / reference}}
                .dump()
                .c_str());
    else
        std::puts(
            fmt::format("training bricks on {}: {:.1f} samples a second\nby LibTorch's operators alone in the same "
                        "run: {:.1f}; ratio {:.2f}",
                        describe(placement), rate, reference, rate / reference)
                .c_str());
}

}  // namespace drift
