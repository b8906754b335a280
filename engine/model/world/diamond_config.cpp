#include "model/world/diamond_config.h"

#include <yaml-cpp/yaml.h>

#include <fstream>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t largest_file = 64 << 10;

YAML::Node read_yaml(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(largest_file + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > largest_file) throw Error(file, "expected a configuration, found a file of more than 64 kB");
    // Such files hold no anchors; aliases of aliases would be a bomb, and a deep nest a crash in the parser.
    int depth = 0;
    for (char c : text) {
        depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        if (depth > 16) throw Error(file, "expected a configuration, found brackets nested more than 16 deep");
    }
    try {
        YAML::Node node = YAML::Load(text);
        if (!node.IsMap()) throw Error(file, "expected a configuration of names and values, found something else");
        return node;
    } catch (const YAML::Exception& error) {
        throw Error(file, "expected a configuration in YAML, found an error in line " +
                              std::to_string(error.mark.line + 1) + ": " + printable(error.msg));
    }
}

// Nothing where the value is missing or null, or refers to another ("${...}"), which no value that is read here does in the reference.
template <class T>
std::optional<T> value(const YAML::Node& node, const char* key, const fs::path& file) {
    if (!node.IsMap() || !node[key] || node[key].IsNull()) return std::nullopt;
    const YAML::Node found = node[key];
    if (found.IsScalar() && found.Scalar().starts_with("${")) return std::nullopt;
    try {
        return found.as<T>();
    } catch (const YAML::Exception&) {
        throw Error(file, std::string("expected ") + key + " of another kind, found " +
                              (found.IsScalar() ? "\"" + printable(found.Scalar().substr(0, 40)) + "\""
                                                : "a list or a section"));
    }
}

DenoiserConfig read_denoiser(const YAML::Node& node, const fs::path& file) {
    DenoiserConfig config;
    if (!node || !node.IsMap()) return config;
    config.sigma_data = value<float>(node, "sigma_data", file);
    config.sigma_offset = value<float>(node, "sigma_offset_noise", file);
    config.upsampling = value<int>(node, "upsampling_factor", file);
    config.noises_context = value<bool>(node, "noise_previous_obs", file).value_or(false);
    const YAML::Node inner = node["inner_model"];
    if (!inner || !inner.IsMap()) return config;
    config.channels = value<std::vector<int>>(inner, "channels", file).value_or(std::vector<int>{});
    config.depths = value<std::vector<int>>(inner, "depths", file).value_or(std::vector<int>{});
    config.attention = value<std::vector<int>>(inner, "attn_depths", file).value_or(std::vector<int>{});
    config.cond_channels = value<int>(inner, "cond_channels", file);
    config.context_frames = value<int>(inner, "num_steps_conditioning", file);
    for (float sigma : {config.sigma_data.value_or(0.5f), config.sigma_offset.value_or(0.3f)})
        if (!(sigma > 0 && sigma < 100))
            throw Error(file, "expected sigma_data and sigma_offset_noise above 0, found " + std::to_string(sigma));
    return config;
}

// A part that is itself of names and values; undefined where there is none.
YAML::Node section(const YAML::Node& node, const char* name) {
    if (!node || !node.IsMap()) return YAML::Node(YAML::NodeType::Undefined);
    const YAML::Node found = node[name];
    return found && found.IsMap() ? found : YAML::Node(YAML::NodeType::Undefined);
}

SamplerConfig read_sampler(const YAML::Node& node, const fs::path& file) {
    SamplerConfig config;
    config.steps = value<int>(node, "num_steps_denoising", file);
    config.order = value<int>(node, "order", file);
    for (const auto& [key, place] :
         {std::pair("sigma_min", &config.sigma_min), std::pair("sigma_max", &config.sigma_max),
          std::pair("rho", &config.rho), std::pair("s_churn", &config.s_churn), std::pair("s_tmin", &config.s_tmin),
          std::pair("s_tmax", &config.s_tmax), std::pair("s_noise", &config.s_noise)})
        *place = value<float>(node, key, file);
    return config;
}

// "150 x 280" of [150, 280], "64 x 64" of 64.
std::optional<std::pair<int, int>> read_size(const YAML::Node& train, const fs::path& file) {
    if (!train || !train.IsMap() || !train["size"]) return std::nullopt;
    std::vector<int> sides;
    if (train["size"].IsSequence()) sides = value<std::vector<int>>(train, "size", file).value_or(std::vector<int>{});
    else if (auto side = value<int>(train, "size", file)) sides = {*side, *side};
    else return std::nullopt;
    if (sides.size() != 2 || std::min(sides[0], sides[1]) < 8 || std::max(sides[0], sides[1]) > 4096)
        throw Error(file, "expected a size of one or two sides from 8 to 4096, found another");
    return std::pair{sides[0], sides[1]};
}

}  // namespace

DiamondConfig read_diamond_config(const fs::path& agent, const fs::path& env) {
    DiamondConfig config;
    if (!agent.empty()) {
        YAML::Node node = read_yaml(agent);
        const YAML::Node play = section(section(node, "world_model_env"), "diffusion_sampler");
        if (play) config.sampler = read_sampler(play, agent);
        if (YAML::Node own = section(node, "agent"))
            node.reset(own);  // of a whole training, whose own "denoiser" is how it is trained
        config.denoiser = read_denoiser(node["denoiser"], agent);
        config.upsampler = read_denoiser(node["upsampler"], agent);
    }
    if (!env.empty()) {
        YAML::Node node = read_yaml(env);
        if (YAML::Node own = section(node, "env")) node.reset(own);
        config.size = read_size(node["train"], env);
        if (node["train"] && node["train"].IsMap())
            if (auto id = value<std::string>(node["train"], "id", env))
                config.game = id->substr(0, id->find("NoFrameskip"));
    }
    return config;
}

void check_config(const DenoiserConfig& said, const NetworkConfig& found, const std::string& which,
                  const fs::path& file) {
    std::string differences;
    auto text = [](const auto& values) {
        std::string list;
        for (int value : values) list += (list.empty() ? "" : ", ") + std::to_string(value);
        return "[" + list + "]";
    };
    auto compare = [&](const char* what, const std::vector<int>& wanted, const auto& there) {
        std::vector<int> values(there.begin(), there.end());
        if (!wanted.empty() && wanted != values)
            differences += (differences.empty() ? "" : "; ") + (what + (" " + text(wanted)) + ", the weights have ") +
                           text(values);
    };
    auto single = [](std::optional<int> value) { return value ? std::vector<int>{*value} : std::vector<int>{}; };
    compare("channels", said.channels, found.unet.channels);
    compare("depths", said.depths, found.unet.depths);
    compare("attn_depths", said.attention, found.unet.attention);
    compare("cond_channels", single(said.cond_channels), std::vector<int>{found.unet.cond_channels});
    if (said.upsampling.value_or(1) <= 1)
        compare("num_steps_conditioning", single(said.context_frames), std::vector<int>{found.context_frames});
    if (!differences.empty())
        throw Error(file, "it describes another " + which + " than the weights beside it make: " + differences);
}

}  // namespace drift
