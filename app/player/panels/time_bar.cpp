// The bar of time: all that was played, with small pictures, marks and bookmarks; drag to go there.
#include <algorithm>
#include <cmath>
#include <string>

#include "player/bookmarks.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"
#include "player/plot_values.h"

namespace drift {
namespace {

struct Track {
    ImVec2 from, to;
    std::uint64_t first, end;

    float x(std::uint64_t position) const {
        double span = static_cast<double>(std::max<std::uint64_t>(end - first, 2) - 1);
        return from.x + (to.x - from.x) * static_cast<float>(static_cast<double>(position - first) / span);
    }
    std::uint64_t position(float at) const {
        double share = std::clamp(static_cast<double>((at - from.x) / (to.x - from.x)), 0.0, 1.0);
        return first + static_cast<std::uint64_t>(
                           std::llround(share * static_cast<double>(std::max<std::uint64_t>(end - first, 1) - 1)));
    }
};

void pictures(const View& view, const Track& track, TextureShelf& shelf) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float height = track.to.y - track.from.y, width = height;
    if (view.world && view.world->height > 0)
        width = height * static_cast<float>(view.world->width) / static_cast<float>(view.world->height);
    int count = static_cast<int>((track.to.x - track.from.x) / width);
    for (int i = 0; i < count; ++i) {
        float x = track.from.x + static_cast<float>(i) * width;
        std::uint64_t at = track.position(x + width / 2);
        const DriftSample* sample = view.history.at(at);  // of a session that is watched not all has been seen yet
        const Frame* small = view.history.thumbnail(at);
        if (!sample || !small) continue;
        ImTextureID id = shelf.texture(static_cast<std::uint64_t>(i),
                                       at / DriftHistory::thumbnail_every + (sample->episode << 40), *small);
        draw.AddImage(id, {x, track.from.y}, {x + width, track.to.y}, {0, 0}, {1, 1}, IM_COL32(255, 255, 255, 120));
    }
}

void marks(const View& view, const Track& track) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float scale = static_cast<float>(view.layout.scale);
    for (const DriftSample& sample : view.history.samples()) {
        float x = std::round(track.x(sample.position));
        if (sample.begins) draw.AddLine({x, track.from.y}, {x, track.to.y}, colour(palette::text, 0.5f), scale);
        if (!sample.marks.empty())
            draw.AddLine({x, track.to.y - 8 * scale}, {x, track.to.y}, colour(palette::amber), 1.5f * scale);
    }
    for (const Bookmark& mark : view.bookmarks) {
        if (mark.position < track.first || mark.position >= track.end || !on_timeline(view, mark)) continue;
        float x = track.x(mark.position), r = 5 * scale;
        draw.AddTriangleFilled({x - r, track.from.y}, {x + r, track.from.y}, {x, track.from.y + 1.6f * r},
                               colour(palette::accent));
    }
    float x = track.x(std::clamp(view.history.cursor(), track.first, track.end - 1));
    draw.AddRectFilled({x - scale, track.from.y - 3 * scale}, {x + scale, track.to.y + 3 * scale},
                       colour(palette::text));
    draw.AddCircleFilled({x, track.from.y - 2 * scale}, 4 * scale, colour(palette::text), 16);
}

// Below it the frames of the episode, as the plots number them.
void numbers(const View& view, const Track& track) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float scale = static_cast<float>(view.layout.scale), below = track.to.y + 2 * scale;
    ImGui::PushFont(fonts().small);
    text_at({track.from.x - 6 * scale, below}, {1, 0}, colour(palette::muted), "frame");
    auto most = std::max(1, static_cast<int>((track.to.x - track.from.x) / (70 * scale)));
    double last = static_cast<double>(std::min(track.end, view.history.end())) - 1, drawn = 0;
    for (const FrameMark& mark : frame_marks(view.history, static_cast<double>(track.first), last, most)) {
        std::string number = std::to_string(mark.index);
        float half = ImGui::CalcTextSize(number.c_str()).x / 2, x = track.x(static_cast<std::uint64_t>(mark.position));
        float middle = std::clamp(x, track.from.x + half, track.to.x - half);
        if (static_cast<double>(middle - half) < drawn) continue;
        drawn = static_cast<double>(middle + half + 6 * scale);
        draw.AddLine({x, track.to.y}, {x, below + scale}, colour(palette::muted, 0.7f), scale);
        text_at({middle, below}, {0.5f, 0}, colour(palette::muted), number);
    }
    ImGui::PopFont();
}

