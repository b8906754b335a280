// A file of tensors in a folder of its own, whole or damaged.
#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.h"
#include "model/checkpoint/safetensors.h"

namespace drift {

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

inline TensorMap some_tensors() {
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

inline void expect_equal(const TensorMap& a, const TensorMap& b) {
    ASSERT_EQ(a.size(), b.size());
    for (const auto& [name, tensor] : a) {
        EXPECT_EQ(tensor.scalar_type(), b.at(name).scalar_type()) << name;
        EXPECT_TRUE(tensor.equal(b.at(name))) << name;
    }
}

}  // namespace drift
