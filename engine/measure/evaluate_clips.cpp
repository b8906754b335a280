#include "measure/evaluate_clips.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "measure/picture_measures.h"

namespace drift {
namespace {

struct Stretch {
    const Clip* clip = nullptr;
    std::size_t next = 0;  // the frame to be dreamed next
    Frame start;           // the last real frame that the dream has seen
    History history;
};

// Where a dream of that many steps has all the frames it needs, spread over all clips.
std::vector<Stretch> spread(std::span<const Clip> clips, std::size_t most, std::size_t context, std::size_t steps) {
    std::vector<Stretch> stretches;
    for (const auto& [clip, place] : places_in(clips, most, context + steps)) {
        auto frames = clip->frames.part(place, context);
        auto action = clip->actions.begin() + static_cast<std::ptrdiff_t>(place);
        Frame start = frames.back();
        stretches.push_back({clip,
                             place + context,
                             std::move(start),
                             {std::move(frames), {action, action + static_cast<std::ptrdiff_t>(context) - 1}}});
    }
    return stretches;
}

}  // namespace

Evaluation evaluate_clips(WorldModel& world, std::span<const Clip> clips, const EvaluationOptions& options) {
    const auto context = static_cast<std::size_t>(world.info().context_frames);
    const std::size_t longest = longest_clip(clips);
    Evaluation result;
    result.obeyed = std::numeric_limits<double>::quiet_NaN();
    for (int horizon : rising(options.horizons))
        if (context + static_cast<std::size_t>(horizon) <= longest) result.horizons.push_back(horizon);
    if (result.horizons.empty()) return result;

    const int last = result.horizons.back();
    auto stretches = spread(clips, static_cast<std::size_t>(options.episodes), context, static_cast<std::size_t>(last));
    for (Stretch& stretch : stretches) world.begin(stretch.history);
    std::vector<Frame> dreams(stretches.size());
    for (int step = 1; step <= last; ++step) {
        std::vector<DreamRequest> requests;
        std::vector<Beyond> beyond(stretches.size());
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            requests.push_back({&stretches[i].history, stretches[i].clip->actions[stretches[i].next - 1],
                                options.settings, options.seed + i, static_cast<std::uint64_t>(step), 0});
            requests.back().beyond = &beyond[i];
        }
        world.imagine(requests, dreams);
        const bool measured = std::binary_search(result.horizons.begin(), result.horizons.end(), step);
        std::vector<double> psnrs, copies, moving, copies_moving;
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            Stretch& stretch = stretches[i];
            const std::size_t at = stretch.next++;
            stretch.history.roll(requests[i].action, dreams[i], beyond[i]);
            if (!measured) continue;
            const Frame truth = stretch.clip->frames[at], before = stretch.clip->frames[at - 1];
            psnrs.push_back(psnr(dreams[i], truth)), copies.push_back(psnr(stretch.start, truth));
            moving.push_back(moving_psnr(dreams[i], truth, before));
            copies_moving.push_back(moving_psnr(stretch.start, truth, before));
        }
        if (measured) {
            auto [lo, hi] = bootstrap_interval(psnrs);
            result.psnr.push_back(mean(psnrs)), result.psnr_lo.push_back(lo), result.psnr_hi.push_back(hi);
            result.copy_psnr.push_back(mean(copies));
            result.moving_psnr.push_back(known_mean(moving)), result.copy_moving.push_back(known_mean(copies_moving));
        }
        options.progress(step, last);
    }
    return result;
}

std::vector<Frame> dreamed_along(WorldModel& world, const Clip& clip, const SamplerSettings& settings) {
    const auto context = static_cast<std::size_t>(world.info().context_frames);
    std::vector<Frame> dreamed;
    if (clip.frames.size() <= context) return dreamed;
    History history{clip.frames.part(0, context),
                    {clip.actions.begin(), clip.actions.begin() + static_cast<std::ptrdiff_t>(context) - 1}};
    world.begin(history);
    for (std::size_t i = context; i < clip.frames.size(); ++i) {
        Beyond beyond;
        DreamRequest request{&history, clip.actions[i - 1], settings, 0, i - context + 1, 0};
        request.beyond = &beyond;
        Frame frame;
        world.imagine({&request, 1}, {&frame, 1});
        history.roll(request.action, frame, beyond);
        dreamed.push_back(std::move(frame));
    }
    return dreamed;
}

}  // namespace drift
