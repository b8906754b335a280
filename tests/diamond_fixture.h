// DIAMOND's files as people have them, made from the small agents of tests/golden.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"
#include "model/load.h"
#include "scratch_folder.h"

namespace drift {

namespace fs = std::filesystem;
inline const fs::path golden = "tests/golden";
inline const LoadOptions on_cpu = {.device = "cpu", .precision = "fp32"};

struct Diamond : testing::Test {
    ScratchFolder scratch;

    // atari_100k/ as Hugging Face has it, with the small agent in the place of Breakout's.
    fs::path atari() {
        fs::path root = scratch.path() / "atari_100k";
        fs::create_directories(root / "models");
        fs::create_directories(root / "config/agent");
        fs::create_directories(root / "config/env");
        fs::copy_file(golden / "atari-odd/weights.pt", root / "models/Breakout.pt",
                      fs::copy_options::overwrite_existing);
        fs::copy_file(golden / "atari-odd/config.yaml", root / "config/agent/default.yaml",
                      fs::copy_options::overwrite_existing);
        fs::copy_file(golden / "atari-odd/env.yaml", root / "config/env/atari.yaml",
                      fs::copy_options::overwrite_existing);
        return root;
    }
    // The csgo set with its small spawn folder, whose frames are smaller than its configuration says.
    fs::path csgo() {
        fs::path root = scratch.path() / "csgo";
        fs::create_directories(root);
        for (const char* name : {"weights.pt", "config.yaml", "env.yaml"})
            fs::copy_file(golden / "csgo-narrow" / name, root / name, fs::copy_options::overwrite_existing);
        fs::copy(golden / "csgo-narrow/spawn-small", root / "spawn",
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        change(root / "env.yaml", "[150, 280]", "[35, 45]");
        return root;
    }
    static std::string refusal(const fs::path& path) {
        try {
            load_world(path, on_cpu);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    static void change(const fs::path& file, const std::string& from, const std::string& to) {
        std::ifstream in(file);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        ASSERT_NE(text.find(from), std::string::npos);
        text.replace(text.find(from), from.size(), to);
        std::ofstream(file) << text;
    }
    // A few steps with a policy of keys: their bytes.
    static std::vector<Frame> played(WorldModel& world, int steps) {
        History history = world.openings().front();
        world.begin(history);
        std::vector<Frame> frames;
        for (int i = 0; i < steps; ++i) {
            Beyond beyond;
            int action = world.info().actions.index({1u << (1 + i % 3)});
            DreamRequest request{&history, action, world.info().defaults, 7, static_cast<std::uint64_t>(i), 0};
            request.beyond = &beyond;
            Frame frame;
            world.imagine({&request, 1}, {&frame, 1});
            history.roll(action, frame, beyond);
            frames.push_back(frame);
        }
        return frames;
    }
};

}  // namespace drift
