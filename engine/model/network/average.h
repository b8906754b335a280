// The mean of networks that went on from one beginning.
#pragma once

#include <vector>

#include "model/network/inner_model.h"

namespace drift {

// Number by number, in fp32, each with its part; the parts add up to 1. Throws Error where what no training changes differs: then these are
// networks of different beginnings, whose numbers mean other things.
InnerModel mean_of(const std::vector<InnerModel>& models, const std::vector<double>& parts);

}  // namespace drift
