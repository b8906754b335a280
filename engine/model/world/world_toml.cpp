// world.toml in and out.
#include <sstream>

#include "core/atomic_file.h"
#include "core/csgo_action.h"
#include "core/error.h"
#include "core/setting_changes.h"
#include "formats/buttons.h"
#include "formats/toml_reader.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;
constexpr const char* rounding_names[] = {"truncate", "nearest"};

std::vector<int> sizes(const TomlReader& reader, const char* key, const fs::path& file, std::int64_t low,
                       std::int64_t high) {
    std::vector<int> values;
    for (auto value : reader.list<std::int64_t>(key, UNetLimits::levels)) {
        if (value < low || value > high)
            throw Error(file, std::string("expected network.") + key + " from " + std::to_string(low) + " to " +
                                  std::to_string(high) + ", found " + std::to_string(value));
        values.push_back(static_cast<int>(value));
    }
    return values;
}

NetworkConfig read_network(const TomlReader& r, const fs::path& file) {
    r.only({"channels", "depths", "attention", "cond_channels", "context_frames", "recent_frames", "noise_cond",
            "space_to_depth", "moves"});
    NetworkConfig network;
    auto& unet = network.unet;
    unet.channels = sizes(r, "channels", file, 1, UNetLimits::channels);
    unet.depths = sizes(r, "depths", file, 1, UNetLimits::depth);
    unet.attention = r.list<bool>("attention", UNetLimits::levels);
    unet.cond_channels = r.whole("cond_channels", 2, 8192);
    if (unet.depths.size() != unet.channels.size() || unet.attention.size() != unet.channels.size())
        throw Error(file, "expected network.depths and network.attention as long as network.channels (" +
                              std::to_string(unet.channels.size()) + ")");
    network.context_frames = r.whole("context_frames", 1, 64);
    network.context_channels = 3 * network.context_frames;
    if (r.table().contains("recent_frames"))
        network.recent_frames = r.whole("recent_frames", 1, network.context_frames);
    if (network.unet.cond_channels % network.recent() != 0)
        throw Error(file, "expected network.cond_channels in multiples of the " + std::to_string(network.recent()) +
                              " frames that the network sees with their actions, found " +
                              std::to_string(network.unet.cond_channels));
    network.noise_cond = r.get<bool>("noise_cond");
    network.space_to_depth = r.whole("space_to_depth", 1, 8);
    if (r.table().contains("moves")) network.moves = r.whole("moves", 0, 8);
    return network;
}

constexpr const char* action_kinds[] = {"one", "joystick", "csgo"};

// Of DIAMOND's worlds CSGO alone has buttons and a mouse: only their keys and names may be others.
void take_csgo_mouse(ActionSpace& actions, const fs::path& file) {
    const ActionSpace& csgo = csgo_actions();
    if (actions.entries.size() != csgo.entries.size())
        throw Error(file, "expected " + std::to_string(csgo.entries.size()) + " buttons of CSGO's, found " +
                              std::to_string(actions.entries.size()));
    for (std::size_t i = 0; i < csgo.entries.size(); ++i)
        actions.entries[i].turn_x = csgo.entries[i].turn_x, actions.entries[i].turn_y = csgo.entries[i].turn_y;
    actions.mouse_x = csgo.mouse_x, actions.mouse_y = csgo.mouse_y, actions.rivals = csgo.rivals;
}

// What a world of DIAMOND's has in place of a network's description: its tensors describe it.
void read_diamond_section(WorldSpec& spec, const TomlReader& r, const fs::path& file) {
    r.only({"context_frames", "actions", "buttons_alone", "warm_up", "opening_note", "upsampling",
            "upsampler_sigma_data", "upsampler_sigma_offset"});
    spec.diamond = true;
    spec.network.context_frames = r.whole("context_frames", 1, 64);
    spec.actions.kind = r.one_of<ActionSpace::Kind>("actions", action_kinds);
    spec.actions.buttons_alone = r.whole("buttons_alone", 0, static_cast<int>(spec.actions.entries.size()) - 1);
    if (spec.actions.kind == ActionSpace::Kind::buttons) take_csgo_mouse(spec.actions, file);
    spec.warm_up = r.whole("warm_up", 0, 64);
    spec.opening_note = r.get<std::string>("opening_note");
    spec.upsampling = r.whole("upsampling", 1, 64);
    if (spec.upsampling > 1) {
        if (spec.width % spec.upsampling || spec.height % spec.upsampling)
            throw Error(file, "expected width and height in multiples of diamond.upsampling");
        spec.upsampler.sigma_data = r.real("upsampler_sigma_data", 1e-4, 100);
        spec.upsampler.sigma_offset = r.real("upsampler_sigma_offset", 1e-4, 100);
        spec.defaults.upsampler.emplace_back();
    }
}

toml::table diamond_section(const WorldSpec& spec) {
    return toml::table{{"context_frames", spec.network.context_frames},
                       {"actions", action_kinds[static_cast<int>(spec.actions.kind)]},
                       {"buttons_alone", spec.actions.buttons_alone},
                       {"warm_up", spec.warm_up},
                       {"opening_note", spec.opening_note},
                       {"upsampling", spec.upsampling},
                       {"upsampler_sigma_data", double(spec.upsampler.sigma_data)},
                       {"upsampler_sigma_offset", double(spec.upsampler.sigma_offset)}};
}

}  // namespace