void peek(const View& view, const Track& track, TextureShelf& shelf) {
    std::uint64_t at = track.position(ImGui::GetIO().MousePos.x);
    const DriftSample* sample = view.history.at(at);
    if (!sample) return;
    ImGui::BeginTooltip();
    float side = 96 * static_cast<float>(view.layout.scale);
    if (const Frame* small = view.history.thumbnail(at))
        ImGui::Image(shelf.texture(1u << 20, at, *small),
                     {side, side * static_cast<float>(small->height) / static_cast<float>(small->width)});
    ImGui::Text("Frame %llu", static_cast<unsigned long long>(sample->index));
    if (sample->begins && sample->index > 0) ImGui::TextColored(palette::muted, "Jumped here from another moment");
    for (const std::string& mark : sample->marks) ImGui::TextColored(palette::amber, "%s", mark.c_str());
    ImGui::EndTooltip();
}

}  // namespace

void time_bar(View& view, const Box& box, TextureShelf& shelf) {
    if (box.height <= 0) return;
    float scale = static_cast<float>(view.layout.scale);
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.width, box.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {16 * scale, 6 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin("time", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    const DriftHistory& history = view.history;
    float side = ImGui::GetFrameHeight();
    if (ImGui::ArrowButton("back", ImGuiDir_Left)) view.acts.push_back(Act::step_back);
    tooltip(("Back one frame (" + key_of(view, Act::step_back) + "). Hold " + key_of(view, Act::rewind) + " to rewind.")
                .c_str());
    ImGui::SameLine(0, 3 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    if (toggle(view.playback.paused() ? "###play" : "###play", !view.playback.paused(), {side * 1.3f, 0}))
        view.acts.push_back(Act::pause);
    ImGui::PopStyleVar();
    ImVec2 a = ImGui::GetItemRectMin(), b = ImGui::GetItemRectMax(), c{(a.x + b.x) / 2, (a.y + b.y) / 2};
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float r = 5 * scale;
    if (view.playback.paused()) {
        draw.AddTriangleFilled({c.x - r * 0.7f, c.y - r}, {c.x - r * 0.7f, c.y + r}, {c.x + r, c.y},
                               colour(palette::text));
    } else {
        draw.AddRectFilled({c.x - r, c.y - r}, {c.x - r * 0.3f, c.y + r}, colour(palette::text));
        draw.AddRectFilled({c.x + r * 0.3f, c.y - r}, {c.x + r, c.y + r}, colour(palette::text));
    }
    tooltip(
        view.playback.paused()
            ? ("Play on from here (" + key_of(view, Act::pause) + "). In the past, this starts a new timeline.").c_str()
            : ("Pause (" + key_of(view, Act::pause) + ")").c_str());
    ImGui::SameLine(0, 3 * scale);
    if (ImGui::ArrowButton("on", ImGuiDir_Right)) view.acts.push_back(Act::step_once);
    tooltip(("Forward one frame (" + key_of(view, Act::step_once) + ")").c_str());
    ImGui::SameLine(0, 12 * scale);
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::GetContentRegionAvail().x;
    if (width > 60 * scale) {
        ImGui::InvisibleButton("track", {width, side});
        Track track{at,
                    {at.x + width, at.y + side},
                    history.first(),
                    view.recording.watch ? std::max(history.end(), view.recording.watch->events) : history.end()};
        draw.AddRectFilled(track.from, track.to, colour(palette::back), 4 * scale);
        if (track.end > track.first) {
            draw.PushClipRect(track.from, track.to, true);
            pictures(view, track, shelf);
            draw.PopClipRect();
            marks(view, track);
            numbers(view, track);
            static std::uint64_t asked = static_cast<std::uint64_t>(-1);
            if (ImGui::IsItemActive()) {
                std::uint64_t wanted = track.position(ImGui::GetIO().MousePos.x);
                view.pause(true);
                if (wanted != asked) view.commands.push_back({Command::Kind::seek_to, wanted});
                asked = wanted;
            } else {
                asked = static_cast<std::uint64_t>(-1);
                if (ImGui::IsItemHovered()) peek(view, track, shelf);
            }
        }
    }
    ImGui::End();
}

}  // namespace drift
