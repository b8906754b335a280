#include "core/sampler_settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/error.h"

namespace drift {
namespace {

using S = SamplerSettings;
using Kind = SettingField::Kind;
constexpr std::size_t longest_list = 64;

std::string number(double value) {
    char text[32];
    auto [end, error] = std::to_chars(text, text + sizeof text, static_cast<float>(value));
    return {text, end};
}

double parse_number(std::string_view name, std::string_view text) {
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Error("setting " + std::string(name) + ": expected a number, found \"" + printable(text) + "\"");
    return value;
}

std::string between(const SettingField& field) { return number(field.low) + " to " + number(field.high); }

}  // namespace

std::string setting_text(const S& settings, const SettingField& field) {
    switch (field.kind) {
        case Kind::real:
        case Kind::integer: return number(field.get(settings));
        case Kind::boolean: return field.get(settings) != 0 ? "true" : "false";
        case Kind::choice: return field.choices[static_cast<std::size_t>(field.get(settings))];
        case Kind::list: break;
    }
    std::string text;
    for (float sigma : settings.sigma_list)
        text.append(text.empty() ? "" : " ").append(number(sigma));  // gcc 12 warns of + here, wrongly
    return text;
}

std::string shown_setting(const S& settings, const SettingField& field) {
    if (field.kind == Kind::boolean) return field.get(settings) != 0 ? "on" : "off";
    if (field.kind == Kind::choice) return field.shown[static_cast<std::size_t>(field.get(settings))];
    return setting_text(settings, field);
}

std::vector<std::pair<std::string, std::string>> setting_pairs(const S& settings) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const SettingField& field : setting_fields()) pairs.emplace_back(field.name, setting_text(settings, field));
    for (const S& upsampler : settings.upsampler)
        for (const SettingField& field : setting_fields())
            pairs.emplace_back(std::string(upsampler_prefix) + field.name, setting_text(upsampler, field));
    return pairs;
}

std::vector<std::pair<std::string, std::string>> labelled_settings(const S& settings) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const SettingField& field : setting_fields()) pairs.emplace_back(field.label, shown_setting(settings, field));
    for (const S& upsampler : settings.upsampler)
        for (const SettingField& field : setting_fields())
            pairs.emplace_back("Upsampler: " + std::string(field.label), shown_setting(upsampler, field));
    return pairs;
}

void set_setting(S& settings, std::string_view name, std::string_view text) {
    if (name.starts_with(upsampler_prefix)) {
        if (settings.upsampler.empty())
            throw Error("setting " + printable(name) + ": expected a world with an upsampler, found one without");
        return set_setting(settings.upsampler.front(), name.substr(upsampler_prefix.size()), text);
    }
    const SettingField* field = find_setting(name);
    if (!field) throw Error("setting \"" + printable(name) + "\": there is no such setting");
    if (field->kind == Kind::boolean) {
        if (text != "true" && text != "false" && text != "1" && text != "0")
            throw Error("setting " + std::string(name) + ": expected true or false, found \"" + printable(text) + "\"");
        return field->set(settings, text == "true" || text == "1" ? 1 : 0);
    }
    if (field->kind == Kind::choice) {
        std::string known;
        for (std::size_t i = 0; i < field->choices.size(); ++i) {
            if (text == field->choices[i]) return field->set(settings, static_cast<double>(i));
            known += (i ? ", " : "") + std::string(field->choices[i]);
        }
        throw Error("setting " + std::string(name) + ": expected one of " + known + ", found \"" + printable(text) +
                    "\"");
    }
    if (field->kind == Kind::list) {
        std::vector<float> values;
        while (true) {
            std::size_t first = text.find_first_not_of(" ,;\t");
            if (first == text.npos) break;
            text.remove_prefix(first);
            std::size_t length = std::min(text.find_first_of(" ,;\t"), text.size());
            values.push_back(static_cast<float>(parse_number(name, text.substr(0, length))));
            text.remove_prefix(length);
        }
        settings.sigma_list = std::move(values);
        return;
    }
    double value = parse_number(name, text);
    if (field->kind == Kind::integer) {  // a float-to-int cast beyond the int's range is undefined
        if (std::isnan(value) || (std::isfinite(value) && value != std::floor(value)))
            throw Error("setting " + std::string(name) + ": expected a whole number, found \"" + printable(text) +
                        "\"");
        value = std::clamp(std::round(value), -1e9, 1e9);
    }
    field->set(settings, value);
}

