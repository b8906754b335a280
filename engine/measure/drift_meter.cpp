#include "measure/drift_meter.h"

#include <algorithm>
#include <cmath>

namespace drift {

Look look_at(std::span<const Frame> frames) {
    Look look;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        look.sharpness += sharpness(frames[i]) / static_cast<double>(frames.size());
        auto colours = colour_histogram(frames[i]);
        for (std::size_t c = 0; c < colours.size(); ++c)
            look.colours[c] += colours[c] / static_cast<float>(frames.size());
        if (i > 0) look.motion += motion(frames[i - 1], frames[i]) / static_cast<double>(frames.size() - 1);
    }
    return look;
}

Sight see(const Game* game, const Frame& frame) { return {frame, game ? game->probe(frame) : Probe{}}; }

Drift look_of(const Frame& frame, const Look& opening) {
    Drift drift;
    drift.sharpness = opening.sharpness > 0 ? sharpness(frame) / opening.sharpness : Drift::unknown;
    drift.colours = histogram_distance(colour_histogram(frame), opening.colours);
    return drift;
}

Drift measure(const Sight& before, ActionCode action, const Sight& now, const TruthNow& truth, const Look& opening,
              const Frame* main) {
    Drift drift = look_of(now.frame, opening);
    drift.motion = motion(before.frame, now.frame) - opening.motion;
    if (main) drift.main_psnr = psnr(now.frame, *main);
    if (!truth.game) return drift;
    drift.psnr = psnr(now.frame, *truth.frame);
    if (truth.before) drift.moving_psnr = moving_psnr(now.frame, *truth.frame, *truth.before);
    if (std::min(now.frame.width, now.frame.height) >= smallest_for_ssim) drift.ssim = ssim(now.frame, *truth.frame);
    drift.likeness = now.probe.likeness;
    if (auto obeyed = truth.game->obeyed(before.probe, action, now.probe)) drift.obeyed = *obeyed ? 1 : 0;
    const std::size_t found = std::min(truth.probe.objects.size(), now.probe.objects.size());
    for (std::size_t i = 0; i < found; ++i) {
        const auto &real = truth.probe.objects[i], &seen = now.probe.objects[i];
        if (!real && !seen) continue;  // a ball that is out of play in both is where it belongs
        double off =
            real && seen ? std::max(std::abs(real->x - seen->x), std::abs(real->y - seen->y)) : now.frame.width;
        drift.object_error = std::isnan(drift.object_error) ? off : std::max(drift.object_error, off);
    }
    return drift;
}

bool unlike(const Drift& drift) {
    if (!std::isnan(drift.likeness)) return drift.likeness < collapse_likeness;
    // Faint speckle on a flat ground is much sharper than the ground, too, but its colours are the game's.
    const bool blurred = drift.sharpness < 0.4, noisy = drift.sharpness > 2.5 && drift.colours > 0.25;
    return blurred || noisy || drift.colours > 0.75;
}

void Collapse::see(const Drift& drift, std::uint64_t step, int rate) {
    unlike_steps = unlike(drift) ? unlike_steps + 1 : 0;
    if (!since && unlike_steps == static_cast<std::uint64_t>(std::max(rate, 1))) since = step + 1 - unlike_steps;
}

}  // namespace drift
