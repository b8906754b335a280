// The safetensors reader: round trips, and that no damaged or hostile file gets past its header.
#include "model/checkpoint/safetensors.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "core/error.h"
#include "safetensors_fixture.h"

namespace drift {
namespace {

TEST_F(SafetensorsTest, EveryTypeAndShapeSurvives) {
    Metadata metadata{{"format", "pt"},
                      {"note",
                       "Gr\xc3\xbc\xc3\x9f"
                       "e \"quoted\"\n"}},
        found;
    write_safetensors(file_, some_tensors(), metadata);
    expect_equal(read_safetensors(file_, &found), some_tensors());
    EXPECT_EQ(found, metadata);
}

TEST_F(SafetensorsTest, LayoutAndGradientsDoNotMatter) {
    auto x = at::randn({2, 3, 4, 5});
    auto learned = at::randn({2, 2}).requires_grad_();
    write_safetensors(file_, {{"last", x.contiguous(at::MemoryFormat::ChannelsLast)},
                              {"turned", x.permute({3, 1, 0, 2})},
                              {"one", x[0][0][0][0].expand({3, 3})},
                              {"learned", learned}});
    auto read = read_safetensors(file_);
    EXPECT_TRUE(read.at("last").equal(x));
    EXPECT_TRUE(read.at("turned").equal(x.permute({3, 1, 0, 2})));
    EXPECT_TRUE(read.at("one").equal(x[0][0][0][0].expand({3, 3})));
    EXPECT_TRUE(read.at("learned").equal(learned));
    EXPECT_TRUE(read.at("last").is_contiguous());
}

TEST_F(SafetensorsTest, EqualContentsAreEqualBytesAndDataIsAligned) {
    write_safetensors(file_, some_tensors(), {{"a", "1"}, {"b", "2"}});
    std::string first = bytes();
    write_safetensors(file_, some_tensors(), {{"b", "2"}, {"a", "1"}});
    EXPECT_EQ(bytes(), first);
    std::uint64_t length = 0;
    std::memcpy(&length, first.data(), 8);
    EXPECT_EQ(length % 8, 0u);
    auto header = parse_safetensors_header(first.substr(8, length), first.size() - 8 - length, file_);
    for (const auto& [name, info] : header.tensors) EXPECT_EQ(info.begin % c10::elementSize(info.dtype), 0u) << name;
}

TEST_F(SafetensorsTest, NothingIsAFileToo) {
    write_safetensors(file_, {});
    EXPECT_TRUE(read_safetensors(file_).empty());
}

TEST_F(SafetensorsTest, AFailedWriteLeavesTheOldFileAndNothingElse) {
    write_safetensors(file_, {{"a", at::ones({2})}});
    EXPECT_THROW(write_safetensors(file_, {{"a", at::zeros({2}, at::kComplexFloat)}}), Error);
    EXPECT_THROW(write_safetensors(file_, {{"\xff", at::zeros({2})}}), Error);
    EXPECT_THROW(write_safetensors(file_, {{"__metadata__", at::zeros({2})}}), Error);
    EXPECT_THROW(write_safetensors(folder_ / "absent" / "file", {{"a", at::zeros({2})}}), Error);
    EXPECT_TRUE(read_safetensors(file_).at("a").equal(at::ones({2})));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(SafetensorsTest, ANameOf255BytesCanBeWritten) {
    file_ = folder_ / std::string(255, 'n');
    write_safetensors(file_, {{"a", at::ones({2})}});
    EXPECT_EQ(read_safetensors(file_).size(), 1u);
}

TEST_F(SafetensorsTest, WhatIsNoFileIsRefused) {
    expect_refused("cannot be opened");
    file_ = folder_;
    expect_refused("expected a file");
    file_ = "/dev/zero";
    expect_refused("expected a file");
}

TEST_F(SafetensorsTest, AFileCutAnywhereIsRefused) {
    write_safetensors(file_, some_tensors());
    std::string whole = bytes();
    put("");
    expect_refused("expected at least 8 bytes, found 0");
    put(whole.substr(0, 7));
    expect_refused("expected at least 8 bytes, found 7");
    for (std::size_t part = 1; part < 64; ++part) {
        put(whole.substr(0, whole.size() * part / 64));
        expect_refused("");
    }
    for (std::size_t lost : {1, 2, 8}) {
        put(whole.substr(0, whole.size() - lost));
        expect_refused("follow the header");
    }
    put(whole + '\0');
    expect_refused("follow the header");
}

TEST_F(SafetensorsTest, SaysWhichTensorsAreNotFinite) {
    auto bad = at::zeros({3});
    bad[1] = std::numeric_limits<float>::quiet_NaN();
    auto worse = at::zeros({3}, at::kBFloat16);
    worse[2] = -std::numeric_limits<float>::infinity();
    EXPECT_EQ(not_finite({{"fine", at::ones({2})},
                          {"nan", bad},
                          {"infinite", worse},
                          {"whole", at::ones({2}, at::kLong)},
                          {"empty", at::empty({0})}}),
              (std::vector<std::string>{"infinite", "nan"}));
    write_safetensors(file_, {{"nan", bad}});
    EXPECT_TRUE(std::isnan(read_safetensors(file_).at("nan")[1].item<float>()))
        << "files keep them; who loads weights decides";
}

}  // namespace
}  // namespace drift