WorldSpec read_world_spec(const fs::path& folder) {
    fs::path file = folder / world_toml;
    toml::table table = parse_toml(file, "a world's description");
    TomlReader top(file, table, "");
    if (auto format = top.get<std::int64_t>("format"); format != format_version)
        throw Error(file, "expected format " + std::to_string(format_version) + ", found " + std::to_string(format));
    top.only({"format", "title", "game", "width", "height", "rate", "training_note", "joystick", "actions", "buttons",
              "mouse", "network", "diamond", "preconditioning", "trained", "defaults", "weights"});
    WorldSpec spec;
    spec.title = top.get<std::string>("title");
    spec.game = top.get<std::string>("game");
    spec.width = top.whole("width", 8, 4096), spec.height = top.whole("height", 8, 4096),
    spec.rate = top.whole("rate", 1, 240);

    spec.actions = read_action_space(top);
    if (table.contains("diamond")) {
        read_diamond_section(spec, top.section("diamond"), file);
    } else {
        spec.network = read_network(top.section("network"), file);
        set_actions(spec.network, spec.actions);
    }
    if (spec.width % spec.network.space_to_depth || spec.height % spec.network.space_to_depth)
        throw Error(file, "expected width and height in multiples of network.space_to_depth");
    auto p = top.section("preconditioning");
    p.only({"base", "sigma_data", "sigma_offset", "rounding"});
    spec.preconditioning = {p.one_of<Preconditioning::Base>("base", base_names), p.real("sigma_data", 1e-4, 100),
                            p.real("sigma_offset", 1e-4, 100),
                            p.one_of<Preconditioning::Rounding>("rounding", rounding_names)};
    if ((spec.network.moves > 0) != (spec.preconditioning.base == Preconditioning::Base::moved))
        throw Error(file, "expected network.moves from 1 on where preconditioning.base is \"moved\", and there alone");
    auto t = top.section("trained");
    t.only({"sigma_min", "sigma_max", "context_noise_max", "centred_starts"});
    spec.trained = {t.real("sigma_min", 0, 1e4), t.real("sigma_max", 0, 1e4), t.real("context_noise_max", 0, 100),
                    t.get<bool>("centred_starts")};
    for (const auto& [key, node] : top.section("defaults").table()) {
        auto text = node.value<std::string>();
        if (!text)
            throw Error(file, "expected defaults." + std::string(key.str()) + " as text in quotes, found another type");
        try {
            set_setting(spec.defaults, key.str(), *text);
        } catch (const Error& e) {
            throw Error(file, e.what());
        }
    }
    std::vector<std::string> notes;
    spec.defaults = clamped(spec.defaults, &notes);
    for (const std::string& note : notes)
        spec.opening_note += (spec.opening_note.empty() ? "" : " ") + ("Of its defaults, " + note + ".");
    const TomlReader weights = top.section("weights");
    weights.only({"file", "xxh3"});
    if (weights.table().contains("file"))
        if (const auto name = weights.get<std::string>("file"); name != weights_file)
            throw Error(file, std::string("expected weights.file to be ") + weights_file + ", beside it, found \"" +
                                  printable(name) + "\"");
    spec.weights_hash = weights.get<std::string>("xxh3");
    if (const auto* note = table["training_note"].as_string()) spec.training_note = note->get();
    return spec;
}

void write_world_spec(const fs::path& folder, const WorldSpec& spec) {
    const auto& n = spec.network;
    const auto& p = spec.preconditioning;
    toml::table defaults;
    SamplerSettings plain;
    if (!spec.defaults.upsampler.empty()) plain.upsampler.emplace_back();
    for (const auto& [name, value] : changed_settings(spec.defaults, plain)) defaults.insert(name, value);
    toml::table table{
        {"format", format_version},
        {"title", spec.title},
        {"game", spec.game},
        {"width", spec.width},
        {"height", spec.height},
        {"rate", spec.rate},
        {"training_note", spec.training_note},
        {"defaults", defaults},
        {"network", toml::table{{"channels", to_array(n.unet.channels)},
                                {"depths", to_array(n.unet.depths)},
                                {"attention", to_array(n.unet.attention)},
                                {"cond_channels", n.unet.cond_channels},
                                {"context_frames", n.context_frames},
                                {"noise_cond", n.noise_cond},
                                {"space_to_depth", n.space_to_depth},
                                {"moves", n.moves}}},
        {"preconditioning", toml::table{{"base", base_names[static_cast<int>(p.base)]},
                                        {"sigma_data", double(p.sigma_data)},
                                        {"sigma_offset", double(p.sigma_offset)},
                                        {"rounding", rounding_names[static_cast<int>(p.rounding)]}}},
        {"trained", toml::table{{"sigma_min", double(spec.trained.sigma_min)},
                                {"sigma_max", double(spec.trained.sigma_max)},
                                {"context_noise_max", double(spec.trained.context_noise_max)},
                                {"centred_starts", spec.trained.centred_starts}}},
        {"weights", toml::table{{"file", weights_file}, {"xxh3", spec.weights_hash}}},
    };
    if (n.recent_frames > 0) table["network"].as_table()->insert("recent_frames", n.recent_frames);
    if (!spec.diamond) {
        insert_actions(table, spec.actions);
    } else {
        table.insert("actions", to_array(spec.actions));
        table.erase("network");
        table.insert("diamond", diamond_section(spec));
    }
    std::ostringstream out;
    out << "# A world of Driftscope: what it is, what it was trained on, how it is played.\n" << table << "\n";
    write_file(folder / world_toml, out.str());
}

}  // namespace drift
