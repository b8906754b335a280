// pictures.h for a build without media: frames.npy is what it reads.
#include "core/error.h"
#include "data/pictures.h"

namespace drift {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, const char* what) {
    throw Error(file, std::string("expected frames.npy of the size that is wanted, found ") + what +
                          ": this driftlab was built without media");
}

}  // namespace

Frame read_picture(const std::filesystem::path& file) { refuse(file, "a picture"); }
Frame decode_jpeg(const std::string&, const std::filesystem::path& name, int) { refuse(name, "a JPEG picture"); }
double video_rate(const std::filesystem::path& file) { refuse(file, "a video"); }
VideoFacts read_video(const std::filesystem::path& file, const std::function<void(Frame)>&) { refuse(file, "a video"); }
std::string why_no_video(const std::filesystem::path& file) {
    return Error(file, "cannot be looked at: this driftlab was built without media").what();
}
Frame resized_picture(const Frame&, int, int) { refuse("--size", "another"); }

}  // namespace drift
