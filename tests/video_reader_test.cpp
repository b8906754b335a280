// Videos and pictures of other programs: turned as every player shows them, read or refused in a sentence whatever changes in them.
#include "media/video_reader.h"

#include "made_video.h"
#include "media/png.h"
#include "media/still.h"
#include "media_fixture.h"

namespace drift {
namespace {

// Red at the top left, green at the top right, blue at the bottom left.
Frame corners(int width, int height) {
    Frame frame(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool left = x < width / 2, top = y < height / 2;
            std::uint8_t* pixel = frame.at(x, y);
            pixel[0] = top && left ? 255 : 0, pixel[1] = top && !left ? 255 : 0, pixel[2] = !top && left ? 255 : 0;
        }
    return frame;
}

// The corners as letters, from the top left, row by row.
std::string seen(const Frame& frame) {
    std::string text;
    for (auto [x, y] : {std::pair(2, 2), std::pair(frame.width - 3, 2), std::pair(2, frame.height - 3),
                        std::pair(frame.width - 3, frame.height - 3)}) {
        const std::uint8_t* pixel = frame.at(x, y);
        text += pixel[0] > 128 ? 'R' : pixel[1] > 128 ? 'G' : pixel[2] > 128 ? 'B' : '-';
    }
    return text;
}

std::vector<Frame> frames_of(const fs::path& file) {
    VideoReader reader(file);
    std::vector<Frame> frames;
    while (auto picture = reader.next()) frames.push_back(std::move(picture->frame));
    return frames;
}

TEST_F(Media, VideosAreTurnedAsPlayersShowThem) {
    struct Case {
        int a, b, c, d;
        const char* seen;
    };
    for (const Case& one :
         {Case{1, 0, 0, 1, "RGB-"}, Case{0, 1, -1, 0, "BR-G"}, Case{-1, 0, 0, -1, "-BGR"}, Case{0, -1, 1, 0, "G-RB"},
          Case{-1, 0, 0, 1, "GR-B"}, Case{1, 0, 0, -1, "B-RG"}, Case{0, 1, 1, 0, "RBG-"}, Case{0, -1, -1, 0, "-GBR"}}) {
        const fs::path file = folder / "a.mov";
        make_video(file, "mov", {{corners(48, 32), 0}, {corners(48, 32), 50}});
        turn_video(file, one.a, one.b, one.c, one.d);
        VideoReader reader(file);
        const bool lying = one.a == 0;
        EXPECT_EQ(reader.tracks()[0].width, lying ? 32 : 48) << one.seen;
        auto picture = reader.next();
        ASSERT_TRUE(picture);
        EXPECT_EQ(picture->frame.width, lying ? 32 : 48);
        EXPECT_EQ(seen(picture->frame), one.seen);
    }
}

TEST_F(Media, PixelFormatsAndSizesMayChangeWithinAVideo) {
    Frame grey(48, 32);
    std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t{90});
    const Frame colours = corners(48, 32), large = corners(96, 64);
    make_video(folder / "a.mov", "mov",
               {{colours, 0},
                {grey, 50, AV_PIX_FMT_GRAY8},
                {colours, 100, AV_PIX_FMT_RGBA},
                {grey, 150},
                {large, 200},
                {colours, 250}});
    EXPECT_EQ(frames_of(folder / "a.mov"), (std::vector<Frame>{colours, grey, colours, grey, large, colours}));
}

// A tag of an FLV file.
std::string flv_tag(int type, int milliseconds, const std::string& data) {
    auto number = [](std::size_t value, int bytes) {
        std::string text;
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
        return text;
    };
    const auto time = static_cast<std::size_t>(milliseconds);
    return std::string(1, static_cast<char>(type)) + number(data.size(), 3) + number(time & 0xFFFFFF, 3) +
           number(time >> 24, 1) + number(0, 3) + data + number(data.size() + 11, 4);
}

TEST_F(Media, TracksThatBeginLateArePassedOverOrRefused) {
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 300; ++i)
        pictures.push_back(
            {scene(48, 32, i), 1000 * i, AV_PIX_FMT_YUV420P});  // longer than what is looked at when a file is opened
    make_video(folder / "a.flv", "flv", pictures, AV_CODEC_ID_FLV1);
    const std::string whole = bytes_of(folder / "a.flv");
    ASSERT_EQ(frames_of(folder / "a.flv").size(), 300u);
    put_bytes(folder / "sound.flv", whole + flv_tag(8, 300000, std::string("\x3E") + std::string(400, '\0')) +
                                        flv_tag(8, 300100, std::string("\x3E") + std::string(400, '\0')));
    EXPECT_EQ(frames_of(folder / "sound.flv").size(), 300u);
    put_bytes(folder / "second.flv", whole + flv_tag(9, 300000, "\x13" + std::string(64, '\1')) +
                                         flv_tag(9, 300100, "\x13" + std::string(64, '\1')));
    EXPECT_TRUE(contains(error_of([&] { frames_of(folder / "second.flv"); }), "begins later"));
}

