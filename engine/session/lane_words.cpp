#include "session/lane_words.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace drift {
namespace {

std::string lower(std::string text) {
    if (text.size() > 1 && text[1] >= 'a')
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

bool differs(const SamplerSettings& a, const SamplerSettings& b, const SettingField& field) {
    return !inert(a, field) && !inert(b, field) && setting_text(a, field) != setting_text(b, field);
}

// Where it stands for the absence of something it says nothing.
bool absent(const SamplerSettings& settings, const SettingField& field) {
    std::string_view name = field.name;
    if (name.ends_with("guidance")) return field.get(settings) == 1;
    return field.get(settings) == 0 && (name == "start_at_sigma_max" || name == "start_centre" || name == "s_churn" ||
                                        name == "context_noise" || name == "noise_variation");
}

void append(std::string& list, const std::string& words) { list += (list.empty() ? "" : ", ") + words; }

}  // namespace

std::string setting_words(const SamplerSettings& settings, const SettingField& field) {
    std::string text = setting_text(settings, field);
    if (std::string_view(field.name) == "quantise") return text == "true" ? "quantised" : "not quantised";
    if (field.kind == SettingField::Kind::boolean) return (text == "true" ? "" : "no ") + lower(field.label);
    if (field.kind == SettingField::Kind::choice) return shown_setting(settings, field);
    if (std::string_view(field.name) == "noise_variation") return "noise " + text;
    if (field.kind == SettingField::Kind::integer) {
        std::string label = lower(field.label);
        if (text == "1" && label.ends_with('s')) label.pop_back();
        return text + " " + label;
    }
    return (std::string_view(field.name) == "start_scale" ? "start" : lower(field.label)) + " " + text;
}

namespace {

// What sets the sampling of the upsampler apart, where all lanes have one.
std::string of_upsampler(std::span<const LaneWords> lanes, int number, int main, const SamplerSettings* defaults) {
    std::vector<LaneWords> above;
    for (const LaneWords& lane : lanes)
        if (!lane.settings->upsampler.empty()) above.push_back({lane.number, &lane.settings->upsampler.front()});
    if (above.empty() || above.size() != lanes.size()) return "";
    return set_apart(above, number, main,
                     defaults && !defaults->upsampler.empty() ? &defaults->upsampler.front() : nullptr);
}

}  // namespace

std::string set_apart(std::span<const LaneWords> lanes, int number, int main, const SamplerSettings* defaults) {
    auto of = [&](int wanted) {
        return std::find_if(lanes.begin(), lanes.end(), [&](const LaneWords& lane) { return lane.number == wanted; });
    };
    auto mine = of(number);
    if (mine == lanes.end()) return "";
    const SamplerSettings& settings = *mine->settings;
    std::string label;
    for (const SettingField& field : setting_fields()) {
        bool apart = false;
        if (lanes.size() == 1) apart = defaults && differs(settings, *defaults, field);
        else if (number != main && of(main) != lanes.end()) apart = differs(settings, *of(main)->settings, field);
        else
            apart = std::any_of(lanes.begin(), lanes.end(),
                                [&](const LaneWords& lane) { return differs(settings, *lane.settings, field); });
        if (!apart) continue;
        // Whoever does not start at sigma_0 starts at the scale that it has.
        bool scaled = std::string_view(field.name) == "start_at_sigma_max" && !settings.start_at_sigma_max;
        std::string words = setting_words(settings, scaled ? *find_setting("start_scale") : field);
        if (!label.ends_with(words)) append(label, words);
    }
    if (std::string above = of_upsampler(lanes, number, main, defaults); !above.empty())
        append(label, "upsampler " + above);
    return label;
}

std::string in_common(std::span<const LaneWords> lanes) {
    std::string common;
    if (lanes.empty()) return common;
    const SamplerSettings& first = *lanes.front().settings;
    for (const SettingField& field : setting_fields()) {
        bool shared = std::all_of(lanes.begin(), lanes.end(), [&](const LaneWords& lane) {
            return !inert(*lane.settings, field) && setting_text(*lane.settings, field) == setting_text(first, field);
        });
        if (shared && !absent(first, field)) append(common, setting_words(first, field));
    }
    return common;
}

SamplerSettings with_pairs(SamplerSettings settings, const std::string& pairs) {
    for (std::size_t at = 0; at < pairs.size();) {
        std::size_t comma = std::min(pairs.find(',', at), pairs.size());
        std::string pair = pairs.substr(at, comma - at);
        std::size_t equals = pair.find('=');
        set_setting(settings, pair.substr(0, equals), equals == pair.npos ? "" : pair.substr(equals + 1));
        at = comma + 1;
    }
    return settings;
}

}  // namespace drift
