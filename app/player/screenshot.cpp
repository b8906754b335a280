#include "player/screenshot.h"

#include <string>

#include "core/error.h"
#include "player/folders.h"
#ifdef DRIFT_MEDIA
#include "media/png.h"
#endif

namespace drift {

std::filesystem::path screenshot_file(const View& view) {
    std::string name = view.world ? view.world->name : "driftscope";
    for (char& letter : name)
        if (letter == '/') letter = '-';
    if (view.step) name += "-" + std::to_string(view.step->seed) + "-" + std::to_string(view.step->index);
    std::filesystem::path folder = pictures_folder(), file = folder / (name + ".png");
    std::error_code error;
    for (int i = 2; std::filesystem::exists(file, error); ++i) file = folder / (name + "-" + std::to_string(i) + ".png");
    return file;
}

void save_screenshot(const std::filesystem::path& file, const Frame& frame) {
#ifdef DRIFT_MEDIA
    save_png(file, frame);
#else
    (void)frame;
    throw Error(file, "this player was built without pictures (FFmpeg and libpng were not found)");
#endif
}

}  // namespace drift
