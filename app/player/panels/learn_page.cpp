// The page "Learn a game" over the picture: capture a game that runs, train a world of it, play that. Each part can be used once the one before has done its work.
#include <algorithm>
#include <string>

#include "core/error.h"
#include "player/gl/texture_shelf.h"
#include "player/learning.h"
#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

using Wish = LearnPage::Wish;

constexpr std::uint64_t shelf_place = (1u << 24) + 1;

void part(const char* number, const char* what) {
    ImGui::Dummy({0, ImGui::GetStyle().ItemSpacing.y});
    ImGui::PushFont(fonts().strong);
    ImGui::TextColored(palette::accent, "%s", number);
    ImGui::SameLine();
    ImGui::TextUnformatted(what);
    ImGui::PopFont();
}

void label(const char* words, float scale) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(words);
    ImGui::SameLine(90 * scale);
}

void field(const char* id, std::string& text, const char* hint) {
    char typed[256] = "";
    text.copy(typed, sizeof typed - 1);
    if (ImGui::InputTextWithHint(id, hint, typed, sizeof typed)) text = typed;
}

template <std::size_t n, class Words>
void choice(const char* id, int& value, const int (&values)[n], Words words) {
    if (!ImGui::BeginCombo(id, words(value).c_str())) return;
    for (int one : values)
        if (ImGui::Selectable(words(one).c_str(), one == value)) value = one;
    ImGui::EndCombo();
}

// A button that does its work, or ends it; what was said of it behind or below.
void work_row(LearnPage& page, bool runs, const char* begin, Wish begins, const char* end, Wish ends, bool may) {
    ImGui::BeginDisabled(!runs && !may);
    if (toggle(runs ? end : begin, runs)) page.wishes.push_back(runs ? ends : begins);
    ImGui::EndDisabled();
}

void said(const std::string& words, bool failed) {
    if (words.empty()) return;
    ImGui::PushTextWrapPos(0);
    ImGui::TextColored(failed ? palette::amber : palette::muted, "%s", printable(words).c_str());
    ImGui::PopTextWrapPos();
}

// Behind what was drawn last, or below it where there is no room.
void beside(const std::string& words, float gap = -1) {
    ImGui::SameLine(0, gap);
    if (ImGui::CalcTextSize(words.c_str()).x > ImGui::GetContentRegionAvail().x) ImGui::NewLine();
    ImGui::AlignTextToFramePadding();
    said(words, false);
}

void progress(const std::string& words, bool failed) {
    const auto bar = failed ? std::nullopt : progress_in(words);
    if (!bar) return said(words, failed);
    ImGui::ProgressBar(static_cast<float>(bar->part), {-1, ImGui::GetFontSize() * 0.5f}, "");
    said(bar->words, false);
}

void windows(LearnPage& page, float scale) {
    label("Window", scale);
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - button_width("Look again") - gap);
    const auto chosen = std::find_if(page.windows.begin(), page.windows.end(),
                                     [&](const auto& one) { return one.number == page.window; });
    const std::string now = chosen != page.windows.end() ? printable(chosen->title) : "Choose the game's window";
    if (ImGui::BeginCombo("##window", now.c_str())) {
        for (const auto& one : page.windows) {
            ImGui::PushID(one.number.c_str());
            const std::string words = (one.title.empty() ? "no title" : printable(one.title)) + "   " + one.size;
            if (ImGui::Selectable(words.c_str(), one.number == page.window)) page.window = one.number;
            ImGui::PopID();
        }
        ImGui::EndCombo();
    }
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Look again")) page.wishes.push_back(Wish::list);
    tooltip("Lists the windows that are open now.");
}

