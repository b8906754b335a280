// The page "Learn a game": opened, and fed with what driftlab says.
#include "core/error.h"
#include "player/app.h"
#include "player/files/media_files.h"

namespace drift {

void App::show_learn(bool on) {
    capture_mouse(false);
    view_.meters.pause();
    view_.learn.open = on;
    if (on) view_.learn.wishes.push_back(LearnPage::Wish::list);
}

void App::look_at_learning() {
    LearnPage& page = view_.learn;
    const bool ran = page.capturing || page.training;
    if (!page.open && !ran && page.wishes.empty()) return;
    learning_.work(page);
    if (ran && !page.open && !page.capturing && !page.training)
        view_.say(page.failed_capture || page.failed_training ? "What ran for \"Learn a game\" has failed: it says why"
                                                              : "What ran for \"Learn a game\" is done");
    if (!page.open) return;
    std::error_code error;
    const auto world = Learning::world_folder(page);
    const auto file = world.empty() ? world : world / "progress.png";
    const auto written = std::filesystem::last_write_time(file, error);
    if (error) {
        page.preview = {}, page.written = {};
    } else if (written != page.written) try {
            page.written = written;
            page.preview = picture_in(file);
            ++page.version;
        } catch (const Error&) {
            page.preview = {};  // it is drawn again at the next evaluation
        }
}

}  // namespace drift
