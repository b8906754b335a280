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
    tooltip(("Records every lane and the truth losslessly, with a log that can reproduce the session (" +
             key_of(view, Act::record) + ").")
                .c_str());
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Save last 30 s", {half, 0})) view.acts.push_back(Act::record_past);
    tooltip(
        ("Saves what you just played as if it had been recorded (" + key_of(view, Act::record_past) + ").").c_str());
    bool window = !view.recording.window.empty();
    if (toggle(window ? "Stop window recording###window" : "Record window###window", window,
               {ImGui::GetContentRegionAvail().x, 0}))
        view.acts.push_back(Act::record_window);
    tooltip(("Records the window and its panels as an MP4 in real time: for demos that show the sliders moving (" +
             key_of(view, Act::record_window) + ").")
                .c_str());
    if (on) {
        fact("Recorded", clock_words(view.now - view.recording.since) + ", " +
                             size_words(static_cast<double>(view.recording.state.bytes)));
        if (view.recording.state.slow) ImGui::TextColored(palette::amber, "The disk is slow; play is waiting for it");
        else if (view.recording.state.waiting > 15)
            ImGui::TextColored(palette::amber, "%zu frames are waiting for the disk", view.recording.state.waiting);
    }
    if (window) fact("Window", clock_words(view.now - view.recording.window_since));
    if ((on || window) && view.recording.free_bytes > 0)
        fact("Free disk space", size_words(static_cast<double>(view.recording.free_bytes)));
}

