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
    // Two films may be of the same position, in another future or episode: their own numbers tell them apart.
    Strip(const View& view, TextureShelf& shelf) : view_(view), shelf_(shelf), version_(view.step->film->number) {}

    void picture(const Frame& frame, float side) {
        ImGui::Image(shelf_.texture((1u << 21) + count_++, version_, frame),
                     {side * static_cast<float>(frame.width) / static_cast<float>(frame.height), side});
    }
    void shot(const Frame& frame, float side, const std::string& above, const std::string& below, const ImVec4& tone,
              const char* meaning) {
        ImGui::BeginGroup();
        ImGui::TextColored(tone, "%s", above.c_str());
        picture(frame, side);
        tooltip(meaning);
        ImGui::TextColored(palette::muted, "%s", below.c_str());
        ImGui::EndGroup();
        ImGui::SameLine(0, gap());
    }
    // All of them in two rows, as high as one shot.
    void context(const std::vector<Frame>& frames, float side) {
        ImGui::BeginGroup();
        ImGui::TextUnformatted("Context");
        float inner = 4 * static_cast<float>(view_.layout.scale), half = (side - inner) / 2;
        std::size_t columns = (frames.size() + 1) / 2;
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {inner, inner});
        for (std::size_t i = 0; i < frames.size(); ++i) {
            if (i % columns != 0) ImGui::SameLine();
            picture(frames[i], half);
            tooltip(((frames.size() - i == 1 ? std::string("The previous frame")
                                             : std::to_string(frames.size() - i) + " frames earlier") +
                     ", as the network saw it.")
                        .c_str());
        }
        ImGui::PopStyleVar();
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ImGui::GetStyle().ItemSpacing.y - inner);
        ImGui::TextColored(palette::muted, "input");
        ImGui::EndGroup();
        ImGui::SameLine(0, gap());
    }
    float gap() const { return 8 * static_cast<float>(view_.layout.scale); }

private:
    const View& view_;
    TextureShelf& shelf_;
    std::uint64_t version_, count_ = 0;
};

}  // namespace

void film_strip(View& view, TextureShelf& shelf) {
    ImGui::TextUnformatted("Film strip");
    ImGui::SameLine();
    ImGui::TextColored(palette::muted, "of %s, frame %llu", lane_name(view.lanes.chosen).c_str(),
                       static_cast<unsigned long long>(view.step->index));
    const auto& film = view.step->film;
    if (!film || film->calls.empty()) {
        ImGui::TextColored(palette::muted, view.step->index == 0 ? "The opening was not imagined. Play a frame."
                                                                 : "Play a frame, or go back to one.");
        return;
    }
    ImGui::PushFont(fonts().small);
    float line = ImGui::GetTextLineHeightWithSpacing(),
          height = ImGui::GetContentRegionAvail().y - ImGui::GetStyle().ScrollbarSize;
    ImGui::BeginChild("strip", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNav);
    Strip strip(view, shelf);
    // As large as the height allows, smaller where all of it fits then, but never too small to see.
    float most = std::max(24.0f, height - 2 * line - ImGui::GetStyle().ItemSpacing.y),
          pictures = static_cast<float>(2 * film->calls.size() + 1);
    float side = std::clamp(ImGui::GetContentRegionAvail().x / pictures - strip.gap() - 1,
                            std::min(most, 72 * static_cast<float>(view.layout.scale)), most);
    strip.context(film->context, side);
    for (const FilmCall& call : film->calls) {
        char sigma[48], change[48];
        std::snprintf(sigma, sizeof sigma, "\u03c3 %.3g", static_cast<double>(call.sigma));
        std::snprintf(change, sizeof change, "changed %.2f", call.change);
        strip.shot(call.x, side, sigma,
                   call.x_scale < 1 ? "input x \u00d7 " + decimals(static_cast<double>(call.x_scale), 2) : "input x",
                   palette::amber, "The network's input at this noise level.");
        strip.shot(call.d, side, "D", change, palette::accent,
                   "The network's answer: its estimate of the clean frame. Below: how much D changed since the "
                   "previous call (for the first call, since the previous frame), in byte levels.");
    }
    ImGui::NewLine();
    ImGui::EndChild();
    ImGui::PopFont();
}

}  // namespace drift
