// PNG files through libpng's simplified interface, which reports failures as values instead of long jumps.
#include "media/png.h"

#include <png.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include "core/atomic_file.h"
#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// png_image with the end that it needs however its use ends.
struct Image : png_image {
    Image() : png_image{} { version = PNG_IMAGE_VERSION; }
    ~Image() { png_image_free(this); }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
};

std::string system_cause(const std::string& what) { return what + " (" + std::strerror(errno) + ")"; }

// Deflate shrinks by 1032 at most (RFC 1951), so a small file that claims more than that, at 1 bit a pixel, is cut or a bomb.
bool can_hold(std::uintmax_t file_size, std::uint64_t width, std::uint64_t height) {
    return file_size >= width * height / 8 / 1032;
}

}  // namespace

void save_png(const fs::path& path, const Frame& frame, std::string_view chunks) {
    if (frame.empty()) throw Error(path, "an empty picture cannot be saved");
    Image image;
    image.width = static_cast<png_uint_32>(frame.width);
    image.height = static_cast<png_uint_32>(frame.height);
    image.format = PNG_FORMAT_RGB;

    Unfinished unfinished(path);
    File file(std::fopen(unfinished.part().c_str(), "wbx"));
    if (!file) throw Error(path, system_cause("cannot be written"));
    errno = 0;  // libpng tells of a full disk as "Write Error" and leaves the cause here
    if (!png_image_write_to_stdio(&image, file.get(), 0, frame.rgb.data(), 0, nullptr))
        throw Error(path, errno != 0 ? system_cause("could not be written whole")
                                     : std::string("could not be written whole: ") + printable(image.message));
    if (!chunks.empty()) {  // over the end, which then comes again
        constexpr std::string_view end("\0\0\0\0IEND\xAE\x42\x60\x82", 12);
        if (std::fseek(file.get(), -static_cast<long>(end.size()), SEEK_END) != 0 ||
            std::fwrite(chunks.data(), 1, chunks.size(), file.get()) != chunks.size() ||
            std::fwrite(end.data(), 1, end.size(), file.get()) != end.size())
            throw Error(path, system_cause("could not be written whole"));
    }
    // On the disk before the name is: otherwise a power cut could leave the name with nothing behind it.
    if (std::fflush(file.get()) != 0) throw Error(path, system_cause("could not be written whole"));
    if (std::fclose(file.release()) != 0) throw Error(path, system_cause("could not be written whole"));
    unfinished.complete();
}

Frame load_png(const fs::path& path, int max_side) {
    std::error_code failure;
    if (!fs::is_regular_file(path, failure))
        throw Error(
            path, failure ? "cannot be read (" + failure.message() + ")" : "expected a PNG file, found something else");
    File file(std::fopen(path.c_str(), "rb"));
    if (!file) throw Error(path, system_cause("cannot be read"));

    Image image;
    if (!png_image_begin_read_from_stdio(&image, file.get()))
        throw Error(path, std::string("expected a PNG picture: ") + printable(image.message));
    const std::string size = std::to_string(image.width) + " x " + std::to_string(image.height);
    const auto longest = static_cast<png_uint_32>(max_side);
    if (image.width > longest || image.height > longest)
        throw Error(path,
                    "expected a picture of at most " + std::to_string(max_side) + " pixels a side, found " + size);
    if (!can_hold(fs::file_size(path, failure), image.width, image.height))
        throw Error(path, "is too short for a picture of " + size);

    image.format = PNG_FORMAT_RGB;
    Frame frame(static_cast<int>(image.width), static_cast<int>(image.height));
    const png_color black{0, 0, 0};
    if (!png_image_finish_read(&image, &black, frame.rgb.data(), 0, nullptr))
        throw Error(path, std::string("is a damaged PNG picture: ") + printable(image.message));
    return frame;
}

}  // namespace drift
