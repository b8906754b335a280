// PyTorch checkpoints (torch.save) as tensors, read without running what is pickled in them.
#pragma once

#include <filesystem>

#include "model/checkpoint/safetensors.h"

namespace drift {

// All tensors of a state dictionary (see pickle.h for its names), on the CPU, in the file's own types; not-finite values are the caller's
// business. Those that share a storage in the file share it here, and are views of it with whatever strides they had. Each storage is read
// once, straight into its place, after the whole file was found sound. Throws Error(file, what was expected and found).
TensorMap read_checkpoint(const std::filesystem::path& file);

}  // namespace drift
