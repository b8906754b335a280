// DIAMOND's loss on one segment: the frame after the context is learned, then replaced in the context by the network's own.
#pragma once

#include <array>

#include "train/episode_source.h"
#include "train/recipe.h"

namespace drift {

inline constexpr std::array<float, 2> sigma_bands{0.3f,
                                                  2.0f};  // below, between, above: as the progress line shows the loss

// x_sigma = x0 + sigma e, e = n + min(1, sigma_ref / sigma) (p - x0) / sigma_ref with sigma_ref the default sigma_max: at sigma_ref this is
// exactly p + sigma_ref n, and below it lies on the straight line that an Euler step follows. x0, p, n [B, 3, H, W]; sigma [B, 1, 1, 1].
at::Tensor noised_toward_previous(const at::Tensor& x0, const at::Tensor& p, const at::Tensor& n,
                                  const at::Tensor& sigma);

// Puts the sampler's start in the place of start_share of the samples: x [B, 3, H, W] becomes noise that holds nothing of the target, sigma [B]
// log-uniform around the schedules' first level. DIAMOND's start at sigma 5 is noise of standard deviation 1, a fifth of it: here 0 to two fifths.
void put_starts(const TrainingRecipe& recipe, at::Tensor& sigma, at::Tensor& x);

struct SegmentLoss {
    at::Tensor total;    // scalar with gradient: mean over the k + 1 frames
    at::Tensor by_band;  // fp32 [3, 2]: sum and count of the unweighted squared error of F per band of sigma
};

// `model` as cast for the device. Random numbers come from LibTorch's default generator of the device, seeded by the caller for each step;
// nothing waits for the device.
SegmentLoss segment_loss(const InnerModel& model, const TrainingRecipe& recipe, const Batch& batch, at::Device device);

}  // namespace drift
