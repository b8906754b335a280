// driftlab sweep: sampler settings crossed, each point measured on the same episodes, keys and noise.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "core/error.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/out_folder.h"
#include "lab/sweep_figure.h"
#include "lab/sweep_files.h"
#include "lab/sweep_paired.h"
#include "session/pair.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct SweepCommand {
    WorldOptions world;
    SamplerOptions sampler;
    EvaluationOptions evaluation;
    std::vector<std::string> varied;
    std::vector<fs::path> folders;
    std::string policy = "rollout", shard = "1/1";
    int batch = 16;
    bool merge = false;
    std::optional<std::string> against;
    fs::path against_sweep;

    void run();
    SweepPlan plan_for(const WorldInfo& info) const;
    void play(WorldModel& dream, const SweepPlan& plan, const Shard& part);
};

// How far a run is, weighed by what units cost; what was done before does not count.
class SweepProgress {
public:
    SweepProgress(const SweepPlan& plan, const std::vector<bool>& done, const std::vector<std::size_t>& ours)
        : plan_(plan), left_(plan.sweep.points.size()), units_(ours.size()) {
        for (std::size_t u = 0; u < done.size(); ++u) left_[point(u)] += !done[u];
        for (std::size_t u : ours) total_ += cost(u);
    }
    void step(std::size_t unit, double part) {
        if (!status_.due()) return;
        double share = (finished_ + part * cost(unit)) / total_,
               elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
        auto points_done = std::count(left_.begin(), left_.end(), 0);
        status_.show(fmt::format("{} {} of {} points done, unit {} of {} ({}), left {}", bar_text(share), points_done,
                                 left_.size(), count_ + 1, units_,
                                 point_name(plan_.sweep.axes, plan_.sweep.points[point(unit)]),
                                 clock_text(elapsed / share - elapsed)));
        shown_ = true;
    }
    void finish(std::size_t unit) { finished_ += cost(unit), ++count_, --left_[point(unit)]; }
    void end() const {
        if (shown_) status_.end();
    }

private:
    std::size_t point(std::size_t unit) const { return static_cast<std::size_t>(plan_.sweep.units[unit].point); }
    double cost(std::size_t unit) const {
        return static_cast<double>(plan_.sweep.units[unit].calls) * plan_.sweep.units[unit].count;
    }

    const SweepPlan& plan_;
    std::vector<int> left_;  // units of each point
    std::size_t units_, count_ = 0;
    double total_ = 0, finished_ = 0;
    bool shown_ = false;
    StatusLine status_;
    Clock::time_point begin_ = Clock::now();
};

// Tables and figures in the first folder, of the units that are there in any.
void write_all(const std::vector<fs::path>& folders, const SweepPlan& plan) {
    const auto [done, missing, devices] = read_done(folders, plan);
    if (missing.size() == done.size())
        throw Error(folders.front(), "expected units that are done, found none of " + std::to_string(done.size()));
    if (devices.size() > 1)
        spdlog::warn("the units come from unlike devices, whose frames may differ in the last bit: {}",
                     fmt::join(devices, ", "));
    if (!missing.empty()) {
        constexpr std::size_t shown = 8;
        spdlog::warn(
            "{} of {} units are missing, so that points may stand on other episodes than their neighbours: {}{}",
            missing.size(), done.size(),
            fmt::join(missing.begin(), missing.begin() + static_cast<std::ptrdiff_t>(std::min(shown, missing.size())),
                      "; "),
            missing.size() > shown ? fmt::format("; and {} more", missing.size() - shown) : "");
    }
    auto table = sweep_table(plan.sweep, done);
    write_results(folders.front(), plan, table, missing, devices);
    write_figure_script(folders.front(), plan, table);
    auto why_no_figure = draw_figures(folders.front());
    if (!why_no_figure.empty()) spdlog::warn("{}", why_no_figure);

    std::size_t widest = 0;
    for (const auto& point : plan.sweep.points) widest = std::max(widest, point_name(plan.sweep.axes, point).size());
    std::string text = fmt::format("{:{}}", "PSNR to the truth, dB, at frame", widest);
    for (int h : plan.sweep.horizons) text += fmt::format("{:>7}", h);
    for (const auto& row : table.rows) {
        if (row.horizon == plan.sweep.horizons.front())
            text += fmt::format("\n{:{}}",
                                point_name(plan.sweep.axes, plan.sweep.points[static_cast<std::size_t>(row.point)]),
                                std::max<std::size_t>(widest, 30));
        text += fmt::format("{:7.2f}", row.estimates[*table.column("psnr")].value);
    }
    std::string drawn;
    for (const char* figure : {"figure.png", "figure.svg", "figure_objects.png", "figure_objects.svg"})
        if (std::error_code error; why_no_figure.empty() && fs::exists(folders.front() / figure, error))
            drawn += std::string(", ") + figure;
    std::printf("%s\n%s: results.csv, results.json, figure.gp%s\n", text.c_str(),
                printable(folders.front().string()).c_str(), drawn.c_str());
}

