#include "player/panels/map_marks.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include <imgui_internal.h>

#include "core/ticks.h"
#include "player/lanes.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

bool placed(const Probe& probe) { return !probe.objects.empty() && probe.objects[0]; }

ImVec4 tone_of(const MapEntry& entry) { return entry.lane ? lane_tone(*entry.lane) : palette::text; }

// The truth is a ring, so that a dream in the same place is seen in it; a dream is a dot, hollow where it is off the map.
void swatch(ImDrawList& draw, ImVec2 middle, float radius, const MapEntry& entry, float scale) {
    if (entry.lane && entry.sure()) draw.AddCircleFilled(middle, radius, colour(tone_of(entry)), 20);
    else draw.AddCircle(middle, radius - scale / 2, colour(tone_of(entry)), 20, (entry.lane ? 1.5f : 2.0f) * scale);
}

// Where a probe's mark stands, and the part of the map that is seen there.
struct Spot {
    ImVec2 corner, size, middle;
    float heading = 0;
};
Spot spot(const Step& step, const Probe& probe, ImVec2 from, float unit) {
    Spot it;
    it.corner = it.middle = {from.x + probe.objects[0]->x * unit, from.y + probe.objects[0]->y * unit};
    if (step.truth_probe.heading) return it;  // the point is where one stands; else it is the corner of what is seen
    it.size = {static_cast<float>(step.truth.width) * unit, static_cast<float>(step.truth.height) * unit};
    it.middle = {it.corner.x + it.size.x / 2, it.corner.y + it.size.y / 2};
    return it;
}

// A dot; dreams in one place share it as the slices of a cake do.
void dot(ImDrawList& draw, ImVec2 middle, float radius, ImU32 tone, float hollow, std::size_t slice,
         std::size_t slices) {
    constexpr float turn = 2 * std::numbers::pi_v<float>;
    float begin = turn * (static_cast<float>(slice) / static_cast<float>(slices) - 0.25f),
          end = begin + turn / static_cast<float>(slices);
    if (hollow == 0 && slices > 1) draw.PathLineTo(middle);
    draw.PathArcTo(middle, radius - hollow / 2, begin, end, 20);
    hollow > 0 ? draw.PathStroke(tone, 0, hollow) : draw.PathFillConvex(tone);
}

struct Piece {
    const MapEntry* entry = nullptr;  // nullptr: a word alone
    std::string text;
};

// How much the legend says, from all of it to the bare dots.
struct Wording {
    bool truth, numbers, names;
    const char* off;
    float gap;
};
constexpr Wording wordings[] = {{true, true, true, "off the map", 9}, {true, true, false, "off the map", 9},
                                {true, true, false, "off", 9},        {false, true, false, "off", 9},
                                {false, true, false, "", 7},          {false, false, false, "", 4}};

std::vector<Piece> legend_pieces(const std::vector<MapEntry>& entries, const Wording& how) {
    auto name = [&](const MapEntry& entry) {
        if (!entry.lane) return how.truth ? entry.name : "";
        return how.names ? entry.name : how.numbers ? entry.brief : "";
    };
    std::vector<Piece> sure, off;
    for (const MapEntry& entry : entries) (entry.sure() ? sure : off).push_back({&entry, name(entry)});
    if (!off.empty() && *how.off) sure.push_back({nullptr, how.off});
    sure.insert(sure.end(), off.begin(), off.end());
    return sure;
}

}  // namespace

std::string MapEntry::words() const {
    if (!lane) return "where you are";
    std::string far = tick_label(std::round(off)) + " px away";
    if (off_map)
        return "off the map since frame " + std::to_string(*off_map) +
               (found && !std::isnan(off) ? " (closest match " + far + ")" : "");
    if (!found) return "cannot be found on the map";
    if (std::isnan(off)) return "where this dream believes you are";
    return off < 0.5 ? "believes you are in the same place" : "believes you are " + far;
}

