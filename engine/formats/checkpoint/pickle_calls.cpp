#include "formats/checkpoint/pickle_calls.h"

#include <utility>

#include "core/error.h"
#include "formats/checkpoint/pickle_language.h"

namespace drift {
namespace {

using Kind = PickledValue::Kind;
using Ref = PickledValues::Ref;

constexpr std::size_t longest_key = 20;  // digits; old torch wrote 64-bit addresses

[[noreturn]] void fail(std::string found) { throw PickleFault{std::move(found)}; }

}  // namespace

const PickleGlobal* PickleCalls::global(Ref ref) const {
    return value(ref).kind == Kind::callable ? &global_at(static_cast<std::size_t>(value(ref).number)) : nullptr;
}

std::int64_t PickleCalls::number(Ref ref, const char* what) const {
    if (value(ref).kind != Kind::number) fail(kind_name(value(ref).kind) + std::string(" as ") + what);
    return value(ref).number;
}

// ('storage', type, key, location, elements[, None]): the location, say "cuda:0", does not matter here.
Ref PickleCalls::storage(Ref id) {
    const PickledValue& tuple = value(id);
    if (tuple.kind != Kind::tuple || tuple.count < 5 || tuple.count > 6) fail("a persistent id that is no storage");
    const Ref* part = &values_.items[static_cast<std::size_t>(tuple.number)];
    const PickleGlobal* type = global(part[1]);
    if (value(part[0]).kind != Kind::text || values_.text(part[0]) != "storage")
        fail("a persistent id that is no storage");
    if (!type || type->what != PickleGlobal::What::storage) fail("a storage of no known type");
    if (value(part[2]).kind != Kind::text || value(part[3]).kind != Kind::text)
        fail("a storage without a key or a location");
    if (tuple.count == 6 && value(part[5]).kind != Kind::none) fail("a storage that is a view of another");
    std::string_view key = values_.text(part[2]);
    if (key.empty() || key.size() > longest_key || key.find_first_not_of("0123456789") != key.npos)
        fail("the storage key " + shown_name(key) + ", expected a number");
    std::int64_t elements = number(part[4], "the size of a storage");
    std::uint64_t bytes = 0;
    if (elements < 0 ||
        __builtin_mul_overflow(static_cast<std::uint64_t>(elements), element_size(type->type), &bytes) ||
        bytes > INT64_MAX)
        fail("a storage of " + std::to_string(elements) + " elements");

    auto [known, is_new] = storages_.emplace(key, static_cast<std::uint32_t>(values_.storages.size()));
    if (is_new) values_.storages.push_back({std::string(key), type->type, static_cast<std::uint64_t>(elements)});
    const PickledStorage& storage = values_.storages[known->second];
    if (storage.type != type->type || storage.elements != static_cast<std::uint64_t>(elements))
        fail("storage " + std::string(key) + " with two types or sizes");
    return values_.make(Kind::storage, known->second);
}

Ref PickleCalls::call(Ref callee, Ref arguments) {
    if (value(arguments).kind != Kind::tuple)
        fail("a call with " + std::string(kind_name(value(arguments).kind)) + " in place of arguments");
    const PickleGlobal* function = global(callee);
    if (!function) fail("a call of " + std::string(kind_name(value(callee).kind)));
    std::uint32_t count = value(arguments).count;
    switch (function->what) {
        case PickleGlobal::What::ordered_dict:
            if (count != 0) fail("OrderedDict called with arguments");
            return values_.make(Kind::dict);
        case PickleGlobal::What::rebuild_tensor: return rebuilt(arguments);
        case PickleGlobal::What::rebuild_parameter: {
            const Ref* data = count == 3 ? &values_.items[static_cast<std::size_t>(value(arguments).number)] : nullptr;
            if (!data || value(*data).kind != Kind::view) fail("a parameter that is no tensor");
            return *data;
        }
        case PickleGlobal::What::plain: return values_.make(Kind::other);
        case PickleGlobal::What::plain_dict: return values_.make(Kind::dict);
        case PickleGlobal::What::storage: break;
    }
    fail("a call of torch." + std::string(function->name));
}

Ref PickleCalls::made(Ref callee, Ref arguments) {
    const PickleGlobal* function = global(callee);
    if (!function || (function->what != PickleGlobal::What::plain && function->what != PickleGlobal::What::plain_dict))
        fail("NEWOBJ of " + std::string(kind_name(value(callee).kind)));
    return call(callee, arguments);
}

// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata]), torch/_utils.py.
Ref PickleCalls::rebuilt(Ref arguments) {
    const PickledValue& tuple = value(arguments);
    if (tuple.count < 6 || tuple.count > 7) fail("a tensor of " + std::to_string(tuple.count) + " parts, expected 6");
    const Ref* part = &values_.items[static_cast<std::size_t>(tuple.number)];
    const PickledValue &storage = value(part[0]), &shape = value(part[2]), &strides = value(part[3]),
                       &hooks = value(part[5]);
    if (storage.kind != Kind::storage) fail(kind_name(storage.kind) + std::string(" as a tensor's storage"));
    if (shape.kind != Kind::tuple || strides.kind != Kind::tuple) fail("a tensor whose shape or strides are no tuple");
    if (hooks.kind != Kind::none && (hooks.kind != Kind::dict || hooks.count != 0))
        fail("a tensor with backward hooks");
    if (shape.count > most_dimensions_pickled)
        fail(std::to_string(shape.count) + " dimensions, expected at most " + std::to_string(most_dimensions_pickled));
    if (shape.count != strides.count)
        fail("a tensor with " + std::to_string(shape.count) + " extents and " + std::to_string(strides.count) +
             " strides");
    PickledView view;
    view.storage = static_cast<std::uint32_t>(storage.number);
    view.dimensions = shape.count;
    view.offset = number(part[1], "a tensor's offset");
    for (std::uint32_t i = 0; i < shape.count; ++i) {
        view.shape[i] = number(values_.items[static_cast<std::size_t>(shape.number) + i], "an extent");
        view.strides[i] = number(values_.items[static_cast<std::size_t>(strides.number) + i], "a stride");
    }
    if (std::string fault = fault_of(view, values_.storages[view.storage]); !fault.empty()) fail(fault);
    values_.views.push_back(view);
    return values_.make(Kind::view, static_cast<std::int64_t>(values_.views.size() - 1));
}

}  // namespace drift
