// What is drawn around the pictures: captions, the banner of a failure, a word while there is nothing.
#include <string>

#include "player/panels/difference_row.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {

void picture_captions(const View& view, const Fit& fit) {
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    float scale = static_cast<float>(view.scale), unit = 1 / ImGui::GetIO().DisplayFramebufferScale.x;
    for (std::size_t i = 0; i < fit.frames.size(); ++i) {
        Box box = fit.frames[i];
        ImVec2 from{box.x * unit - scale, box.y * unit - scale}, to{(box.x + box.width) * unit + scale, (box.y + box.height) * unit + scale};
        draw.AddRect(from, to, colour(palette::line), 0, 0, scale);
        bool difference = i == 0 && view.difference_shown();
        if (fit.frames.size() < 2 && !difference) continue;  // alone it needs no name
        ImGui::PushFont(fonts().strong);
        ImVec2 at{from.x, from.y - ImGui::GetFontSize() - 6 * scale};
        std::string name = difference ? difference_caption(view.difference, "Dream", "Truth") : i == 0 ? "Dream" : "Truth";
        draw.AddText(at, colour(i == 0 ? palette::accent : palette::text), name.c_str());
        at.x += ImGui::CalcTextSize(name.c_str()).x + 10 * scale;
        ImGui::PopFont();
        if (difference) to.x = difference_legend(view, at.x, to.x, at.y);
        std::string psnr = decimals(view.step->truth_psnr, 1) + " dB from the truth";
        if (i == 0 && view.step->index > 0 && at.x + ImGui::CalcTextSize(psnr.c_str()).x < to.x) draw.AddText(at, colour(palette::muted), psnr.c_str());
    }
}

void empty_picture(const View& view, const Box& picture) {
    const char* text = view.stopped ? "No world is loaded" : "Loading the world ...";
    ImVec2 size = ImGui::CalcTextSize(text);
    ImGui::GetBackgroundDrawList()->AddText({picture.x + (picture.width - size.x) / 2, picture.y + (picture.height - size.y) / 2},
                                            colour(palette::muted), text);
}

void banner(View& view, const Box& picture) {
    if (view.banner.empty() || picture.width < 40) return;
    float scale = static_cast<float>(view.scale), margin = 12 * scale, width = std::min(picture.width - 2 * margin, 760 * scale);
    ImGui::SetNextWindowPos({picture.x + picture.width / 2, picture.y + margin}, ImGuiCond_Always, {0.5f, 0});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, {0.231f, 0.110f, 0.106f, 0.97f});
    ImGui::PushStyleColor(ImGuiCol_Border, palette::coral);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 7 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::Begin("banner", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                        ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    float button = ImGui::CalcTextSize("Dismiss").x + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::PushTextWrapPos(ImGui::GetWindowContentRegionMax().x - button - margin);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(view.banner.c_str());
    ImGui::PopTextWrapPos();
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - button);
    if (ImGui::Button("Dismiss")) view.banner.clear();
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
}

}  // namespace drift
