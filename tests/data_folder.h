// A folder of recorded play that tests change: three actions, an episode or more of small pictures.
#pragma once

#include <functional>

#include "data/data_set.h"
#include "made_video.h"
#include "media/png.h"
#include "media_fixture.h"

namespace drift {

inline constexpr int frames = 12;
inline const char* const names[] = {"nothing", "left", "right"};

inline Frame picture(int i) {
    Frame frame(16, 16);
    for (std::size_t k = 0; k < frame.rgb.size(); k += 3)
        frame.rgb[k] = static_cast<std::uint8_t>(20 * i), frame.rgb[k + 1] = 90;
    return frame;
}

class DataFolder : public Media {
protected:
    void SetUp() override {
        Media::SetUp();
        write("data.toml",
              "format = 1\ntitle = \"own\"\nrate = 10\n" +
                  std::string("[[actions]]\nname = \"nothing\"\nkeys = []\n[[actions]]\nname = \"left\"\nkeys = "
                              "[\"Left\"]\n[[actions]]\nname = \"right\"\nkeys = [\"Right\"]\n"));
        put_pictures("first", 0, "", ".png");
        write("first/actions.csv", table(",", 0));
    }
    void write(const std::string& name, const std::string& text) { put_bytes(folder / name, text); }
    static std::string row(const std::string& separator, int i, int first) {
        return std::to_string(i + first) + separator + names[i % 3];
    }
    static std::string table(const std::string& separator, int first, int count = frames) {
        std::string text = "frame" + separator + "action\n";
        for (int i = 0; i < count; ++i) text += row(separator, i, first) + "\n";
        return text;
    }
    void put_pictures(const std::string& into, int first, const std::string& before, const std::string& ending) {
        fs::create_directories(folder / into);
        for (int i = 0; i < frames; ++i)
            save_png(folder / into / (before + std::to_string(1000 + i + first).substr(1) + ending), picture(i));
    }
    // As Media's folder holds it now.
    DataSetReading reading() { return examine_data_set(folder, std::nullopt, Keep::frames); }
    void expect_read(const char* what) {
        DataSetReading found = reading();
        EXPECT_EQ(found.problems.sentences(), std::vector<std::string>{}) << what;
        ASSERT_EQ(found.data.clips.size(), 1u) << what;
        ASSERT_EQ(found.data.clips[0].frames.size(), static_cast<std::size_t>(frames)) << what;
        ASSERT_EQ(found.data.clips[0].actions.size(), static_cast<std::size_t>(frames - 1)) << what;
        for (int i = 0; i < frames; ++i)
            EXPECT_EQ(found.data.clips[0].frames[static_cast<std::size_t>(i)], picture(i)) << what << " frame " << i;
        for (int i = 0; i + 1 < frames; ++i)
            EXPECT_EQ(found.data.clips[0].actions[static_cast<std::size_t>(i)], i % 3) << what << " action " << i;
    }
    // The one problem.
    std::string problem() {
        const auto all = reading().problems.sentences();
        EXPECT_EQ(all.size(), 1u) << (all.size() > 1 ? all[1] : "");
        return all.empty() ? "" : all[0];
    }
    void expect_problem(const std::string& part) {
        const std::string said = problem();
        EXPECT_TRUE(contains(said, part)) << said;
    }
};

inline std::string utf16(const std::string& text, bool big, bool mark) {
    std::string out = !mark ? "" : big ? "\xFE\xFF" : "\xFF\xFE";
    for (char c : text) out += big ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
}

}  // namespace drift
