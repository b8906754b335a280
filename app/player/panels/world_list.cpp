#include "player/panels/world_list.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "player/panels/preset_combo.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

constexpr int most_rows = 9;  // at once; the rest is scrolled to

const char* heading(WorldEntry::From from) {
    switch (from) {
        case WorldEntry::From::shipped: return "Shipped";
        case WorldEntry::From::own: return "Your own";
        case WorldEntry::From::lately: return "Recently opened";
        case WorldEntry::From::game: return "Real games, without a dream";
    }
    return "";
}

bool same(const std::filesystem::path& a, const std::filesystem::path& b) {
    return !a.empty() && (a / "").lexically_normal() == (b / "").lexically_normal();  // "worlds/mine/" too
}

void row(View& view, const WorldEntry& entry, float width) {
    bool plays = view.world && same(view.world_file, entry.file), loads = same(view.opening, entry.file);
    const char* state = loads ? "loading" : plays ? "playing" : "";
    float scale = static_cast<float>(view.layout.scale), state_width = ImGui::CalcTextSize(state).x, margin = 6 * scale;
    ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::Selectable("###world", plays || loads, 0, {width, 0}) && !loads && (!plays || !view.opening.empty()))
        view.commands.push_back({Command::Kind::open_world, 0, entry.file});
    tooltip(entry.from == WorldEntry::From::game ? "Play the real game alone."
                                                 : printable(entry.file.string()).c_str());
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    std::string name = fitted(printable(entry.name), width - 2 * margin - (state_width > 0 ? state_width + margin : 0));
    draw.AddText({at.x + margin, at.y}, colour(palette::text), name.c_str());
    draw.AddText({at.x + width - margin - state_width, at.y}, colour(loads ? palette::amber : palette::accent), state);
}

}  // namespace

void world_list(View& view) {
    if (view.worlds.empty()) return;
    float scale = static_cast<float>(view.layout.scale), pad = std::round(5 * scale);
    std::vector<const WorldEntry*> rows;  // null: a heading, of what follows
    for (std::size_t i = 0; i < view.worlds.size(); ++i) {
        if (i == 0 || view.worlds[i].from != view.worlds[i - 1].from) rows.push_back(nullptr);
        rows.push_back(&view.worlds[i]);
    }
    float line = ImGui::GetTextLineHeightWithSpacing();
    int shown = std::min(static_cast<int>(rows.size()), most_rows);
    // Where there are more, half a row shows that they are there.
    float height = (static_cast<float>(shown) + (static_cast<int>(rows.size()) > shown ? 0.5f : 0)) * line + 2 * pad;
    ImGui::PushStyleColor(ImGuiCol_ChildBg, palette::back);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pad, pad});
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 5 * scale);
    ImGui::BeginChild("worlds", {0, height}, false, ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoNav);
    float width = ImGui::GetContentRegionAvail().x;
    ImGuiListClipper clipper;  // only what is seen is drawn, however many there are
    clipper.Begin(static_cast<int>(rows.size()), line);
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            ImGui::PushID(i);
            ImVec2 at = ImGui::GetCursorPos();
            if (auto entry = rows[static_cast<std::size_t>(i)]) row(view, *entry, width);
            else small_heading(heading(rows[static_cast<std::size_t>(i) + 1]->from));
            ImGui::SetCursorPos({at.x, at.y + line});
            ImGui::PopID();
        }
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    ImGui::Dummy({0, 0});
}

}  // namespace drift