std::vector<MapEntry> map_entries(const Step& step) {
    std::vector<MapEntry> entries{{std::nullopt, "Truth", "T", placed(step.truth_probe), {}, 0}};
    bool several = step.lanes.size() > 1;
    for (const LaneStep& lane : step.lanes) {
        MapEntry entry{lane.lane,
                       several ? lane_name(lane.lane) : "Dream",
                       several ? std::to_string(lane.lane + 1) : "Dream",
                       placed(lane.probe),
                       lane.collapsed,
                       Drift::unknown};
        if (entry.found && entries[0].found) {
            const Point &dreamed = *lane.probe.objects[0], &real = *step.truth_probe.objects[0];
            entry.off = std::max(std::abs(dreamed.x - real.x), std::abs(dreamed.y - real.y));
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

void map_marks(const View& view, const Frame& map, ImVec2 from, ImVec2 to) {
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    const Step& step = *view.step;
    float scale = static_cast<float>(view.layout.scale), unit = (to.x - from.x) / static_cast<float>(map.width),
          radius = 5 * scale;
    ImU32 rim = colour(palette::back, 0.75f);
    std::vector<std::pair<int, Spot>> dreams;
    for (const LaneStep& lane : step.lanes)
        if (placed(lane.probe)) dreams.push_back({lane.lane, spot(step, lane.probe, from, unit)});
    auto seen = [&](const Spot& at, const ImVec4& tone, float thick) {
        if (at.size.x > 0)
            draw.AddRect(at.corner, {at.corner.x + at.size.x, at.corner.y + at.size.y}, colour(tone), 0, 0,
                         thick * scale);
    };
    auto nose = [&](const Spot& at, const Probe& probe, const ImVec4& tone) {
        if (!probe.heading) return;
        float angle = *probe.heading * std::numbers::pi_v<float> / 180;
        draw.AddLine(at.middle,
                     {at.middle.x + std::sin(angle) * 13 * scale, at.middle.y - std::cos(angle) * 13 * scale},
                     colour(tone), 2 * scale);
    };
    if (placed(step.truth_probe)) {
        Spot at = spot(step, step.truth_probe, from, unit);
        seen(at, palette::text, 2);
        nose(at, step.truth_probe, palette::text);
        draw.AddCircle(at.middle, radius + 2.5f * scale, rim, 24, 4 * scale);
        draw.AddCircle(at.middle, radius + 2.5f * scale, colour(palette::text), 24, 2 * scale);
    }
    std::size_t next = 0;
    for (const LaneStep& lane : step.lanes) {
        if (!placed(lane.probe)) continue;
        const Spot& at = dreams[next++].second;
        std::size_t slice = 0, slices = 0;
        for (const auto& [number, other] : dreams) {
            if (std::hypot(other.middle.x - at.middle.x, other.middle.y - at.middle.y) > radius) continue;
            if (number == lane.lane) slice = slices;
            ++slices;
        }
        seen(at, lane_tone(lane.lane), 1.5f);
        nose(at, lane.probe, lane_tone(lane.lane));
        if (slices < 2) draw.AddCircleFilled(at.middle, radius + scale, rim, 20);
        float hollow = lane.collapsed ? 2 * scale : 0;
        dot(draw, at.middle, radius, colour(lane_tone(lane.lane)), hollow, slice, slices);
    }
}

void map_legend(const View& view, float x, float right, float top) {
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    float scale = static_cast<float>(view.layout.scale), radius = 4 * scale, inner = 4 * scale;
    ImGui::PushFont(fonts().small);
    auto width = [&](const Piece& piece) {
        float text = piece.text.empty() ? 0 : ImGui::CalcTextSize(piece.text.c_str()).x;
        return text + (piece.entry ? 2 * radius : 0) + (piece.entry && text > 0 ? inner : 0);
    };
    auto entries = map_entries(*view.step);
    for (const Wording& how : wordings) {
        auto pieces = legend_pieces(entries, how);
        float gap = how.gap * scale, all = -gap;
        for (const Piece& piece : pieces) all += width(piece) + gap;
        if (all > right - x) continue;
        float at = right - all;
        for (const Piece& piece : pieces) {
            if (piece.entry)
                swatch(draw, {at + radius, top + ImGui::GetFontSize() / 2 + scale}, radius, *piece.entry, scale);
            draw.AddText({at + (piece.entry ? 2 * radius + inner : 0), top},
                         colour(piece.entry ? tone_of(*piece.entry) : palette::muted), piece.text.c_str());
            at += width(piece) + gap;
        }
        break;
    }
    ImGui::PopFont();
}

void map_tooltip(const View& view, ImVec2 from, ImVec2 to) {
    if (!ImGui::IsMouseHoveringRect(from, to, false) || ImGui::IsWindowHovered(ImGuiHoveredFlags_AnyWindow) ||
        ImGui::GetCurrentContext()->OpenPopupStack.Size > 0)
        return;
    float scale = static_cast<float>(view.layout.scale), radius = 4 * scale;
    begin_tooltip();
    for (const MapEntry& entry : map_entries(*view.step)) {
        ImVec2 at = ImGui::GetCursorScreenPos();
        swatch(*ImGui::GetWindowDrawList(), {at.x + radius, at.y + ImGui::GetFontSize() / 2}, radius, entry, scale);
        ImGui::Dummy({2 * radius, ImGui::GetFontSize()});
        ImGui::SameLine();
        ImGui::TextColored(tone_of(entry), "%s", entry.name.c_str());
        ImGui::SameLine();
        ImGui::TextUnformatted(entry.words().c_str());
    }
    if (!view.step->truth_probe.heading)
        ImGui::TextColored(palette::muted, "A frame around a mark: what is seen from there.");
    end_tooltip();
}

}  // namespace drift
