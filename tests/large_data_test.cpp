// Recorded play that is larger than memory.
#include <sys/resource.h>

#include <fstream>

#include "core/error.h"
#include "data/data_set.h"
#include "formats/npy.h"
#include "made_video.h"
#include "media_fixture.h"

namespace drift {
namespace {

long peak_kilobytes() {  // of this program's memory, so far
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// 200 GB, nearly all of it a hole in the file.
TEST_F(Media, FramesOfAnArrayStayInTheirFile) {
    constexpr std::size_t count = 254'300, side = 512, bytes = side * side * 3;
    put_bytes(folder / "data.toml",
              "format = 1\nrate = 10\n[[actions]]\nname = \"left\"\nkeys = []\n[[actions]]\nname = \"right\"\nkeys = "
              "[\"Right\"]\n");
    const std::string begin = npy_file_begin({NpyType::u8, {count, side, side, 3}});
    fs::create_directories(folder / "large");
    put_bytes(folder / "large/frames.npy", begin);
    fs::resize_file(folder / "large/frames.npy", begin.size() + count * bytes);
    std::fstream file(folder / "large/frames.npy", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(begin.size() + 200'000 * bytes));
    file << std::string(bytes, '\7');
    file.close();
    put_bytes(folder / "large/actions.csv", [] {
        std::string text = "action\n";
        for (std::size_t i = 0; i < count; ++i) text += i % 2 ? "left\n" : "right\n";
        return text;
    }());
    const long before = peak_kilobytes();
    std::vector<std::string> notes;
    DataSet data = read_data_set(folder, std::nullopt, notes);
    ASSERT_EQ(data.clips.size(), 1u);
    EXPECT_EQ(data.clips[0].frames.size(), count);
    EXPECT_EQ(data.clips[0].frames[199'999].rgb, std::vector<std::uint8_t>(bytes, 0));
    EXPECT_EQ(data.clips[0].frames[200'000].rgb, std::vector<std::uint8_t>(bytes, 7));
    const auto held = hold_out(data.clips, held_out_share);
    EXPECT_EQ(held.at(0).frames.size(), count / 10);
    EXPECT_EQ(data.clips[0].frames.size(), count - count / 10);
    EXPECT_LT(peak_kilobytes() - before, 100'000);
    // Smaller, each when it is asked for.
    EXPECT_EQ(read_data_set(folder, PictureSize{64, 64}, notes).clips[0].frames[200'000].rgb,
              std::vector<std::uint8_t>(64 * 64 * 3, 7));
    // A file that is cut while it is used is a sentence, and no crash.
    fs::resize_file(folder / "large/frames.npy", begin.size() + 100 * bytes);
    EXPECT_THROW(data.clips[0].frames[200'000], Error);
}

}  // namespace
}  // namespace drift
