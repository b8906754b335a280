// A set of reference data says itself what its networks were trained with.
#include "golden_set.h"

#include <gtest/gtest.h>

#include <fstream>

#include "model/sampling/denoiser.h"
#include "scratch_folder.h"

namespace drift::golden {
namespace {

TEST(GoldenSet, TakesThePreconditioningFromItsOwnFiles) {
    ScratchFolder folder;
    std::ofstream(folder / "cases.json") << R"({"facts": {"branch": "atari", "sigma_data": 0.4}, "cases": []})";
    EXPECT_FLOAT_EQ(Set(folder.path()).preconditioning().sigma_data, 0.4f);
    EXPECT_FLOAT_EQ(Set(folder.path()).preconditioning().sigma_offset, 0.3f);
    std::ofstream(folder / "config.yaml") << "denoiser:\n  sigma_data: 0.6\n  sigma_offset_noise: 0.2\nupsampler:\n  "
                                             "sigma_data: 0.7\n  sigma_offset_noise: 0.15\n";
    EXPECT_FLOAT_EQ(Set(folder.path()).preconditioning().sigma_data, 0.6f);
    EXPECT_FLOAT_EQ(Set(folder.path()).preconditioning().sigma_offset, 0.2f);
    EXPECT_FLOAT_EQ(Set(folder.path()).preconditioning("upsampler").sigma_data, 0.7f);
}

}  // namespace
}  // namespace drift::golden
