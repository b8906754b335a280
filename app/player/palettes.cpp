#include "player/palettes.h"

namespace drift {

const Tones& tones(Theme theme) {
    static constexpr Tones dark{.back = colours::back,
                                .panel = colours::panel,
                                .raised = colours::raised,
                                .hovered = colours::hovered,
                                .line = colours::line,
                                .popup = {0.098f, 0.118f, 0.145f},
                                .text = colours::text,
                                .muted = colours::muted,
                                .accent = colours::accent,
                                .accent_deep = colours::accent_deep,
                                .grabbed = {0.451f, 0.918f, 0.839f},
                                .amber = colours::amber,
                                .coral = colours::coral,
                                .lanes = colours::lanes};
    static constexpr Tones light{
        .back = {0.867f, 0.886f, 0.906f},
        .panel = {0.965f, 0.973f, 0.980f},
        .raised = {0.882f, 0.902f, 0.922f},
        .hovered = {0.816f, 0.843f, 0.875f},
        .line = {0.741f, 0.776f, 0.812f},
        .popup = {0.992f, 0.996f, 1.000f},
        .text = {0.090f, 0.118f, 0.153f},
        .muted = {0.318f, 0.369f, 0.427f},
        .accent = {0.000f, 0.400f, 0.345f},
        .accent_deep = {0.631f, 0.863f, 0.816f},
        .grabbed = {0.000f, 0.302f, 0.259f},
        .amber = {0.533f, 0.333f, 0.000f},
        .coral = {0.729f, 0.153f, 0.110f},
        .lanes = {
            {{0.000f, 0.400f, 0.345f}, {0.620f, 0.380f, 0.000f}, {0.000f, 0.369f, 0.600f}, {0.588f, 0.231f, 0.443f}}}};
    static constexpr Tones contrast{.back = {0, 0, 0},
                                    .panel = {0, 0, 0},
                                    .raised = {0.110f, 0.110f, 0.110f},
                                    .hovered = {0.250f, 0.250f, 0.250f},
                                    .line = {0.620f, 0.620f, 0.620f},
                                    .popup = {0, 0, 0},
                                    .text = {1, 1, 1},
                                    .muted = {0.840f, 0.840f, 0.840f},
                                    .accent = {0.200f, 1.000f, 0.880f},
                                    .accent_deep = {0.000f, 0.345f, 0.310f},
                                    .grabbed = {0.700f, 1.000f, 0.950f},
                                    .amber = {1.000f, 0.820f, 0.200f},
                                    .coral = {1.000f, 0.590f, 0.540f},
                                    .lanes = {{{0.200f, 1.000f, 0.880f},
                                               {1.000f, 0.720f, 0.100f},
                                               {0.480f, 0.800f, 1.000f},
                                               {1.000f, 0.650f, 0.850f}}},
                                    .framed = true};
    switch (theme) {
        case Theme::light: return light;
        case Theme::contrast: return contrast;
        case Theme::dark: break;
    }
    return dark;
}

}  // namespace drift
