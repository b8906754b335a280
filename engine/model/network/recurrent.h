// What DIAMOND's Atari worlds have beside the picture: a network that says what a step earned and whether the episode ended, and a player of
// its own. Both remember by an LSTM; their sizes are those of their tensors.
#pragma once

#include "model/checkpoint/safetensors.h"
#include "model/network/layers.h"

namespace drift {

// h and c of an LSTM, [B, L] each.
struct Recurrent {
    at::Tensor h, c;
};

// torch.nn.LSTMCell: gates in the order i, f, g, o; both biases are added.
struct LstmCell {
    at::Tensor weight_ih, weight_hh, bias_ih, bias_hh;
    LstmCell() = default;
    LstmCell(int in, int size);  // without values
    Recurrent operator()(const at::Tensor& x, const Recurrent& before) const;
    int size() const { return static_cast<int>(weight_hh.size(1)); }
    template <class V>
    void visit(const std::string& name, const char* suffix, V&& v) {
        v(name + ".weight_ih" + suffix, weight_ih), v(name + ".weight_hh" + suffix, weight_hh);
        v(name + ".bias_ih" + suffix, bias_ih), v(name + ".bias_hh" + suffix, bias_hh);
    }
};

// rew_end_model of the reference: two frames and the action between them.
struct RewardEnd {
    at::Tensor act_emb;  // [actions, cond]
    Conv conv_in;
    std::vector<ResBlocks> blocks;  // of each level, and a last pair with attention
    std::vector<Conv> downsamples;  // index 0 is an identity without tensors
    LstmCell lstm;
    Linear head0, head2;  // head2 has no bias

    struct Said {
        at::Tensor reward, end;  // logits [B, 3] of -1, 0 and 1; [B, 2] of going on and ending
        Recurrent memory;
    };
    // Frames [B, 3, H, W], H = W and divisible by all the halvings, before and after an action [B] (I64).
    Said operator()(const at::Tensor& before, const at::Tensor& after, const at::Tensor& action,
                    const Recurrent& memory) const;
    at::Tensor encode(const at::Tensor& before, const at::Tensor& after, const at::Tensor& action) const;
    // Can it look at frames of this size?
    bool fits(int width, int height) const;

    template <class V>
    void visit(V&& v) {
        v("act_emb.weight", act_emb), conv_in.visit("encoder.conv_in", v);
        for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].visit("encoder.blocks." + std::to_string(i), v);
        for (std::size_t i = 1; i < downsamples.size(); ++i)
            downsamples[i].visit("encoder.downsamples." + std::to_string(i) + ".conv", v);
        lstm.visit("lstm", "_l0", v);
        head0.visit("head.0", v), v("head.2.weight", head2.weight);
    }
};

// actor_critic of the reference: the newest frame -> what to do, and what there is yet to be earned.
struct ActorCritic {
    struct Level {
        GroupNorm norm;
        Conv conv;
        bool has_projection = false, halves = false;  // halves: a 2x2 max pool follows
        Conv projection;
        int index = 0;  // in the checkpoint, where pools count too
    };
    Conv conv_in;
    std::vector<Level> levels;
    LstmCell lstm;
    Linear actor, critic;

    struct Said {
        at::Tensor actions, value;  // logits [B, A]; [B]
        Recurrent memory;
    };
    Said operator()(const at::Tensor& frame, const Recurrent& memory) const;  // [B, 3, H, W]
    at::Tensor encode(const at::Tensor& frame) const;
    bool fits(int width, int height) const;

    template <class V>
    void visit(V&& v) {
        conv_in.visit("encoder.encoder.0", v);
        for (Level& level : levels) {
            std::string name = "encoder.encoder." + std::to_string(level.index);
            if (level.has_projection) level.projection.visit(name + ".skip_projection", v);
            level.norm.visit(name + ".f.0", v), level.conv.visit(name + ".f.2", v);
        }
        lstm.visit("lstm", "", v);
        actor.visit("actor_linear", v), critic.visit("critic_linear", v);
    }
};

// Built as the tensors under `prefix` ("rew_end_model.") say and filled with them, fp32. They are taken out of `weights`. Throws Error where
// they make no such network; `file` names the culprit. Which of the policy's levels halve shows in the numbering, but for the last one's: it
// follows from how many features the LSTM takes of frames of that height and width.
RewardEnd reward_end_of(TensorMap& weights, const std::string& prefix, const std::filesystem::path& file);
ActorCritic actor_critic_of(TensorMap& weights, const std::string& prefix, int width, int height,
                            const std::filesystem::path& file);

}  // namespace drift
