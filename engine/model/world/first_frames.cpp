#include "model/world/first_frames.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/frame.h"

namespace drift {
namespace {

Frame first_frame(WorldModel& dream, std::size_t opening) {
    History history = dream.openings()[opening];
    dream.begin(history);
    DreamRequest request{&history, dream.info().actions.noop(), dream.info().defaults, opening, 0, 0};
    Frame frame;
    dream.imagine({&request, 1}, {&frame, 1});
    return frame;
}

}  // namespace

double psnr_of_first_frames(WorldModel& dream, WorldModel& reference) {
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min<std::size_t>(4, reference.openings().size()); ++i) {
        const Frame expected = first_frame(reference, i);
        try {
            lowest = std::min(lowest, psnr(first_frame(dream, i), expected));
        } catch (const Error&) {  // not finite: the type's range is too small
            return 0;
        }
    }
    return lowest;
}

}  // namespace drift