SweepPlan SweepCommand::plan_for(const WorldInfo& info) const {
    if (info.game.empty())
        throw Error("world " + info.name + ": expected a world with a real game to compare with, found none");
    SweepPlan plan{info.name,       info.weights_hash,   info.game, policy, info.defaults,
                   evaluation.seed, evaluation.episodes, batch,     {}};
    // Not clamped: what is not legal without the varied settings may be with them (--schedule list --vary sigma_list=...); points are checked.
    for (const auto& [field, text] : sampler.given) set_setting(plan.base, field, text);
    for (const auto& text : varied) plan.sweep.axes.push_back(parse_axis(text));
    plan.sweep.horizons = rising(evaluation.horizons);
    const GameInfo game = make_game(info.game)->info();
    check_pair(info, game);
    plan.sweep.objects = game.judged(), plan.sweep.tolerance = game.tolerance;
    plan.fill();
    say_unguided(std::any_of(plan.sweep.points.begin(), plan.sweep.points.end(),
                             [](const SweepPoint& point) { return asks_guidance(point.settings); }),
                 info);
    for (const auto& axis : plan.sweep.axes)
        if (std::all_of(plan.sweep.points.begin(), plan.sweep.points.end(),
                        [&](const SweepPoint& point) { return inert(point.settings, *axis.field); }))
            spdlog::warn("{} has no effect at any point: the other settings leave it unused", axis.field->name);
    return plan;
}

void SweepCommand::play(WorldModel& dream, const SweepPlan& plan, const Shard& part) {
    const auto& units = plan.sweep.units;
    std::vector<bool> done(units.size());
    std::vector<std::size_t> ours;  // still to do
    std::size_t of_shard = 0;
    for (std::size_t u = 0; u < units.size(); ++u) {
        done[u] = read_unit(folders.front(), plan, units[u]).has_value();
        of_shard += part.has(u);
        if (part.has(u) && !done[u]) ours.push_back(u);
    }
    std::fprintf(stderr, "%zu points, %zu units%s; %zu were done before, %zu to do\n", plan.sweep.points.size(),
                 of_shard, part.of > 1 ? fmt::format(" of {} in shard {}", units.size(), shard).c_str() : "",
                 of_shard - ours.size(), ours.size());
    SweepProgress progress(plan, done, ours);
    for (std::size_t u : ours) {
        evaluation.settings = plan.sweep.points[static_cast<std::size_t>(units[u].point)].settings;
        evaluation.progress = [&](int step, int of) {
            progress.step(u, double(step) / of);
            if (!interrupted()) return;
            progress.end();
            throw Error(folders.front(),
                        "interrupted; the units that are done are kept, and the same command continues from there");
        };
        write_unit(folders.front(), plan, units[u],
                   {play_episodes(dream, evaluation, units[u].first, units[u].count), dream.info().device});
        progress.finish(u);
    }
    progress.end();
}

