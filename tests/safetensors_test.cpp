// The safetensors reader: round trips, and that no damaged or hostile file gets past its header.
#include "model/checkpoint/safetensors.h"

#include <gtest/gtest.h>
#include <torch/torch.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "core/error.h"

namespace drift {
namespace {

class SafetensorsTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("drift-safetensors-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        file_ = folder_ / "weights.safetensors";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void put(const std::string& bytes) {
        std::ofstream(file_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    std::string bytes() const {
        std::ifstream file(file_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static std::string with_length(std::uint64_t length, const std::string& rest) {
        return std::string(reinterpret_cast<const char*>(&length), 8) + rest;
    }
    // A file of that header and so many bytes of data.
    void put_header(const std::string& json, std::size_t data) {
        put(with_length(json.size(), json + std::string(data, '\1')));
    }

    // One Error that names the file and says `cause`, in text that can be shown.
    void expect_refused(const std::string& cause) {
        try {
            read_safetensors(file_);
            ADD_FAILURE() << "was read; expected: " << cause;
        } catch (const Error& error) {
            std::string sentence = error.what();
            EXPECT_TRUE(sentence.starts_with(file_.string() + ": ")) << sentence;
            EXPECT_NE(sentence.find(cause), std::string::npos) << sentence;
            EXPECT_EQ(sentence, printable(sentence));
            EXPECT_LT(sentence.size(), 1000u);
        }
    }

    std::filesystem::path folder_, file_;
};

TensorMap some_tensors() {
    auto all = at::arange(-12, 12).reshape({2, 3, 4});
    TensorMap tensors;
    for (auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong, at::kInt, at::kShort, at::kChar})
        tensors[std::string("t.") + c10::toString(type)] = all.to(type);
    tensors["byte"] = at::arange(0, 256).to(at::kByte);
    tensors["bool"] = all > 3;
    tensors["scalar"] = at::tensor(2.5f).reshape({});
    tensors["empty"] = at::empty({3, 0, 2});
    return tensors;
}

void expect_equal(const TensorMap& a, const TensorMap& b) {
    ASSERT_EQ(a.size(), b.size());
    for (const auto& [name, tensor] : a) {
        EXPECT_EQ(tensor.scalar_type(), b.at(name).scalar_type()) << name;
        EXPECT_TRUE(tensor.equal(b.at(name))) << name;
    }
}

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

TEST_F(SafetensorsTest, AHeaderLengthThatCannotBeIsRefused) {
    std::string rest = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})" + std::string(1, '\1');
    for (std::uint64_t length :
         {std::uint64_t{1} << 63, ~std::uint64_t{0}, ~std::uint64_t{0} - 7, std::uint64_t{rest.size() + 1}}) {
        put(with_length(length, rest));
        expect_refused("header takes");
    }
    put(with_length(0, ""));
    expect_refused("must begin with {");
    put(with_length(rest.size() - 1, rest));
    EXPECT_EQ(read_safetensors(file_).size(), 1u);
}

// The file is sparse: reading it would take its length from memory, refusing it takes nothing.
TEST_F(SafetensorsTest, AHeaderOf100MegabytesIsRefusedBeforeItIsRead) {
    put(with_length(100 << 20, "{"));
    std::filesystem::resize_file(file_, (100 << 20) + 8);
    expect_refused("expected at most");
}

TEST_F(SafetensorsTest, AFullHeaderOfKeysIsRefusedQuickly) {
    std::string json = "{";
    for (int i = 0; json.size() < (15 << 20); ++i) json.append("\"").append(std::to_string(i)).append("\":[],");
    put_header(json + "\"z\":[]}", 0);
    expect_refused("a list where the format has none");
    put_header("{\"" + std::string(15 << 20, 'k') + "\":1}", 0);
    expect_refused("a number where the format has none");
    put_header(std::string(15 << 20, '{'), 0);
    expect_refused("not JSON");
    put_header("{\"a\":{\"dtype\":\"U8\",\"shape\":" + std::string(15 << 20, '['), 0);
    expect_refused("a list where the format has none");
}

TEST_F(SafetensorsTest, OffsetsThatDoNotTileTheDataAreRefused) {
    auto two = [&](const std::string& a, const std::string& b, std::size_t data = 8) {
        put_header(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + a +
                       R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + b + "}}",
                   data);
    };
    two("[0,4]", "[4,8]");
    EXPECT_EQ(read_safetensors(file_).size(), 2u);
    two("[4,8]", "[0,4]");  // the order of names is free
    EXPECT_EQ(read_safetensors(file_).size(), 2u);
    const std::tuple<const char*, const char*, const char*> bad[] = {
        {"[0,4]", "[0,4]", "overlap"},
        {"[0,4]", "[2,6]", "overlap"},
        {"[0,4]", "[5,9]", "a hole"},
        {"[1,5]", "[5,9]", "a hole"},
        {"[4,0]", "[4,8]", "its shape needs 4 bytes"},
        {"[0,4]", "[4,9]", "its shape needs 4 bytes"},
        {"[-4,0]", "[0,4]", "negative number -4"},
        {"[0,4.0]", "[4,8]", "the number \"4.0\""},
        {"[0,4e0]", "[4,8]", "expected a whole one"},
        {"[0,18446744073709551616]", "[4,8]", "expected a whole one"},
        {"[18446744073709551612,18446744073709551616]", "[4,8]", "expected a whole one"},
        {"[18446744073709551611,18446744073709551615]", "[0,4]", "a hole"},
        {"[0]", "[4,8]", "1 data_offsets"},
        {"[0,4,8]", "[4,8]", "more than 2"},
        {"[]", "[4,8]", "0 data_offsets"},
        {"[\"0\",4]", "[4,8]", "text where"},
        {"[null,4]", "[4,8]", "null"},
        {"[[0],4]", "[4,8]", "a list"},
        {"{}", "[4,8]", "an object"},
        {"true", "[4,8]", "true or false"}};
    for (auto [a, b, cause] : bad) {
        SCOPED_TRACE(std::string(a) + b);
        two(a, b);
        expect_refused(cause);
    }
    two("[0,4]", "[4,8]", 9);
    expect_refused("tensors take 8 bytes, but 9 follow");
    two("[0,4]", "[4,8]", 7);
    expect_refused("tensors take 8 bytes, but 7 follow");
}

TEST_F(SafetensorsTest, ShapesThatOverflowAreRefused) {
    auto shaped = [&](const std::string& shape, const std::string& offsets, std::size_t data,
                      const char* type = "F32") {
        put_header("{\"a\":{\"dtype\":\"" + std::string(type) + "\",\"shape\":" + shape +
                       ",\"data_offsets\":" + offsets + "}}",
                   data);
    };
    shaped("[4294967296,4294967296]", "[0,0]", 0);  // 2^64 elements: 0 where it is multiplied in 64 bits
    expect_refused("more elements");
    shaped("[4611686018427387904]", "[0,0]", 0);  // 2^62 elements of 4 bytes
    expect_refused("more elements");
    shaped("[9223372036854775808]", "[0,0]", 0, "U8");
    expect_refused("an extent of 9223372036854775808");
    shaped("[0,4294967296,4294967296]", "[0,0]", 0);  // no elements, but strides beyond 63 bits
    expect_refused("more elements");
    shaped("[1,1,1,1,1,1,1,1,1]", "[0,4]", 4);
    expect_refused("more than 8 dimensions");
    shaped("[-1]", "[0,4]", 4);
    expect_refused("negative");
    shaped("[1.5]", "[0,6]", 6);
    expect_refused("whole");
    shaped("[1099511627776]", "[0,4398046511104]", 16);  // a claim of 4 TiB in 16 bytes
    expect_refused("tensors take 4398046511104 bytes, but 16 follow");
    shaped("4", "[0,4]", 4);
    expect_refused("a number");
    shaped("[1]", "[0,4]", 4, "F8_E4M3");
    expect_refused("dtype \"F8_E4M3\"");
    shaped("[1]", "[0,4]", 4, "f32");
    expect_refused("dtype");
}

TEST_F(SafetensorsTest, AHeaderThatIsNotQuiteOneIsRefused) {
    const std::string good = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
    const std::pair<std::string, const char*> bad[] = {
        {"\xef\xbb\xbf" + good, "must begin with {"},
        {" " + good, "must begin with {"},
        {"[]", "must begin with {"},
        {good + good, "not JSON"},
        {good + std::string(1, '\0'), "NUL"},
        {good + "x", "not JSON"},
        {good.substr(0, good.size() - 1), "not JSON"},
        {"{\"\xff\":1}", "not JSON"},
        {R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},})", "not JSON"},
        {R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
         "twice"},
        {R"({"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}})", "twice"},
        {R"({"a":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}})", "twice"},
        {R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"data_offsets":[0,1]}})", "twice"},
        {R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1}})", "alone"},
        {R"({"a":{"dtype":"U8","shape":[1]}})", "not all of"},
        {R"({"a":{"shape":[1],"data_offsets":[0,1]}})", "not all of"},
        {R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", "not all of"},
        {R"({"a":{}})", "not all of"},
        {R"({"a":1})", "a number"},
        {R"({"a":"x"})", "text"},
        {R"({"a":null})", "null"},
        {R"({"a":{"dtype":["U8"],"shape":[1],"data_offsets":[0,1]}})", "a list"},
        {R"({"__metadata__":{"k":1}})", "a number"},
        {R"({"__metadata__":{"k":{}}})", "an object"},
        {R"({"__metadata__":[]})", "a list"},
        {R"({"__metadata__":{"k":"1","k":"2"}})", "twice"},
        {R"({"__metadata__":{},"__metadata__":{}})", "twice"}};
    for (const auto& [json, cause] : bad) {
        SCOPED_TRACE(printable(json));
        put_header(json, 1);
        expect_refused(cause);
    }
    put_header(good + "  \n\t ", 1);  // padding at the end is the format's own
    EXPECT_EQ(read_safetensors(file_).size(), 1u);
}

TEST_F(SafetensorsTest, ABoolIs0Or1) {
    put_header(R"({"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}})", 2);
    EXPECT_TRUE(read_safetensors(file_).at("a").all().item<bool>());
    std::string damaged = bytes();
    damaged.back() = 2;
    put(damaged);
    expect_refused("neither true nor false");
}

// Any one byte changed: a sound file or an Error, never anything else.
TEST_F(SafetensorsTest, NoChangedByteOfAHeaderDoesHarm) {
    write_safetensors(file_, {{"weight", at::ones({2, 3})}, {"b", at::ones({4}, at::kHalf)}}, {{"k", "v"}});
    std::string whole = bytes();
    std::uint64_t length = 0;
    std::memcpy(&length, whole.data(), 8);
    for (std::size_t i = 0; i < 8 + length; ++i)
        for (int change : {1, 2, 4, 16, 64, 128, 255}) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ change);
            put(changed);
            try {
                read_safetensors(file_);
            } catch (const Error&) {}
        }
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
