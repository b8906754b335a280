#include "model/world/film_shot.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/bytes.h"

namespace drift {

// x is scaled by its own loudness: at sigma 5 most of it lies outside of what a picture can show.
void shoot(Film& film, const std::vector<Frame>& context, const SamplerCall& call, std::int64_t i) {
    auto picture = [](const at::Tensor& t) { return frame_of_bytes(bytes_of_pixels(t.to(at::kCPU).unsqueeze(0))[0]); };
    FilmCall shot;
    shot.sigma = call.sigma;
    shot.x_scale = 1 / std::max(1.0f, 1.5f * call.x[i].square().mean().sqrt().item<float>());
    shot.x = picture((call.x[i] * shot.x_scale).clamp(-1, 1));
    shot.d = picture(call.d[i]);
    // The first call of an upsampler follows one of small frames: it is held against the frame before.
    const bool first = film.calls.empty() || film.calls.back().d.rgb.size() != shot.d.rgb.size();
    const Frame& before = first ? context.back() : film.calls.back().d;
    double sum = 0;
    for (std::size_t k = 0; k < shot.d.rgb.size(); ++k)
        sum += (shot.d.rgb[k] - before.rgb[k]) * (shot.d.rgb[k] - before.rgb[k]);
    shot.change = std::sqrt(sum / static_cast<double>(shot.d.rgb.size()));
    film.calls.push_back(std::move(shot));
}

}  // namespace drift