TEST_F(Media, DamageWithinAVideoIsCounted) {
    std::vector<MadePicture> pictures;
    for (int i = 0; i < 4; ++i) pictures.push_back({scene(48, 32, i), 50 * i});
    make_video(folder / "a.mov", "mov", pictures);
    std::string bytes = bytes_of(folder / "a.mov");
    const auto second = bytes.find("\x89PNG", bytes.find("\x89PNG") + 4);
    bytes.replace(second, 4, "nope");
    put_bytes(folder / "a.mov", bytes);
    VideoReader reader(folder / "a.mov");
    int count = 0;
    while (reader.next()) ++count;
    EXPECT_EQ(count, 3);
    EXPECT_EQ(reader.damaged(), 1);
}

TEST_F(Media, PicturesOfAllKindsAreKnownByTheirContents) {
    const Frame frame = corners(48, 32);
    put_bytes(folder / "a.png", encoded_picture(AV_CODEC_ID_BMP, {frame, 0, AV_PIX_FMT_BGR24}));
    EXPECT_EQ(load_picture(folder / "a.png"), frame) << "a BMP";
    save_png(folder / "b.jpg", frame);
    EXPECT_EQ(load_picture(folder / "b.jpg"), frame) << "a PNG";
    const std::string jpeg = encoded_picture(AV_CODEC_ID_MJPEG, {frame, 0, AV_PIX_FMT_YUVJ444P});
    put_bytes(folder / "c.JPG", jpeg);
    EXPECT_EQ(seen(load_picture(folder / "c.JPG")), "RGB-");
    put_bytes(folder / "d.tif", encoded_picture(AV_CODEC_ID_TIFF, {frame, 0, AV_PIX_FMT_RGB24}));
    EXPECT_EQ(load_picture(folder / "d.tif"), frame);
    put_bytes(folder / "e.ppm", encoded_picture(AV_CODEC_ID_PPM, {frame, 0, AV_PIX_FMT_RGB24}));
    EXPECT_EQ(load_picture(folder / "e.ppm"), frame);

    // 16x16, its left half (200, 10, 20), its right half transparent.
    static const char webp[] =
        "\x52\x49\x46\x46\x26\x00\x00\x00\x57\x45\x42\x50\x56\x50\x38\x4c\x1a\x00\x00\x00\x2f\x0f\xc0\x03\x10\x0f\x30"
        "\x0a\x83\x3c\x14\xf3\x1f\xf0\x10\x0b\x26\xf3\x97\xee\xce\x20\xa2\xff\x91\x0b";
    put_bytes(folder / "f.webp", std::string(webp, sizeof webp - 1));
    Frame half = load_picture(folder / "f.webp");
    ASSERT_EQ(half.width, 16);
    EXPECT_EQ(std::vector<int>(half.at(3, 8), half.at(3, 8) + 3), (std::vector<int>{200, 10, 20}));
    EXPECT_EQ(std::vector<int>(half.at(12, 8), half.at(12, 8) + 3), (std::vector<int>{0, 0, 0}))
        << "what is transparent lies on black";

    put_bytes(folder / "g.png", "text");
    EXPECT_TRUE(contains(error_of([&] { load_picture(folder / "g.png"); }), "expected a PNG, JPEG"));
    put_bytes(folder / "h.jpg", jpeg.substr(0, 60));
    EXPECT_TRUE(contains(error_of([&] { load_picture(folder / "h.jpg"); }), "damaged"));
    EXPECT_TRUE(contains(error_of([&] { load_picture(folder / "c.JPG", 40); }), "too large"));
}

TEST_F(Media, PicturesOfAPhoneAreTurnedAsExifSays) {
    const std::string jpeg = encoded_picture(AV_CODEC_ID_MJPEG, {corners(48, 32), 0, AV_PIX_FMT_YUVJ444P});
    for (auto [number, expected] :
         {std::pair(1, "RGB-"), std::pair(3, "-BGR"), std::pair(6, "BR-G"), std::pair(8, "G-RB")}) {
        std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 24);
        exif += static_cast<char>(number) + std::string("\0\0\0\0\0\0\0", 7);
        put_bytes(folder / "a.jpg", jpeg.substr(0, 2) + "\xFF\xE1" + std::string(1, '\0') +
                                        static_cast<char>(exif.size() + 2) + exif + jpeg.substr(2));
        EXPECT_EQ(seen(load_picture(folder / "a.jpg")), expected) << number;
    }
}

}  // namespace
}  // namespace drift