S clamped(S settings, std::vector<std::string>* notes) {
    auto note = [&](const std::string& sentence) {
        if (notes) notes->push_back(sentence);
    };
    const S defaults;
    for (const SettingField& field : setting_fields()) {
        if (field.kind == Kind::list) continue;
        double value = field.get(settings);
        double legal = std::isnan(value) ? field.get(defaults)
                                         : std::clamp(value, double(float(field.low)), double(float(field.high)));
        if (legal == value) continue;
        field.set(settings, legal);
        note(std::string(field.name) + " must be " + between(field) + ": " + number(value) + " was changed to " +
             number(legal));
    }
    if (settings.sigma_min >= settings.sigma_max) {
        float smaller = settings.sigma_max / 2;
        note("sigma_min must be below sigma_max: " + number(settings.sigma_min) + " was changed to " + number(smaller));
        settings.sigma_min = smaller;
    }
    auto& list = settings.sigma_list;
    std::size_t typed = list.size();
    std::erase_if(list, [](float sigma) { return !(sigma > 0) || sigma > 1000; });
    if (list.size() != typed) note("Sigmas outside 0 to 1000 removed");
    if (!std::is_sorted(list.rbegin(), list.rend()) || std::adjacent_find(list.begin(), list.end()) != list.end()) {
        std::size_t before = list.size();
        std::sort(list.rbegin(), list.rend());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        note(std::string("Sigmas sorted from high to low") + (list.size() < before ? ", duplicates removed" : ""));
    }
    if (list.size() > longest_list) {
        list.resize(longest_list);
        note("Only the first 64 sigmas are used");
    }
    if (settings.schedule == Schedule::list && list.empty()) {
        settings.schedule = Schedule::karras;
        note("The schedule \"Custom list\" needs sigmas; Karras is used instead");
    }
    if (settings.upsampler.size() > 1) settings.upsampler.resize(1);
    for (S& upsampler : settings.upsampler) upsampler = clamped(std::move(upsampler), notes);
    return settings;
}

bool inert(const S& settings, const SettingField& field) {
    std::string_view name = field.name;
    std::size_t count = sigmas(settings).size() - 1;
    bool listed = settings.schedule == Schedule::list;
    if (name == "rho")
        return settings.schedule != Schedule::karras ||
               count <= 2;  // two steps: sigma_max and sigma_min, whatever the curve
    if (name == "sigma_min") return listed || count == 1;
    if (name == "sigma_max" || name == "steps") return listed;
    if (name == "sigma_list") return !listed;
    if (name == "solver") return count == 1;
    if (name == "start_scale") return settings.start_at_sigma_max;
    if (name == "history_noise") return settings.history_guidance == 1;
    if (name == "s_tmin" || name == "s_tmax" || name == "s_noise") return settings.s_churn == 0;
    return false;
}

bool untrained(const S& settings, const SettingField& field, const TrainedRanges& trained) {
    std::string_view name = field.name;
    bool listed = settings.schedule == Schedule::list && !settings.sigma_list.empty();
    auto too_high = [&](float sigma) { return sigma > trained.sigma_max; };
    auto too_low = [&](float sigma) { return sigma < trained.sigma_min * 0.999f; };
    if (name == "sigma_max") return !listed && too_high(settings.sigma_max);
    if (name == "sigma_min") return !listed && too_low(settings.sigma_min);
    if (name == "sigma_list")
        return listed && (too_high(settings.sigma_list.front()) || too_low(settings.sigma_list.back()));
    if (name == "context_noise") return settings.context_noise > trained.context_noise_max;
    if (name == "history_guidance") return settings.history_guidance != 1 && trained.context_noise_max <= 0;
    if (name == "history_noise")
        return settings.history_guidance != 1 && settings.history_noise > trained.context_noise_max;
    if (name == "auto_guidance") return settings.auto_guidance != 1 && !trained.guide;
    if (name == "start_centre") return settings.start_centre > 0 && !trained.centred_starts;
    return false;
}

}  // namespace drift
