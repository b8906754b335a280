// driftlab import: DIAMOND's weights as a world's folder.
#include <cstdio>

#include "core/error.h"
#include "data/pictures.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "model/world/diamond.h"

namespace drift {

void add_import(CLI::App& lab) {
    struct Command {
        std::filesystem::path from, out;
    };
    auto command = std::make_shared<Command>();
    auto* import = lab.add_subcommand(
        "import",
        "Write DIAMOND's weights (a .pt file, or its folder) as a world's folder, which plays the same bytes");
    import->add_option("from", command->from, "A .pt file, or a folder with one: csgo/, atari_100k/")->required();
    import->add_option("--out", command->out, "The world's folder to write; it must not hold a world")->required();
    import->callback([command] {
        auto files = find_diamond(command->from);
    if (!files)
        throw Error(command->from,
                    "expected DIAMOND's weights: a .pt file, or a folder with weights.pt, model/*.pt or models/*.pt");
    import_diamond(*files, command->out, read_picture);
    std::printf("world written: %s\n", printable(command->out.string()).c_str());
});
}  // namespace drift

}  // namespace drift
