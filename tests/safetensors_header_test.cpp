// No damaged or hostile header gets past the safetensors reader.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "safetensors_fixture.h"

namespace drift {
namespace {

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

}  // namespace
}  // namespace drift
