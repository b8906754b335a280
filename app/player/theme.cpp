#include "player/theme.h"

#include <cmath>
#include <filesystem>
#include <string>

namespace drift {
namespace {

Fonts current;

// Latin, Greek for sigma and rho, Cyrillic for what stands on keys, punctuation, arrows, mathematical signs.
constexpr ImWchar ranges[] = {0x20,   0x17F,  0x370,  0x3FF,  0x400,  0x45F,  0x2010, 0x2030, 0x2080,
                              0x2089, 0x2190, 0x2193, 0x2212, 0x2212, 0x2248, 0x2265, 0};

ImFont* load(const std::initializer_list<const char*>& candidates, float pixels) {
    static const std::string folder = "/usr/share/fonts/truetype/";
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = true;
    for (const char* name : candidates) {
        std::error_code error;
        if (std::filesystem::is_regular_file(folder + name, error))
            if (ImFont* font =
                    ImGui::GetIO().Fonts->AddFontFromFileTTF((folder + name).c_str(), pixels, &config, ranges))
                return font;
    }
    config = {};
    config.SizePixels = pixels;
    return ImGui::GetIO().Fonts->AddFontDefault(&config);
}

ImVec4 opaque(const Colour& c) { return {c.r, c.g, c.b, 1}; }

const Tones* now = &tones(Theme::dark);

void set_palette() {
    palette::back = opaque(now->back);
    palette::panel = opaque(now->panel);
    palette::raised = opaque(now->raised);
    palette::hovered = opaque(now->hovered);
    palette::line = opaque(now->line);
    palette::text = opaque(now->text);
    palette::muted = opaque(now->muted);
    palette::accent = opaque(now->accent);
    palette::accent_deep = opaque(now->accent_deep);
    palette::amber = opaque(now->amber);
    palette::coral = opaque(now->coral);
}

void set_colours(ImGuiStyle& style) {
    using namespace palette;
    auto faded = [](ImVec4 c, float alpha) { return ImVec4(c.x, c.y, c.z, alpha); };
    ImVec4* c = style.Colors;
    ImGui::StyleColorsDark(&style);
    c[ImGuiCol_Text] = text;
    c[ImGuiCol_TextDisabled] = muted;
    c[ImGuiCol_WindowBg] = panel;
    c[ImGuiCol_ChildBg] = faded(panel, 0);
    c[ImGuiCol_PopupBg] = faded(opaque(now->popup), 0.985f);
    c[ImGuiCol_Border] = line;
    c[ImGuiCol_ModalWindowDimBg] = faded(back, 0.55f);
    c[ImGuiCol_FrameBg] = raised;
    c[ImGuiCol_FrameBgHovered] = hovered;
    c[ImGuiCol_FrameBgActive] = hovered;
    c[ImGuiCol_ScrollbarBg] = faded(panel, 0);
    c[ImGuiCol_ScrollbarGrab] = line;
    c[ImGuiCol_ScrollbarGrabHovered] = hovered;
    c[ImGuiCol_ScrollbarGrabActive] = muted;
    c[ImGuiCol_CheckMark] = accent;
    c[ImGuiCol_SliderGrab] = accent;
    c[ImGuiCol_PlotHistogram] = accent_deep;
    c[ImGuiCol_SliderGrabActive] = opaque(now->grabbed);
    c[ImGuiCol_Button] = raised;
    c[ImGuiCol_ButtonHovered] = hovered;
    c[ImGuiCol_ButtonActive] = accent_deep;
    c[ImGuiCol_Header] = raised;
    c[ImGuiCol_HeaderHovered] = hovered;
    c[ImGuiCol_HeaderActive] = accent_deep;
    c[ImGuiCol_Separator] = line;
    c[ImGuiCol_TextSelectedBg] = faded(accent, 0.35f);
    c[ImGuiCol_NavHighlight] = accent;
    c[ImGuiCol_TableRowBgAlt] = faded(text, 0.05f);
}

}  // namespace

ImVec4 lane_tone(int number) { return opaque(now->lanes[static_cast<std::size_t>(number) % now->lanes.size()]); }

Fonts apply_theme(Theme theme, float scale, float pixels_per_unit) {
    now = &tones(theme);
    set_palette();
    ImGuiStyle style;
    set_colours(style);
    style.WindowPadding = {16, 12};
    style.FramePadding = {9, 4};
    style.ItemSpacing = {8, 6};
    style.ItemInnerSpacing = {6, 4};
    style.WindowRounding = 0;
    style.FrameRounding = 5;
    style.GrabRounding = 4;
    style.GrabMinSize = 11;
    style.PopupRounding = 7;
    style.ScrollbarRounding = 6;
    style.ScrollbarSize = 10;
    style.WindowBorderSize = now->framed ? 1 : 0;
    style.PopupBorderSize = 1;
    style.FrameBorderSize = now->framed ? 1 : 0;
    style.ScaleAllSizes(scale);
    ImGui::GetStyle() = style;

    ImGuiIO& io = ImGui::GetIO();
    io.Fonts->Clear();
    io.FontGlobalScale = 1 / pixels_per_unit;
    auto size = [&](float points) { return std::round(points * scale * pixels_per_unit); };
    current.text = load({"roboto/unhinted/RobotoTTF/Roboto-Regular.ttf", "dejavu/DejaVuSans.ttf"}, size(16));
    current.strong = load({"roboto/unhinted/RobotoTTF/Roboto-Medium.ttf", "dejavu/DejaVuSans-Bold.ttf"}, size(16));
    current.small = load({"roboto/unhinted/RobotoTTF/Roboto-Regular.ttf", "dejavu/DejaVuSans.ttf"}, size(13.5f));
    current.figure = load({"roboto/unhinted/RobotoTTF/Roboto-Light.ttf", "dejavu/DejaVuSans.ttf"}, size(27));
    current.mono = load({"dejavu/DejaVuSansMono.ttf", "noto/NotoSansMono-Regular.ttf"}, size(14));
    return current;
}

const Fonts& fonts() { return current; }

}  // namespace drift
