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
    auto value = [](const SamplerSettings& of, const SettingField& field) {
        std::string text = setting_text(of, field);
        return text.empty() ? std::string("none") : text;
    };
    for (const SettingField& field : setting_fields())
        if (std::string x = value(a, field), y = value(b, field); x != y) lines.push_back(std::string(field.label) + ": A " + x + ", B " + y);
    return lines;
}

}  // namespace drift
