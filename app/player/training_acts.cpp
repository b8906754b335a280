// The page "Training": the picture that driftlab draws into the folder of a world, looked for again and again.
#include "core/error.h"
#include "player/app.h"
#include "player/files/media_files.h"

namespace drift {

void App::show_training(bool on) {
    capture_mouse(false);
    view_.training.open = on;
    view_.meters.pause();
}

// Half written it is never seen: it comes whole or not at all. One that cannot be read is as none.
void App::look_at_training() {
    TrainingPage& page = view_.training;
    const auto file = view_.world_file.empty() ? std::filesystem::path() : view_.world_file / "progress.png";
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file, error);
    if (error) {
        page.picture = {}, page.file.clear();
        if (page.open) show_training(false);
        return;
    }
    if (file == page.file && written == page.written) return;
    page.file = file, page.written = written, ++page.version;
    try {
        page.picture = picture_in(file);
    } catch (const Error&) {
        page.picture = {};
    }
    if (page.picture.empty() && page.open) show_training(false);
}

}  // namespace drift
