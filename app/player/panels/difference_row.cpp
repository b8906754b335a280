#include "player/panels/difference_row.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

#include "player/panels/typed_field.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

using Mode = DifferenceView::Mode;

// Buttons without gaps, one of them down. True: another one is now.
struct Segment {
    const char* label;
    const char* tip;
};
template <class Value, class Describe>
bool segments(const char* id, Value& value, int count, float width, Describe describe) {
    bool changed = false;
    ImGui::PushID(id);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    float text = 0;
    for (int i = 0; i < count; ++i) text += ImGui::CalcTextSize(describe(i).label).x;
    float height = ImGui::GetFrameHeight(),
          room = (width - text - static_cast<float>(count - 1)) / static_cast<float>(count);
    for (int i = 0; i < count; ++i) {
        Segment segment = describe(i);
        if (i > 0) ImGui::SameLine(0, 1);
        if (toggle(segment.label, static_cast<int>(value) == i,
                   {ImGui::CalcTextSize(segment.label).x + room, height}) &&
            static_cast<int>(value) != i) {
            value = static_cast<Value>(i);
            changed = true;
        }
        tooltip(segment.tip);
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    return changed;
}

float needed(bool brief, float scale) {
    float width = 0;
    for (const DifferenceMode& mode : difference_modes())
        width += ImGui::CalcTextSize(brief ? mode.brief : mode.name).x + 12 * scale;
    return width;
}

bool gain_slider(View& view) {
    const bool idle = view.difference.mode == Mode::off || view.difference.mode == Mode::absolute;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    ImGui::BeginDisabled(idle);
    ImGui::PushStyleColor(ImGuiCol_SliderGrab, palette::accent_deep);  // the number stands on it
    double gain = static_cast<double>(view.difference.gain);
    bool changed = number_slider("##gain", gain, {least_gain, most_gain, false, true, "\u00d7%.3g"});
    if (changed) view.difference.gain = static_cast<float>(gain);
    ImGui::PopStyleColor();
    ImGui::EndDisabled();
    if (ImGui::BeginPopupContextItem("gain")) {
        if (ImGui::MenuItem("Reset to 8", nullptr, false, view.difference.gain != DifferenceView{}.gain)) {
            view.difference.gain = DifferenceView{}.gain;
            changed = true;
        }
        ImGui::EndPopup();
    }
    tooltip(
        "Gain: how many times larger the difference is shown, 1 to 64. No effect on speed. Ctrl+click to type a value. "
        "Right-click for the menu.");
    field_line("##gain");
    return changed;
}

}  // namespace

bool difference_row(View& view, bool lanes) {
    float scale = static_cast<float>(view.layout.scale), gap = ImGui::GetStyle().ItemInnerSpacing.x,
          least_slider = 66 * scale;
    ImGui::PushFont(fonts().small);
    ImGui::PushID("difference");
    float width = ImGui::GetContentRegionAvail().x - least_slider - gap;
    bool brief = needed(false, scale) > width;
    bool changed =
        segments("mode", view.difference.mode, static_cast<int>(difference_modes().size()), width, [&](int i) {
            const DifferenceMode& mode = difference_modes()[static_cast<std::size_t>(i)];
            return Segment{brief ? mode.brief : mode.name, mode.meaning};
        });
    ImGui::SameLine(0, gap);
    changed |= gain_slider(view);
    if (lanes && view.difference.mode != Mode::off && view.difference.mode != Mode::uncertainty)
        changed |= segments("against", view.difference.against, 2, ImGui::GetContentRegionAvail().x, [](int i) {
            return i == 0 ? Segment{"From the truth", "Compare with the real game."}
                          : Segment{"From the main lane",
                                    "Compare with the main lane, so that only the effect of the settings remains."};
        });
    ImGui::PopID();
    ImGui::PopFont();
    return changed;
}

void unsure_toggle(View& view) {
    const bool on = view.difference.mode == Mode::uncertainty;
    if (toggle("Show where the dream is unsure", on, {ImGui::GetContentRegionAvail().x, 0}))
        view.difference.mode = on ? Mode::off : Mode::uncertainty;
    tooltip(difference_modes()[static_cast<std::size_t>(Mode::uncertainty)].meaning);
}

void cycle_difference(View& view) {
    const bool alone = view.step && view.step->truth.empty();  // there is nothing to differ from
    if (alone) view.difference.mode = view.difference.mode == Mode::uncertainty ? Mode::off : Mode::uncertainty;
    else view.difference.mode = next_mode(view.difference.mode);
    if (view.difference.mode == Mode::off) view.say("Difference: off");
    else
        view.say(std::string("Difference: ") + difference_mode(view.difference).name + ". " +
                 difference_mode(view.difference).meaning);
}

float difference_legend(const View& view, float x, float right, float top) {
    const Ramp* colours = ramp(view.difference.mode);
    if (!colours) return right;
    float scale = static_cast<float>(view.layout.scale), gap = 6 * scale, width = 96 * scale,
          height = std::round(9 * scale);
    char most[32], least[32] = "0";
    double levels = 255.0 / static_cast<double>(view.difference.gain);  // where the ramp ends
    std::snprintf(most, sizeof most, "%s%.*f levels", view.difference.mode == Mode::both_signs ? "+" : "",
                  levels < 10 ? 1 : 0, levels);
    if (view.difference.mode == Mode::both_signs)
        std::snprintf(least, sizeof least, "\u2212%.*f", levels < 10 ? 1 : 0, levels);
    float line = ImGui::GetFontSize();
    ImGui::PushFont(fonts().small);
    float before = ImGui::CalcTextSize(least).x, after = ImGui::CalcTextSize(most).x,
          begin = right - before - width - after - 2 * gap;
    auto shorten = [&] {  // a shorter bar says as much
        width = std::max(32 * scale, width - std::max(x - begin, 0.0f));
        begin = right - before - width - after - 2 * gap;
    };
    shorten();
    if (begin < x) {  // the unit is in the panel
        *std::strchr(most, ' ') = 0;
        after = ImGui::CalcTextSize(most).x, width = 96 * scale;
        begin = right - before - width - after - 2 * gap;
        shorten();
    }
    if (begin >= x) {
        ImDrawList& draw = *ImGui::GetBackgroundDrawList();
        float text = top + (line - ImGui::GetFontSize()) * 0.7f, from = begin + before + gap,
              part = width / static_cast<float>(colours->size() - 1);
        float bar = std::round(top + (line - height) / 2 + scale);
        draw.AddText({begin, text}, colour(palette::muted), least);
        for (std::size_t i = 0; i + 1 < colours->size(); ++i) {
            auto tone = [&](std::size_t k) {
                return colour(ImVec4((*colours)[k][0], (*colours)[k][1], (*colours)[k][2], 1));
            };
            float left = from + static_cast<float>(i) * part;
            draw.AddRectFilledMultiColor({left, bar}, {left + part, bar + height}, tone(i), tone(i + 1), tone(i + 1),
                                         tone(i));
        }
        draw.AddRect({from - 1, bar - 1}, {from + width + 1, bar + height + 1}, colour(palette::line));
        draw.AddText({from + width + gap, text}, colour(palette::muted), most);
    }
    ImGui::PopFont();
    return begin >= x ? begin - gap : right;
}

}  // namespace drift
