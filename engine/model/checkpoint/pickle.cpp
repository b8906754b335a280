#include "model/checkpoint/pickle.h"

#include <set>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

using Kind = PickledValue::Kind;
using Ref = PickledValues::Ref;

constexpr std::size_t longest_name = 512, deepest = 8;

class Reader {
public:
    Reader(PickledValues values, const std::filesystem::path& file) : values_(std::move(values)), file_(file) {}

    PickledTensors read() {
        Ref top = values_.root;
        if (value(top).kind == Kind::dict && value(top).count == 1) {
            const auto& entry = values_.entries[value(top).first];
            if (value(entry.value).kind == Kind::dict && is_wrapper(entry.key)) top = entry.value;
        }
        if (value(top).kind != Kind::dict) throw Error(file_, std::string("expected a dictionary of tensors, found ") + kind_name(value(top).kind));
        walk(top);
        out_.storages = std::move(values_.storages);
        out_.pickle_end = values_.end;
        return std::move(out_);
    }

private:
    struct Place {
        std::uint32_t entry, left;  // the next one, and how many are left
        std::size_t prefix;         // length of the name that stands before
    };

    const PickledValue& value(Ref ref) const { return values_.values[ref]; }
    bool is_wrapper(Ref key) const {
        if (value(key).kind != Kind::text) return false;
        std::string_view name = values_.text(key);
        return name == "model" || name == "state_dict" || name == "model_state_dict";
    }

    void walk(Ref top) {
        std::string name;
        std::vector<Place> places;
        enter(top, name, places);
        while (!places.empty()) {
            if (places.back().left == 0) {
                places.pop_back();
                continue;
            }
            Place& place = places.back();
            const auto entry = values_.entries[place.entry];
            place.entry = entry.next;
            --place.left;
            name.resize(place.prefix);
            append(name, entry.key);
            if (value(entry.value).kind == Kind::dict) {
                name += '.';
                enter(entry.value, name, places);
            } else {
                keep(name, entry.value);
            }
        }
    }
    // Each dictionary once: sharing one would let a small file name any number of tensors, a circle would never end.
    void enter(Ref dict, const std::string& name, std::vector<Place>& places) {
        PickledValue& found = values_.values[dict];
        if (std::exchange(found.seen, true)) throw Error(file_, "expected a dictionary of tensors, found one that holds the same dictionary twice: " + shown_name(name));
        if (places.size() == deepest) throw Error(file_, "expected dictionaries at most " + std::to_string(deepest) + " deep, found more at " + shown_name(name));
        places.push_back({found.first, found.count, name.size()});
    }
    void append(std::string& name, Ref key) const {
        if (value(key).kind != Kind::text) throw Error(file_, std::string("expected the names of tensors to be texts, found ") + kind_name(value(key).kind));
        std::string_view text = values_.text(key);
        if (text.size() > longest_name || printable(text) != text)
            throw Error(file_, "expected the name of a tensor, found " + shown_name(text) + ": too long, not UTF-8 or with control characters");
        name += text;
    }
    void keep(const std::string& name, Ref ref) {
        if (value(ref).kind != Kind::view) throw Error(file_, "expected a tensor by the name " + shown_name(name) + ", found " + kind_name(value(ref).kind));
        if (!names_.insert(name).second) throw Error(file_, "expected each tensor once, found " + shown_name(name) + " twice");
        const PickledView& view = values_.views[static_cast<std::size_t>(value(ref).number)];
        auto of = [&](const auto& numbers) { return std::vector<std::int64_t>(numbers.begin(), numbers.begin() + view.dimensions); };
        out_.tensors.push_back({name, view.storage, of(view.shape), of(view.strides), view.offset});
    }

    PickledValues values_;
    const std::filesystem::path& file_;
    PickledTensors out_;
    std::set<std::string> names_;
};

}  // namespace

PickledTensors read_tensor_pickle(std::string_view bytes, const std::filesystem::path& file) { return Reader(run_pickle(bytes, file), file).read(); }

}  // namespace drift
