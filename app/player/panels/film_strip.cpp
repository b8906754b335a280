#include "player/panels/film_strip.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "player/lanes.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

class Strip {
public:
    Strip(const View& view, TextureShelf& shelf, float side) : view_(view), shelf_(shelf), side_(side), version_(view.step->position * 2 + view.step->index + 1) {}

    void picture(const Frame& frame, const std::string& above, const std::string& below, const ImVec4& tone, const char* meaning) {
        float scale = static_cast<float>(view_.scale), width = side_ * static_cast<float>(frame.width) / static_cast<float>(frame.height);
        ImGui::BeginGroup();
        ImGui::TextColored(tone, "%s", above.c_str());
        ImGui::Image(shelf_.texture((1u << 21) + count_++, version_ ^ (static_cast<std::uint64_t>(view_.chosen) << 60), frame), {width, side_});
        tooltip(meaning);
        ImGui::TextColored(palette::muted, "%s", below.c_str());
        ImGui::EndGroup();
        ImGui::SameLine(0, 8 * scale);
    }

private:
    const View& view_;
    TextureShelf& shelf_;
    float side_;
    std::uint64_t version_, count_ = 0;
};

}  // namespace

void film_strip(View& view, TextureShelf& shelf) {
    ImGui::TextUnformatted("Film strip");
    ImGui::SameLine();
    ImGui::TextColored(palette::muted, "of %s, step %llu", lane_name(view.chosen).c_str(), static_cast<unsigned long long>(view.step->index));
    const auto& film = view.step->film;
    if (!film || film->calls.empty()) {
        ImGui::TextColored(palette::muted, view.step->index == 0 ? "An opening was not imagined: play a step." : "Play a step, or go to one in the past.");
        return;
    }
    ImGui::PushFont(fonts().small);
    float line = ImGui::GetTextLineHeightWithSpacing(), height = ImGui::GetContentRegionAvail().y - ImGui::GetStyle().ScrollbarSize;
    ImGui::BeginChild("strip", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNav);
    Strip strip(view, shelf, std::max(24.0f, height - 2 * line - ImGui::GetStyle().ItemSpacing.y));
    for (std::size_t i = 0; i < film->context.size(); ++i)
        strip.picture(film->context[i], i == 0 ? "Context" : "", "t - " + std::to_string(film->context.size() - i), palette::text, "A frame that the network looked back at.");
    for (std::size_t i = 0; i < film->calls.size(); ++i) {
        const FilmCall& call = film->calls[i];
        char sigma[48], change[48];
        std::snprintf(sigma, sizeof sigma, "\u03c3 %.3g", static_cast<double>(call.sigma));
        std::snprintf(change, sizeof change, "changed %.2f", call.change);
        strip.picture(call.x, sigma, call.x_scale < 1 ? "x, scaled " + decimals(static_cast<double>(call.x_scale), 2) : "x", palette::amber, "What the network was given at this noise level.");
        strip.picture(call.d, "D", change, palette::accent, "What it answered: the clean frame as it sees it. Below: how far D moved since the call before (at first: since the previous frame), in byte levels.");
    }
    ImGui::NewLine();
    ImGui::EndChild();
    ImGui::PopFont();
}

}  // namespace drift
