// driftlab replay: plays a session again from its log; holds it against what it was, or shows what other settings would have made of it.
#include <unistd.h>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>

#include "core/atomic_file.h"
#include "core/error.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "lab/recordings.h"
#include "lab/session_room.h"
#include "session/log/replay.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct ReplayCommand {
    WorldOptions world;
    fs::path file, csv;
    std::vector<std::string> settings;
    bool verify = false;
    SessionLog log;

    void run();
    std::unique_ptr<SessionRoom> open() const { return open_session_room(world, log.header); }
    Direction other(const Direction& direction, bool said = false) const;
    void progress(std::size_t done) const {
        if (isatty(2) && (done % 50 == 0 || done == log.events.size()))
            std::fprintf(stderr, "\revent %zu of %zu%s", done, log.events.size(),
                         done == log.events.size() ? "\n" : "");
    }
    void tell() const;
    void hold_against();
    void compare();
};

Direction ReplayCommand::other(const Direction& direction, bool said) const {
    Direction other = direction;
    for (LanePlan& lane : other.lanes) {
        for (const std::string& pair : settings) {
            auto equals = pair.find('=');
            set_setting(lane.settings, pair.substr(0, equals), equals == pair.npos ? "" : pair.substr(equals + 1));
        }
        lane.settings = said && &lane == &other.lanes.front() ? made_legal(lane.settings) : clamped(lane.settings);
    }
    return other;
}

void ReplayCommand::tell() const {
    std::size_t counts[6] = {}, lanes = 1;
    for (const LogEvent& event : log.events)
        ++counts[static_cast<std::size_t>(event.kind)], lanes = std::max(lanes, event.direction->lanes.size());
    std::printf(
        "a session of %s: %zu frames (%.0f s at its rate), up to %zu lane%s; %zu openings, %zu rewinds, %zu states "
        "loaded, %zu lanes brought back to the truth\n",
        printable(log.header.world).c_str(), counts[2], static_cast<double>(counts[2]) / std::max(1, log.header.rate),
        lanes, lanes == 1 ? "" : "s", counts[1], counts[3], counts[5], counts[4]);
    for (const auto& [name, value] : log.header.maker)
        std::printf("  %-9s %s\n", printable(name).c_str(), printable(value).c_str());
}

void ReplayCommand::hold_against() {
    if (log.events.empty()) throw Error(file, "expected frames to verify, found none");
    auto room = open();
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        Step step = replay(room->play, log.events[i]);
        if (step.truth.empty() && log.events[i].hashes.size() > step.lanes.size())
            throw Error(file,
                        "cannot be verified: the real game " +
                            (step.truth_lost.empty() ? "is not set up here" : "has failed (" + step.truth_lost + ")"));
        if (auto found = difference(log.events[i], step))
            throw Error(file, "it differs first at " + difference_place(*found, i, log.events.size(), step) + "; " +
                                  why_other(*found, log.header, room->stage.info()));
        progress(i + 1);
    }
    std::printf("all %zu events give the same bytes again\n", log.events.size());
}

// A table of the main lane: the recording against the truth and, with other settings, these against it and against the recording.
void ReplayCommand::compare() {
    auto room = open(), beside = settings.empty() ? nullptr : open();
    std::optional<AtomicFile> table;
    if (!csv.empty())
        table.emplace(csv).write(std::string("event,episode,step,recorded_psnr") +
                                 (beside ? ",other_psnr,other_to_recorded_psnr" : "") + "\n");
    double sums[3] = {};
    std::size_t count = 0;
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        const Step then = replay(room->play, log.events[i]);
        const Frame& a = then.main_lane().frame;
        std::vector<double> values{then.truth.empty() ? std::numeric_limits<double>::quiet_NaN() : psnr(a, then.truth)};
        if (beside) {
            const Step now = replay(beside->play, log.events[i], {}, other(*log.events[i].direction));
            const Frame& b = now.main_lane().frame;
            values.push_back(now.truth.empty() ? std::numeric_limits<double>::quiet_NaN() : psnr(b, now.truth));
            values.push_back(psnr(b, a));
        }
        if (table) {
            std::string row =
                std::to_string(i + 1) + "," + std::to_string(then.episode) + "," + std::to_string(then.index);
            for (double value : values) row += "," + (std::isnan(value) ? "" : std::to_string(value));
            table->write(row + "\n");
        }
        if (log.events[i].kind == LogEvent::Kind::played) {
            for (std::size_t k = 0; k < values.size(); ++k) sums[k] += values[k];
            ++count;
        }
        progress(i + 1);
    }
    if (table) table->commit();
    auto mean = [&](int k) {
        return count == 0 || std::isnan(sums[k])
                   ? std::string("-")
                   : std::to_string(sums[k] / static_cast<double>(count)).substr(0, 5) + " dB";
    };
    std::printf("mean over %zu frames of the main lane: recorded to the truth %s", count, mean(0).c_str());
    if (beside)
        std::printf(", with the other settings %s, these to the recording %s", mean(1).c_str(), mean(2).c_str());
    std::printf("\n");
}

void ReplayCommand::run() {
    log = read_session(file);
    if (!log.warning.empty()) std::fprintf(stderr, "driftlab: %s\n", log.warning.c_str());
    if (verify && (!settings.empty() || !csv.empty()))
        throw CLI::ValidationError("--verify holds the session against itself: expected it without --set and --csv");
    if (!log.events.empty()) other(*log.events.front().direction, true);  // what is wrong is said before anything long
    if (!verify && settings.empty() && csv.empty()) return tell();
    verify ? hold_against() : compare();
}

}  // namespace

void add_replay(CLI::App& lab) {
    auto command = std::make_shared<ReplayCommand>();
    command->world.world.clear();
    auto* replay = lab.add_subcommand("replay",
                                      "Play a session again from its log: what it was, --verify that it gives the same "
                                      "bytes, or --set other settings");
    replay
        ->add_option("session", command->file,
                     "The session's log (.driftlog), a recording (.mkv) with its log beside it, or a video that "
                     "carries it (.mp4)")
        ->required();
    command->world.add(*replay);
    replay->add_flag("--verify", command->verify,
                     "Dream it again and check every frame against its hash; if one differs, the first frame and lane "
                     "are named and the exit code is 1");
    replay
        ->add_option("--set", command->settings,
                     "name=value, repeat it for more: dream it again with these settings and measure the drift "
                     "against the recording")
        ->check(is_read_by(read_setting));
    replay
        ->add_option(
            "--csv", command->csv,
            "A row for each frame: how far the main lane is from the truth, with --set the other settings beside it")
        ->check(ends_in(".csv"));
    replay->callback([command, replay] {
        if (!command->verify && command->settings.empty() && command->csv.empty())
            expect_only(*replay, "without --verify, --set or --csv", {"session"});
        command->run();
    });
}

}  // namespace drift
