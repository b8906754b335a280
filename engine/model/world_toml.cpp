// world.toml in and out.
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <span>
#include <sstream>

#include "core/error.h"
#include "model/world_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;
constexpr const char* base_names[] = {"zero", "previous", "moved"};
constexpr const char* rounding_names[] = {"truncate", "nearest"};

// Reads required values and says where one is missing or of the wrong type.
class Reader {
public:
    Reader(const fs::path& file, const toml::table& table, std::string where) : file_(file), table_(table), where_(std::move(where)) {}

    template <class T>
    T get(const char* key) const {
        auto value = table_[key].template value<T>();
        if (!value) throw Error(file_, "expected " + where_ + key + (table_.contains(key) ? " of another type" : "") + ", found " + found(key));
        return *value;
    }
    int whole(const char* key, int low, int high) const {
        auto value = get<std::int64_t>(key);
        if (value < low || value > high)
            throw Error(file_, "expected " + where_ + key + " from " + std::to_string(low) + " to " + std::to_string(high) + ", found " + std::to_string(value));
        return static_cast<int>(value);
    }
    float real(const char* key, double low, double high) const {
        auto value = get<double>(key);
        if (!(value >= low && value <= high))
            throw Error(file_, "expected " + where_ + key + " from " + std::to_string(low) + " to " + std::to_string(high) + ", found " + std::to_string(value));
        return static_cast<float>(value);
    }
    template <class T>
    std::vector<T> list(const char* key, std::size_t most) const {
        const auto* array = table_[key].as_array();
        if (!array || array->empty() || array->size() > most) throw Error(file_, "expected " + where_ + key + ": a list of 1 to " + std::to_string(most) + " values, found " + found(key));
        std::vector<T> values;
        for (const auto& node : *array) {
            auto value = node.template value<T>();
            if (!value) throw Error(file_, "expected " + where_ + key + ": values of one kind, found another");
            values.push_back(*value);
        }
        return values;
    }
    // The names are in the order of the Enum's values.
    template <class Enum>
    Enum one_of(const char* key, std::span<const char* const> names) const {
        auto text = get<std::string>(key);
        auto it = std::find(names.begin(), names.end(), text);
        std::string all;
        for (const char* name : names) all += (all.empty() ? "\"" : ", \"") + std::string(name) + "\"";
        if (it == names.end()) throw Error(file_, "expected " + where_ + key + " as one of " + all + ", found \"" + printable(text) + "\"");
        return static_cast<Enum>(it - names.begin());
    }
    Reader section(const char* key) const {
        const auto* table = table_[key].as_table();
        if (!table) throw Error(file_, std::string("expected the section [") + key + "], found none");
        return Reader(file_, *table, std::string(key) + ".");
    }
    const toml::table& table() const { return table_; }

private:
    std::string found(const char* key) const {
        if (!table_.contains(key)) return "none";
        std::ostringstream text;
        text << table_[key].type();
        return text.str();
    }
    const fs::path& file_;
    const toml::table& table_;
    std::string where_;
};

std::vector<int> sizes(const Reader& reader, const char* key, const fs::path& file, std::int64_t low, std::int64_t high) {
    std::vector<int> values;
    for (auto value : reader.list<std::int64_t>(key, 8)) {
        if (value < low || value > high) throw Error(file, std::string("expected network.") + key + " from " + std::to_string(low) + " to " + std::to_string(high) + ", found " + std::to_string(value));
        values.push_back(static_cast<int>(value));
    }
    return values;
}

NetworkConfig read_network(const Reader& r, const fs::path& file) {
    NetworkConfig network;
    auto& unet = network.unet;
    unet.channels = sizes(r, "channels", file, 1, 4096);
    unet.depths = sizes(r, "depths", file, 1, 16);
    unet.attention = r.list<bool>("attention", 8);
    unet.cond_channels = r.whole("cond_channels", 2, 8192);
    if (unet.depths.size() != unet.channels.size() || unet.attention.size() != unet.channels.size())
        throw Error(file, "expected network.depths and network.attention as long as network.channels (" + std::to_string(unet.channels.size()) + ")");
    network.context_frames = r.whole("context_frames", 1, 64);
    network.context_channels = 3 * network.context_frames;
    network.noise_cond = r.get<bool>("noise_cond");
    network.space_to_depth = r.whole("space_to_depth", 1, 8);
    if (r.table().contains("moves")) network.moves = r.whole("moves", 0, 8);
    return network;
}

toml::array to_array(const auto& values) {
    toml::array array;
    for (auto value : values) array.push_back(value);
    return array;
}

}  // namespace

