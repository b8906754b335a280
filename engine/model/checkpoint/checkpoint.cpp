#include "model/checkpoint/checkpoint.h"

#include <ATen/ATen.h>

#include "core/error.h"
#include "formats/checkpoint/checkpoint_file.h"

namespace drift {
namespace {

at::ScalarType scalar_type(ElementType type) {
    switch (type) {
        case ElementType::f64: return at::kDouble;
        case ElementType::f32: return at::kFloat;
        case ElementType::f16: return at::kHalf;
        case ElementType::bf16: return at::kBFloat16;
        case ElementType::i64: return at::kLong;
        case ElementType::i32: return at::kInt;
        case ElementType::i16: return at::kShort;
        case ElementType::i8: return at::kChar;
        case ElementType::u8: return at::kByte;
        case ElementType::boolean: return at::kBool;
    }
    return at::kFloat;
}

}  // namespace

TensorMap read_checkpoint(const std::filesystem::path& path) {
    CheckpointFile file(path);
    const PickledTensors& contents = file.contents();
    std::vector<at::Tensor> storages(contents.storages.size());  // each flat, made when its first tensor comes
    TensorMap tensors;
    for (const PickledTensor& tensor : contents.tensors) {
        at::Tensor& storage = storages[tensor.storage];
        const PickledStorage& found = contents.storages[tensor.storage];
        try {
            if (!storage.defined()) {
                storage = at::empty({static_cast<std::int64_t>(found.elements)},
                                    at::TensorOptions().dtype(scalar_type(found.type)));
                file.read_storage(tensor.storage, storage.data_ptr());
            }
            tensors.emplace(tensor.name, storage.as_strided(tensor.shape, tensor.strides, tensor.offset));
        } catch (const c10::Error&) {
            throw Error(path, "no memory for " + shown_name(tensor.name) + ", " +
                                  std::to_string(file.storage_bytes(tensor.storage)) + " bytes");
        }
    }
    return tensors;
}

}  // namespace drift
