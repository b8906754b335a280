// driftlab average: the mean of worlds that are trainings of one network.
#include <fmt/format.h>

#include <cstdio>
#include <numeric>

#include "core/error.h"
#include "core/names.h"
#include "files/world_files.h"
#include "lab/commands.h"
#include "model/network/average.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct AverageCommand {
    std::vector<std::string> worlds;
    std::vector<double> parts;
    fs::path out;
    void run() const;
};

// One of its own form: DIAMOND's files are named otherwise, and are trained elsewhere.
WorldSpec spec_of(const fs::path& world) {
    WorldSpec spec = read_world_spec(world);
    if (spec.diamond) throw Error(world, "expected a world that driftlab trained, found one of DIAMOND's");
    return spec;
}

InnerModel weights_of(const fs::path& world, const WorldSpec& spec) {
    InnerModel model(spec.network);
    load_weights(model, world / weights_file);
    return model;
}

void AverageCommand::run() const {
    if (worlds.size() < 2) throw CLI::ValidationError("average: expected two worlds or more, found one");
    if (!parts.empty() && parts.size() != worlds.size())
        throw CLI::ValidationError(
            fmt::format("--parts: expected a number for each of the {} worlds, found {}", worlds.size(), parts.size()));
    std::error_code error;
    if (fs::exists(out / weights_file, error)) throw Error(out, "expected a new folder, found a world");
    const double whole =
        parts.empty() ? static_cast<double>(worlds.size()) : std::accumulate(parts.begin(), parts.end(), 0.0);
    const fs::path first = world_named(worlds.front());
    WorldSpec spec = spec_of(first);
    std::vector<InnerModel> models;
    std::vector<double> shares;
    std::string note;
    for (std::size_t i = 0; i < worlds.size(); ++i) {
        shares.push_back((parts.empty() ? 1 : parts[i]) / whole);
        const fs::path folder = world_named(worlds[i]);
        const WorldSpec other = spec_of(folder);
        if (other.network != spec.network || other.preconditioning != spec.preconditioning ||
            other.actions.told() != spec.actions.told())
            throw Error(folder, "expected the network, the preconditioning and the actions of " +
                                    printable(first.string()) + ", found others: the mean of these is no network");
        models.push_back(weights_of(folder, other));
        note += fmt::format("{}{:.3g} of \"{}\"", note.empty() ? "" : ", ", shares.back(), other.training_note);
    }
    spec.training_note = "the mean of " + note;
    write_world(out, spec, mean_of(models, shares), read_openings(first / openings_file, spec));
    std::printf("%s: the mean of %s\n", printable(out.string()).c_str(), counted(worlds.size(), "world").c_str());
}

}  // namespace

void add_average(CLI::App& lab) {
    auto command = std::make_shared<AverageCommand>();
    auto* average = lab.add_subcommand("average",
                                       "The mean of worlds, number by number: of trainings that went on from one world "
                                       "it can be better than each. The "
                                       "first gives title, settings and openings");
    average->add_option("worlds", command->worlds, "Two or more, by name or path")->required();
    average->add_option("--parts", command->parts, "How much each counts, as 4,1; if not said, all alike")
        ->delimiter(',')
        ->check(CLI::Range(0.0001, 1e6));
    average->add_option("--out", command->out, "Folder of the new world")->required();
    average->callback([command] { command->run(); });
}

}  // namespace drift
