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

// An object that comes into sight again after fewer frames was hidden by another; after more it is sent out anew. When and where that happens is
// often chance, or hangs on what is not in the picture: a dream in which it is as seldom as in the game waits for it for ever.
constexpr int long_unseen = 5;
constexpr std::size_t most_looked_at = 200'000;  // frames, to learn where that is

// A byte each where that is enough: then an older training's hash is the same.
std::vector<std::uint8_t> bytes_of(const std::vector<ActionCode>& actions) {
    const bool small = std::all_of(actions.begin(), actions.end(), [](ActionCode code) { return code < most_actions; });
    std::vector<std::uint8_t> bytes(actions.size() * (small ? 1 : sizeof(ActionCode)));
    if (small) std::copy(actions.begin(), actions.end(), bytes.begin());
    else std::memcpy(bytes.data(), actions.data(), bytes.size());
    return bytes;
}

using Entrances = std::vector<std::vector<Point>>;

class Stretch : public Episode {
public:
    Stretch(std::shared_ptr<const std::vector<Clip>> clips, const Clip& clip, int first, int frames,
            RecordedSource::Look look, std::shared_ptr<const Entrances> entrances)
        : clips_(std::move(clips)),
          clip_(clip),
          first_(first),
          frames_(frames),
          look_(std::move(look)),
          entrances_(std::move(entrances)) {}
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
    Entrances entrances() const override { return *entrances_; }

private:
    Frame frame(int i) const { return clip_.frames[static_cast<std::size_t>(first_ + i)]; }
    std::shared_ptr<const std::vector<Clip>> clips_;  // keeps the clip
    const Clip& clip_;
    int first_, frames_;
    RecordedSource::Look look_;
    std::shared_ptr<const Entrances> entrances_;
};

// An object comes into sight, after so many frames in which it was not to be seen: many, where it has not been seen since the beginning.
struct Appearance {
    int frame;
    std::size_t object;
    Point at;
    int unseen;
};

std::vector<Appearance> appearances(int frames, const std::function<std::vector<std::optional<Point>>(int)>& objects) {
    std::vector<Appearance> all;
    std::vector<int> unseen;
    for (int i = 0; i < frames; ++i) {
        const auto now = objects(i);
        unseen.resize(now.size(), long_unseen);
        for (std::size_t o = 0; o < now.size(); ++o) {
            if (i > 0 && now[o] && unseen[o] > 0) all.push_back({i, o, *now[o], unseen[o]});
            unseen[o] = now[o] ? 0 : unseen[o] + 1;
        }
        if (now.empty()) break;
    }
    return all;
}

// The places where most come into sight, one by one: each that has a part of all within a few pixels.
std::vector<Point> crowded(std::vector<Point> places) {
    constexpr float near = 2.5f;  // pixels
    const std::size_t enough = std::max<std::size_t>(2, places.size() / 50);
    std::vector<Point> found;
    auto beside = [](const Point& a) {
        return [a](const Point& b) { return std::abs(a.x - b.x) <= near && std::abs(a.y - b.y) <= near; };
    };
    while (found.size() < most_entrances && !places.empty()) {
        std::size_t most = 0;
        Point best;
        for (const Point& place : places)
            if (const auto count = static_cast<std::size_t>(std::count_if(places.begin(), places.end(), beside(place)));
                count > most)
                most = count, best = place;
        if (most < enough) break;
        found.push_back(best);
        std::erase_if(places, beside(best));
    }
    return found;
}

Entrances entrances_of(const std::vector<Clip>& clips, const RecordedSource::Look& look) {
    std::vector<std::vector<Point>> places;
    std::size_t seen = 0;
    for (const Clip& clip : clips) {
        if (!look || (seen += clip.frames.size()) > most_looked_at) break;
        for (const Appearance& a : appearances(static_cast<int>(clip.frames.size()), [&](int i) {
                 return look(clip.frames[static_cast<std::size_t>(i)]).objects;
             })) {
            places.resize(std::max(places.size(), a.object + 1));
            if (a.unseen >= long_unseen) places[a.object].push_back(a.at);
        }
    }
    Entrances all;
    for (auto& each : places) all.push_back(crowded(std::move(each)));
    return all;
}

}  // namespace

RecordedSource::RecordedSource(std::shared_ptr<const std::vector<Clip>> clips, int width, int height, Look look)
    : clips_(std::move(clips)),
      width_(width),
      height_(height),
      look_(std::move(look)),
      entrances_(std::make_shared<Entrances>(entrances_of(*clips_, look_))) {}

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
        set.episodes.push_back(std::make_shared<Stretch>(clips_, *clip, first, end - first, look_, entrances_));
        const Episode& played = *set.episodes.back();
        // Where an object is sent out, that very frame decides: those after it see it in their context.
        for (const Appearance& a : appearances(played.frames(), [&](int i) { return played.objects(i); }))
            if (a.unseen < long_unseen) set.rare[2].push_back({e, a.frame});
            else set.rare[3].push_back({e, a.frame, 0});
    }
    return set;
}

}  // namespace drift
