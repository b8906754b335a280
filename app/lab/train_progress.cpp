#include "lab/train_progress.h"

#include <fmt/format.h>

#include <cmath>

namespace drift {

void TrainProgress::show(const Trainer& trainer, const TrainReport& report, double part, double left,
                         const std::string& evaluation) {
    for (int band = 0; band < 3; ++band)
        if (!std::isnan(report.band_loss[band]))
            smooth_[band] += (smooth_[band] == 0 ? 1 : 0.02) * (report.band_loss[band] - smooth_[band]);
    frames_ += report.frames;
    auto since = status_.due();
    if (!since) return;
    status_.show(fmt::format("{} step {} k {} {:.0f} samples/s loss {:.3f}/{:.3f}/{:.3f} dream age {:.0f} left {} {}",
                             bar_text(part), trainer.steps_done(), report.k, frames_ / *since, smooth_[0], smooth_[1],
                             smooth_[2], report.dream_age, clock_text(left), evaluation));
    frames_ = 0;
}

}  // namespace drift
