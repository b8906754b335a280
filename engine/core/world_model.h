// The seam between a dream and everything that eats it: what a world is, and one call that imagines the next frame.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/action.h"
#include "core/film.h"
#include "core/frame.h"
#include "core/sampler_settings.h"

namespace drift {

// What a user is told of a loaded world.
struct WorldInfo {
    std::string name;   // folder's name, as `--world` takes it
    std::string title;  // one line for people
    std::string game;   // name in the list of games, empty where there is no truth
    int width = 0, height = 0;
    int rate = 15;  // steps a second
    int context_frames = 4;
    ActionSpace actions;
    SamplerSettings defaults;
    TrainedRanges trained;
    std::string network;  // "U-Net 32/64/64, space-to-depth 2"
    std::int64_t parameters = 0;
    std::string device;   // "CPU (bf16, 2 threads)"
    std::string library;  // what computes, with its version and the CPU's vector code: "LibTorch 2.11.0 (AVX512)"
    int threads = 0;      // that it computes with on the CPU
    std::string weights_hash;
    std::string opening_note = {};      // where the openings are not the game's own: what they are
    int low_width = 0, low_height = 0;  // of the small frames that an upsampler makes the frames from; 0: there is none
    bool rewards = false;               // it says what a step earned and whether the episode ended
    bool policy = false;                // it has a player of its own
    bool recorded = false;              // what stands beside it is recorded play, whose keys can be played
};

// What a world says of a frame besides its picture.
struct Outcome {
    std::int32_t reward = 0;    // -1, 0 or 1: the sign of what the game gave, drawn from what the network holds likely
    bool ended = false;         // the episode, drawn likewise
    double total = 0;           // of the rewards since the opening
    std::vector<float> policy;  // how likely its own player would take each action now; empty where it has none
    float value = 0;            // what that player expects yet to earn
    bool operator==(const Outcome&) const = default;
};

// What imagining a frame gives besides it, empty where the world has no such thing.
struct Beyond {
    Frame low;                  // the small frame that it was made from, where the world has an upsampler
    std::vector<float> memory;  // of the world's recurrent networks, after this frame
    std::optional<Outcome> outcome;
};

// The state of a dream: the last frames as bytes, oldest first, and their actions: actions[i] led from frames[i] to frames[i + 1].
// So there is one action less than frames; the newest is an argument of the step.
struct History {
    std::vector<Frame> frames;
    std::vector<ActionCode> actions;
    std::vector<Frame> low = {};     // as many small frames, where the world has an upsampler
    std::vector<float> memory = {};  // of the newest frame, as in Beyond
    std::optional<Outcome> outcome = {};
    bool operator==(const History&) const = default;

    // Drops the oldest frame and appends the newest, with the action that led to it and what was given besides it.
    void roll(ActionCode action, const Frame& frame, const Beyond& beyond = {});
};

// All that decides the next frame. Equal requests to the same world give equal bytes.
struct DreamRequest {
    const History* history = nullptr;
    ActionCode action = 0;
    SamplerSettings settings;
    std::uint64_t seed = 0;  // with step and lane the key of the noise
    std::uint64_t step = 0;
    std::uint32_t lane = 0;
    // Looked at between network calls, so that quitting does not wait for a slow frame: once asked, imagine may return early with
    // frames that mean nothing.
    std::stop_token stop = {};
    Film* film = nullptr;      // is filled where it is given
    Beyond* beyond = nullptr;  // likewise
};

// Which noise a request draws: of its lane, and of the variation that its settings name.
constexpr std::uint32_t noise_lane(const DreamRequest& request) {
    return request.lane ^ (static_cast<std::uint32_t>(request.settings.noise_variation) << 20);  // lanes are few
}

class WorldModel {
public:
    virtual ~WorldModel() = default;
    virtual const WorldInfo& info() const = 0;
    // Start histories shipped with the world, at least one; context_frames frames each.
    virtual const std::vector<History>& openings() const = 0;
    // Makes a history of pictures and actions one that can be dreamed on from: recurrent networks are burnt in on it, and it gets the small frames
    // that an upsampler wants.
    virtual void begin(History&) {}
    // What it says of a frame besides the picture, as imagine() would, where the frame comes from elsewhere: from the real game. Nothing where it
    // says no more.
    virtual Beyond watch(const DreamRequest& request, const Frame& frame) {
        static_cast<void>(request), static_cast<void>(frame);
        return {};
    }
    // One new frame for each request. All share the network's batch, call by call, whatever their settings: as long as a frame needs
    // calls it takes part. A frame's bytes may depend on what it shares a batch with (sums are rounded in another order), on nothing else.
    // Throws Error where a value that is not finite arises; nothing is changed then.
    virtual void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) = 0;
};

}  // namespace drift
