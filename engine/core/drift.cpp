#include "core/drift.h"

namespace drift {

std::span<const DriftMeasure> drift_measures() {
    static constexpr DriftMeasure measures[] = {
        {"psnr", "PSNR to the truth", "dB",
         "10 log10(255^2 / mean of (dream - truth)^2) over all bytes, 60 at most. From 30 up it is hard to tell from "
         "the game.",
         10, 60, &Drift::psnr, true},
        {"moving_psnr", "PSNR of what moves", "dB",
         "PSNR to the truth over the pixels that it has changed by more than 8 levels since its last frame. A small "
         "thing that is lost shows here, and hardly in the PSNR.",
         10, 60, &Drift::moving_psnr, true},
        {"ssim", "SSIM to the truth", "",
         "Structural similarity of luma (Wang et al. 2004): 1 is identical, 0 has nothing in common.", 0, 1,
         &Drift::ssim, true},
        {"object_error", "Object position error", "px",
         "The largest of max(|dx|, |dy|) over the game's objects, between the dream and the truth. An object that "
         "cannot be seen counts as the frame's width.",
         0, 32, &Drift::object_error, true},
        {"obeyed", "Action obeyed", "",
         "1 if what you control moved as the action says, judged from the dream's last two frames; 0 if not.", 0, 1,
         &Drift::obeyed, true},
        {"likeness", "Likeness to the game", "dB",
         "PSNR between the dream and the game's own drawing of the objects found in it. Low when the dream is no "
         "longer a picture of the game.",
         10, 60, &Drift::likeness, true},
        {"main_psnr", "PSNR to the main lane", "dB", "PSNR between this lane's frame and the main lane's.", 10, 60,
         &Drift::main_psnr, false},
        {"sharpness", "Sharpness", "\u00d7",
         "Mean of |grad luma|, relative to the opening's frames: below 1 is blurred, above 1 is speckled.", 0, 2,
         &Drift::sharpness, false},
        {"colours", "Colour error", "",
         "1 - sum min(a_i, b_i) over the shares of 64 colour bins, compared with the opening: 0 is the same colours, 1 "
         "none in common.",
         0, 1, &Drift::colours, false},
        {"motion", "Motion", "levels",
         "Mean of |frame - previous frame| over all bytes, minus that of the opening's frames.", -5, 15, &Drift::motion,
         false},
    };
    return measures;
}

const DriftMeasure* find_measure(std::string_view name) {
    for (const DriftMeasure& measure : drift_measures())
        if (measure.name == name) return &measure;
    return nullptr;
}

}  // namespace drift
