#include "player/presets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include <toml++/toml.h>

#include "core/error.h"
#include "core/setting_changes.h"
#include "player/files/preset_files.h"
#include "player/files/settings_file.h"

namespace drift {
namespace {

constexpr std::size_t longest_text = 16384, longest_name = 48;
constexpr std::string_view header = "# Driftscope preset: ";

toml::table parse(const std::string& text) {
    if (text.size() > longest_text)
        throw Error("a preset is a short text: expected at most 16384 bytes, found " + std::to_string(text.size()));
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw Error("this is not a preset: line " + std::to_string(error.source().begin.line) +
                    ": expected TOML: " + printable(error.description()));
    }
}

// Without case, and with '-' and '_' as spaces: what a shell likes to be given.
std::string folded(std::string name) {
    for (char& c : name)
        c = c == '-' || c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

bool names_setting(std::string_view name) {
    return find_setting(name.starts_with(upsampler_prefix) ? name.substr(upsampler_prefix.size()) : name) != nullptr;
}

}  // namespace

std::span<const Preset> built_in_presets() {
    static const std::array<Preset, 8> table = {{
        {"DIAMOND", "The reference: three Euler denoising steps, Karras schedule, from unit noise.",
         "solver = \"euler\"\nsteps = 3\nschedule = \"karras\"\nstart_at_sigma_max = false\nstart_scale = "
         "1.0\nstart_centre = 0.0\n"},
        {"EDM", "Sampling starts from noise as strong as the schedule says, as in the EDM paper.",
         "start_at_sigma_max = true\nstart_centre = 0.0\n"},
        {"Noised previous frame", "Sampling starts from the previous frame under as much noise as the schedule says.",
         "start_at_sigma_max = true\nstart_centre = 1.0\n"},
        {"CSGO fast", "From the reference: one denoising step for the small frame, one Heun step for the large one.",
         "solver = \"euler\"\nsteps = 1\ncontext_noise = 0.005\nupsampler_solver = \"heun\"\nupsampler_steps = "
         "1\nupsampler_sigma_min = 1.0\nupsampler_s_churn = 10.0\n"
         "upsampler_s_tmin = 1.0\nupsampler_s_tmax = 5.0\nupsampler_s_noise = 0.9\n"},
        {"CSGO higher quality", "From the reference: three denoising steps for the small frame, ten for the large one.",
         "solver = \"euler\"\nsteps = 3\ncontext_noise = 0.005\nupsampler_solver = \"euler\"\nupsampler_steps = "
         "10\nupsampler_sigma_min = 1.0\nupsampler_s_churn = 10.0\n"
         "upsampler_s_tmin = 1.0\nupsampler_s_tmax = 5.0\nupsampler_s_noise = 0.9\n"},
        {"One step", "One network call per frame: the fastest.", "solver = \"euler\"\nsteps = 1\n"},
        {"Quality", "Ten Heun denoising steps: nineteen network calls per frame, for a GPU or slow motion.",
         "solver = \"heun\"\nsteps = 10\n"},
        // On bricks (driftlab eval, 4 episodes): 44 dB to the truth at step 1, 28 at 20, 16 at 100; its defaults keep 36 at 100.
        {"Worst case",
         "One denoising step from twice the noise the network is told about, not quantised: watch it drift.",
         "solver = \"euler\"\nsteps = 1\nschedule = \"karras\"\nsigma_max = 5.0\n"
         "start_at_sigma_max = false\nstart_scale = 10.0\nstart_centre = 0.0\nquantise = false\n"},
    }};
    return table;
}

void check_preset(const std::string& text) {
    toml::table table = parse(text);
    bool sets =
        std::any_of(table.begin(), table.end(), [](const auto& item) { return names_setting(item.first.str()); });
    if (!sets && !text.starts_with(header)) throw Error("this is not a preset: it names no settings");
}

SamplerSettings apply_preset(const Preset& preset, const SamplerSettings& defaults, std::vector<std::string>* notes) {
    check_preset(preset.text);
    std::vector<std::string> ignored;
    return read_settings(parse(preset.text), defaults, notes ? *notes : ignored);
}

std::string preset_text(const std::string& name, const SamplerSettings& settings, const SamplerSettings& defaults) {
    toml::table all = write_settings(settings);
    std::ostringstream out;
    out << header << name << '\n';
    for (const auto& [field, value] : changed_settings(settings, defaults)) out << field << " = " << all[field] << '\n';
    return out.str();
}

std::string checked_preset_name(const std::string& name) {
    std::size_t first = name.find_first_not_of(' '), last = name.find_last_not_of(' ');
    if (first == name.npos) throw Error("a preset needs a name");
    std::string kept = name.substr(first, last - first + 1);
    if (kept.size() > longest_name)
        throw Error("a preset's name has at most 48 bytes: found " + std::to_string(kept.size()));
    if (printable(kept) != kept) throw Error("a preset's name is plain text: found \"" + printable(kept) + "\"");
    if (kept.find("##") != kept.npos)
        throw Error("a preset's name cannot hold \"##\"");  // ImGui shows nothing after it
    if (const Preset* there = find_preset(built_in_presets(), kept))
        throw Error("\"" + there->name + "\" is built in. Choose another name");
    return kept;
}

bool fits(const Preset& preset, const SamplerSettings& defaults) {
    return !defaults.upsampler.empty() || preset.text.find(upsampler_prefix) == std::string::npos;
}

const Preset* find_preset(std::span<const Preset> presets, const std::string& name) {
    for (const Preset& preset : presets)
        if (preset.name == name) return &preset;
    for (const Preset& preset : presets)
        if (folded(preset.name) == folded(name)) return &preset;
    return nullptr;
}

Preset named_preset(const std::string& name_or_file, const std::optional<std::filesystem::path>& folder) {
    if (const Preset* preset = find_preset(built_in_presets(), name_or_file)) return *preset;
    std::vector<std::string> ignored;  // a broken file beside the wanted one
    std::vector<Preset> own = read_presets(folder, ignored);
    if (const Preset* preset = find_preset(own, name_or_file)) return *preset;
    std::error_code error;
    if (std::filesystem::is_regular_file(name_or_file, error)) return read_preset(name_or_file);
    std::string known;
    for (std::span<const Preset> list : {built_in_presets(), std::span<const Preset>(own)})
        for (const Preset& preset : list) known += (known.empty() ? "" : ", ") + preset.name;
    throw Error("preset \"" + printable(name_or_file) + "\": expected a file or one of " + known);
}

}  // namespace drift
