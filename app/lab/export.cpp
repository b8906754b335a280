// driftlab export: a recorded session in forms that other programs take.
#include "lab/commands.h"
#include "lab/data_set_export.h"

namespace drift {

void add_export(CLI::App& lab) {
    auto command = std::make_shared<DataSetExport>();
    command->world.world.clear();
    auto* exported = lab.add_subcommand("export", "Write a session as a data set that `driftlab train --data` learns from");
    exported->add_option("session", command->session, "The session's log (.driftlog), or a master (.mkv) with its log beside it")->required();
    exported->add_option("--dataset", command->folder, "Folder of the data set: a new one, or one of the same game to add to")->required();
    exported->add_option_function<int>("--dataset-lane", [command](int number) { command->lane = number - 1; }, "Its lane of this number, dreamed again, in place of the truth")->check(CLI::Range(1, 64));
    command->world.add(*exported);
    exported->callback([command] { export_data_set(*command); });
}

}  // namespace drift
