#include "player/files/table_file.h"

#include <algorithm>
#include <fstream>
#include <string>

#include "core/error.h"
#include "player/files/folders.h"
#include "player/files/session_files.h"
#include "player/panels/drift_plot.h"

namespace drift {

void save_table(View& view) {
    auto [first, last] = plot_span(view);
    auto file = unused(documents_folder(), "driftscope-" + (view.world ? view.world->name : "world"), ".csv", "-");
    std::ofstream out(file);
    write_csv(out, view.history, static_cast<std::uint64_t>(std::max(first, 0.0)), static_cast<std::uint64_t>(std::max(last, 0.0)));
    out.close();
    view.say(out ? "Saved " + printable(file.string()) : printable(file.string()) + ": the table cannot be written there");
}

}  // namespace drift