void capture_part(LearnPage& page, float scale) {
    part("1", "Capture: play the game while it is watched");
    ImGui::BeginDisabled(page.capturing);
    windows(page, scale);
    label("Keys", scale);
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - button_width("Mouse") - ImGui::GetFrameHeight() -
                            button_width("Press them") - gap - 12 * scale);
    field("##keys", page.keys, page.listening ? "Press each key of the game; Esc ends" : "Left, Right, jump=Space");
    tooltip("The keys that the game is played with, with commas between; NAME=KEY gives one a name of its own.");
    ImGui::SameLine(0, gap);
    if (toggle("Press them", page.listening)) {
        page.listening = !page.listening;
        if (page.listening) page.keys.clear();
    }
    tooltip("Makes a new list of the keys that you press here.");
    ImGui::SameLine(0, 12 * scale);
    ImGui::Checkbox("Mouse", &page.mouse);
    tooltip("Takes the mouse's motion too. Its buttons are keys: Mouse Left, Mouse Right.");
    label("Name", scale);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 260 * scale);
    ImGui::BeginDisabled(page.training);
    field("##name", page.name, "my game");
    ImGui::EndDisabled();
    ImGui::SameLine();
    ImGui::BeginDisabled(page.has_play);  // both are as they are there
    ImGui::SetNextItemWidth(130 * scale);
    choice("##side", page.side, {32, 64, 96, 128},
           [&](int side) { return page.has_play ? "same size" : picture_size(page, side) + " pixels"; });
    tooltip(
        "Size of the pictures that are learned, in the window's shape. 64 is what networks of this size are made for.");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    choice("##rate", page.rate, {10, 15, 20, 30},
           [&](int rate) { return page.has_play ? "same rate" : std::to_string(rate) + " a second"; });
    tooltip("Pictures a second, and so how fast the dream will be played.");
    ImGui::EndDisabled();
    ImGui::EndDisabled();
    const std::string why = page.window.empty() ? "Choose a window" : why_no_name(page.name);
    work_row(page, page.capturing, "Start capturing", Wish::capture, "Stop capturing", Wish::end_capture, why.empty());
    beside(page.capturing  ? "F9 in the game pauses, and goes on."
           : !why.empty()  ? why + "."
           : page.has_play ? "There is play of that name: this adds to it."
                           : "Twenty minutes are a good beginning.");
    said(page.captured, page.failed_capture);
    ImGui::PushTextWrapPos(0);
    ImGui::TextColored(palette::muted, "Only these keys, and only in that window, are ever written down.");
    ImGui::PopTextWrapPos();
}

void train_part(LearnPage& page, float scale, TextureShelf& shelf) {
    part("2", "Train: a network learns to dream it");
    label("Minutes", scale);
    ImGui::SetNextItemWidth(130 * scale);
    ImGui::BeginDisabled(page.training);
    if (ImGui::InputInt("##minutes", &page.minutes, 10, 60)) page.minutes = std::clamp(page.minutes, 1, 100000);
    ImGui::EndDisabled();
    ImGui::SameLine();
    work_row(page, page.training, "Train", Wish::train, "Stop training", Wish::end_training,
             page.has_play && !page.capturing);
    beside(page.capturing   ? "After the capture."
           : !page.has_play ? "It needs captured play of that name."
           : page.training  ? "It may go on while you play. Quitting ends it; it is saved."
                            : "An hour shows whether it is learned; more is better.");
    page.training ? progress(page.trained, page.failed_training) : said(page.trained, page.failed_training);
    if (page.preview.empty()) return;
    const float room = ImGui::GetContentRegionAvail().y - 3.2f * ImGui::GetFrameHeightWithSpacing(),
                fit = std::min({ImGui::GetContentRegionAvail().x / static_cast<float>(page.preview.width),
                                std::max(120 * scale, room) / static_cast<float>(page.preview.height), scale});
    ImGui::Image(shelf.texture(shelf_place, page.version, page.preview),
                 {fit * static_cast<float>(page.preview.width), fit * static_cast<float>(page.preview.height)});
}

void play_part(View& view) {
    const LearnPage& page = view.learn;
    part("3", "Play the dream");
    ImGui::BeginDisabled(!page.has_world);
    if (ImGui::Button("Play it")) {
        view.commands.push_back({Command::Kind::open_world, 0, Learning::world_folder(page)});
        view.acts.push_back(Act::learn_page);
    }
    ImGui::EndDisabled();
    beside(page.has_world ? "Its newest weights, with the same keys."
                          : "It can be played from the first evaluation on, some minutes after training begins.");
}

}  // namespace

void learn_page(View& view, const Box& window, TextureShelf& shelf) {
    LearnPage& page = view.learn;
    if (!page.open) return;
    const float scale = static_cast<float>(view.layout.scale);
    begin_page(view, "Learn a game", 760, window, page.preview.empty() ? 420 : 900);
    beside("The game waits. What runs here goes on when this is closed.", 24 * scale);
    ImGui::BeginChild("parts");
    capture_part(page, scale);
    train_part(page, scale, shelf);
    play_part(view);
    ImGui::EndChild();
    const bool busy = page.listening || ImGui::GetIO().WantTextInput;  // Esc ends that first
    if (page.capturing || ImGui::GetIO().WantTextInput ||
        ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false))
        page.listening = false;
    if (end_page(view, !busy)) view.acts.push_back(Act::learn_page);
}

}  // namespace drift
