// NumPy arrays in: what NumPy writes comes through, and what is cut, of another kind or made to harm ends in one clear Error.
#include "formats/npy.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <numeric>

#include "core/error.h"
#include "scratch_folder.h"

namespace drift {
namespace {

// A file of version 1.0 with that header.
std::string array(const std::string& header, const std::string& data, char version = 1) {
    std::string length{static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
    if (version > 1) length += std::string(2, '\0');
    return std::string("\x93NUMPY") + version + '\0' + length + header + data;
}

struct Npy : testing::Test {
    ScratchFolder folder;
    std::filesystem::path file = folder / "a.npy";
    void write(const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }
    std::string refusal(const std::string& bytes) {
        write(bytes);
        try {
            NpyReader reader(file);
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find("a.npy: "), std::string::npos) << error.what();
            return error.what();
        }
        ADD_FAILURE() << "no Error was thrown";
        return "";
    }
};

TEST_F(Npy, WhatNumPyWritesComesThrough) {
    // numpy.save of numpy.arange(6, dtype=...).reshape(2, 3)
    for (char version : {1, 2, 3}) {
        write(
            array("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }                                         "
                  "                \n",
                  std::string("\0\1\2\3\4\5", 6), version));
        NpyReader reader(file);
        EXPECT_EQ(reader.type(), NpyType::u8);
        EXPECT_EQ(reader.shape(), (std::vector<std::int64_t>{2, 3}));
        std::uint8_t first[2], rest[4];
        reader.read(first, 2), reader.read(rest, 4);
        EXPECT_EQ(first[1], 1);
        EXPECT_EQ(rest[3], 5);
        EXPECT_THROW(reader.read(first, 1), Error);
    }
    write(array("{\"shape\": (), \"descr\": \"<f4\", \"fortran_order\": False}", std::string(4, 'x')));
    EXPECT_TRUE(NpyReader(file).shape().empty());
    write(array("{'descr': '<i8', 'fortran_order': False, 'shape': (2,)}\n", std::string(16, 'x')));
    EXPECT_EQ(NpyReader(file).type(), NpyType::i64);
    write(array("{'descr': '<i8', 'fortran_order': False, 'shape': (7, 0)}\n", ""));
    EXPECT_EQ(NpyReader(file).shape(), (std::vector<std::int64_t>{7, 0}));
}

TEST_F(Npy, WhatIsWrittenComesBack) {
    for (NpyType type : {NpyType::boolean, NpyType::u8, NpyType::i8, NpyType::i16, NpyType::i32, NpyType::i64,
                         NpyType::f16, NpyType::f32, NpyType::f64})
        for (std::vector<std::int64_t> shape :
             {std::vector<std::int64_t>{}, {0}, {5}, {2, 3, 4}, {1, 1, 1, 1, 1, 1, 1, 1}}) {
            auto count = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
            std::string begin = npy_file_begin({type, shape});
            EXPECT_EQ(begin.size() % 64, 0u);
            write(begin + std::string(static_cast<std::size_t>(count) * npy_type_size(type), 'x'));
            NpyReader reader(file);
            EXPECT_EQ(reader.type(), type);
            EXPECT_EQ(reader.shape(), shape);
        }
}

TEST_F(Npy, OtherKindsAreRefusedByName) {
    auto of = [](const std::string& type, const std::string& order = "False") {
        return array("{'descr': " + type + ", 'fortran_order': " + order + ", 'shape': (1,), }\n", "12345678");
    };
    auto expect = [&](const std::string& bytes, const std::string& part) {
        std::string said = refusal(bytes);
        EXPECT_NE(said.find(part), std::string::npos) << said;
        EXPECT_EQ(said.find('\n'), std::string::npos) << said;
    };
    expect(of("'|O'"), "Python objects");
    expect(of("'>f4'"), "big-endian");
    expect(of("'>u8'"), "big-endian");
    expect(of("[('a', '<f4'), ('b', '<i4')]"), "records");
    expect(of("'<c8'"), "\"<c8\"");
    expect(of("'<U4'"), "\"<U4\"");
    expect(of("'|u1'", "True"), "Fortran order");
    expect(of("'|u1'", "Maybe"), "neither True nor False");
}

TEST_F(Npy, BombsAreRefusedBeforeAllocating) {
    auto shaped = [](const std::string& shape) {
        return array("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n", "abc");
    };
    for (const char* shape : {"65535, 65535, 3", "9223372036854775807, 2", "4294967296, 4294967296",
                              "9223372036854775808,", "-3,", "3.0,", "1e3,", "3, 1, 1, 1, 1, 1, 1, 1, 1", "4,", "2,",
                              "9223372036854775807, 9223372036854775807, 0", "None", ",", "3 1", "3,,"})
        refusal(shaped(shape));
    write(shaped("3"));  // as a list of one without its comma, which the numbers alone decide
    EXPECT_EQ(NpyReader(file).shape(), (std::vector<std::int64_t>{3}));
    // A header of 4 GB, and one beyond the file.
    refusal(std::string("\x93NUMPY\2\0\xff\xff\xff\xff", 12) + "{}");
    refusal(std::string("\x93NUMPY\1\0\xff\xff", 10) + "{}");
    refusal(std::string("\x93NUMPY\4\0\2\0", 10) + "{}");
    refusal("PK\3\4 a zip, as .npz is");
    refusal("");
}

TEST_F(Npy, AHeaderThatIsNoneIsRefused) {
    for (const char* header :
         {"", "{", "{}", "{'descr': '|u1'}", "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (3,)}",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)} and more",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), 'other': 1}",
          "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (3,)}",
          "{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (3,)}",
          "{'descr': '|u1, 'fortran_order': False, 'shape': (3,)}", "[3]", "{'shape': (3,", "{'descr'"})
        refusal(array(header, "abc"));
}

TEST_F(Npy, CutAnywhereOrWithFlippedBytesItNeverCrashes) {
    std::string whole = npy_file_begin({NpyType::u8, {4, 5}}) + std::string(20, 'x');
    for (std::size_t length = 0; length < whole.size(); ++length) refusal(whole.substr(0, length));
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            write(damaged);
            try {
                NpyReader reader(file);
                EXPECT_LE(reader.shape().size(), 8u);
            } catch (const Error&) {}
        }
    std::filesystem::remove(file);
    EXPECT_THROW(NpyReader{file}, Error);
    EXPECT_THROW(NpyReader{folder.path()}, Error);
}

}  // namespace
}  // namespace drift
