#include "formats/checkpoint/old_checkpoint.h"

#include <map>

#include "core/error.h"

namespace drift {
namespace {

using Kind = PickledValue::Kind;

constexpr std::string_view magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.",
                                 15);  // 0x1950a86a20f9469cfc6c, protocol 2
constexpr std::int64_t known_version = 1001;

bool says_little_endian(const PickledValues& system) {
    const PickledValue& root = system.values[system.root];
    if (root.kind != Kind::dict) return false;
    std::uint32_t at = root.first;
    for (std::uint32_t i = 0; i < root.count; ++i, at = system.entries[at].next) {
        const auto& entry = system.entries[at];
        const PickledValue& value = system.values[entry.value];
        if (system.values[entry.key].kind == Kind::text && system.text(entry.key) == "little_endian")
            return value.kind == Kind::boolean && value.number == 1;
    }
    return false;
}

}  // namespace

bool is_old_checkpoint(std::string_view begin) { return begin.starts_with(magic); }

OldCheckpoint read_old_checkpoint(std::string_view begin, const std::filesystem::path& file) {
    OldCheckpoint out;
    out.end = magic.size();
    auto next = [&] {
        PickledValues values = run_pickle(begin.substr(out.end), file);
        out.end += values.end;
        return values;
    };
    PickledValues version = next();
    const PickledValue& number = version.values[version.root];
    if (number.kind != Kind::number || number.number != known_version)
        throw Error(file, "expected version 1001 of torch's old format, found another");
    if (!says_little_endian(next()))
        throw Error(file, "expected little-endian numbers, found a checkpoint that does not say so");
    out.contents = read_tensor_pickle(begin.substr(out.end), file);
    out.end += out.contents.pickle_end;

    std::map<std::string_view, std::size_t> by_key;
    for (std::size_t i = 0; i < out.contents.storages.size(); ++i) by_key.emplace(out.contents.storages[i].key, i);
    PickledValues keys = next();
    const PickledValue& list = keys.values[keys.root];
    if (list.kind != Kind::list || list.count != by_key.size())
        throw Error(
            file, "expected a list of " + std::to_string(by_key.size()) + " storages behind the pickle, found another");
    std::uint32_t at = list.first;
    for (std::uint32_t i = 0; i < list.count; ++i, at = keys.entries[at].next) {
        PickledValues::Ref key = keys.entries[at].value;
        auto known = keys.values[key].kind == Kind::text ? by_key.find(keys.text(key)) : by_key.end();
        if (known == by_key.end())
            throw Error(file, "expected the storages of the tensors, found another one or one twice");
        out.order.push_back(known->second);
        by_key.erase(known);
    }
    return out;
}

}  // namespace drift