WorldSpec read_world_spec(const fs::path& folder) {
    fs::path file = folder / world_toml;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file, "expected a world's description, found no readable file");
    toml::table table;
    try {
        table = toml::parse(in, printable(file.string()));
    } catch (const toml::parse_error& e) {
        throw Error(file, "expected TOML, found at line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
    Reader top(file, table, "");
    if (auto format = top.get<std::int64_t>("format"); format != format_version)
        throw Error(file, "expected format " + std::to_string(format_version) + ", found " + std::to_string(format));
    WorldSpec spec;
    spec.title = top.get<std::string>("title");
    spec.game = top.get<std::string>("game");
    spec.width = top.whole("width", 8, 4096), spec.height = top.whole("height", 8, 4096), spec.rate = top.whole("rate", 1, 240);

    const auto* actions = table["actions"].as_array();
    if (!actions || actions->empty() || actions->size() > 32) throw Error(file, "expected 1 to 32 [[actions]], found none or more");
    for (const auto& node : *actions) {
        const auto* entry = node.as_table();
        if (!entry) throw Error(file, "expected [[actions]] to be tables, found another value");
        Reader r(file, *entry, "actions.");
        ActionSpace::Entry action{r.get<std::string>("name"), {}};
        if (entry->contains("keys") && !(*entry)["keys"].as_array()->empty()) action.keys = r.list<std::string>("keys", 8);
        spec.actions.entries.push_back(std::move(action));
    }
    spec.network = read_network(top.section("network"), file);
    spec.network.num_actions = spec.actions.size();
    if (spec.width % spec.network.space_to_depth || spec.height % spec.network.space_to_depth)
        throw Error(file, "expected width and height in multiples of network.space_to_depth");
    auto p = top.section("preconditioning");
    spec.preconditioning = {p.one_of<Preconditioning::Base>("base", base_names), p.real("sigma_data", 1e-4, 100), p.real("sigma_offset", 1e-4, 100),
                            p.one_of<Preconditioning::Rounding>("rounding", rounding_names)};
    if ((spec.network.moves > 0) != (spec.preconditioning.base == Preconditioning::Base::moved))
        throw Error(file, "expected network.moves from 1 on where preconditioning.base is \"moved\", and there alone");
    auto t = top.section("trained");
    spec.trained = {t.real("sigma_min", 0, 1e4), t.real("sigma_max", 0, 1e4), t.real("context_noise_max", 0, 100), t.get<bool>("centred_starts")};
    for (const auto& [key, node] : top.section("defaults").table()) {
        auto text = node.value<std::string>();
        if (!text) throw Error(file, "expected defaults." + std::string(key.str()) + " as text in quotes, found another type");
        try {
            set_setting(spec.defaults, key.str(), *text);
        } catch (const Error& e) {
            throw Error(file, e.what());
        }
    }
    spec.defaults = clamped(spec.defaults);
    spec.weights_hash = top.section("weights").get<std::string>("xxh3");
    if (const auto* note = table["training_note"].as_string()) spec.training_note = note->get();
    return spec;
}

void write_world_spec(const fs::path& folder, const WorldSpec& spec) {
    const auto& n = spec.network;
    const auto& p = spec.preconditioning;
    toml::array actions;
    for (const auto& entry : spec.actions.entries) actions.push_back(toml::table{{"name", entry.name}, {"keys", to_array(entry.keys)}});
    toml::table defaults;
    for (const auto& field : setting_fields())
        if (setting_text(spec.defaults, field) != setting_text(SamplerSettings{}, field)) defaults.insert(field.name, setting_text(spec.defaults, field));
    toml::table table{
        {"format", format_version}, {"title", spec.title}, {"game", spec.game}, {"width", spec.width}, {"height", spec.height}, {"rate", spec.rate},
        {"training_note", spec.training_note}, {"actions", actions}, {"defaults", defaults},
        {"network", toml::table{{"channels", to_array(n.unet.channels)}, {"depths", to_array(n.unet.depths)}, {"attention", to_array(n.unet.attention)},
                                {"cond_channels", n.unet.cond_channels}, {"context_frames", n.context_frames}, {"noise_cond", n.noise_cond},
                                {"space_to_depth", n.space_to_depth}, {"moves", n.moves}}},
        {"preconditioning", toml::table{{"base", base_names[static_cast<int>(p.base)]}, {"sigma_data", double(p.sigma_data)},
                                        {"sigma_offset", double(p.sigma_offset)},
                                        {"rounding", rounding_names[static_cast<int>(p.rounding)]}}},
        {"trained", toml::table{{"sigma_min", double(spec.trained.sigma_min)}, {"sigma_max", double(spec.trained.sigma_max)},
                                {"context_noise_max", double(spec.trained.context_noise_max)}, {"centred_starts", spec.trained.centred_starts}}},
        {"weights", toml::table{{"file", weights_file}, {"xxh3", spec.weights_hash}}},
    };
    fs::path file = folder / world_toml, part = folder / (std::string(world_toml) + ".part");
    std::ofstream out(part, std::ios::binary);
    out << "# A world of Driftscope: what it is, what it was trained on, how it is played.\n" << table << "\n";
    out.close();
    if (!out) throw Error(part, "expected to write a world's description, found that the disk takes no more");
    fs::rename(part, file);
}

}  // namespace drift
