// The panel "Recording": what is being written down of the play, and what was, to be watched again.
#include <cstdio>
#include <string>

#include "core/error.h"
#include "player/files/media_files.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

constexpr std::size_t listed = 6;

void recorder(View& view) {
    float gap = 6 * static_cast<float>(view.layout.scale), half = (ImGui::GetContentRegionAvail().x - gap) / 2;
    bool on = !view.recording.state.file.empty();
    if (toggle(on ? "Stop###record" : "Record###record", on, {half, 0})) view.acts.push_back(Act::record);
    tooltip("Every lane and the truth without loss, with the log from which the play can be made again (Ctrl+R).");
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Last 30 s", {half, 0})) view.acts.push_back(Act::record_past);
    tooltip("Saves what was just played as if it had been recorded (Ctrl+S).");
    bool window = !view.recording.window.empty();
    if (toggle(window ? "Stop the video of the window###window" : "Record what I see###window", window, {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::record_window);
    tooltip("The window with its panels as an MP4, at the clock's pace: for demos with the sliders moving (Ctrl+W).");
    if (on) {
        fact("Recorded", clock_words(view.now - view.recording.since) + ", " + size_words(static_cast<double>(view.recording.state.bytes)));
        if (view.recording.state.slow)
            ImGui::TextColored(palette::amber, "The disk is slow: the play waits for it");
        else if (view.recording.state.waiting > 15)
            ImGui::TextColored(palette::amber, "%zu steps wait for the disk", view.recording.state.waiting);
    }
    if (window) fact("Window", clock_words(view.now - view.recording.window_since));
    if ((on || window) && view.recording.free_bytes > 0) fact("Free on the disk", size_words(static_cast<double>(view.recording.free_bytes)));
}

void list(View& view) {
    if (view.recording.sessions.empty()) return;
    ImGui::TextColored(palette::muted, "Watch again");
    for (std::size_t i = 0; i < std::min(listed, view.recording.sessions.size()); ++i) {
        const SessionEntry& entry = view.recording.sessions[i];
        ImGui::PushID(static_cast<int>(i));
        bool chosen = view.recording.watch && view.recording.watch->file == entry.file;
        if (ImGui::Selectable(printable(entry.name).c_str(), chosen)) view.commands.push_back({Command::Kind::watch_session, 0, entry.file});
        if (ImGui::IsItemHovered()) tooltip((printable(entry.file.string()) + (entry.recorded ? "\nA recording: its frames are stored." : "\nA log: its frames are dreamed again.")).c_str());
        ImGui::PopID();
    }
}

// Format, in and out point, and the bar while it is written.
void exporting(View& view) {
    float gap = 6 * static_cast<float>(view.layout.scale), width = ImGui::GetContentRegionAvail().x, half = (width - gap) / 2;
    if (view.recording.exported) {
        char text[32];
        std::snprintf(text, sizeof text, "exporting %.0f %%", *view.recording.exported * 100);
        float stop = ImGui::CalcTextSize("Stop").x + 2 * ImGui::GetStyle().FramePadding.x;
        ImGui::ProgressBar(static_cast<float>(*view.recording.exported), {width - stop - gap, 0}, text);
        ImGui::SameLine(0, gap);
        if (ImGui::Button("Stop")) view.acts.push_back(Act::stop_export);
        return;
    }
    const auto formats = export_formats();
    ImGui::SetNextItemWidth(half);
    if (ImGui::BeginCombo("##format", formats[view.recording.export_format].name)) {
        for (std::size_t i = 0; i < formats.size(); ++i)
            if (ImGui::Selectable(formats[i].name, i == view.recording.export_format)) view.recording.export_format = i;
        ImGui::EndCombo();
    }
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Export", {half, 0})) view.acts.push_back(Act::export_session);
    tooltip("Lanes and truth side by side with captions, keys, settings and the drift, into the folder of videos.");
    auto point = [&](const char* name, std::optional<std::uint64_t>& at, const char* meaning) {
        std::string text = at ? std::string(name) + " " + std::to_string(*at) : std::string(name) + " here";
        if (toggle((text + "###" + name).c_str(), at.has_value(), {half, 0})) at = at || !view.step ? std::nullopt : std::optional(view.step->position);
        tooltip(meaning);
    };
    point("From", view.recording.export_from, "The export begins with this step; again: with the session's first.");
    ImGui::SameLine(0, gap);
    point("To", view.recording.export_to, "The export ends with this step; again: with the session's last.");
}

}  // namespace

void recording_panel(View& view) {
    if (!view.world) return;
    if (!view.recording.watch) {
        recorder(view);
        list(view);
        return;
    }
    const WatchState& watch = *view.recording.watch;
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(printable(watch.file.stem().string()).c_str());
    ImGui::TextColored(palette::muted, watch.stored ? "Its stored frames are shown. C adds a lane that dreams the same keys with other settings."
                                                    : "It is dreamed again. C adds a lane that dreams the same keys with other settings.");
    ImGui::PopTextWrapPos();
    float gap = 6 * static_cast<float>(view.layout.scale), half = (ImGui::GetContentRegionAvail().x - gap) / 2;
    if (ImGui::Button("Take over", {half, 0})) view.acts.push_back(Act::take_over);
    tooltip("Play on from this step with the keyboard (Return). The session's file stays as it is.");
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(watch.checking);
    if (ImGui::Button("Verify", {half, 0})) view.commands.push_back({Command::Kind::check_session});
    ImGui::EndDisabled();
    tooltip("Dreams the whole session again and holds every frame against what was written down.");
    if (watch.checking) {
        char text[48];
        std::snprintf(text, sizeof text, "%llu of %llu", static_cast<unsigned long long>(watch.checked), static_cast<unsigned long long>(watch.events));
        ImGui::ProgressBar(static_cast<float>(watch.checked) / static_cast<float>(std::max<std::uint64_t>(watch.events, 1)), {-1, 0}, text);
    }
    exporting(view);
    ImGui::PushTextWrapPos(0);
    if (!watch.verdict.empty()) ImGui::TextColored(watch.holds ? palette::accent : palette::coral, "%s", watch.verdict.c_str());
    if (!watch.warning.empty()) ImGui::TextColored(palette::amber, "%s", printable(watch.warning).c_str());
    ImGui::PopTextWrapPos();
    list(view);
}

}  // namespace drift
