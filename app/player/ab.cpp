#include "player/ab.h"

namespace drift {

SamplerSettings waiting_settings(const AB& ab, const SamplerSettings& now, const SamplerSettings& defaults) {
    if (ab.other) return *ab.other;
    return now == defaults ? edm_start(defaults) : defaults;
}

SamplerSettings flip(AB& ab, const SamplerSettings& now, const SamplerSettings& defaults) {
    SamplerSettings next = waiting_settings(ab, now, defaults);
    ab.other = now;
    ab.b_plays = !ab.b_plays;
    return next;
}

std::vector<std::string> differences(const AB& ab, const SamplerSettings& now, const SamplerSettings& defaults) {
    SamplerSettings other = waiting_settings(ab, now, defaults);
    const SamplerSettings &a = ab.b_plays ? other : now, &b = ab.b_plays ? now : other;
    std::vector<std::string> lines;
    const auto of_a = labelled_settings(a), of_b = labelled_settings(b);
    auto value = [](const std::string& text) { return text.empty() ? std::string("none") : text; };
    for (std::size_t i = 0; i < of_a.size() && i < of_b.size(); ++i)
        if (of_a[i] != of_b[i])
            lines.push_back(of_a[i].first + ": A " + value(of_a[i].second) + ", B " + value(of_b[i].second));
    return lines;
}

}  // namespace drift
