// The examples of each format of recorded play, where they are at hand (DRIFT_IMPORTS, or ../shared/imports), come out as they say.
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

#include "import_room.h"

namespace drift {
namespace {

using Json = nlohmann::json;

fs::path examples() {
    if (const char* named = std::getenv("DRIFT_IMPORTS")) return named;
    return "../shared/imports";
}

std::string hash_of(const Frame& frame) {
    AVSHA* sha = av_sha_alloc();
    std::uint8_t digest[32];
    av_sha_init(sha, 256), av_sha_update(sha, frame.rgb.data(), frame.rgb.size()), av_sha_final(sha, digest);
    av_free(sha);
    std::string text;
    for (int i = 0; i < 8; ++i) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", digest[i]);
        text += two;
    }
    return text;
}

int code_of(const Frame& frame) {
    int code = 0;
    for (int i = 0; i < 8; ++i) code = code * 2 + (frame.at((2 * i + 1) * frame.width / 16, 2)[0] > 127);
    return code;
}

class Examples : public Imports, public testing::WithParamInterface<const char*> {
protected:
    void expect_picture(const Frame& frame, const Json& step) {
        if (step.contains("sha16")) {
            EXPECT_EQ(hash_of(frame), step["sha16"].get<std::string>());
        }
        if (!step.contains("mean_rgb")) return;
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0;
            for (std::size_t at = c; at < frame.rgb.size(); at += 3) sum += frame.rgb[at];
            EXPECT_NEAR(sum / static_cast<double>(frame.rgb.size() / 3), step["mean_rgb"][c].get<double>(), 3);
        }
    }
    void expect_row(const Episode& episode, const Json& step, const Json& actions, const Buttons& buttons) {
        const auto row = step["frame"].get<std::size_t>();
        if (step.contains("act")) {
            if (step["act"].is_null()) {
                EXPECT_EQ(episode.rows.size(), row);
                return;
            }
            EXPECT_EQ(episode.at(row, "action"), std::to_string(step["act"].get<int>()));
        }
        const std::pair<const char*, const char*> same[] = {
            {"rew", "reward"},  {"end", "end"},      {"term", "end"},      {"trunc", "truncated"}, {"kill", "kill"},
            {"death", "death"}, {"dwheel", "wheel"}, {"hotbar", "hotbar"}, {"scroll", "scroll"}};
        for (const auto& [name, column] : same)
            if (step.contains(name)) {
                EXPECT_EQ(episode.number(row, column), step[name].get<double>()) << name;
            }
        if (step.contains("gui")) {
            EXPECT_EQ(episode.at(row, "gui"), step["gui"].get<bool>() ? "1" : "0");
        }
        if (!step.contains("mouse")) return;
        EXPECT_EQ(episode.number(row, "mouse_x"), step["mouse"][0].get<double>());
        EXPECT_EQ(episode.number(row, "mouse_y"), step["mouse"][1].get<double>());
        std::set<std::string> expected, held = episode.held(row, buttons);
        std::erase_if(held,
                      [](const std::string& name) { return name.starts_with("hotbar."); });  // the column hotbar has it
        if (step.contains("pressed")) {
            expected = step["pressed"].get<std::set<std::string>>();
            if (step["left"] == 1) expected.insert("left_click");
            if (step["right"] == 1) expected.insert("right_click");
        } else if (step.contains("buttons_after_stuck_attack_rule")) {
            expected = step["keys"].get<std::set<std::string>>();
            for (int button : step["buttons_after_stuck_attack_rule"])
                expected.insert("mouse." + std::to_string(button));
        } else {
            for (int key : step["keys"]) expected.insert(actions["keys"][std::to_string(key)].get<std::string>());
            for (int button : step["buttons"])
                expected.insert("MOUSE_" + actions["mouse_buttons"][std::to_string(button)].get<std::string>());
        }
        EXPECT_EQ(held, expected);
    }
};

TEST_P(Examples, ComeOutAsTheySay) {
    const fs::path source = examples() / GetParam();
    if (!fs::exists(source / "expected.json")) GTEST_SKIP() << "no example in " << source;
    const Json expected = Json::parse(std::ifstream(source / "expected.json"));
    EXPECT_TRUE(import(source).refused.empty());
    const DataSetReading read = reading();
    const auto all = episodes();
    ASSERT_EQ(all.size(), expected["number_of_episodes"].get<std::size_t>());
    if (expected["rate"].is_number()) {
        EXPECT_EQ(read.data.rate, expected["rate"].get<int>());
    }
    const Json& actions = expected["actions"];
    if (actions.contains("count")) {
        EXPECT_EQ(read.data.actions.size(), actions["count"].get<int>());
    }
    if (actions.contains("mouse") && actions["mouse"].is_object() && actions["mouse"]["x"].is_array()) {
        EXPECT_EQ(read.data.actions.mouse_x, actions["mouse"]["x"].get<std::vector<double>>());
        EXPECT_EQ(read.data.actions.mouse_y, actions["mouse"]["y"].get<std::vector<double>>());
    }
    for (std::size_t e = 0; e < all.size(); ++e) {
        const Json& said = expected["episodes"][e];
        const bool more = said.value("has_final_observation", false);
        ASSERT_EQ(all[e].frames.size(), said["frames"].get<std::size_t>() + (more ? 1 : 0));
        EXPECT_EQ(all[e].frames.front().width, expected["size"][0].get<int>());
        EXPECT_EQ(all[e].frames.front().height, expected["size"][1].get<int>());
        if (more) {
            EXPECT_EQ(hash_of(all[e].frames.back()), said["final_observation_sha16"].get<std::string>());
        }
        for (const Json& step : said["steps"]) {
            SCOPED_TRACE(said.dump().substr(0, 80) + ", frame " + step["frame"].dump());
            const Frame frame = all[e].frames[step["frame"].get<std::size_t>()];
            expect_picture(frame, step);
            if (step.contains("code")) {
                EXPECT_EQ(code_of(frame), step["code"].get<int>());
            }
            expect_row(all[e], step, actions, buttons_of(read.data.actions));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, Examples,
                         testing::Values("diamond", "npz", "minari", "minari-jpeg", "csgo", "vpt", "owl-control"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace drift
