#include "core/data_set.h"

#include <algorithm>
#include <utility>

namespace drift {
namespace {

// The clip's last `count` frames, which it has no longer. Both have at least one.
Clip cut_tail(Clip& clip, std::size_t count) {
    const auto kept = clip.frames.size() - count;
    Clip tail{clip.name, clip.frames.cut_tail(count), {}, {}};
    tail.actions.assign(clip.actions.begin() + static_cast<std::ptrdiff_t>(kept), clip.actions.end());
    for (int frame : clip.rare)
        if (frame > static_cast<int>(kept)) tail.rare.push_back(frame - static_cast<int>(kept));
    std::erase_if(clip.rare, [&](int frame) { return frame >= static_cast<int>(kept); });
    clip.actions.resize(kept - 1);
    return tail;
}

}  // namespace

void Clip::add(ActionCode action, Frame frame, bool rare_event) {
    if (!frames.empty()) {
        actions.push_back(action);
        if (rare_event) rare.push_back(static_cast<int>(frames.size()));
    }
    frames.push_back(std::move(frame));
}

std::size_t count_frames(std::span<const Clip> clips) {
    std::size_t sum = 0;
    for (const Clip& clip : clips) sum += clip.frames.size();
    return sum;
}

std::size_t longest_clip(std::span<const Clip> clips) {
    std::size_t longest = 0;
    for (const Clip& clip : clips) longest = std::max(longest, clip.frames.size());
    return longest;
}

std::vector<Clip> hold_out(std::vector<Clip>& clips, double share) {
    std::vector<Clip> held;
    auto wanted = static_cast<std::size_t>(share * static_cast<double>(count_frames(clips)));
    while (wanted > 0 && !clips.empty()) {
        if (std::size_t frames = clips.back().frames.size(); frames > wanted) {
            held.push_back(cut_tail(clips.back(), wanted));
            break;
        } else {
            wanted -= frames;
        }
        held.push_back(std::move(clips.back()));
        clips.pop_back();
    }
    return held;
}

std::vector<ClipPlace> places_in(std::span<const Clip> clips, std::size_t most, std::size_t frames) {
    auto places = [&](const Clip& clip) { return clip.frames.size() >= frames ? clip.frames.size() - frames + 1 : 0; };
    std::size_t all = 0;
    for (const Clip& clip : clips) all += places(clip);
    std::vector<ClipPlace> found;
    for (std::size_t i = 0; i < std::min(most, all); ++i) {
        std::size_t place = i * all / std::min(most, all);
        const Clip* clip = clips.data();
        while (place >= places(*clip)) place -= places(*clip++);
        found.push_back({clip, place});
    }
    return found;
}

std::vector<History> openings_of(std::span<const Clip> clips, std::size_t most, int context_frames) {
    const auto context = static_cast<std::size_t>(context_frames);
    std::vector<const Clip*> usable;
    for (const Clip& clip : clips)
        if (clip.frames.size() >= context) usable.push_back(&clip);
    std::vector<History> openings;
    if (usable.empty()) return openings;
    const std::size_t each = (most + usable.size() - 1) / usable.size();
    for (const Clip* clip : usable) {
        const std::size_t starts = clip->frames.size() - context + 1;
        for (std::size_t i = 0; i < std::min(each, starts) && openings.size() < most; ++i) {
            const std::size_t place = i * starts / each;
            const auto action = clip->actions.begin() + static_cast<std::ptrdiff_t>(place);
            openings.push_back({clip->frames.part(place, context), {action, action + context_frames - 1}});
        }
    }
    return openings;
}

}  // namespace drift
