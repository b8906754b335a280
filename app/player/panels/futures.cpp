#include "player/panels/futures.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "player/lanes.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

int frames_wanted(const View& view) {
    return view.layout.future_frames > 0 ? view.layout.future_frames : std::clamp(view.world->rate, 1, longest_fan);
}

std::string held(const View& view, const Action& action) {
    const ActionSpace& actions = view.world->actions;
    if (actions.index(action) == actions.noop()) return "No key held";
    return actions.kind == ActionSpace::Kind::buttons
               ? "The last keys held"
               : "\"" + printable(actions.name_of(actions.index(action))) + "\" held";
}

void header(View& view, const Fan* fan) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Futures");
    ImGui::SameLine();
    if (ImGui::Button(fan ? "Again" : "Imagine eight")) imagine_futures(view);
    tooltip(
        "Dreams on from this moment eight times, the chosen lane with another noise each time, the last key held. The "
        "game pauses meanwhile.");
    ImGui::SameLine();
    int frames = frames_wanted(view);
    ImGui::SetNextItemWidth(190 * static_cast<float>(view.layout.scale));
    if (ImGui::SliderInt("##frames", &frames, 1, longest_fan, "%d frames each")) view.layout.future_frames = frames;
    tooltip("How far each future goes.");
    if (!fan) return;
    ImGui::SameLine();
    const std::size_t made = fan->futures.front().frames.size();
    std::string text = held(view, fan->action);
    if (!fan->done()) text += ", " + std::to_string(made) + " of " + std::to_string(fan->length) + " frames";
    else text += ". Click one to play it";
    if (view.lanes.all.size() > 1) text = lane_name(fan->lane) + ": " + text;
    const std::string shown = fitted(text, ImGui::GetContentRegionAvail().x);
    ImGui::TextColored(palette::muted, "%s", shown.c_str());
    if (shown != text) tooltip(text.c_str());
}

}  // namespace

void imagine_futures(View& view) {
    if (!view.world || !view.step) return;
    if (!view.layout.room_below) return view.say("No room below the picture for futures");
    if (!view.playback.paused()) view.pause(true);
    view.layout.dock = Dock::futures;
    view.layout.panels = true, view.layout.zen = false;
    view.commands.push_back(
        {Command::Kind::fan, static_cast<std::uint64_t>(frames_wanted(view)), {}, view.lanes.chosen});
}

void futures(View& view, TextureShelf& shelf) {
    if (!view.world) return;
    const bool here = view.fan && view.fan->position == view.step->position && !view.fan->futures.empty();
    const Fan* fan = here ? view.fan.get() : nullptr;
    header(view, fan);
    if (!fan || fan->futures.front().frames.empty()) {
        ImGui::PushTextWrapPos(0);
        ImGui::TextColored(
            palette::muted, "%s",
            fan ? "Imagining ..." : "What may happen from here: eight dreams that differ in their noise alone.");
        ImGui::PopTextWrapPos();
        return;
    }
    ImGui::PushFont(fonts().small);
    const float gap = 8 * static_cast<float>(view.layout.scale), line = ImGui::GetTextLineHeightWithSpacing();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const Frame& shape = fan->futures.front().frames.front();
    const float ratio = static_cast<float>(shape.width) / static_cast<float>(shape.height);
    // In one row or in two, whichever makes them larger.
    const std::size_t count = fan->futures.size();
    auto height_in = [&](std::size_t rows) {
        const auto columns = static_cast<float>((count + rows - 1) / rows);
        return std::min((room.y - 2) / static_cast<float>(rows) - line - gap / 2,
                        (room.x - (columns - 1) * gap) / columns / ratio);
    };
    const std::size_t rows = height_in(2) > height_in(1) ? 2 : 1, columns = (count + rows - 1) / rows;
    const float height = std::max(16.0f, height_in(rows));
    const std::size_t made = fan->futures.front().frames.size();
    // They play over and over, with a moment's rest on the last frame.
    const double rest = 0.6 * view.world->rate;
    const auto now = static_cast<std::size_t>(std::fmod(view.now * view.world->rate, static_cast<double>(made) + rest));
    const std::size_t shown = std::min(now, made - 1);
    const std::uint64_t version = (fan->number << 16) + (made << 8) + shown;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % columns != 0) ImGui::SameLine(0, gap);
        ImGui::BeginGroup();
        const ImVec2 at = ImGui::GetCursorScreenPos(), size{height * ratio, height};
        const Future& future = fan->futures[i];
        ImGui::Image(shelf.texture((1u << 22) + i, version, future.frames[shown]), size);
        const bool hovered = ImGui::IsItemHovered();
        if (hovered) {
            ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
            ImGui::GetWindowDrawList()->AddRect({at.x - 1, at.y - 1}, {at.x + size.x + 1, at.y + size.y + 1},
                                                colour(palette::accent), 0, 0,
                                                2 * static_cast<float>(view.layout.scale));
        }
        if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left))
            view.commands.push_back({Command::Kind::take_future, i});
        tooltip("Click to play this future and go on from its end. The lane keeps its noise.");
        ImGui::TextColored(i == 0 ? palette::accent : palette::muted, "%s",
                           i == 0 ? "as it is" : ("noise " + std::to_string(future.noise_variation)).c_str());
        ImGui::EndGroup();
    }
    ImGui::PopFont();
}

}  // namespace drift
