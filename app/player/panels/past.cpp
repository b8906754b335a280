// What is said over the pictures while they show the past, with the way back.
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {

bool in_the_past(const View& view) {
    return view.step && !view.recording.watch && view.history.cursor() + 1 < view.history.end();
}

void past_badge(View& view, const Box& picture) {
    if (!in_the_past(view) || picture.width < 40) return;
    const float scale = static_cast<float>(view.layout.scale), margin = 10 * scale;
    const std::uint64_t back = view.history.end() - 1 - view.history.cursor();
    ImGui::SetNextWindowPos({picture.x + picture.width - margin, picture.y + picture.height - margin}, ImGuiCond_Always,
                            {1, 1});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, palette::raised);
    ImGui::PushStyleColor(ImGuiCol_Border, palette::amber);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 6 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {10 * scale, 5 * scale});
    ImGui::Begin("past", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::AlignTextToFramePadding();
    ImGui::PushFont(fonts().strong);
    ImGui::TextColored(palette::amber, "PAST");
    ImGui::PopFont();
    ImGui::SameLine();
    ImGui::TextColored(palette::muted, "%llu frame%s back", static_cast<unsigned long long>(back),
                       back == 1 ? "" : "s");
    ImGui::SameLine();
    if (ImGui::Button("Live")) view.acts.push_back(Act::live);
    tooltip(
        ("To the newest frame (" + key_of(view, Act::live) + "). Playing on from here starts a new timeline.").c_str());
    ImGui::End();
    ImGui::PopStyleVar(3);
    ImGui::PopStyleColor(2);
}

}  // namespace drift
