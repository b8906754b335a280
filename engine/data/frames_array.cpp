#include "data/frames_array.h"

#include <algorithm>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "data/pictures.h"
#include "formats/npy.h"

namespace drift {

Frames frames_of_array(const std::filesystem::path& file, const std::optional<PictureSize>& size) {
    const NpyReader array(file);
    const auto& shape = array.shape();
    if (array.type() != NpyType::u8 || shape.size() != 4 || shape[3] != 3 || shape[0] < 1 ||
        std::max(shape[1], shape[2]) > 8192 || std::min(shape[1], shape[2]) < 1) {
        std::string found;
        for (std::int64_t extent : shape) found += (found.empty() ? "" : ", ") + std::to_string(extent);
        throw Error(file, std::string("expected uint8 of the shape [frames, height, width, 3], found ") +
                              npy_type_name(array.type()) + " of [" + found + "]");
    }
    return {static_cast<std::size_t>(shape[0]), [file, size, begin = array.begin(), width = static_cast<int>(shape[2]),
                                                 height = static_cast<int>(shape[1])](std::size_t i) {
                Frame frame(width, height);
                InputFile from(file);
                from.seek(begin + i * frame.rgb.size());
                from.read(frame.rgb.data(), frame.rgb.size());
                return size && (width != size->width || height != size->height)
                           ? resized_picture(frame, size->width, size->height)
                           : frame;
            }};
}

}  // namespace drift
