// What is drawn around the pictures: captions, the banner of a failure, a word while there is nothing.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

#include <imgui_internal.h>

#include "player/lanes.h"
#include "player/panels/closer.h"
#include "player/panels/difference_row.h"
#include "player/panels/map_marks.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {

namespace {

struct Caption {
    std::string name, label, figure;
    ImVec4 tone;
};

Caption caption(const View& view, const Tile& tile) {
    const Step& step = *view.step;
    switch (tile.kind) {
        case Tile::Kind::truth: return {"Truth", "", "", palette::text};
        case Tile::Kind::ghost: return {"Previous timeline", "", "", palette::muted};
        case Tile::Kind::low: return {"Small frame", "the large one is made from it", "", palette::muted};
        case Tile::Kind::map: return {"Map", "", "", palette::text};
        case Tile::Kind::lane: break;
    }
    const LaneStep& lane = step.lanes[tile.lane];
    bool several = step.lanes.size() > 1;
    Caption it{several ? lane_name(lane.lane) : "Dream", several ? step_label(view, lane.lane) : "", "",
               lane_tone(lane.lane)};
    if (step.index > 0 && !std::isnan(lane.drift.psnr))
        it.figure = decimals(lane.drift.psnr, 1) + (several ? " dB" : " dB PSNR");
    return it;
}

void lane_menu(View& view, int number) {
    if (!ImGui::BeginPopupContextItem("menu")) return;
    const Lane* lane = nullptr;
    for (const Lane& each : view.lanes.all)
        if (each.number == number) lane = &each;
    ImGui::TextColored(lane_tone(number), "%s", lane_name(number).c_str());
    ImGui::Separator();
    if (ImGui::MenuItem("Edit its sampler", nullptr, view.lanes.chosen == number)) choose_lane(view, number);
    if (ImGui::MenuItem("Copy as a new lane", key_of(view, Act::add_lane).c_str(), false,
                        view.lanes.all.size() < most_lanes))
        choose_lane(view, number), add_lane(view);
    if (ImGui::MenuItem("Make it the main lane", nullptr, view.lanes.main == number)) view.lanes.main = number;
    if (ImGui::MenuItem("Show it alone", nullptr, view.lanes.alone == number))
        view.lanes.alone = view.lanes.alone == number ? -1 : number;
    if (ImGui::MenuItem("Back to the truth", nullptr, false, !view.step->truth.empty()))
        view.commands.push_back({Command::Kind::resync, static_cast<std::uint64_t>(number)});
    if (ImGui::MenuItem("Remove", nullptr, false, lane && view.lanes.all.size() > 1)) remove_lane(view, number);
    ImGui::EndPopup();
}

// In the lane's own window, so that it has a button: its dream can begin again from what is true.
void collapsed(View& view, const LaneStep& lane, ImVec2 from, ImVec2 to) {
    if (!lane.collapsed) return;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float scale = static_cast<float>(view.layout.scale), height = ImGui::GetFontSize() + 10 * scale;
    std::string word = view.lost();
    word[0] = static_cast<char>(std::toupper(word[0]));
    std::string text = word + " since frame " + std::to_string(*lane.collapsed);
    if (ImGui::CalcTextSize(text.c_str()).x > to.x - from.x - 8 * scale) text = word;
    draw.AddRectFilled({from.x, to.y - height}, to, colour({0.231f, 0.110f, 0.106f, 0.9f}));
    const char* back = "Back to truth";
    const float width = to.x - from.x, button = ImGui::CalcTextSize(back).x + 16 * scale, gap = 10 * scale;
    const bool possible = !view.step->truth.empty() && !view.recorded(lane.lane);
    const bool room = possible && ImGui::CalcTextSize(word.c_str()).x + gap + button <= width - 8 * scale;
    if (room && ImGui::CalcTextSize(text.c_str()).x + gap + button > width - 8 * scale) text = word;
    const float words = ImGui::CalcTextSize(text.c_str()).x, all = words + (room ? gap + button : 0);
    const ImVec2 at{std::round(from.x + (width - all) / 2), to.y - height};
    draw.AddText({at.x, at.y + 5 * scale}, colour(palette::coral), text.c_str());
    if (!room) return;
    ImGui::SetCursorScreenPos({at.x + words + gap, at.y + 2 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
    if (ImGui::Button(back, {button, height - 4 * scale}))
        view.commands.push_back({Command::Kind::resync, static_cast<std::uint64_t>(lane.lane)});
    ImGui::PopStyleVar();
    tooltip("The last real frames become what this lane looks back at.");
}

// An invisible window of its own takes the mouse: clicks and the menu of a lane, and looking closer.
void tile_window(View& view, const LaneStep* lane, int number, ImVec2 from, ImVec2 to) {
    ImGui::SetNextWindowPos(from);
    ImGui::SetNextWindowSize({to.x - from.x, to.y - from.y});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin(
        lane ? ("tile " + std::to_string(lane->lane)).c_str() : ("other tile " + std::to_string(number)).c_str(),
        nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
            ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
            ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    const bool clicked = ImGui::InvisibleButton("tile", {to.x - from.x, to.y - from.y});
    const bool plain = closer_by_mouse(view, from, to);
    if (lane && clicked && plain) {
        choose_lane(view, lane->lane);
        if (view.takes_mouse() && !view.recording.watch) view.acts.push_back(Act::capture_mouse);
    }
    if (lane) {
        ImGui::SetItemAllowOverlap();
        lane_menu(view, lane->lane);
        collapsed(view, *lane, from, to);
    }
    ImGui::End();
}

}  // namespace

void picture_captions(View& view, const Scene& scene, const std::vector<Tile>& tiles, const Fit& fit) {
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    float scale = static_cast<float>(view.layout.scale), unit = 1 / ImGui::GetIO().DisplayFramebufferScale.x;
    std::size_t count = static_cast<std::size_t>(
        std::count_if(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.kind != Tile::Kind::ghost; }));
    for (std::size_t i = 0; i < fit.frames.size(); ++i) {
        Box box = fit.frames[i];
        const Tile& tile = tiles[i];
        const LaneStep* lane = tile.kind == Tile::Kind::lane ? &view.step->lanes[tile.lane] : nullptr;
        bool chosen = lane && view.lanes.all.size() > 1 && lane->lane == view.lanes.chosen;
        ImVec2 from{box.x * unit - scale, box.y * unit - scale},
            to{(box.x + box.width) * unit + scale, (box.y + box.height) * unit + scale};
        draw.AddRect(from, to, chosen ? colour(lane_tone(lane->lane)) : colour(palette::line), 0, 0,
                     (chosen ? 2 : 1) * scale);
        if (tile.kind == Tile::Kind::map) map_marks(view, scene.map(), from, to);
        if (tile.kind != Tile::Kind::map) tile_window(view, lane, static_cast<int>(i), from, to);
        if (lane && wiping(view)) wipe_line(view, from, to);
        if (tile.kind != Tile::Kind::map) loupe(view, from, to);
        bool difference = lane && view.difference_shown(lane->lane);
        if (count < 2 && !difference && tile.kind != Tile::Kind::ghost) continue;  // alone it needs no name
        if (tile.kind == Tile::Kind::ghost) {                                      // it may lie over the dream
            draw.AddRectFilled({from.x, from.y - 22 * scale}, {to.x, from.y}, colour(palette::back, 0.85f));
        }
        Caption it = caption(view, tile);
        if (difference)
            it.name = difference_caption(
                view.difference, it.name,
                view.difference.against == DifferenceView::Against::truth ? "Truth" : lane_name(view.lanes.main));
        ImGui::PushFont(fonts().strong);
        if (tile.kind == Tile::Kind::ghost && ImGui::CalcTextSize(it.name.c_str()).x > to.x - from.x)
            it.name = "Previous";  // timeline, whose picture is small
        ImVec2 at{from.x, from.y - ImGui::GetFontSize() - 6 * scale}, low = at;
        std::string whole = it.name + (it.label.empty() ? "" : ": " + it.label), name = fitted(it.name, to.x - from.x);
        bool cut = name != it.name;
        draw.AddText(at, colour(it.tone), name.c_str());
        at.x += ImGui::CalcTextSize(name.c_str()).x + 10 * scale;
        ImGui::PopFont();
        float end = to.x;
        if (difference) to.x = difference_legend(view, at.x, to.x, at.y);
        if (tile.kind == Tile::Kind::map) {
            map_legend(view, at.x, to.x, at.y + 2 * scale);
            map_tooltip(view, low, to);
        }
        ImGui::PushFont(fonts().small);
        at.y += 2 * scale;
        float right = to.x - ImGui::CalcTextSize(it.figure.c_str()).x;
        if (right > at.x) draw.AddText({right, at.y}, colour(palette::muted), it.figure.c_str());
        else right = to.x, cut = cut || !it.figure.empty();
        float room = right - 8 * scale - at.x;
        std::string label = room > 0 ? fitted(it.label, room) : "";
        constexpr std::size_t readable = 8;  // letters and dots
        if (label != it.label && label.size() < readable) label.clear();
        cut = cut || label != it.label;
        draw.AddText(at, colour(palette::muted), label.c_str());
        ImGui::PopFont();
        if (cut && ImGui::IsMouseHoveringRect(low, {end, from.y}, false) && !ImGui::IsAnyItemHovered() &&
            ImGui::GetCurrentContext()->OpenPopupStack.Size == 0) {
            begin_tooltip();
            ImGui::TextUnformatted((whole + (it.figure.empty() ? "" : "\n" + it.figure)).c_str());
            end_tooltip();
        }
    }
}

void empty_picture(const View& view, const Box& picture) {
    const char* text = view.stopped ? "No world is loaded. Choose one, or drop one here" : "Loading the world ...";
    ImVec2 size = ImGui::CalcTextSize(text);
    ImGui::GetBackgroundDrawList()->AddText(
        {picture.x + (picture.width - size.x) / 2, picture.y + (picture.height - size.y) / 2}, colour(palette::muted),
        text);
}

void banner(View& view, const Box& picture) {
    if (view.banner.empty() || picture.width < 40) return;
    float scale = static_cast<float>(view.layout.scale), margin = 12 * scale,
          width = std::min(picture.width - 2 * margin, 760 * scale);
    ImGui::SetNextWindowPos({picture.x + picture.width / 2, picture.y + margin}, ImGuiCond_Always, {0.5f, 0});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, {0.231f, 0.110f, 0.106f, 0.97f});
    ImGui::PushStyleColor(ImGuiCol_Border, palette::coral);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 7 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::Begin("banner", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    constexpr const char* again = "Start it again";
    const bool stopped = view.game_stopped();
    float button = button_width("Dismiss") + (stopped ? button_width(again) + 8 * scale : 0);
    ImGui::PushTextWrapPos(ImGui::GetWindowContentRegionMax().x - button - margin);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(view.banner.c_str());
    ImGui::PopTextWrapPos();
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - button);
    if (stopped) {
        if (ImGui::Button(again)) view.acts.push_back(Act::restart_game);
        ImGui::SameLine(0, 8 * scale);
    }
    if (ImGui::Button("Dismiss")) view.banner.clear();
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
}

}  // namespace drift