void list(View& view) {
    if (ImGui::Button("Library", {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::library);
    tooltip(("All recordings, sessions, videos and pictures, to play, rename, export or throw away (" +
             key_of(view, Act::library) + ").")
                .c_str());
    if (view.recording.sessions.empty()) return;
    ImGui::TextColored(palette::muted, "Watch again");
    for (std::size_t i = 0; i < std::min(listed, view.recording.sessions.size()); ++i) {
        const SessionEntry& entry = view.recording.sessions[i];
        ImGui::PushID(static_cast<int>(i));
        bool chosen = view.recording.watch && view.recording.watch->file == entry.file;
        if (ImGui::Selectable(fitted(printable(entry.name), ImGui::GetContentRegionAvail().x).c_str(), chosen))
            view.recording.wanted = entry.file;
        if (ImGui::IsItemHovered())
            tooltip((printable(entry.file.string()) + (entry.recorded ? "\nA recording: its frames are stored."
                                                                      : "\nA log: its frames are dreamed again."))
                        .c_str());
        ImGui::PopID();
    }
}

// The bar of an export while it is written. False: there is none.
bool export_bar(View& view) {
    if (!view.recording.exported) return false;
    const float gap = 6 * static_cast<float>(view.layout.scale), stop = button_width("Stop");
    char text[32];
    std::snprintf(text, sizeof text, "Exporting %.0f %%", *view.recording.exported * 100);
    ImGui::ProgressBar(static_cast<float>(*view.recording.exported), {ImGui::GetContentRegionAvail().x - stop - gap, 0},
                       text);
    tooltip(view.recording.exporting.c_str());
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Stop###stop export")) view.acts.push_back(Act::stop_export);
    return true;
}

// Format, in and out point.
void exporting(View& view) {
    if (export_bar(view)) return;
    float gap = 6 * static_cast<float>(view.layout.scale), half = (ImGui::GetContentRegionAvail().x - gap) / 2;
    const auto formats = export_formats();
    ImGui::SetNextItemWidth(half);
    if (ImGui::BeginCombo("##format", formats[view.recording.export_format].name)) {
        for (std::size_t i = 0; i < formats.size(); ++i)
            if (ImGui::Selectable(formats[i].name, i == view.recording.export_format)) view.recording.export_format = i;
        ImGui::EndCombo();
    }
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Export", {half, 0})) view.acts.push_back(Act::export_session);
    tooltip("Saves lanes and truth side by side, with captions, keys, settings and drift, to your videos folder.");
    auto& from = view.recording.export_from;
    auto& to = view.recording.export_to;
    auto point = [&](const char* name, std::optional<std::uint64_t>& at, const char* meaning) {
        const double rate = std::max(1, view.recording.watch->rate);
        std::string text = std::string(name) + " " + (at ? clock_words(static_cast<double>(*at) / rate) : "here");
        if (toggle((text + "###" + name).c_str(), at.has_value(), {half, 0})) {
            at = at || !view.step ? std::nullopt : std::optional(view.step->position);
            // What would end before it begins begins, or ends, where the session does.
            if (from && to && *from > *to) (&at == &from ? to : from).reset();
        }
        tooltip(meaning);
    };
    point("From", from, "Start export here (click again: from the beginning).");
    ImGui::SameLine(0, gap);
    point("To", to, "End export here (click again: at the end).");
}

}  // namespace

void recording_panel(View& view) {
    if (!view.world) return;
    if (!view.recording.watch) {
        recorder(view);
        export_bar(view);  // of the library
        list(view);
        return;
    }
    const WatchState& watch = *view.recording.watch;
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(printable(watch.file.stem().string()).c_str());
    ImGui::TextColored(palette::muted, "%s",
                       (!view.dreamed() ? "The real game plays it again."
                                        : (watch.stored ? "Showing the stored frames. " : "Dreaming it again. ") +
                                              key_of(view, Act::add_lane) +
                                              " adds a lane that dreams the same keys with other settings.")
                           .c_str());
    ImGui::PopTextWrapPos();
    float gap = 6 * static_cast<float>(view.layout.scale), half = (ImGui::GetContentRegionAvail().x - gap) / 2;
    if (ImGui::Button("Take control", {half, 0})) view.acts.push_back(Act::take_over);
    tooltip(("Play on from this frame with the keyboard (" + key_of(view, Act::take_over) +
             "). The session's file is not changed." +
             (view.recording.own_game ? " The game you left stays in the library, as a session." : ""))
                .c_str());
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(watch.checking);
    if (ImGui::Button("Verify", {half, 0})) view.acts.push_back(Act::verify);
    ImGui::EndDisabled();
    tooltip("Dreams the whole session again and compares every frame with what was recorded.");
    if (view.recording.own_game) {
        if (ImGui::Button("Back to my game", {ImGui::GetContentRegionAvail().x, 0}))
            view.acts.push_back(Act::back_to_game);
        tooltip("Stop watching and return to the game you were playing, where you left it.");
    }
    if (watch.checking) {
        char text[48];
        std::snprintf(text, sizeof text, "%llu of %llu", static_cast<unsigned long long>(watch.checked),
                      static_cast<unsigned long long>(watch.events));
        ImGui::ProgressBar(
            static_cast<float>(watch.checked) / static_cast<float>(std::max<std::uint64_t>(watch.events, 1)), {-1, 0},
            text);
    }
    exporting(view);
    ImGui::PushTextWrapPos(0);
    if (!watch.verdict.empty())
        ImGui::TextColored(watch.holds ? palette::accent : palette::coral, "%s", watch.verdict.c_str());
    if (!watch.warning.empty()) ImGui::TextColored(palette::amber, "%s", printable(watch.warning).c_str());
    ImGui::PopTextWrapPos();
    list(view);
}

bool ask_to_watch(View& view) {
    if (view.recording.asked.empty()) return false;
    const char* name = "Watch this session?";
    static std::filesystem::path opened;  // what it is open for: where it is not open any more, Esc has closed it
    if (!ImGui::IsPopupOpen(name)) {
        if (opened == view.recording.asked) return view.recording.asked.clear(), opened.clear(), false;
        opened = view.recording.asked;
        ImGui::OpenPopup(name);
    }
    float scale = static_cast<float>(view.layout.scale);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    bool watch = false;
    ImGui::SetNextWindowPos({size.x / 2, size.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
    if (ImGui::BeginPopupModal(name, nullptr,
                               ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoSavedSettings)) {
        ImGui::PushTextWrapPos(std::min(380 * scale, size.x - 40));
        ImGui::TextUnformatted(name);
        ImGui::TextColored(palette::muted, "%s", printable(view.recording.asked.stem().string()).c_str());
        ImGui::TextColored(palette::muted,
                           view.recording.state.file.empty()
                               ? "Your game is kept: \"Back to my game\" returns to it."
                               : "Your game is kept: \"Back to my game\" returns to it. The recording stops.");
        ImGui::PopTextWrapPos();
        ImVec2 button{110 * scale, 0};
        watch = ImGui::Button("Watch", button) || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
        ImGui::SameLine();
        bool stay = ImGui::Button("Keep playing", button);
        if (watch || stay) ImGui::CloseCurrentPopup(), opened.clear();
        if (stay) view.recording.asked.clear();
        ImGui::EndPopup();
    }
    return watch;
}

}  // namespace drift
