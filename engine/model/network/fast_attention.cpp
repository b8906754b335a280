#include "model/network/fast_attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "kernels/cpu/cpu_kernels.h"
#include "model/network/numbers.h"

namespace drift {

at::Tensor attention_of_heads(const at::Tensor& given) {
    const auto qkv = given.contiguous(at::MemoryFormat::ChannelsLast);
    const std::int64_t channels = qkv.size(1) / 3, pixels = qkv.size(2) * qkv.size(3),
                       heads = channels / kernels::head_channels,
                       grain = std::max<std::int64_t>(1, 16384 / (pixels * pixels));  // heads that are worth a thread
    auto y =
        at::empty({qkv.size(0), channels, qkv.size(2), qkv.size(3)}, qkv.options(), at::MemoryFormat::ChannelsLast);
    const auto& kernel = kernels::cpu_kernels()->attention;
    by_type(qkv, [&](auto type) {
        using T = decltype(type);
        at::parallel_for(0, qkv.size(0) * heads, grain, [&](std::int64_t first, std::int64_t last) {
            of_type<T>(kernel.heads, kernel.heads16)({pixels, heads}, numbers<const T>(qkv), numbers<T>(y), first,
                                                     last);
        });
    });
    return y;
}

}  // namespace drift
