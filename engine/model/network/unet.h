// DIAMOND's U-Net: levels of ResBlocks with skips, a middle with attention.
#pragma once

#include <functional>
#include <optional>

#include "model/network/layers.h"

namespace drift {

// What a description of a network may say; more is a mistake, and would ask for any amount of memory.
struct UNetLimits {
    static constexpr int levels = 8, channels = 4096, depth = 16;
};

struct UNetConfig {
    int cond_channels = 256;
    std::vector<int> channels{64, 64, 64, 64};  // of each level
    std::vector<int> depths{2, 2, 2, 2};        // ResBlocks of each level
    std::vector<bool> attention{false, false, false, false};
    bool operator==(const UNetConfig&) const = default;
};

struct UNet {
    std::vector<ResBlocks> down, up;  // up[0] is the deepest, as in the checkpoints
    ResBlocks middle;
    std::vector<Conv> downsamples, upsamples;  // index 0 is an identity without tensors
    Linear conditioning;  // once make_fast() was called: the linear layers of all AdaGroupNorms in one

    UNet() = default;
    explicit UNet(const UNetConfig& config);

    // Hears every block's output by its name: "down_L_0" is level L's input after downsampling, "down_L_k" its k-th ResBlock,
    // "mid_k", "up_U_0" after upsampling, "up_U_k"; U = 0 is the deepest.
    using Hook = std::function<void(const std::string&, const at::Tensor&)>;
    // x [B, channels[0], H, W] of any size (padded on the right and bottom, cropped at the end), cond [B, cond_channels].
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& cond, const Hook& hook = {}) const;

    // For inference: convolutions that may go a faster way with pictures of that type (Conv::make_fast; none: as they are), and one product for
    // all that the conditioning vector says.
    void make_fast(std::optional<at::ScalarType> pictures);

    template <class V>
    void visit(const std::string& name, V&& v) {
        auto each = [&](std::vector<ResBlocks>& list, const char* part) {
            for (std::size_t i = 0; i < list.size(); ++i) list[i].visit(name + part + std::to_string(i), v);
        };
        auto resamplers = [&](std::vector<Conv>& list, const char* part) {
            for (std::size_t i = 1; i < list.size(); ++i) list[i].visit(name + part + std::to_string(i) + ".conv", v);
        };
        each(down, ".d_blocks."), middle.visit(name + ".mid_blocks", v), each(up, ".u_blocks.");
        resamplers(downsamples, ".downsamples."), resamplers(upsamples, ".upsamples.");
        if (conditioning) conditioning.visit(name + ".conditioning", v);
    }
};

}  // namespace drift
