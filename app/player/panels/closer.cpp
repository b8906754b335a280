#include "player/panels/closer.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "player/lanes.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Share {
    float across, down;
};
Share share_of(ImVec2 at, ImVec2 from, ImVec2 to) {
    return {(at.x - from.x) / (to.x - from.x), (at.y - from.y) / (to.y - from.y)};
}

// Pixels around one, each a square.
void patch(ImDrawList& draw, const Frame& frame, Texel at, ImVec2 corner, float square) {
    constexpr int reach = 4;
    for (int y = -reach; y <= reach; ++y)
        for (int x = -reach; x <= reach; ++x) {
            const int column = at.x + x, row = at.y + y;
            if (column < 0 || row < 0 || column >= frame.width || row >= frame.height) continue;
            const std::uint8_t* rgb = frame.at(column, row);
            const ImVec2 a{corner.x + static_cast<float>(x + reach) * square,
                           corner.y + static_cast<float>(y + reach) * square};
            draw.AddRectFilled(a, {a.x + square, a.y + square}, IM_COL32(rgb[0], rgb[1], rgb[2], 255));
        }
    const ImVec2 middle{corner.x + reach * square, corner.y + reach * square};
    draw.AddRect({middle.x - 1, middle.y - 1}, {middle.x + square + 1, middle.y + square + 1}, colour(palette::amber));
}

void line_of(ImDrawList& draw, const std::vector<float>& values, ImVec2 from, ImVec2 size, const ImVec4& tone) {
    draw.AddRectFilled(from, {from.x + size.x, from.y + size.y}, colour(palette::back));
    const float step = size.x / static_cast<float>(PixelHistory::most_frames - 1);
    const float first = size.x - step * static_cast<float>(values.size() - 1);
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        auto point = [&](std::size_t k) {
            return ImVec2{from.x + first + step * static_cast<float>(k), from.y + size.y * (1 - values[k] / 255)};
        };
        draw.AddLine(point(i), point(i + 1), colour(tone));
    }
}

}  // namespace

bool closer_by_mouse(View& view, ImVec2 from, ImVec2 to) {
    Closer& closer = view.closer;
    const ImGuiIO& io = ImGui::GetIO();
    const Share at = share_of(io.MousePos, from, to);
    if (ImGui::IsItemHovered() && io.MouseWheel != 0)
        zoom_at(closer, std::pow(1.25f, io.MouseWheel), at.across, at.down);
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && !closer.whole()) {
        closer.zoom = 1;
        zoom_at(closer, 1, 0.5f, 0.5f);
        return false;
    }
    if (closer.whole()) return true;
    const bool dragged = io.MouseDragMaxDistanceSqr[0] > io.MouseDragThreshold * io.MouseDragThreshold;
    if (!ImGui::IsItemActive()) return !dragged;  // of the button that was just let go
    if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
        pan(closer, io.MouseDelta.x / (to.x - from.x), io.MouseDelta.y / (to.y - from.y));
        return false;
    }
    return true;
}

