// The tensors that the pickle of a torch.save checkpoint describes, by name. Nothing in it is run: see pickle_machine.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "formats/checkpoint/pickle_machine.h"

namespace drift {

struct PickledTensor {
    std::string name;                          // UTF-8 without control characters; each once
    std::size_t storage;                       // which of PickledTensors::storages; its type is the tensor's
    std::vector<std::int64_t> shape, strides;  // in elements, as is the offset; the view lies inside the storage
    std::int64_t offset;
};

struct PickledTensors {
    std::vector<PickledStorage> storages;
    std::vector<PickledTensor> tensors;
    std::size_t pickle_end = 0;  // bytes up to the pickle's STOP
};

// A state dictionary: texts to tensors, possibly in dictionaries of their own, whose names then stand before, with a dot. Of an outer dictionary
// without tensors of its own that holds one as "state_dict", "model", "agent" or the like, this one is taken ("model" before "ema"), and what lies
// beside it is passed over unread, as are values that are no tensors. Throws Error naming `file` where no tensor is left, and what was found
// instead.
PickledTensors read_tensor_pickle(std::string_view bytes, const std::filesystem::path& file);

}  // namespace drift
