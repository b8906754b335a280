// driftlab bench: how fast a world is dreamed, as a ratio to the plain network in the same process.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "lab/commands.h"
#include "lab/options.h"
#include "model/device.h"

namespace drift {
namespace {

struct BenchCommand {
    WorldOptions world;
    SamplerOptions sampler;
    int steps = 100, lanes = 1;
    bool json = false;
    void run();
};

double at_quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())))];
}

// Plays on from an opening and times each step.
class Runner {
public:
    Runner(WorldModel& world, const SamplerSettings& settings, int lanes)
        : world_(world), histories_(static_cast<std::size_t>(lanes), world.openings().front()), settings_(settings), frames_(histories_.size()) {}

    double step_ms() {
        int action = static_cast<int>(step_ / 8 % static_cast<std::uint64_t>(world_.info().actions.size()));
        std::vector<DreamRequest> requests;
        for (std::size_t lane = 0; lane < histories_.size(); ++lane)
            requests.push_back({&histories_[lane], action, settings_, 1, step_, static_cast<std::uint32_t>(lane)});
        auto begin = std::chrono::steady_clock::now();
        world_.imagine(requests, frames_);
        double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
        for (std::size_t lane = 0; lane < histories_.size(); ++lane) histories_[lane].roll(action, frames_[lane]);
        ++step_;
        return ms;
    }

private:
    WorldModel& world_;
    std::vector<History> histories_;
    SamplerSettings settings_;
    std::vector<Frame> frames_;
    std::uint64_t step_ = 1;
};

void BenchCommand::run() {
    auto fast = world.open();
    auto settings = sampler.over(fast->info().defaults);
    auto reference_options = world.load;
    reference_options.plain = true;
    auto plain = load_world(find_world(world.world), reference_options);

    // In turns, so that whatever else the machine does meets both alike.
    Runner ours(*fast, settings, lanes), reference(*plain, settings, lanes);
    constexpr int warm_up = 5, turn = 5;
    for (int i = 0; i < warm_up; ++i) ours.step_ms(), reference.step_ms();
    std::vector<double> ms, reference_ms;
    while (static_cast<int>(ms.size()) < steps) {
        for (int i = 0; i < turn; ++i) ms.push_back(ours.step_ms());
        for (int i = 0; i < turn; ++i) reference_ms.push_back(reference.step_ms());
    }
    double p50 = at_quantile(ms, 0.5), p99 = at_quantile(ms, 0.99), reference_p50 = at_quantile(reference_ms, 0.5);
    double call = p50 / network_calls(settings);
    if (json) {
        nlohmann::ordered_json object{{"fps", 1000 / p50}, {"ms_p50", p50}, {"ms_p99", p99}, {"call_ms", call}, {"reference_ms", reference_p50}, {"ratio", reference_p50 / p50}};
        std::puts(object.dump().c_str());
        return;
    }
    fmt::print("{}: {} on {}, {} lane{}\n", fast->info().name, fast->info().network, fast->info().device, lanes, lanes == 1 ? "" : "s");
    fmt::print("a step of {} network calls: {:.1f} ms (p50), {:.1f} ms (p99): {:.1f} steps a second; {:.2f} ms a call\n", network_calls(settings), p50, p99, 1000 / p50, call);
    fmt::print("plain fp32 network in the same run: {:.1f} ms (p50); ratio {:.2f}\n", reference_p50, reference_p50 / p50);
}

}  // namespace

void add_bench(CLI::App& lab) {
    auto command = std::make_shared<BenchCommand>();
    auto* bench = lab.add_subcommand("bench", "Measure how fast a world is dreamed, beside its plain fp32 network");
    command->world.add(*bench);
    bench->add_option("--frames", command->steps, "Frames to time")->check(CLI::Range(5, 1000000))->capture_default_str();
    bench->add_option("--lanes", command->lanes, "Dreams side by side")->check(CLI::Range(1, 64))->capture_default_str();
    bench->add_flag("--json", command->json, "Print one JSON object: fps, ms_p50, ms_p99, call_ms, reference_ms, ratio");
    command->sampler.add(*bench);
    bench->callback([command] { command->run(); });
}

}  // namespace drift
