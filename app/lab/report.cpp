#include "lab/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "data/data_set.h"

namespace drift {

nlohmann::json to_json(const Evaluation& r) {
    nlohmann::json json{{"horizons", r.horizons},
                        {"psnr", r.psnr},
                        {"psnr_lo", r.psnr_lo},
                        {"psnr_hi", r.psnr_hi},
                        {"copy_psnr", r.copy_psnr},
                        {"moving_psnr", r.moving_psnr},
                        {"copy_moving_psnr", r.copy_moving},
                        {"obeyed", r.obeyed}};
    for (const auto& [name, rates] : r.hits) json[name] = rates;
    json["collapse_step"] = r.collapse_step ? nlohmann::json(*r.collapse_step) : nlohmann::json();
    return json;
}

namespace {

bool all_unknown(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
}

}  // namespace

std::string to_table(const Evaluation& r) {
    std::string text = "frame   PSNR dB   95 % interval   repeated dB   moving dB   repeated dB";
    const auto known = [](double value, const char* shape) {
        return std::isnan(value) ? std::string("-") : fmt::format(fmt::runtime(shape), value);
    };
    struct Head {
        std::string text;
        const std::vector<double>& rates;
    };
    std::vector<Head> heads;
    for (std::size_t i = 0; i < r.names.size(); ++i)
        if (const auto& rates = r.hits.at(r.names[i]); !all_unknown(rates))  // nobody can find it in a picture
            heads.push_back({i < r.objects ? fmt::format("{} <= {} px", r.names[i], r.tolerance)
                                           : fmt::format("{} +-1", r.names[i]),
                             rates});
    for (const Head& head : heads) text += "   " + head.text;
    text += "\n";
    for (std::size_t i = 0; i < r.horizons.size(); ++i) {
        text += fmt::format("{:5}   {:7.2f}   {:5.2f} .. {:5.2f}   {:11.2f}   {:>9}   {:>11}", r.horizons[i], r.psnr[i],
                            r.psnr_lo[i], r.psnr_hi[i], r.copy_psnr[i], known(r.moving_psnr[i], "{:.2f}"),
                            known(r.copy_moving[i], "{:.2f}"));
        for (const Head& head : heads)
            text += fmt::format("   {:>{}}", known(head.rates[i], "{:.3f}"), head.text.size());
        text += "\n";
    }
    if (std::isnan(r.obeyed)) return text.substr(0, text.size() - 1);
    text += fmt::format("actions obeyed {:.4f}; {}", r.obeyed,
                        r.collapse_step ? fmt::format("collapsed at frame {}", *r.collapse_step) : "no collapse");
    return text;
}

std::string to_line(const Evaluation& r) {
    if (r.horizons.empty()) return "too few frames are held out to measure";
    std::string text;
    for (std::size_t i = 0; i < r.horizons.size(); ++i) text += fmt::format("h{} {:.1f} ", r.horizons[i], r.psnr[i]);
    text += "dB";
    const bool found =
        std::any_of(r.hits.begin(), r.hits.end(), [](const auto& hit) { return !std::isnan(hit.second.back()); });
    if (!found && !r.moving_psnr.empty() && !std::isnan(r.moving_psnr.back()))
        text += fmt::format(", what moves {:.1f}", r.moving_psnr.back());
    for (const auto& [name, rates] : r.hits)
        if (!std::isnan(rates.back())) text += fmt::format(", {} {:.2f}", name, rates.back());
    return std::isnan(r.obeyed) ? text : text + fmt::format(", obeyed {:.3f}", r.obeyed);
}

void say_notes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) std::fprintf(stderr, "driftlab: %s\n", note.c_str());
}

namespace {

// Actions by the world's numbers, where all go by its names; else both count them in one order, as what has numbers for names does.
void to_the_worlds(std::vector<Clip>& clips, const ActionSpace& data, const ActionSpace& world) {
    if (data.kind == ActionSpace::Kind::buttons) return;
    std::vector<ActionCode> numbers;
    for (int i = 0; i < data.size(); ++i)
        if (const int there = world.find(data.entries[static_cast<std::size_t>(i)].name); there >= 0)
            numbers.push_back(there);
    if (numbers.size() != static_cast<std::size_t>(data.size())) return;
    for (Clip& clip : clips)
        for (ActionCode& action : clip.actions) action = numbers[static_cast<std::size_t>(action)];
}

}  // namespace

std::vector<Clip> held_out_of(const std::filesystem::path& data, const WorldInfo& world) {
    std::vector<std::string> notes;
    DataSet set = read_data_set(data, PictureSize{world.width, world.height}, notes);
    say_notes(notes);
    if (set.actions.told() != world.actions.told())
        throw Error(data, "expected the " + world.actions.told() + " of the world " + world.name + ", found " +
                              set.actions.told());
    to_the_worlds(set.clips, set.actions, world.actions);
    return hold_out(set.clips, held_out_share);
}

}  // namespace drift
