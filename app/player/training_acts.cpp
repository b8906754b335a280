// The page "Training": the picture that driftlab draws into the folder of a world, looked for again and again.
#include "core/error.h"
#include "player/app.h"
#include "player/files/media_files.h"

namespace drift {

// The picture is read while somebody looks at it.
void App::show_training(bool on) {
    capture_mouse(false);
    view_.meters.pause();
    TrainingPage& page = view_.training;
    page.picture = {}, page.open = false;
    if (on) try {
            page.picture = picture_in(page.file);
            ++page.version;
            page.open = !page.picture.empty();
        } catch (const Error& error) {
            warn(error.what());
        }
}

// Half written it is never seen: it comes whole or not at all.
void App::look_at_training() {
    TrainingPage& page = view_.training;
    const auto file = view_.world_file.empty() ? std::filesystem::path() : view_.world_file / "progress.png";
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file, error);
    const auto found = error ? std::filesystem::path() : file;
    const bool other = found != page.file || (!found.empty() && written != page.written);
    page.file = found, page.written = written;
    if (page.open && other) show_training(!found.empty());
}

}  // namespace drift
