#include "data/imports/diamond_episode.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>

#include "core/csgo_action.h"
#include "core/error.h"
#include "core/files.h"
#include "data/imports/csgo_steps.h"
#include "formats/checkpoint/checkpoint_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_storage = std::uint64_t{8} << 30;  // bytes, which are read whole

// A tensor's elements, wherever its view has them.
class Elements {
public:
    Elements(const PickledTensor& tensor, ElementType type, std::shared_ptr<const std::vector<unsigned char>> bytes)
        : tensor_(tensor), type_(type), bytes_(std::move(bytes)) {}
    const std::vector<std::int64_t>& shape() const { return tensor_.shape; }
    ElementType type() const { return type_; }
    // The place of the element with that first index.
    std::int64_t at(std::int64_t first) const { return tensor_.offset + first * tensor_.strides[0]; }
    std::int64_t stride(std::size_t axis) const { return tensor_.strides[axis]; }
    std::uint8_t byte(std::int64_t place) const { return (*bytes_)[static_cast<std::size_t>(place)]; }
    double number(std::int64_t place) const {
        auto read = [&](auto value) {
            std::memcpy(&value, bytes_->data() + static_cast<std::size_t>(place) * sizeof value, sizeof value);
            return static_cast<double>(value);
        };
        switch (type_) {
            case ElementType::f64: return read(double{});
            case ElementType::f32: return read(float{});
            case ElementType::i64: return read(std::int64_t{});
            case ElementType::i32: return read(std::int32_t{});
            case ElementType::i16: return read(std::int16_t{});
            case ElementType::i8: return read(std::int8_t{});
            case ElementType::u8:
            case ElementType::boolean: return read(std::uint8_t{});
            default: return std::nan("");  // half floats are in no episode
        }
    }

private:
    PickledTensor tensor_;
    ElementType type_;
    std::shared_ptr<const std::vector<unsigned char>> bytes_;
};

class Episode {
public:
    Episode(CheckpointFile& file, const fs::path& name) : file_(file), name_(name) {}

    std::optional<Elements> find(const std::string& name) {
        for (const PickledTensor& tensor : file_.contents().tensors) {
            if (tensor.name != name) continue;
            auto& bytes = storages_[tensor.storage];
            if (!bytes) {
                const std::uint64_t size = file_.storage_bytes(tensor.storage);
                if (size > largest_storage)
                    throw Error(name_, "expected at most " + std::to_string(largest_storage >> 30) + " GB of " + name +
                                           ", found more");
                auto read = std::make_shared<std::vector<unsigned char>>(size);
                file_.read_storage(tensor.storage, read->data());
                bytes = read;
            }
            return Elements(tensor, file_.contents().storages[tensor.storage].type, bytes);
        }
        return std::nullopt;
    }
    Elements need(const std::string& name) {
        auto found = find(name);
        if (!found) throw Error(name_, "expected an episode with the tensor " + name + ", found none");
        return *found;
    }
    [[noreturn]] void wrong(const std::string& what, const Elements& found) const {
        std::string shape;
        for (std::int64_t extent : found.shape()) shape += (shape.empty() ? "" : ", ") + std::to_string(extent);
        throw Error(name_, "expected " + what + ", found " + element_name(found.type()) + " [" + shape + "]");
    }
    // [steps], or none.
    std::optional<Elements> column(const std::string& name, std::int64_t steps) {
        auto found = find(name);
        if (found && (found->shape().size() != 1 || found->shape()[0] != steps))
            wrong(name + " with a number for each step", *found);
        return found;
    }

private:
    CheckpointFile& file_;
    const fs::path& name_;
    std::map<std::size_t, std::shared_ptr<const std::vector<unsigned char>>> storages_;
};

// Of a picture [3, height, width] at that place, each element made a byte by `level`.
template <class Level>
Frame picture(const Elements& from, std::int64_t place, std::size_t channels, Level level) {
    const auto height = static_cast<int>(from.shape()[channels + 1]),
               width = static_cast<int>(from.shape()[channels + 2]);
    Frame frame(width, height);
    std::uint8_t* to = frame.rgb.data();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                *to++ = level(place + c * from.stride(channels) + y * from.stride(channels + 1) +
                              x * from.stride(channels + 2));
    return frame;
}

void check_sides(const Elements& obs, std::size_t channels, const Episode& episode) {
    const auto& shape = obs.shape();
    if (shape[channels] != 3 || std::min(shape[channels + 1], shape[channels + 2]) < 1 ||
        std::max(shape[channels + 1], shape[channels + 2]) > longest_imported_side)
        episode.wrong("pictures of three colours and sides of at most " + std::to_string(longest_imported_side), obs);
}

bool of_csgo(const Elements& act) { return act.shape().size() == 2 && act.shape()[1] == csgo_vector_size; }

