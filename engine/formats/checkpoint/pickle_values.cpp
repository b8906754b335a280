#include "formats/checkpoint/pickle_values.h"

#include <algorithm>

namespace drift {
namespace {

// A view with stride 0 may have more elements than its storage, up to so many: a few bytes must not grow into terabytes where someone copies it.
constexpr std::uint64_t most_expanded = 1u << 16;

}  // namespace

std::size_t element_size(ElementType type) {
    constexpr std::size_t sizes[] = {8, 4, 2, 2, 8, 4, 2, 1, 1, 1};
    return sizes[static_cast<std::size_t>(type)];
}

const char* element_name(ElementType type) {
    constexpr const char* names[] = {"float64", "float32", "float16", "bfloat16", "int64",
                                     "int32",   "int16",   "int8",    "uint8",    "bool"};
    return names[static_cast<std::size_t>(type)];
}

const char* kind_name(PickledValue::Kind kind) {
    constexpr const char* names[] = {"None",          "a truth value", "a number",  "a number of more than 64 bits",
                                     "a number",      "a text",        "a tuple",   "a list",
                                     "a dictionary",  "a function",    "a storage", "a tensor",
                                     "another object"};
    return names[static_cast<std::size_t>(kind)];
}

std::string fault_of(const PickledView& view, const PickledStorage& storage) {
    const std::string beyond =
        "a tensor that reaches beyond the " + std::to_string(storage.elements) + " elements of storage " + storage.key;
    if (view.offset < 0) return "a tensor with the offset " + std::to_string(view.offset);
    // Extents of zero count as one in the product, because strides multiply the rest.
    std::uint64_t elements = 1, last = static_cast<std::uint64_t>(view.offset);
    bool empty = false;
    for (std::uint32_t i = 0; i < view.dimensions; ++i) {
        if (view.shape[i] < 0 || view.strides[i] < 0) return "a tensor with a negative extent or stride";
        std::uint64_t extent = static_cast<std::uint64_t>(view.shape[i]), steps = extent > 0 ? extent - 1 : 0, way = 0;
        empty = empty || extent == 0;
        if (__builtin_mul_overflow(elements, std::max<std::uint64_t>(extent, 1), &elements) || elements > INT64_MAX)
            return "a tensor of more elements than 63 bits count";
        if (__builtin_mul_overflow(steps, static_cast<std::uint64_t>(view.strides[i]), &way) ||
            __builtin_add_overflow(last, way, &last))
            return beyond;
    }
    if (empty ? static_cast<std::uint64_t>(view.offset) > storage.elements : last >= storage.elements) return beyond;
    if (!empty && elements > std::max(storage.elements, most_expanded))
        return "a tensor of " + std::to_string(elements) + " elements in a storage of " +
               std::to_string(storage.elements);
    return {};
}

}  // namespace drift
