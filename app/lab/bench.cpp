// driftlab bench: how fast a world is dreamed, as a ratio to the plain network in the same process.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <random>

#include "lab/bench_train.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "lab/recordings.h"
#include "model/device.h"
#include "session/play.h"

namespace drift {
namespace {

struct BenchCommand {
    WorldOptions world;
    std::string random;  // a network of DIAMOND's full size with random weights, in place of a world
    SamplerOptions sampler;
    int steps = 100, lanes = 1;
    bool json = false, train = false;
    void run();
    std::unique_ptr<WorldModel> open(bool plain) const;
    double lanes_ratio(WorldModel& dream, const SamplerSettings& settings) const;
};

double at_quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())))];
}

// Plays on from an opening and times each step.
class Runner {
public:
    Runner(WorldModel& world, const SamplerSettings& settings, int lanes)
        : world_(world),
          histories_(static_cast<std::size_t>(lanes), world.openings().front()),
          settings_(settings),
          frames_(histories_.size()) {}

    double step_ms() {
        const ActionSpace& actions = world_.info().actions;
        const ActionCode action =
            actions.index(Action::of(static_cast<int>(step_ / 8 % static_cast<std::uint64_t>(actions.size()))));
        std::vector<DreamRequest> requests;
        std::vector<Beyond> beyond(histories_.size());
        for (std::size_t lane = 0; lane < histories_.size(); ++lane) {
            requests.push_back({&histories_[lane], action, settings_, 1, step_, static_cast<std::uint32_t>(lane)});
            requests.back().beyond = &beyond[lane];
        }
        auto begin = std::chrono::steady_clock::now();
        world_.imagine(requests, frames_);
        double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
        for (std::size_t lane = 0; lane < histories_.size(); ++lane)
            histories_[lane].roll(action, frames_[lane], beyond[lane]);
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

// What a whole session of four lanes costs beside its network, and what it keeps: drift is measured, every moment can be gone back to.
struct SessionCost {
    double beside = 0;  // share of a step that is not the network
    double bytes = 0;   // of memory for a step
};
SessionCost session_cost(const WorldOptions& options, const SamplerSettings& settings, int steps) {
    auto dream = options.open();
    auto game = truth_of(dream->info());
    Stage stage(std::move(dream), std::move(game));
    Play play(stage);
    Direction direction = solo(settings);
    for (int lane = 1; lane < 4; ++lane) direction.lanes.push_back({lane, 0, settings});
    direction.own_noise = true;  // or all four would be the same picture
    play.open(1, direction);
    double network = 0, all = 0;
    steps = (steps + 16) / 16 * 16 - 1;  // with the opening whole blocks of moments, all of them compressed
    for (int i = 0; i < steps; ++i) {
        auto begin = std::chrono::steady_clock::now();
        network += play.advance({i % 16 < 8 ? 1u << 1 : 1u << 2}, direction).seconds;
        all += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    return {(all - network) / all, static_cast<double>(play.timeline().bytes()) / static_cast<double>(steps + 1)};
}

// What a step costs while it is recorded, against the same without, in turns. NaN where nothing can be recorded.
double recording_ratio(const WorldOptions& options, const SamplerSettings& settings, int steps) {
    if (!recordings()) return std::numeric_limits<double>::quiet_NaN();
    namespace fs = std::filesystem;
    fs::path folder = fs::temp_directory_path() / ("driftlab-bench-" + std::to_string(std::random_device{}()));
    struct Remove {
        fs::path folder;
        ~Remove() {
            std::error_code ignored;
            fs::remove_all(folder, ignored);
        }
    } remove{folder};
    auto dream = options.open();
    auto game = truth_of(dream->info());
    Stage stage(std::move(dream), std::move(game));
    Play play(stage);
    play.open(1, solo(settings));
    std::optional<Recorder> recorder;
    play.set_listener([&](const LogEvent& event, const Step& step) {
        if (recorder) recorder->put(play, event, step);
    });
    std::vector<double> plain, recorded;
    for (int turn = 0; static_cast<int>(recorded.size()) < steps; ++turn) {
        if (turn % 2)
            recorder.emplace(folder / (std::to_string(turn) + ".mkv"), recordings(), stage.info(), play,
                             play.now().step);
        for (int i = 0; i < 10; ++i) {
            auto begin = std::chrono::steady_clock::now();
            play.advance({i % 4 < 2 ? 1u << 1 : 1u << 2}, solo(settings));
            (turn % 2 ? recorded : plain)
                .push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
        }
        recorder.reset();
    }
    return at_quantile(recorded, 0.5) / at_quantile(plain, 0.5);
}

// Four lanes of different settings in one batch against one lane, in turns.
double BenchCommand::lanes_ratio(WorldModel& dream, const SamplerSettings& settings) const {
    Runner one(dream, settings, 1), four(dream, settings, 4);
    std::vector<double> one_ms, four_ms;
    for (int i = 0; i < 5; ++i) one.step_ms(), four.step_ms();
    while (static_cast<int>(four_ms.size()) < std::max(10, steps / 2)) {
        for (int i = 0; i < 5; ++i) one_ms.push_back(one.step_ms());
        for (int i = 0; i < 5; ++i) four_ms.push_back(four.step_ms());
    }
    return at_quantile(four_ms, 0.5) / at_quantile(one_ms, 0.5);
}

std::unique_ptr<WorldModel> BenchCommand::open(bool plain) const {
    WorldOptions options = world;
    options.load.plain = plain;
    return random.empty() ? options.open() : random_world(random, options.load);
}

void BenchCommand::run() {
    if (train) return bench_training(world.load, steps, json);
    auto fast = open(false), plain = open(true);
    auto settings = sampler.over(fast->info().defaults);

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
    nlohmann::ordered_json object{{"fps", 1000 / p50},
                                  {"ms_p50", p50},
                                  {"ms_p99", p99},
                                  {"call_ms", call},
                                  {"reference_ms", reference_p50},
                                  {"ratio", reference_p50 / p50}};
    const WorldInfo& info = fast->info();
    std::string text =
        fmt::format("{}: {} on {}, {:.2f} million parameters, {} lane{}\n", info.name, info.network, info.device,
                    static_cast<double>(info.parameters) / 1e6, lanes, lanes == 1 ? "" : "s");
    text += fmt::format(
        "a frame of {} network calls: {:.1f} ms (p50), {:.1f} ms (p99): {:.1f} frames a second; {:.2f} ms a call\n",
        network_calls(settings), p50, p99, 1000 / p50, call);
    text += fmt::format("plain fp32 network in the same run: {:.1f} ms (p50); ratio {:.2f}\n", reference_p50,
                        reference_p50 / p50);
    if (random.empty()) {  // of a network alone there is no session to measure
        double four_lanes = lanes_ratio(*fast, settings);
        SessionCost session = session_cost(world, settings, std::max(32, steps));
        double recording = recording_ratio(world, settings, std::max(20, steps));
        object.update({{"four_lanes_ratio", four_lanes},
                       {"beside_network", session.beside},
                       {"bytes_a_step", session.bytes},
                       {"recording_ratio", recording}});
        text += fmt::format("four lanes in one batch: {:.2f} times one\n", four_lanes);
        text += fmt::format(
            "a session of four lanes: {:.1f} % of a frame goes to the truth, measuring drift and keeping the moment; "
            "{:.0f} kB a frame, {:.0f} MB for ten minutes\n",
            100 * session.beside, session.bytes / 1e3, session.bytes * 600 * info.rate / 1e6);
        text += fmt::format("a frame that is recorded: {:.2f} times one that is not\n", recording);
    }
    std::puts(json ? object.dump().c_str() : text.substr(0, text.size() - 1).c_str());
}

}  // namespace

void add_bench(CLI::App& lab) {
    auto command = std::make_shared<BenchCommand>();
    auto* bench = lab.add_subcommand("bench", "Measure how fast a world is dreamed, beside its plain fp32 network");
    command->world.add(*bench);
    auto* random = bench
                       ->add_option("--random", command->random,
                                    "Instead of a world, a network of DIAMOND's full size with random weights")
                       ->check(CLI::IsMember({"diamond-atari", "diamond-csgo"}))
                       ->excludes("--world");
    bench->add_option("--frames", command->steps, "Frames to time")
        ->check(CLI::Range(5, 1000000))
        ->capture_default_str();
    auto* lanes = bench->add_option("--lanes", command->lanes, "Dreams side by side")
                      ->check(CLI::Range(1, 64))
                      ->capture_default_str();
    bench
        ->add_flag("--train", command->train,
                   "Instead of a world that is played, bricks' training: samples a second, and without our own kernels")
        ->excludes("--world")
        ->excludes(random)
        ->excludes(lanes);
    bench->add_flag("--json", command->json,
                    "Print one JSON object: fps, ms_p50, ms_p99, call_ms, reference_ms, ratio; of a world also "
                    "four_lanes_ratio, beside_network (share), bytes_a_step, recording_ratio");
    command->sampler.add(*bench);
    bench->callback([command] { command->run(); });
}

}  // namespace drift
