// driftlab export: a session in forms that others look at, or learn from.
#include "lab/commands.h"
#include "lab/data_set_export.h"
#include "lab/picture_export.h"

namespace drift {
namespace {

struct ExportCommand {
    DataSetExport data_set;  // its session and world are those of the pictures too
    PictureExport pictures;

    void run() {
        if (!pictures.wanted() && data_set.folder.empty())
            throw CLI::ValidationError("expected --mp4, --webm, --gif, --webp, --png or --dataset");
        pictures.expect_wanted();
        if (!data_set.folder.empty()) export_data_set(data_set);
        if (pictures.wanted()) pictures.run(data_set.session, data_set.world);
    }
};

}  // namespace

void add_export(CLI::App& lab) {
    auto command = std::make_shared<ExportCommand>();
    DataSetExport& data_set = command->data_set;
    data_set.world.world.clear();
    auto* sub = lab.add_subcommand("export",
                                   "Show a session: its lanes and the truth side by side with captions, keys, settings "
                                   "and the drift, as video, animation or pictures; or write it as a data set");
    sub->add_option("session", data_set.session,
                    "The session's log (.driftlog), or a recording (.mkv) with its log beside it")
        ->required();
    command->pictures.add(*sub);
    auto* folder = sub->add_option(
        "--dataset", data_set.folder,
        "Folder of a data set that `driftlab train --data` learns from: a new one, or one of the same game to add to");
    sub->add_option_function<int>(
           "--dataset-lane", [&data_set](int number) { data_set.lane = number - 1; },
           "With --dataset: its lane of this number in place of the truth")
        ->check(CLI::Range(1, 64))
        ->needs(folder);
    data_set.world.add(*sub);
    sub->callback([command] { command->run(); });
}

}  // namespace drift