std::optional<Frame> final_picture(Episode& episode) {
    const auto found = episode.find("info.final_observation");
    if (!found) return std::nullopt;
    const std::size_t axes = found->shape().size();
    if ((axes != 3 && axes != 4) || (axes == 4 && found->shape()[0] < 1) ||
        (found->type() != ElementType::f32 && found->type() != ElementType::f64))
        episode.wrong("a picture of floats as info.final_observation", *found);
    check_sides(*found, axes - 3, episode);
    const std::int64_t place = axes == 4 ? found->at(found->shape()[0] - 1) : found->at(0);
    return picture(*found, place, axes - 3, [&](std::int64_t at) {
        const double level = std::nearbyint((found->number(at) + 1) * 127.5);
        return static_cast<std::uint8_t>(level >= 0 ? std::min(level, 255.0) : 0);
    });
}

void read_episode(CheckpointFile& file, const fs::path& name, EpisodeSink& sink) {
    Episode episode(file, name);
    const Elements obs = episode.need("obs"), act = episode.need("act");
    if (obs.type() != ElementType::u8 || obs.shape().size() != 4 || obs.shape()[0] < 1 ||
        obs.shape()[0] > static_cast<std::int64_t>(most_steps_of_an_episode))
        episode.wrong("obs as uint8 [steps, 3, height, width]", obs);
    check_sides(obs, 1, episode);
    const std::int64_t steps = obs.shape()[0];
    if (act.shape().empty() || act.shape()[0] != steps || (act.shape().size() != 1 && !of_csgo(act)))
        episode.wrong("act with a number for each of the " + std::to_string(steps) + " steps, or 51 of them", act);
    const auto rew = episode.column("rew", steps), end = episode.column("end", steps),
               trunc = episode.column("trunc", steps);
    const auto last = final_picture(episode);
    sink.expect(static_cast<std::size_t>(steps) + (last ? 1 : 0));
    for (std::int64_t i = 0; i < steps; ++i) {
        ImportedStep step;
        if (of_csgo(act)) {
            std::vector<double> numbers;
            for (std::int64_t k = 0; k < act.shape()[1]; ++k)
                numbers.push_back(act.number(act.at(i) + k * act.stride(1)));
            step.held = csgo_step(numbers, name, static_cast<std::size_t>(i));
        } else {
            step.action = action_of(act.number(act.at(i)), name, static_cast<std::size_t>(i));
        }
        for (const auto* column : {&rew, &end, &trunc})
            step.more.push_back(*column ? (*column)->number((*column)->at(i)) : 0);
        sink.frame(picture(obs, obs.at(i), 1, [&](std::int64_t at) { return obs.byte(at); }));
        sink.step(step);
    }
    if (last) sink.frame(*last);
}

}  // namespace

bool is_diamond_episode(const fs::path& file) {
    const std::uint64_t size = InputFile(file).size();
    CheckpointZip archive(file, size);
    if (archive.size("data.pkl") > longest_pickle) return false;
    std::string pickle(archive.size("data.pkl"), '\0');
    archive.read("data.pkl", pickle.data());
    const PickledValues values = run_pickle(pickle, file);
    const PickledValue& root = values.values[values.root];
    if (root.kind != PickledValue::Kind::dict) return false;
    bool obs = false, act = false;
    std::uint32_t at = root.first;
    for (std::uint32_t i = 0; i < root.count; ++i, at = values.entries[at].next) {
        const auto key = values.entries[at].key;
        if (values.values[key].kind != PickledValue::Kind::text) continue;
        obs = obs || values.text(key) == "obs", act = act || values.text(key) == "act";
    }
    return obs && act;
}

PlayFacts diamond_facts(const std::vector<FoundEpisode>& episodes) {
    PlayFacts facts;
    facts.columns = {"reward", "end", "truncated"};
    bool csgo = false;
    for (const FoundEpisode& one : episodes) {
        try {
            CheckpointFile file(one.file);
            const Elements act = Episode(file, one.file).need("act");
            if (of_csgo(act)) csgo = true;
            else if (act.shape().size() == 1)
                for (std::int64_t i = 0; i < act.shape()[0]; ++i)
                    facts.actions = std::max(
                        facts.actions, 1 + action_of(act.number(act.at(i)), one.file, static_cast<std::size_t>(i)));
        } catch (const Error&) {}
    }
    if (csgo && facts.actions > 0)
        throw Error(episodes.front().file.parent_path(),
                    "expected episodes with actions of one kind, found some with 51 numbers a step and some with one");
    if (csgo) facts.buttons = csgo_buttons(), facts.rate = 16;
    return facts;
}

void read_diamond_episode(const fs::path& file, EpisodeSink& sink) {
    CheckpointFile opened(file);
    read_episode(opened, file, sink);
}

void read_diamond_episode(std::string_view bytes, const fs::path& name, EpisodeSink& sink) {
    CheckpointFile opened(bytes, name);
    read_episode(opened, name, sink);
}

}  // namespace drift
