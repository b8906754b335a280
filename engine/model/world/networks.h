// All networks of a world, in fp32 on the CPU, and how they come out of a checkpoint's tensors.
#pragma once

#include <optional>

#include "model/network/inner_model.h"
#include "model/network/recurrent.h"
#include "model/sampling/precondition.h"

namespace drift {

// A worse network to guide by, of the same frames and actions.
struct Guiding {
    InnerModel model;
    Preconditioning preconditioning;
};

struct Networks {
    InnerModel model;  // of the frames, or of the small ones that the upsampler takes
    std::optional<InnerModel> upsampler;
    std::optional<RewardEnd> reward_end;
    std::optional<ActorCritic> policy;
    std::optional<Guiding> guide = {};
};

// DIAMOND's, built as the tensors say; those of no network ("..._target") are left in `weights`. A reward model or a policy that is made for
// frames of another size is left out, which `note` says. Width 0: that of the reward model's frames, or else CSGO's
// where there is an upsampler, Atari's where there is none. Throws Error naming the file and
// ALL tensors of a network that do not fit.
Networks networks_of(TensorMap& weights, int& width, int& height, std::string& note, const std::filesystem::path& file);

}  // namespace drift
