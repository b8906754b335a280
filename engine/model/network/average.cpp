#include "model/network/average.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/error.h"

namespace drift {

InnerModel mean_of(const std::vector<InnerModel>& models, const std::vector<double>& parts) {
    at::NoGradGuard no_grad;
    InnerModel mean(models.front().config);
    const auto sums = named_tensors(mean);
    for (std::size_t i = 0; i < models.size(); ++i) {
        const auto tensors = named_tensors(models[i]);
        for (std::size_t t = 0; t < sums.size(); ++t) {
            auto sum = sums[t].second;
            if (!sum.defined()) continue;
            const bool fixed = sums[t].first.starts_with("noise");
            if (i == 0) fixed ? sum.copy_(tensors[t].second) : sum.copy_(tensors[t].second * parts[i]);
            else if (!fixed) sum.add_(tensors[t].second, parts[i]);
            else if (!at::allclose(sum, tensors[t].second))
                throw Error("expected networks that went on from the same beginning, found others");
        }
    }
    return mean;
}

}  // namespace drift
