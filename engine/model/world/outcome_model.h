// What a world says beside the picture, with the networks that say it: reward, end, and what its own player would do.
#pragma once

#include <optional>
#include <span>

#include "core/world_model.h"
#include "model/network/recurrent.h"

namespace drift {

class OutcomeModel {
public:
    OutcomeModel() = default;
    // Moved to that device; they stay fp32.
    OutcomeModel(std::optional<RewardEnd> reward_end, std::optional<ActorCritic> policy, at::Device device);

    bool rewards() const { return reward_end_.has_value(); }
    bool policy() const { return policy_.has_value(); }
    bool empty() const { return !rewards() && !policy(); }

    // Burns in from nothing: the reward model on the transitions of the context, the player on its frames, as the reference does at a reset.
    void begin(History& history) const;
    // Of the frames that these requests led to. Fills memory and outcome of each request that has a place for it.
    void look(std::span<const DreamRequest> requests, std::span<const Frame> frames) const;

private:
    struct Memory {
        Recurrent reward_end, policy;
    };
    Memory unpacked(std::span<const History* const> histories) const;
    std::vector<float> packed(const Memory& memory, std::int64_t sample) const;
    at::Tensor pixels(const Frame& frame) const;

    std::optional<RewardEnd> reward_end_;
    std::optional<ActorCritic> policy_;
    at::Device device_ = at::kCPU;
};

}  // namespace drift
