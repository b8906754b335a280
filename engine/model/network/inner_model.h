// The network F of DIAMOND: conditioning, U-Net, and the option to work on 2x2 pixels at a time.
#pragma once

#include "core/action.h"
#include "model/network/unet.h"

namespace drift {

struct NetworkConfig {
    UNetConfig unet;
    int context_frames = 4;     // T
    int context_channels = 12;  // 3 T; an upsampler's is 6
    // The newest so many are seen as they are, with their actions; 0: all T. The older ones are a memory: each is seen as how it differs from the
    // next one. Thirty pictures of what stands still are one picture thirty times, to which every step of the training would answer thirtyfold.
    int recent_frames = 0;
    int num_actions = 0;  // rows of the action embedding; 0: no actions (an upsampler)
    // How these rows divide where the actions are buttons and a mouse (ActionSpace::ones); all 0 where one is taken at a time.
    int buttons = 0, mouse_x = 0, mouse_y = 0;
    bool noise_cond = false;  // has noise_cond_emb
    int space_to_depth = 1;   // 2: pixels are folded by 2x2 before conv_in and unfolded after conv_out
    int moves =
        0;  // r: the network also says from which of the (2r + 1)^2 folded pixels around it each one came; 0: it does not
    int recent() const { return recent_frames > 0 ? recent_frames : context_frames; }
    bool operator==(const NetworkConfig&) const = default;
};

// Sets what the network knows of these actions.
void set_actions(NetworkConfig& config, const ActionSpace& actions);

// cat(cos, sin)(2 pi c w), w [1, C/2] fixed and random: it is part of the weights.
struct FourierFeatures {
    at::Tensor weight;
    FourierFeatures() = default;
    explicit FourierFeatures(int channels);
    at::Tensor operator()(const at::Tensor& c) const;  // [B] -> [B, C]
};

// What the network says: F [B, 3, H, W], and by folded pixel the logits of where it came from, undefined where the network says nothing of it.
struct NetworkOutput {
    at::Tensor f,
        moves;  // moves [B, (2r + 1)^2 + 1, H / fold, W / fold]: row by row, and last that it came from nowhere
};

// The previous frame p [B, 3, H, W] as the network moves it: each folded pixel a mixture of those around it by softmax(moves), and of nothing
// (0), so that what is new is left to F. In the way of Finn et al. 2016 (dynamic neural advection), on folded pixels. fp32.
at::Tensor moved_frame(const at::Tensor& moves, const at::Tensor& p, int fold);

struct InnerModel {
    NetworkConfig config;
    FourierFeatures noise_emb, noise_cond_emb;
    at::Tensor act_emb;  // [actions, cond / recent frames]
    Linear cond_proj0, cond_proj2;
    Conv conv_in, conv_out;
    Linear
        move_proj;  // cond -> moves, the same for all of the picture: most of what moves does so because of an action
    UNet unet;
    GroupNorm norm_out;

    InnerModel() = default;
    explicit InnerModel(const NetworkConfig& config);  // randomly initialised, as the reference does
    at::ScalarType type() const { return norm_out.weight.scalar_type(); }  // of what it computes with

    // act: I64 [B, T] ActionCodes, or [B, T, A] multi-hot of any type, of which the last ones are told; ignored where the network has no
    // actions. -> [B, cond]
    at::Tensor embed_actions(const at::Tensor& act) const;
    // c_noise, c_noise_cond [B], fp32. -> conditioning vector [B, cond]
    at::Tensor condition(const at::Tensor& c_noise, const at::Tensor& c_noise_cond, const at::Tensor& act) const;
    // x [B, context + 3, H, W], already rescaled.
    NetworkOutput forward(const at::Tensor& x, const at::Tensor& cond) const { return forward_folded(folded(x), cond); }
    // In two halves: pictures as the network reads them, folded and in the type of its weights, each channel by itself; and what it makes of them.
    at::Tensor folded(const at::Tensor& pictures) const;
    NetworkOutput forward_folded(const at::Tensor& x, const at::Tensor& cond) const;

    template <class V>
    void visit(V&& v) {
        v("noise_emb.weight", noise_emb.weight);
        if (config.noise_cond) v("noise_cond_emb.weight", noise_cond_emb.weight);
        if (config.num_actions > 0) v("act_emb.0.weight", act_emb);
        cond_proj0.visit("cond_proj.0", v), cond_proj2.visit("cond_proj.2", v);
        conv_in.visit("conv_in", v), unet.visit("unet", v), norm_out.visit("norm_out", v),
            conv_out.visit("conv_out", v);
        if (config.moves > 0) move_proj.visit("move_proj", v);
    }
};

// All tensors by name, in the order of visit(). Fourier weights are included, though they are not learned.
std::vector<std::pair<std::string, at::Tensor>> named_tensors(const InnerModel& model);
// A copy whose tensors are of that type and device (convolutions channels-last where `channels_last`). Gradients flow back through it.
InnerModel cast(const InnerModel& model, at::ScalarType type, at::Device device, bool channels_last);
// The same for inference alone, channels-last, and UNet::make_fast() was called: without gradients, and not to be saved.
InnerModel cast_for_inference(const InnerModel& model, at::ScalarType type, at::Device device);
std::int64_t count_parameters(const InnerModel& model);

}  // namespace drift
