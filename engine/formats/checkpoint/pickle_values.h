// What a pickle of tensors describes: plain values, each referred to by its number.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

// Little-endian elements, as torch stores them.
enum class ElementType : std::uint8_t { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };
std::size_t element_size(ElementType type);  // bytes
const char* element_name(ElementType type);  // as torch calls it: "float32"

// A run of elements in the checkpoint, by the name it has there.
struct PickledStorage {
    std::string key;  // decimal digits
    ElementType type = ElementType::f32;
    std::uint64_t elements = 0;
};

constexpr std::size_t most_dimensions_pickled = 8;

// A view of a storage, found to lie inside it. Strides and offset count elements.
struct PickledView {
    std::uint32_t storage = 0;
    std::uint32_t dimensions = 0;
    std::array<std::int64_t, most_dimensions_pickled> shape{}, strides{};
    std::int64_t offset = 0;
};

struct PickledValue {
    enum class Kind : std::uint8_t {
        none,
        boolean,
        number,
        long_number,
        real,
        text,
        tuple,
        list,
        dict,
        callable,
        storage,
        view,
        other
    };

    Kind kind = Kind::none;
    bool seen = false;        // for who walks through dictionaries
    std::uint32_t count = 0;  // text: bytes; tuple, list, dict: items
    std::int64_t number =
        0;  // boolean, number: itself; text: where in the bytes; tuple: where in `items`; callable, storage, view: which
    std::uint32_t first = 0, last = 0;  // list, dict: entries, as a chain
};

// What a pickle describes. Values refer to each other by their number, not by pointers: however deeply they are nested and however often one
// is shared, nothing recurses, nothing is copied, and all are freed at once.
struct PickledValues {
    using Ref = std::uint32_t;
    struct Entry {
        Ref key = 0, value = 0;  // a list's key means nothing
        std::uint32_t next = 0;
    };

    std::string_view bytes;  // texts lie in there
    std::vector<PickledValue> values;
    std::vector<Ref> items;
    std::vector<Entry> entries;
    std::vector<PickledStorage> storages;  // each key once
    std::vector<PickledView> views;
    Ref root = 0;
    std::size_t end = 0;  // bytes of the pickle up to its STOP; what follows was not looked at

    Ref make(PickledValue::Kind kind, std::int64_t number = 0, std::size_t count = 0) {
        PickledValue value;
        value.kind = kind;
        value.number = number;
        value.count = static_cast<std::uint32_t>(count);
        values.push_back(value);
        return static_cast<Ref>(values.size() - 1);
    }
    std::string_view text(Ref ref) const {
        return bytes.substr(static_cast<std::size_t>(values[ref].number), values[ref].count);
    }
};

// "a list", for errors.
const char* kind_name(PickledValue::Kind kind);

// What is wrong with a view of that storage, as "a tensor that ..."; empty where it lies inside and may be used.
std::string fault_of(const PickledView& view, const PickledStorage& storage);

}  // namespace drift
