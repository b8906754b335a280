// The line that a training keeps up to date while it runs.
#pragma once

#include <string>

#include "lab/long_run.h"
#include "train/trainer.h"

namespace drift {

class TrainProgress {
public:
    // part: of the run that is done, 0 to 1; left: seconds; evaluation: the last one, in words.
    void show(const Trainer& trainer, const TrainReport& report, double part, double left,
              const std::string& evaluation);
    void end() const { status_.end(); }

private:
    StatusLine status_;
    int frames_ = 0;
    double smooth_[3] = {};
};

}  // namespace drift