void wipe_line(View& view, ImVec2 from, ImVec2 to) {
    const float scale = static_cast<float>(view.layout.scale), grip = 9 * scale;
    const float x = from.x + (to.x - from.x) * view.closer.wipe_at, middle = (from.y + to.y) / 2;
    ImGui::SetNextWindowPos({x - grip, from.y});
    ImGui::SetNextWindowSize({2 * grip, to.y - from.y});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin("wipe", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar(2);
    ImGui::InvisibleButton("line", {2 * grip, to.y - from.y});
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (ImGui::IsItemActive())
        view.closer.wipe_at = std::clamp((ImGui::GetIO().MousePos.x - from.x) / (to.x - from.x), 0.0f, 1.0f);
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    draw.AddLine({x, from.y}, {x, to.y}, colour(palette::text), 1.5f * scale);
    draw.AddCircleFilled({x, middle}, grip * 0.8f, colour(palette::text), 20);
    draw.AddTriangleFilled({x - 5 * scale, middle}, {x - 1.5f * scale, middle - 4 * scale},
                           {x - 1.5f * scale, middle + 4 * scale}, colour(palette::back));
    draw.AddTriangleFilled({x + 5 * scale, middle}, {x + 1.5f * scale, middle - 4 * scale},
                           {x + 1.5f * scale, middle + 4 * scale}, colour(palette::back));
    ImGui::End();
    const Wiped wiped = wiped_pictures(view);
    auto name = [&](const std::string& text, const ImVec4& tone, float left) {
        const ImVec2 size = ImGui::CalcTextSize(text.c_str());
        const ImVec2 at{left < 0 ? x - size.x - 14 * scale : left, from.y + 8 * scale};
        draw.AddRectFilled({at.x - 5 * scale, at.y - 2 * scale}, {at.x + size.x + 5 * scale, at.y + size.y + 2 * scale},
                           colour(palette::back, 0.75f), 3 * scale);
        draw.AddText(at, colour(tone), text.c_str());
    };
    name(view.step->lanes.size() > 1 ? lane_name(wiped.left) : "Dream", lane_tone(wiped.left), -1);
    name(wiped.right < 0 ? "Truth" : lane_name(wiped.right), wiped.right < 0 ? palette::text : lane_tone(wiped.right),
         x + 14 * scale);
}

void loupe(const View& view, ImVec2 from, ImVec2 to) {
    if (!view.closer.loupe || view.page() || !ImGui::IsMouseHoveringRect(from, to, false) ||
        ImGui::GetIO().MousePos.x < 0)
        return;
    const Share at = share_of(ImGui::GetIO().MousePos, from, to);
    const Frame& shape = view.step->main_lane().frame;
    const Texel texel = texel_at(view.closer, at.across, at.down, shape.width, shape.height);
    const float scale = static_cast<float>(view.layout.scale), square = std::round(7 * scale), side = 9 * square;
    begin_tooltip();
    ImGui::PushFont(fonts().small);
    ImGui::TextColored(palette::muted, "Pixel %d, %d", texel.x, texel.y);
    auto row = [&](const std::string& name, const ImVec4& tone, int lane, const Frame& frame) {
        if (texel.x >= frame.width || texel.y >= frame.height) return;
        ImDrawList& draw = *ImGui::GetWindowDrawList();
        const ImVec2 corner = ImGui::GetCursorScreenPos();
        patch(draw, frame, texel, corner, square);
        ImGui::Dummy({side, side});
        ImGui::SameLine(0, 10 * scale);
        ImGui::BeginGroup();
        ImGui::TextColored(tone, "%s", name.c_str());
        const std::uint8_t* rgb = frame.at(texel.x, texel.y);
        ImGui::Text("%3d %3d %3d", rgb[0], rgb[1], rgb[2]);
        line_of(draw, view.pixels.brightness(lane, texel), ImGui::GetCursorScreenPos(), {120 * scale, 22 * scale},
                tone);
        ImGui::Dummy({120 * scale, 22 * scale});
        ImGui::EndGroup();
    };
    for (const LaneStep& lane : view.step->lanes)
        if (view.dreamed())
            row(view.step->lanes.size() > 1 ? lane_name(lane.lane) : "Dream", lane_tone(lane.lane), lane.lane,
                lane.frame);
    if (!view.step->truth.empty()) row("Truth", palette::text, -1, view.step->truth);
    ImGui::TextColored(palette::muted, "red, green, blue; brightness lately");
    ImGui::PopFont();
    end_tooltip();
}

void zoom_badge(View& view, const Box& picture) {
    if (view.closer.whole() || !view.step || picture.width < 40) return;
    const float scale = static_cast<float>(view.layout.scale), margin = 10 * scale;
    ImGui::SetNextWindowPos({picture.x + margin, picture.y + picture.height - margin}, ImGuiCond_Always, {0, 1});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, palette::raised);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 6 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {10 * scale, 5 * scale});
    ImGui::Begin("zoom", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::AlignTextToFramePadding();
    ImGui::Text("%s\u00d7", decimals(static_cast<double>(view.closer.zoom), 1).c_str());
    ImGui::SameLine();
    if (ImGui::Button("Whole picture")) view.closer.zoom = 1, zoom_at(view.closer, 1, 0.5f, 0.5f);
    tooltip("The wheel zooms all pictures alike, a drag moves them, a double click shows all of them again.");
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
}

}  // namespace drift
