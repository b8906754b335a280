// PNG in and out: what was saved comes back, and what is damaged, cut short or made to harm ends in one clear Error.
#include "media/png.h"

#include <png.h>

#include <fstream>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "media_fixture.h"

namespace drift {
namespace {

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST_F(Media, PngComesBackEqual) {
    for (auto [width, height] : {std::pair{1, 1}, {64, 64}, {3, 200}, {257, 5}}) {
        Frame frame = scene(width, height, 9);
        save_png(folder / "a.png", frame);
        EXPECT_EQ(load_png(folder / "a.png"), frame) << width << " x " << height;
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "no temporary file stays";
}

TEST_F(Media, PngOfAnyPath) {
    Frame frame = scene(16, 16, 0);
    for (std::string name : {std::string("with space\nand line.png"), std::string("\xff\xfe not UTF-8.png"),
                             std::string(251, 'n') + ".png"}) {
        save_png(folder / name, frame);
        EXPECT_EQ(load_png(folder / name), frame);
    }
    std::string said = error_of([&] { load_png(folder / "\xff\n.png"); });
    EXPECT_TRUE(contains(said, "\\xff\\x0a.png")) << said;
}

// Writes through libpng in another format than ours.
void write_png_as(const fs::path& path, png_uint_32 format, int width, int height,
                  const std::vector<std::uint8_t>& pixels, const std::vector<std::uint8_t>& colours = {}) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    image.colormap_entries = static_cast<png_uint_32>(colours.size() / 3);
    ASSERT_TRUE(
        png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, colours.empty() ? nullptr : colours.data()))
        << image.message;
}

TEST_F(Media, PngOfEveryKind) {
    fs::path path = folder / "a.png";
    write_png_as(path, PNG_FORMAT_GRAY, 2, 1, {7, 200});
    EXPECT_EQ(load_png(path).rgb, (std::vector<std::uint8_t>{7, 7, 7, 200, 200, 200}));
    write_png_as(path, PNG_FORMAT_RGBA, 2, 1, {10, 20, 30, 255, 99, 99, 99, 0});
    EXPECT_EQ(load_png(path).rgb, (std::vector<std::uint8_t>{10, 20, 30, 0, 0, 0}));
    write_png_as(path, PNG_FORMAT_RGB_COLORMAP, 3, 1, {1, 0, 1}, {1, 2, 3, 200, 100, 50});
    EXPECT_EQ(load_png(path).rgb, (std::vector<std::uint8_t>{200, 100, 50, 1, 2, 3, 200, 100, 50}));
}

std::string big_endian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

// A PNG whose header claims that size, with a few bytes of picture data behind it.
std::string png_claiming(std::uint32_t width, std::uint32_t height) {
    auto chunk = [](const std::string& type, const std::string& data) {
        std::uint32_t crc = 0xFFFFFFFF;  // CRC-32 as the PNG specification defines it
        for (unsigned char byte : type + data) {
            crc ^= byte;
            for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
        }
        return big_endian(static_cast<std::uint32_t>(data.size())) + type + data + big_endian(~crc);
    };
    return "\x89PNG\r\n\x1a\n" +
           chunk("IHDR", big_endian(width) + big_endian(height) + std::string("\x08\x02\0\0\0", 5)) +
           chunk("IDAT", "\x78\x9c\x03") + chunk("IEND", "");
}

TEST_F(Media, PngBombsAreRefusedBeforeAllocating) {
    fs::path path = folder / "bomb.png";
    for (auto [width, height] : {std::pair{65535u, 65535u},
                                 {0x7FFFFFFFu, 0x7FFFFFFFu},
                                 {8193u, 1u},
                                 {1u, 8193u},
                                 {0u, 5u},
                                 {0xFFFFFFFFu, 1u}}) {
        write_bytes(path, png_claiming(width, height));
        EXPECT_TRUE(contains(error_of([&] { load_png(path); }), "bomb.png: ")) << width << " x " << height;
    }
    write_bytes(path, png_claiming(65535, 65535));
    std::string said = error_of([&] { load_png(path); });
    EXPECT_TRUE(contains(said, "at most 8192 pixels a side, found 65535 x 65535")) << said;
    write_bytes(path, png_claiming(8192, 8192));
    said = error_of([&] { load_png(path); });
    EXPECT_TRUE(contains(said, "too short")) << said;
    save_png(path, scene(65, 64, 0));
    EXPECT_EQ(load_png(path, 65).width, 65);
    said = error_of([&] { load_png(path, 64); });
    EXPECT_TRUE(contains(said, "at most 64 pixels a side, found 65 x 64")) << said;
}

TEST_F(Media, PngCutAnywhereIsAnErrorOrWhole) {
    Frame frame = scene(64, 48, 3);
    save_png(folder / "whole.png", frame);
    std::string bytes = bytes_of(folder / "whole.png");
    fs::path path = folder / "cut.png";
    int loaded = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        write_bytes(path, bytes.substr(0, length));
        try {
            EXPECT_EQ(load_png(path), frame) << "cut to " << length << " of " << bytes.size();
            ++loaded;  // only the closing chunks were missing
        } catch (const Error&) {}
    }
    EXPECT_LT(loaded, 32);
}

TEST_F(Media, PngWithFlippedBytesNeverCrashes) {
    save_png(folder / "whole.png", scene(32, 32, 3));
    std::string bytes = bytes_of(folder / "whole.png");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
        write_bytes(folder / "damaged.png", damaged);
        try {
            EXPECT_FALSE(load_png(folder / "damaged.png").empty());
        } catch (const Error&) {}
    }
}

TEST_F(Media, PngThatIsNone) {
    write_bytes(folder / "empty.png", "");
    write_bytes(folder / "text.png", "this is no picture");
    fs::create_directory(folder / "folder.png");
    fs::create_symlink("loop.png", folder / "loop.png");
    for (const char* name : {"empty.png", "text.png", "folder.png", "loop.png", "absent.png"}) {
        std::string said = error_of([&] { load_png(folder / name); });
        EXPECT_TRUE(contains(said, name)) << said;
        EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 0);
    }
}

TEST_F(Media, PngThatCannotBeSavedLeavesTheOldOne) {
    EXPECT_TRUE(contains(error_of([&] { save_png(folder / "none" / "a.png", scene(8, 8, 0)); }), "cannot be written"));
    error_of([&] { save_png(folder / "a.png", Frame()); });
    EXPECT_FALSE(fs::exists(folder / "a.png"));
    fs::create_directories(folder / "taken.png" / "inside");
    error_of([&] { save_png(folder / "taken.png", scene(8, 8, 0)); });
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "no temporary file stays";
}

TEST_F(Media, PngOnAFullDiskLeavesTheOldOne) {
    Frame old = scene(8, 8, 0);
    save_png(folder / "a.png", old);
    Frame large(256, 256);
    std::mt19937 noise(1);  // does not shrink
    for (std::uint8_t& byte : large.rgb) byte = static_cast<std::uint8_t>(noise());
    int code = with_file_limit(4096, [&] {
        try {
            save_png(folder / "a.png", large);
        } catch (const Error&) {
            return 7;
        }
        return 0;
    });
    EXPECT_EQ(code, 7);
    EXPECT_EQ(load_png(folder / "a.png"), old);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
}

}  // namespace
}  // namespace drift
