#include "session/log/replay.h"

#include <algorithm>

#include "core/error.h"
#include "session/log/moment.h"

namespace drift {

void check_replays(const LogHeader& log, const WorldInfo& world, bool recorded) {
    if (!recorded && log.weights_hash != world.weights_hash)
        throw Error(
            "expected a session of the world " + world.name + " with the weights that it has, found one of " +
            printable(log.world) + " with others (" + printable(log.weights_hash) + ", where " + world.name + " has " +
            world.weights_hash + "): " +
            (log.weights_hash.find('+') == std::string::npos
                 ? "it is another world, or was trained further since. A recording (.mkv) of it can still be seen"
                 : "the part behind + is the network that guided it: --guide names that"));
    LogHeader now = header_of(world);
    // A log without a game is of a world that had no real one then.
    if ((!log.game.empty() && log.game != now.game) || log.actions != now.actions || log.width != now.width ||
        log.height != now.height)
        throw Error("expected a session of the world " + world.name +
                    ", found one with the same weights and another game, size or actions");
}

Step replay(Play& play, const LogEvent& event, std::stop_token stop, const std::optional<Direction>& other) {
    using enum LogEvent::Kind;
    const Direction& direction = other ? *other : *event.direction;
    switch (event.kind) {
        case opened: return play.open(event.number, direction);
        case played: return play.advance(event.action, direction, stop);
        case recalled: return play.recall(event.number);
        case resynced: {
            auto step = play.resync(static_cast<int>(event.number));
            if (!step)
                throw Error("a replay: expected the lane " + std::to_string(event.number) +
                            " and a truth, to bring the one back to the other");
            return *step;
        }
        case loaded: return play.load(moment_of_bytes(event.moment));
    }
    throw Error("a replay: an event of an unknown kind");
}

std::optional<Difference> difference(const LogEvent& event, const Step& step) {
    auto now = hashes_of(step);
    if (without_truth(event, step)) now.resize(step.lanes.size());
    if (now == event.hashes) return std::nullopt;
    std::size_t at = static_cast<std::size_t>(
        std::mismatch(now.begin(), now.end(), event.hashes.begin(), event.hashes.end()).first - now.begin());
    if (at < step.lanes.size()) return Difference{step.lanes[at].lane, false};
    return Difference{0, true};
}

std::string difference_place(const Difference& found, std::size_t event, std::size_t events, const Step& step) {
    return "event " + std::to_string(event + 1) + " of " + std::to_string(events) + ", frame " +
           std::to_string(step.index) + " of its episode, " +
           (found.truth ? std::string("the truth") : "lane " + std::to_string(found.lane + 1));
}

std::string other_maker(const LogHeader& log, const WorldInfo& world) {
    LogHeader now = header_of(world);
    std::string said;
    for (const auto& [name, value] : now.maker) {
        auto it = std::find_if(log.maker.begin(), log.maker.end(),
                               [&name](const auto& entry) { return entry.first == name; });
        const std::string then =
            it == log.maker.end() ? "unknown" : printable(it->second);  // older logs do not name the build
        if (then != printable(value))
            said += (said.empty() ? "" : "; ") + name + ": " + then + " then, " + printable(value) + " now";
    }
    return said;
}

std::string why_other(const Difference& found, const LogHeader& log, const WorldInfo& world) {
    const std::string maker = other_maker(log, world), otherwise = "it was made otherwise: " + maker;
    if (found.truth || log.weights_hash == truth_alone)
        return "the real game is another one now, or chance decides in it" + (maker.empty() ? "" : "; or " + otherwise);
    return maker.empty() ? "it was made by the same build on the same kind of device" : otherwise;
}

}  // namespace drift
