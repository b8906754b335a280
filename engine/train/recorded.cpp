#include "train/recorded.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "core/error.h"
#include "core/noise.h"

namespace drift {
namespace {

// A dream that is further off than the truth's own frame of half a second ago, and plainly off, has lost it. Where the objects are not
// known, one that stands elsewhere costs about what its moving costs.
constexpr int frames_ago = 8;
constexpr double plainly_off = 30;  // dB
// More than this is told apart by some of its frames and all of its actions: to read it all takes too long.
constexpr std::size_t most_hashed = std::size_t{1} << 30, frames_hashed = 1024;  // bytes; frames

// A byte each where that is enough: then an older training's hash is the same.
std::vector<std::uint8_t> bytes_of(const std::vector<ActionCode>& actions) {
    const bool small = std::all_of(actions.begin(), actions.end(), [](ActionCode code) { return code < most_actions; });
    std::vector<std::uint8_t> bytes(actions.size() * (small ? 1 : sizeof(ActionCode)));
    if (small) std::copy(actions.begin(), actions.end(), bytes.begin());
    else std::memcpy(bytes.data(), actions.data(), bytes.size());
    return bytes;
}

class Stretch : public Episode {
public:
    Stretch(std::shared_ptr<const std::vector<Clip>> clips, const Clip& clip, int first, int frames,
            RecordedSource::Look look)
        : clips_(std::move(clips)), clip_(clip), first_(first), frames_(frames), look_(std::move(look)) {}
    int frames() const override { return frames_; }
    ActionCode action(int i) const override { return clip_.actions[static_cast<std::size_t>(first_ + i)]; }
    void draw(int i, Frame& into) const override { into = frame(i); }
    bool follows(int i, const Frame& dreamed) const override {
        return psnr(dreamed, frame(i)) >= std::min(plainly_off, psnr(frame(std::max(0, i - frames_ago)), frame(i))) &&
               (!look_ || follows_truth(look_(dreamed), look_(frame(i))));
    }
    std::vector<std::optional<Point>> objects(int i) const override {
        return look_ ? look_(frame(i)).objects : std::vector<std::optional<Point>>();
    }

private:
    Frame frame(int i) const { return clip_.frames[static_cast<std::size_t>(first_ + i)]; }
    std::shared_ptr<const std::vector<Clip>> clips_;  // keeps the clip
    const Clip& clip_;
    int first_, frames_;
    RecordedSource::Look look_;
};

// Frames in which an object is seen that was not to be seen in the one before. When that happens is often chance, or hangs on what is not in the
// picture: a dream in which it is as seldom as in the game waits for it for ever.
std::vector<int> appearances(const Episode& episode) {
    std::vector<int> frames;
    auto before = episode.objects(0);
    for (int i = 1; !before.empty() && i < episode.frames(); ++i) {
        auto now = episode.objects(i);
        bool appears = false;
        for (std::size_t k = 0; k < now.size(); ++k) appears |= now[k] && !before[k];
        if (appears) frames.push_back(i);
        before = std::move(now);
    }
    return frames;
}

}  // namespace

RecordedSource::RecordedSource(std::shared_ptr<const std::vector<Clip>> clips, int width, int height, Look look)
    : clips_(std::move(clips)), width_(width), height_(height), look_(std::move(look)) {}

std::string RecordedSource::name() const {
    const std::size_t all = count_frames(*clips_),
                      bytes = all * static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 3,
                      every = bytes <= most_hashed ? 1 : std::max<std::size_t>(1, all / frames_hashed);
    XXH64_hash_t hash = 0;
    std::size_t place = 0;
    for (const Clip& clip : *clips_) {
        for (std::size_t i = 0; i < clip.frames.size(); ++i, ++place)
            if (place % every == 0) {
                const Frame frame = clip.frames[i];
                hash = XXH3_64bits_withSeed(frame.rgb.data(), frame.rgb.size(), hash);
            }
        const std::vector<std::uint8_t> bytes = bytes_of(clip.actions);
        hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), hash);
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return std::string("data ") + text;
}

EpisodeSet RecordedSource::draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const {
    std::size_t usable = 0;
    for (const Clip& clip : *clips_)
        if (static_cast<int>(clip.frames.size()) >= shortest) usable += clip.frames.size();
    if (usable == 0)
        throw Error("training: expected at least one episode of " + std::to_string(shortest) +
                    " frames or more, found none longer than " + std::to_string(longest_clip(*clips_)));
    EpisodeSet set;
    for (int e = 0; e < episodes; ++e) {
        std::size_t place =
            random_bits({seed, part, static_cast<std::uint32_t>(e)}, draw_index(Draw::data, 10), 0) % usable;
        const Clip* clip = nullptr;
        for (const Clip& candidate : *clips_) {
            if (static_cast<int>(candidate.frames.size()) < shortest) continue;
            clip = &candidate;
            if (place < candidate.frames.size()) break;
            place -= candidate.frames.size();
        }
        // The drawn place in the middle, and shorter at a clip's ends: in whole stretches these would be seldom seen.
        const int all = static_cast<int>(clip->frames.size()), middle = static_cast<int>(place);
        int first = std::max(0, middle - length / 2), end = std::min(all, middle + length / 2 + 1);
        if (end - first < shortest) {
            first = std::clamp(middle - shortest / 2, 0, all - shortest);
            end = first + shortest;
        }
        for (int frame : clip->rare)
            if (frame > first && frame < end) set.rare[1].push_back({e, frame - first});
        set.episodes.push_back(std::make_shared<Stretch>(clips_, *clip, first, end - first, look_));
        for (int frame : appearances(*set.episodes.back())) set.rare[2].push_back({e, frame});
    }
    return set;
}

}  // namespace drift
