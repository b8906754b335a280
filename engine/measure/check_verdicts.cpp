// What a check's figures mean, in sentences.
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "measure/world_check.h"

namespace drift {
namespace {

constexpr double frozen_motion = 0.02;  // levels a frame: less is a still picture
constexpr double heard_enough = 0.5;    // share of openings
constexpr double still_levels = 3;      // mean error of what stands still: more is seen
constexpr double sharpness_band = 0.3, colours_off = 0.25;

std::string number(double value, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

}  // namespace

std::vector<std::string> verdicts(const WorldCheck& check) {
    std::vector<std::string> said;
    if (check.motion < frozen_motion && check.real_motion.value_or(1) >= frozen_motion) {
        said.push_back("It is frozen: its pictures move by " + number(check.motion, 3) + " levels a frame" +
                       (check.real_motion ? ", the real game's by " + number(*check.real_motion, 2) : "") + ".");
        return said;  // it hears nothing then, and that is no news
    }
    std::string deaf;
    for (const auto& key : check.keys)
        if (check.real_motion ? key.heard < heard_enough && key.real_first : !key.first)
            deaf += (deaf.empty() ? "" : ", ") + printable(key.name);
    if (!deaf.empty())
        said.push_back("It does not listen to " + deaf + ": held for " + std::to_string(check.held) +
                       " frames, the picture is the same as without.");
    if (check.shuffle && check.shuffle->gain_lo <= 0)
        said.push_back(
            "It hardly listens on recorded play: keys of other moments do as well as those that were played (" +
            number(check.shuffle->gain, 2) + " dB, " + number(check.shuffle->gain_lo, 2) + " to " +
            number(check.shuffle->gain_hi, 2) + ").");
    if (check.late && std::abs(*check.late) >= 1)
        said.push_back(
            *check.late > 0
                ? "It is late: keys show " + number(*check.late, 0) + " frames after they do in the real game."
                : "It is early: keys show " + number(-*check.late, 0) + " frames before they do in the real game.");
    for (bool idle : {true, false}) {
        const auto& quarter = check.quarters.back();
        const auto& last = idle ? quarter.idle : quarter.keyed;
        // The real game's pictures change, too.
        const auto real = (idle ? quarter.real_idle : quarter.real_keyed).value_or(WorldCheck::Look{});
        const std::string when = idle ? "without keys" : "with random keys";
        const std::string against = (quarter.real_idle ? "the real game" : "its opening") + std::string(" after ") +
                                    std::to_string(check.frames) + " frames.";
        if (double sharp = last.sharpness / real.sharpness; std::abs(sharp - 1) > sharpness_band)
            said.push_back("It " + std::string(sharp < 1 ? "blurs " : "roughens ") + when + ": " + number(sharp, 2) +
                           " times as sharp as " + against);
        if (double off = last.colours - real.colours; off > colours_off)
            said.push_back("Its colours wander " + when + ": " + number(100 * off, 0) +
                           " % more of the picture than in " + against);
    }
    if (check.still && check.still->off > still_levels)
        said.push_back("What should stand still wanders: it is off by " + number(check.still->off, 1) +
                       " levels after " + std::to_string(check.frames) + " frames, and " +
                       number(100 * check.still->kept, 1) + " % of an error stays from one frame to the next.");
    return said;
}

}  // namespace drift
