// driftlab check: what can be known of a world, with a real game or without one.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "games/list.h"
#include "lab/check_page.h"
#include "lab/commands.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/report.h"
#include "measure/world_check.h"
#include "session/pair.h"

namespace drift {
namespace {

struct CheckCommand {
    WorldOptions world;
    SamplerOptions sampler;
    WorldCheckOptions check;
    bool json = false, no_truth = false;
    std::filesystem::path page, data;
    void run();
};

std::string beside(std::optional<double> real, int digits, const char* unit) {
    return real ? fmt::format(" (real game {:.{}f}{})", *real, digits, unit) : "";
}

std::string to_text(const WorldCheck& c) {
    std::string text =
        fmt::format("{} openings; keys held for {} frames; long runs of {}\n", c.openings, c.held, c.frames);
    text +=
        "\nDoes it listen? PSNR between the dream with a key and without, lower: it hears more; first frame that shows "
        "it\n";
    for (const auto& key : c.keys)
        text += fmt::format("  {:<18} {:6.1f} dB{}; frame {}{}; heard in {:.0f} %\n", printable(key.name), key.psnr,
                            beside(key.real, 1, ""), key.first ? fmt::format("{:.0f}", *key.first) : "none",
                            beside(key.real_first, 0, ""), 100 * key.heard);
    if (c.late) text += fmt::format("  frames later than the real game: {:+.1f}\n", *c.late);
    if (c.shuffle)
        text += fmt::format(
            "\nDoes it listen on recorded play? With the keys of other moments {} frames are off by {:.2f} times as "
            "much; "
            "its own are worth {:.2f} dB ({:.2f} to {:.2f}; {} moments)\n",
            c.shuffle->frames, c.shuffle->ratio, c.shuffle->gain, c.shuffle->gain_lo, c.shuffle->gain_hi,
            c.shuffle->moments);
    if (!c.ways.empty()) text += "\nThere and back: PSNR to the beginning\n";
    for (const auto& way : c.ways)
        text += fmt::format("  {}, then {}: {:.1f} dB{}\n", printable(way.there), printable(way.back), way.psnr,
                            beside(way.real, 1, ""));
    text += "\nLong runs: sharpness against the opening | colours that are others | PSNR to the truth\n";
    for (bool idle : {true, false})
        for (const auto& quarter : c.quarters) {
            const auto& look = idle ? quarter.idle : quarter.keyed;
            const auto& real = idle ? quarter.real_idle : quarter.real_keyed;
            text += fmt::format("  {} {:>3}..{:<3} {:.2f}{} | {:.0f} %{}", idle ? "no key  " : "random  ",
                                quarter.first, quarter.last, look.sharpness, real ? beside(real->sharpness, 2, "") : "",
                                100 * look.colours, real ? beside(std::abs(100 * real->colours), 0, " %") : "");
            text += look.psnr ? fmt::format(" | {:.1f} dB\n", *look.psnr) : "\n";
        }
    if (c.still)
        text += fmt::format(
            "\nWhat should stand still ({:.0f} % of the picture) is off by {:.2f} levels after a frame, {:.2f} after "
            "{};\n"
            "  {:.1f} % of an error stays from one frame to the next, and each adds {:.2f} levels\n",
            100 * c.still->share, c.still->off_first, c.still->off, c.frames, 100 * c.still->kept, c.still->added);
    text += "\nHow alike are pictures so many frames apart, with random keys?\n ";
    for (const auto& distance : c.distances)
        text += fmt::format(" {}: {:.1f} dB{}", distance.frames, distance.psnr, beside(distance.real, 1, ""));
    text += fmt::format("\n  it moves by {:.2f} levels a frame{}\n", c.motion, beside(c.real_motion, 2, ""));
    text += fmt::format("\nHow sure is it? eight noises spread the next frame by {:.2f} levels", c.spread);
    text +=
        c.auroc ? fmt::format("; their spread finds what is wrong with AUROC {:.3f} (.5: chance)\n", *c.auroc) : "\n";
    const auto said = verdicts(c);
    text += said.empty() ? std::string("\n") + nothing_wrong : "";
    for (const auto& sentence : said) text += "\n" + sentence;
    return text;
}

nlohmann::ordered_json to_json(const WorldCheck& c) {
    auto number = [](std::optional<double> value) {
        return value && std::isfinite(*value) ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
    };
    auto look = [&](const WorldCheck::Look& l) {
        return nlohmann::ordered_json{{"sharpness", l.sharpness}, {"colours", l.colours}, {"psnr", number(l.psnr)}};
    };
    nlohmann::ordered_json all{{"openings", c.openings}, {"frames", c.frames}, {"held", c.held}};
    for (const auto& k : c.keys)
        all["keys"].push_back({{"name", k.name},
                               {"psnr", k.psnr},
                               {"real_psnr", number(k.real)},
                               {"first", number(k.first)},
                               {"real_first", number(k.real_first)},
                               {"heard", k.heard}});
    all["late"] = number(c.late);
    for (const auto& w : c.ways)
        all["ways"].push_back({{"there", w.there}, {"back", w.back}, {"psnr", w.psnr}, {"real_psnr", number(w.real)}});
    for (const auto& q : c.quarters) {
        nlohmann::ordered_json quarter{
            {"first", q.first}, {"last", q.last}, {"idle", look(q.idle)}, {"keyed", look(q.keyed)}};
        if (q.real_idle) quarter["real_idle"] = look(*q.real_idle), quarter["real_keyed"] = look(*q.real_keyed);
        all["quarters"].push_back(quarter);
    }
    if (c.still)
        all["still"] = {{"share", c.still->share},
                        {"off_first", c.still->off_first},
                        {"off", c.still->off},
                        {"kept", c.still->kept},
                        {"added", c.still->added}};
    for (const auto& d : c.distances)
        all["distances"].push_back({{"frames", d.frames}, {"psnr", d.psnr}, {"real_psnr", number(d.real)}});
    all.update({{"motion", c.motion},
                {"real_motion", number(c.real_motion)},
                {"action_shuffle",
                 c.shuffle ? nlohmann::ordered_json{{"moments", c.shuffle->moments},
                                                    {"frames", c.shuffle->frames},
                                                    {"ratio", number(c.shuffle->ratio)},
                                                    {"gain", c.shuffle->gain},
                                                    {"gain_interval", {c.shuffle->gain_lo, c.shuffle->gain_hi}}}
                           : nlohmann::ordered_json()},
                {"spread", c.spread},
                {"auroc", number(c.auroc)},
                {"verdicts", verdicts(c)}});
    return all;
}

void CheckCommand::run() {
    if (check.frames < check.held)
        throw CLI::ValidationError(
            fmt::format("--frames: expected at least as many as --held ({}), found {}", check.held, check.frames));
    auto dream = world.open();
    check.settings = sampler.over(dream->info().defaults);
    if (const auto game = no_truth ? nullptr : truth_of(dream->info())) {
        check_pair(dream->info(), game->info());
        check.make_game = [name = dream->info().game] { return make_game(name); };
    }
    catch_interrupts();
    StatusLine status;
    check.progress = [&](int done, int of) {
        if (interrupted()) throw Error("check: interrupted");
        if (status.due()) status.show(fmt::format("{} frame {} of {}", bar_text(double(done) / of), done, of));
    };
    std::vector<Clip> clips;
    if (!data.empty()) clips = held_out_of(data, dream->info());
    WorldCheck result = check_world(*dream, check);
    if (!data.empty()) {
        result.shuffle = shuffle_actions(*dream, clips, check.settings, check.seed, check.progress);
        if (!result.shuffle) throw Error(data, "expected a held-out tenth with different keys, found none");
    }
    status.end();
    if (!page.empty()) save_check_page(page, dream->info().name, result);
    std::puts(json ? to_json(result).dump().c_str() : to_text(result).c_str());
}

}  // namespace

void add_check(CLI::App& lab) {
    auto command = std::make_shared<CheckCommand>();
    auto* check = lab.add_subcommand("check",
                                     "What can be known of a world, with its real game or without one: does it listen, "
                                     "how late, does it stand, fade, know when it is wrong");
    command->world.add(*check);
    check->add_option("--openings", command->check.openings, "Dreams side by side")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    check->add_option("--frames", command->check.frames, "Frames of the long runs")
        ->check(CLI::Range(WorldCheck::segments, 100000))
        ->capture_default_str();
    check->add_option("--held", command->check.held, "Frames that a key is held")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    check->add_option("--seed", command->check.seed, "Seed of the first opening; training uses seeds below 1000000")
        ->check(is_whole())
        ->capture_default_str();
    check->add_option("--png", command->page, "A page of pictures to write: what was seen, dream above the real game")
        ->check(ends_in(".png"));
    check->add_option("--data", command->data,
                      "Recorded play, as `driftlab train` takes it: do its keys matter, on its held-out tenth?");
    check->add_flag("--no-truth", command->no_truth, "As if the world had no real game");
    check->add_flag("--json", command->json, "Print one JSON object");
    command->sampler.add(*check);
    check->callback([command] { command->run(); });
}

}  // namespace drift