void SweepCommand::run() {
    if (merge) {
        auto plan = read_plan(folders.front());
        for (std::size_t f = 1; f < folders.size(); ++f) expect_same_sweep(folders[f], plan);
        if (against || !against_sweep.empty()) return print_paired(folders, plan, against_sweep, against.value_or(""));
        return write_all(folders, plan);
    }
    if (folders.size() > 1) throw CLI::ValidationError("--out", "expected one folder, or --merge with several");
    if (varied.empty())
        throw CLI::ValidationError(
            "--vary",
            "expected what to compare, such as --vary start_scale=0.5,1,2; `driftlab eval` measures one setting");
    const Shard part = parse_shard(shard);
    evaluation.make_policy = policy_maker(policy);
    for (const auto& text : varied)  // said before a large world is loaded
        for (const SettingField* field = parse_axis(text).field; const auto& [name, value] : sampler.given)
            if (name == field->name)
                throw CLI::ValidationError(
                    "--vary", fmt::format("expected {} varied or set to {}, found both", name, printable(value)));
    auto dream = world.open();
    const auto plan = plan_for(dream->info());
    evaluation.make_game = [game = plan.game] { return make_game(game); };
    expect_no_other(folders.front(), "a sweep");
    claim_folder(folders.front(), plan);
    catch_interrupts();
    play(*dream, plan, part);
    if (part.of == 1) write_all(folders, plan);
    else
        std::printf("shard %s is done; `driftlab sweep --merge --out %s` makes the tables when all are\n",
                    shard.c_str(), printable(folders.front().string()).c_str());
}

}  // namespace

void add_sweep(CLI::App& lab) {
    auto command = std::make_shared<SweepCommand>();
    command->evaluation.episodes = 64;
    auto* sweep = lab.add_subcommand(
        "sweep", "Cross sampler settings and measure each point on the same episodes, keys and noise");
    command->world.add(*sweep);
    auto* vary = sweep
                     ->add_option("--vary", command->varied,
                                  "A setting and its values, start_scale=0.5,1,2; repeat it for each setting to cross")
                     ->check(is_read_by(parse_axis))
                     ->allow_extra_args(false);
    sweep
        ->add_option(
            "--out", command->folders,
            "The sweep's folder: what is done, tables, figures; with --merge several, and the tables go into the first")
        ->required();
    sweep->add_option("--episodes", command->evaluation.episodes, "Episodes at each point")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    sweep
        ->add_option("--seed", command->evaluation.seed, "Seed of the first episode; training uses seeds below 1000000")
        ->check(is_whole())
        ->capture_default_str();
    sweep->add_option("--horizons", command->evaluation.horizons, "Frames at which to measure")
        ->delimiter(',')
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    sweep
        ->add_option(
            "--policy", command->policy,
            "Who plays: rollout (good and bad play mixed), resting (the same, with rests), sticky (random keys, held), "
            "random, demo or expert")
        ->check(is_policy())
        ->capture_default_str();
    sweep->add_option("--batch", command->batch, "Episodes in a unit of work, side by side in one network call")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    auto* shard =
        sweep
            ->add_option("--shard", command->shard, "Do only the i-th part of n, for a cluster's job array: 1/8 to 8/8")
            ->check(is_read_by(parse_shard))
            ->capture_default_str();
    auto* merge =
        sweep->add_flag("--merge", command->merge, "Play nothing; make the tables and figures of what is done")
            ->excludes(vary)
            ->excludes(shard);
    sweep
        ->add_option("--against", command->against,
                     "With --merge: instead, each point's PSNR minus that of this one (start_scale=1,steps=3), episode "
                     "by episode, with intervals; settings that are not named stay the point's own")
        ->needs(merge);
    sweep
        ->add_option("--against-sweep", command->against_sweep,
                     "With --merge: the folder of the sweep that --against names a point of, if it is another one")
        ->needs(merge);
    command->sampler.add(*sweep);
    sweep->callback([command, sweep] {
        if (command->merge) expect_only(*sweep, "--merge", {"--out", "--against", "--against-sweep"});
        command->run();
    });
}

}  // namespace drift
