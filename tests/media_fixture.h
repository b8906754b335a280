// What the tests of pictures and of video share: a folder of their own, a scene, a full disk.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/error.h"
#include "core/frame.h"

namespace drift {

namespace fs = std::filesystem;

class Media : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::temp_directory_path() / ("drift-media-" + std::to_string(getpid()) + "-" + test->name());
        fs::create_directories(folder);
    }
    void TearDown() override { fs::remove_all(folder); }
    fs::path folder;
};

// The sentence of the Error that `call` throws; "" and a failed test where it throws none.
template <class Call>
std::string error_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    ADD_FAILURE() << "no Error was thrown";
    return "";
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Smooth in x and y, moving with `time`, with one hard-edged block.
inline Frame scene(int width, int height, int time) {
    Frame frame(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            bool block = x / 8 == (time / 2) % (width / 8 + 1) && y / 8 == 1;
            frame.at(x, y)[0] = static_cast<std::uint8_t>(block ? 255 : (x * 255) / std::max(1, width - 1));
            frame.at(x, y)[1] = static_cast<std::uint8_t>(block ? 255 : (y * 255) / std::max(1, height - 1));
            frame.at(x, y)[2] = static_cast<std::uint8_t>(block ? 255 : (time * 4) % 256);
        }
    return frame;
}

// Runs `work` in a process that may write files of at most `bytes`: the kernel then answers a write as it does on a full disk.
template <class Work>
int with_file_limit(rlim_t bytes, Work work) {
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        rlimit limit{bytes, bytes};
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(work());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace drift
