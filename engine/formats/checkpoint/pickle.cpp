#include "formats/checkpoint/pickle.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

using Kind = PickledValue::Kind;
using Ref = PickledValues::Ref;

constexpr std::size_t longest_name = 512, deepest = 8;
// By what names trainings store their weights among other things; where there are several the first of these.
constexpr std::string_view wrappers[] = {"state_dict",       "model_state_dict", "model",    "agent",
                                         "agent_state_dict", "module",           "weights",  "ema",
                                         "ema_state_dict",   "model_ema",        "ema_model"};

class Reader {
public:
    Reader(PickledValues values, const std::filesystem::path& file) : values_(std::move(values)), file_(file) {}

    PickledTensors read() {
        const Ref top = weights_in(values_.root);
        if (value(top).kind != Kind::dict)
            throw Error(file_, std::string("expected a dictionary of tensors, found ") + kind_name(value(top).kind));
        walk(top);
        if (out_.tensors.empty() && !passed_over_.empty())
            throw Error(file_, "expected a dictionary of tensors, found none in it, but " + passed_over_);
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
    template <class See>
    void each_entry(Ref dict, See see) const {
        std::uint32_t at = value(dict).first;
        for (std::uint32_t i = 0; i < value(dict).count; ++i, at = values_.entries[at].next) see(values_.entries[at]);
    }
    // The weights among what trainings store beside them (epoch, optimiser, hyper-parameters), which is not looked at. A dictionary that holds a
    // tensor itself is taken as it is.
    Ref weights_in(Ref top) const {
        for (std::size_t depth = 0; depth < deepest && value(top).kind == Kind::dict; ++depth) {
            Ref best = top;
            std::size_t rank = std::size(wrappers);
            bool itself = false;
            each_entry(top, [&](const PickledValues::Entry& entry) {
                itself = itself || value(entry.value).kind == Kind::view;
                if (value(entry.key).kind != Kind::text || value(entry.value).kind != Kind::dict) return;
                auto known = static_cast<std::size_t>(
                    std::find(std::begin(wrappers), std::end(wrappers), values_.text(entry.key)) -
                    std::begin(wrappers));
                if (known < rank && holds_tensor(entry.value)) rank = known, best = entry.value;
            });
            if (itself || best == top) break;
            top = best;
        }
        return top;
    }
    bool holds_tensor(Ref dict) const {
        std::set<Ref> seen{dict};
        std::vector<Ref> left{dict};
        bool found = false;
        while (!left.empty() && !found) {
            const Ref one = left.back();
            left.pop_back();
            each_entry(one, [&](const PickledValues::Entry& entry) {
                found = found || value(entry.value).kind == Kind::view;
                if (value(entry.value).kind == Kind::dict && seen.insert(entry.value).second)
                    left.push_back(entry.value);
            });
        }
        return found;
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
            if (!append(name, entry.key, entry.value)) continue;
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
        if (std::exchange(found.seen, true))
            throw Error(file_, "expected a dictionary of tensors, found one that holds the same dictionary twice: " +
                                   shown_name(name));
        if (places.size() == deepest)
            throw Error(file_, "expected dictionaries at most " + std::to_string(deepest) + " deep, found more at " +
                                   shown_name(name));
        places.push_back({found.first, found.count, name.size()});
    }
    // False for what is no tensor and holds none: it is passed over.
    bool append(std::string& name, Ref key, Ref held) {
        const bool named = value(key).kind == Kind::text,
                   tensors = value(held).kind == Kind::view || value(held).kind == Kind::dict;
        if (!named || !tensors) {
            if (passed_over_.empty())
                passed_over_ = named
                                   ? "by the name " + shown_name(values_.text(key)) + " " + kind_name(value(held).kind)
                                   : std::string(kind_name(value(key).kind)) + " as a name";
            return false;
        }
        std::string_view text = values_.text(key);
        if (text.size() > longest_name || printable(text) != text)
            throw Error(file_, "expected the name of a tensor, found " + shown_name(text) +
                                   ": too long, not UTF-8 or with control characters");
        name += text;
        return true;
    }
    void keep(const std::string& name, Ref ref) {
        if (!names_.insert(name).second)
            throw Error(file_, "expected each tensor once, found " + shown_name(name) + " twice");
        const PickledView& view = values_.views[static_cast<std::size_t>(value(ref).number)];
        auto of = [&](const auto& numbers) {
            return std::vector<std::int64_t>(numbers.begin(), numbers.begin() + view.dimensions);
        };
        out_.tensors.push_back({name, view.storage, of(view.shape), of(view.strides), view.offset});
    }

    PickledValues values_;
    const std::filesystem::path& file_;
    PickledTensors out_;
    std::string passed_over_;  // the first of it
    std::set<std::string> names_;
};

}  // namespace

PickledTensors read_tensor_pickle(std::string_view bytes, const std::filesystem::path& file) {
    return Reader(run_pickle(bytes, file), file).read();
}

}  // namespace drift
