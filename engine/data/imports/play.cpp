#include "data/imports/play.h"

#include <cmath>

#include "core/error.h"

namespace drift {

const char* play_name(PlayKind kind) {
    switch (kind) {
        case PlayKind::diamond: return "DIAMOND's episodes";
        case PlayKind::npz: return "NumPy archives";
        case PlayKind::minari: return "Minari's data sets";
        case PlayKind::csgo: return "CSGO's HDF5 files";
        case PlayKind::vpt: return "VPT's recordings";
        case PlayKind::owl: return "OWL Control's recordings";
    }
    return "";
}

int action_of(double number, const std::filesystem::path& file, std::size_t step) {
    if (!(number >= 0 && number < most_actions) || number != std::floor(number))
        throw Error(file, "expected actions that are whole numbers from 0 to " + std::to_string(most_actions - 1) +
                              ", found " + std::to_string(number) + " at step " + std::to_string(step));
    return static_cast<int>(number);
}

}  // namespace drift
