// What a picture or a video carries comes out again, the picture stays the same, and what is damaged is a sentence.
#include "media/carried.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "media/clip_writer.h"
#include "media/ffmpeg.h"
#include "media/png.h"
#include "media/video_reader.h"
#include "media_fixture.h"
#include "session/log/recipe.h"

namespace drift {
namespace {

Frame colourful() {
    Frame frame(32, 16);
    for (std::size_t i = 0; i < frame.rgb.size(); ++i) frame.rgb[i] = static_cast<std::uint8_t>(i * 7);
    return frame;
}
std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void put(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::vector<std::uint8_t> load(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + 3);
    return bytes;
}

struct Carried : Media {
    std::filesystem::path png() {
        save_png(folder / "a.png", colourful());
        return folder / "a.png";
    }
    std::filesystem::path mp4() {
        const auto file = folder / "a.mp4";
        ClipWriter writer(file, file, {ClipFormat::mp4, 32, 16, 15, {}});
        for (int i = 0; i < 5; ++i) writer.add(colourful());
        writer.finish();
        return file;
    }
};

TEST_F(Carried, ComesOutAgainAndThePictureStays) {
    for (const auto& file : {png(), mp4()}) {
        EXPECT_FALSE(carried(file));
        for (std::size_t size : {0u, 1u, 70'000u}) {  // another one takes the place of the first
            carry(file, load(size));
            auto found = carried(file);
            ASSERT_TRUE(found);
            EXPECT_EQ(*found, load(size));
        }
    }
    EXPECT_EQ(load_png(folder / "a.png"), colourful());
    VideoReader video(folder / "a.mp4");
    int frames = 0;
    while (video.next()) ++frames;
    EXPECT_EQ(frames, 5);
}

TEST_F(Carried, WordsForPeopleStandInAPicturesText) {
    const auto file = png();
    carry(file, load(30), "world: one");
    carry(file, load(20), "world: two");
    const std::string bytes = bytes_of(file);
    EXPECT_EQ(bytes.find("world: one"), bytes.npos) << "the words of before are gone";
    EXPECT_NE(bytes.find(std::string("iTXtDriftscope\0\0\0\0\0world: two", 29)), bytes.npos);
    EXPECT_EQ(carried(file), load(20));
    EXPECT_EQ(load_png(file), colourful()) << "libpng takes the chunk for whole";
}

TEST_F(Carried, AVideoSaysItInItsComment) {
    const auto file = folder / "a.mp4";
    ClipWriter writer(file, file, {ClipFormat::mp4, 32, 16, 15, {}, "world: bricks"});
    writer.add(colourful());
    writer.finish();
    carry(file, load(20));
    AVFormatContext* opened = nullptr;
    ASSERT_EQ(avformat_open_input(&opened, file.c_str(), nullptr, nullptr), 0);
    const AVDictionaryEntry* found = av_dict_get(opened->metadata, "comment", nullptr, 0);
    EXPECT_STREQ(found ? found->value : "none", "world: bricks");
    avformat_close_input(&opened);
}

TEST_F(Carried, OtherFilesCarryNothingAndTakeNothing) {
    put(folder / "a.txt", "a letter");
    EXPECT_FALSE(carried(folder / "a.txt"));
    EXPECT_THROW(carry(folder / "a.txt", load(3)), Error);
    put(folder / "b", "");
    EXPECT_FALSE(carried(folder / "b"));
}

TEST_F(Carried, WhatIsCutOrChangedIsASentenceOrNothing) {
    const auto file = png();
    carry(file, load(500));
    const std::string whole = bytes_of(file);
    for (std::size_t keep = 0; keep < whole.size(); keep += 7) {
        put(file, whole.substr(0, keep));
        try {
            if (auto found = carried(file)) {
                EXPECT_EQ(*found, load(500));
            }
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find("a.png"), std::string::npos);
        }
    }
    std::string changed = whole;
    changed[whole.find("drFt") + 20] ^= 1;
    put(file, changed);
    EXPECT_THROW(carried(file), Error);
    const auto video = mp4();
    std::string boxes = bytes_of(video);
    put(video, boxes + std::string("\xff\xff\xff\xff", 4) + "uuidDriftscope-moves");
    EXPECT_THROW(carried(video), Error) << "a box that reaches beyond the file";
}

TEST(Recipes, ComeOutOfTheirBytesAndNothingElseDoes) {
    const Recipe recipe{"world: bricks\n", ".state", load(100)};
    auto bytes = to_bytes(recipe);
    EXPECT_EQ(recipe_of_bytes(bytes), recipe);
    for (std::size_t keep = 0; keep < bytes.size(); ++keep)
        EXPECT_THROW(recipe_of_bytes(std::span(bytes).first(keep)), Error) << keep;
    bytes[bytes.size() - 20] ^= 1;
    EXPECT_THROW(recipe_of_bytes(bytes), Error);
    EXPECT_THROW(recipe_of_bytes(to_bytes({"", ".sh", {}})), Error)
        << "nothing but a state or a session is taken out of a picture";
}

}  // namespace
}  // namespace drift
