// PyTorch checkpoints (torch.save) as tensors, read without running what is pickled in them.
#pragma once

#include <filesystem>

#include "model/checkpoint/safetensors.h"

namespace drift {

// All tensors of a state dictionary (see pickle.h for its names), on the CPU, in the file's own types; not-finite values are the caller's
// business. Those that share a storage in the file share it here, and are views of it with whatever strides they had. Each storage is read
// once, straight into its place, after the whole file was found sound. Throws Error(file, what was expected and found).
TensorMap read_checkpoint(const std::filesystem::path& file);

// A file of weights, whatever it is called: of torch.save or in safetensors, as its first bytes say. Throws Error as these do.
TensorMap read_tensors(const std::filesystem::path& file);
// Does it begin as one of them? False where it cannot be read.
bool holds_tensors(const std::filesystem::path& file);
// Names without what trainings put into them: "module." and "_orig_mod." of parallel and compiled modules, wherever they stand as a part of a
// name. Throws Error where two names become one.
TensorMap with_plain_names(TensorMap tensors, const std::filesystem::path& file);

}  // namespace drift
