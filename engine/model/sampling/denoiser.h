// The inner seam: one call of the network that turns a noisy frame and its context into a clean one.
#pragma once

#include <span>

#include "model/network/inner_model.h"
#include "model/sampling/precondition.h"

namespace drift {

// What one frame is sampled under. All on the denoiser's device, fp32 in [-1, 1].
struct Conditioning {
    at::Tensor context;    // [B, 3 T, H, W], oldest frame first
    at::Tensor actions;    // as InnerModel::embed_actions takes them; may be undefined
    at::Tensor previous;   // p [B, 3, H, W]: the newest context frame, never noised
    at::Tensor idle = {};  // as `actions`, the newest of them left out; undefined where nothing is guided by them
};

// How noisy a sample is, and its context (0: not at all).
struct NoiseLevel {
    float sigma = 0, sigma_cond = 0;
};

// What the network makes of x, fp32: F, the frame b that D is predicted around, and the moves by which b came from the previous frame, as
// InnerModel gives them (each undefined where there is none).
struct Prediction {
    at::Tensor f, base, moves;
};
// The context as the network reads it: rescaled and folded. All denoising steps of a frame share it.
at::Tensor folded_context(const InnerModel& model, const Preconditioning& p, const at::Tensor& context);
// c_in [B, 1, 1, 1]; cond as InnerModel::condition makes it; context as folded_context() does.
Prediction predict(const InnerModel& model, const Preconditioning& p, const at::Tensor& x, const at::Tensor& c_in,
                   const at::Tensor& cond, const at::Tensor& context, const at::Tensor& previous);

class Denoiser {
public:
    virtual ~Denoiser() = default;
    // x [B, 3, H, W], the level of each of its B samples -> D before clamping and quantising, fp32.
    virtual at::Tensor denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                               const Conditioning& given) const = 0;
    virtual Preconditioning::Rounding rounding() const = 0;
};

class NetworkDenoiser : public Denoiser {
public:
    // `model` as cast() made it for its device.
    NetworkDenoiser(InnerModel model, const Preconditioning& preconditioning)
        : model_(std::move(model)), preconditioning_(preconditioning) {}

    Prediction predicted(const at::Tensor& x, std::span<const NoiseLevel> levels, const Conditioning& given) const;
    // denoise() in two halves, of which the second neither reads nor waits for the host: c_in, c_skip, c_out, c_noise and that of the context's
    // noise as rows [5, B] on x's device, and what the network makes of them.
    at::Tensor coefficients_of(const at::Tensor& x, std::span<const NoiseLevel> levels) const;
    at::Tensor denoise_with(const at::Tensor& x, const at::Tensor& coefficients, const Conditioning& given) const;
    at::Tensor denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                       const Conditioning& given) const override;
    Preconditioning::Rounding rounding() const override { return preconditioning_.rounding; }
    const InnerModel& model() const { return model_; }

private:
    Prediction predicted_with(const at::Tensor& x, const at::Tensor& coefficients, const Conditioning& given) const;
    at::Tensor folded(const at::Tensor& context) const;
    InnerModel model_;
    Preconditioning preconditioning_;
    mutable at::Tensor context_, folded_;  // the one of the step before, and what the network reads of it
};

}  // namespace drift
