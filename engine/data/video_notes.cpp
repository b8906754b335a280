#include "data/video_notes.h"

#include <cmath>
#include <cstdio>

#include "core/names.h"

namespace drift {
namespace {

constexpr double same_rate = 0.03;     // as a share
constexpr double uneven = 1.5;         // longest over shortest gap
constexpr double clock_grain = 0.012;  // seconds: GIF counts hundredths, others milliseconds

std::string in_digits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

}  // namespace

std::vector<std::string> notes_on(const VideoFacts& facts, int rate) {
    std::vector<std::string> notes;
    const std::string taken = ": each frame is taken as one step all the same";
    if (facts.longest > uneven * facts.shortest && facts.longest - facts.shortest > clock_grain)
        notes.push_back("its frames are unevenly spaced, from " + in_digits(facts.shortest) + " to " +
                        in_digits(facts.longest) + " seconds apart (" + in_digits(facts.rate) + " a second on average" +
                        (rate > 0 ? ", data.toml says " + std::to_string(rate) : "") + ")" + taken);
    else if (facts.rate > 0 && rate > 0 && std::abs(facts.rate - rate) > same_rate * rate)
        notes.push_back("has " + in_digits(facts.rate) + " frames a second where data.toml says " +
                        std::to_string(rate) + taken);
    if (facts.damaged > 0)
        notes.push_back(counted(facts.damaged, "piece") + " of it could not be decoded and were left out");
    return notes;
}

}  // namespace drift
