#include "player/files/table_file.h"

#include <algorithm>
#include <sstream>
#include <string>

#include "core/atomic_file.h"
#include "core/error.h"
#include "files/folders.h"
#include "player/files/session_files.h"
#include "player/panels/drift_plot.h"

namespace drift {

void save_table(View& view) try {
    auto [first, last] = plot_span(view);
    auto file =
        unused(made(documents_folder()), "driftscope-" + (view.world ? view.world->name : "world"), ".csv", "-");
    std::ostringstream out;
    write_csv(out, view.history, static_cast<std::uint64_t>(std::max(first, 0.0)),
              static_cast<std::uint64_t>(std::max(last, 0.0)));
    write_file(file, out.str());
    view.say("Saved " + printable(file.string()));
} catch (const Error& failure) {
    view.say(failure.what());
}

}  // namespace drift
