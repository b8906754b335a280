#include "core/drift.h"

namespace drift {

std::span<const DriftMeasure> drift_measures() {
    static constexpr DriftMeasure measures[] = {
        {"psnr", "PSNR to the truth", "dB", "10 log10(255^2 / mean of (dream - truth)^2) over all bytes, 60 at most. 30 and more is hard to tell from the game.", 10, 60, &Drift::psnr, true},
        {"ssim", "SSIM to the truth", "", "Structural similarity of the lumas (Wang et al. 2004): 1 equal, 0 nothing alike.", 0, 1, &Drift::ssim, true},
        {"object_error", "Objects off by", "px", "max over the game's objects of max(|dx|, |dy|) between where they stand in the dream and in the truth; one that is not seen counts as the frame's width.", 0, 32, &Drift::object_error, true},
        {"obeyed", "Action obeyed", "", "1 where what is controlled moved as the action says, read from the dream's last two frames; 0 where it did not.", 0, 1, &Drift::obeyed, true},
        {"likeness", "Likeness to the game", "dB", "PSNR between the dream and the game's own picture of what is read from it: low where it is no picture of the game any more.", 10, 60, &Drift::likeness, true},
        {"main_psnr", "PSNR to the main lane", "dB", "The PSNR formula, between this lane's frame and the main lane's.", 10, 60, &Drift::main_psnr, false},
        {"sharpness", "Sharpness", "x", "Mean of |grad luma| over that of the opening's frames: below 1 it blurs, above 1 it speckles.", 0, 2, &Drift::sharpness, false},
        {"colours", "Colours off by", "", "1 - sum min(a_i, b_i) of the shares of 64 boxes of colour, against the opening's: 0 the same colours, 1 none in common.", 0, 1, &Drift::colours, false},
        {"motion", "Motion", "levels", "Mean of |frame - frame before| over all bytes, less that of the opening's frames.", -5, 15, &Drift::motion, false},
    };
    return measures;
}

const DriftMeasure* find_measure(std::string_view name) {
    for (const DriftMeasure& measure : drift_measures())
        if (measure.name == name) return &measure;
    return nullptr;
}

}  // namespace drift
