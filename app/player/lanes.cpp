#include "player/lanes.h"

#include <algorithm>

namespace drift {
namespace {

auto find(View& view, int number) {
    return std::find_if(view.lanes.begin(), view.lanes.end(), [&](const Lane& lane) { return lane.number == number; });
}

std::string lower(std::string text) {
    if (text.size() > 1 && text[1] >= 'a') text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

std::string words(const SamplerSettings& settings, const SettingField& field) {
    std::string text = setting_text(settings, field);
    if (field.kind == SettingField::Kind::boolean) return (text == "true" ? "" : "no ") + lower(field.label);
    if (field.kind == SettingField::Kind::choice) return text;
    if (field.kind == SettingField::Kind::integer) return text + " " + lower(field.label);
    return (std::string_view(field.name) == "start_scale" ? "start" : lower(field.label)) + " " + text;  // short: it stands above a small picture
}

}  // namespace

void choose_lane(View& view, int number) {
    auto old = find(view, view.chosen), next = find(view, number);
    if (next == view.lanes.end()) return;
    if (old != view.lanes.end()) old->settings = view.settings, old->ab = view.ab;
    view.chosen = number;
    view.settings = next->settings;
    view.ab = next->ab;
}

void choose_next_lane(View& view) {
    auto it = find(view, view.chosen);
    if (it == view.lanes.end() || ++it == view.lanes.end()) it = view.lanes.begin();
    choose_lane(view, it->number);
}

void add_lane(View& view, const SamplerSettings& settings) {
    if (view.lanes.size() >= most_lanes) return view.say("There are four lanes already");
    int number = 0;
    while (find(view, number) != view.lanes.end() || view.recorded(number)) ++number;
    if (number >= static_cast<int>(most_lanes)) return view.say("The session has all four lanes");
    view.lanes.push_back({number, view.chosen, settings, false});
    choose_lane(view, number);
}

void add_lane(View& view) {
    add_lane(view, view.settings);
    view.alone = -1;
}

void remove_lane(View& view, int number) {
    auto it = find(view, number);
    if (it == view.lanes.end() || view.lanes.size() == 1) return;
    if (view.chosen == number) choose_lane(view, view.lanes[it == view.lanes.begin() ? 1 : 0].number);
    view.lanes.erase(find(view, number));
    if (view.main == number) view.main = view.lanes.front().number;
    if (view.alone == number) view.alone = -1;
}

void take_lanes(View& view, const Step& step) {
    view.lanes.clear();
    for (const LaneStep& lane : step.lanes) view.lanes.push_back({lane.lane, lane.lane, lane.settings, false});
    view.main = view.chosen = step.main_lane().lane;
    view.settings = step.main_lane().settings;
    view.own_noise = step.own_noise;
    view.alone = -1;
}

void follow_lanes(View& view, const Step& step) {
    std::vector<Lane> next;
    for (const LaneStep& lane : step.lanes)
        if (view.recorded(lane.lane)) {
            auto it = find(view, lane.lane);
            next.push_back(it == view.lanes.end() ? Lane{lane.lane, lane.lane, lane.settings} : *it);
            next.back().settings = lane.settings;
        }
    for (const Lane& lane : view.lanes)
        if (!view.recorded(lane.number)) next.push_back(lane);
    view.lanes = std::move(next);
    auto chosen = find(view, view.chosen);
    if (chosen == view.lanes.end()) chosen = view.lanes.begin();
    if (chosen->number != view.chosen || view.recorded(view.chosen)) view.settings = chosen->settings;
    view.chosen = chosen->number;
    view.main = step.main_lane().lane;
    view.own_noise = step.own_noise;
}

const SamplerSettings& settings_of(const View& view, int number) {
    for (const Lane& lane : view.lanes)
        if (lane.number == number && number != view.chosen) return lane.settings;
    return view.settings;
}

bool lane_shown(const View& view, const Lane& lane) { return view.alone >= 0 ? lane.number == view.alone : !lane.muted; }

std::string lane_label(const View& view, int number) {
    const SamplerSettings& mine = settings_of(view, number);
    std::string label;
    for (const SettingField& field : setting_fields()) {
        if (inert(mine, field)) continue;
        std::string text = setting_text(mine, field);
        auto differs = [&](const SamplerSettings& other) { return !inert(other, field) && setting_text(other, field) != text; };
        bool apart = false;
        if (view.lanes.size() == 1)
            apart = view.world && differs(view.world->defaults);
        else if (number != view.main)
            apart = differs(settings_of(view, view.main));
        else
            apart = std::any_of(view.lanes.begin(), view.lanes.end(), [&](const Lane& lane) { return differs(settings_of(view, lane.number)); });
        if (apart) label += (label.empty() ? "" : ", ") + words(mine, field);
    }
    return label;
}

}  // namespace drift
