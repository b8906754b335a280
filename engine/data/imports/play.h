// Play as other people keep it, on its way into a data set: what there is, what all of its episodes share, and what comes out of one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/frame.h"
#include "formats/buttons.h"

namespace drift {

enum class PlayKind { diamond, npz, minari, csgo, vpt, owl };
const char* play_name(PlayKind kind);  // "DIAMOND's episodes"

// An episode that was found, known by what is in its files.
struct FoundEpisode {
    PlayKind kind = PlayKind::npz;
    std::filesystem::path file;    // which holds the actions
    std::filesystem::path beside;  // what belongs to it: a video, a description; empty where there is none
    std::string part;              // of a file with several: "episode_3"
    std::string name;              // of the episode's folder
};

// What all episodes share.
struct PlayFacts {
    std::string title;
    double rate = 0;  // frames a second; 0: nothing says it
    int actions = 0;  // that are taken one at a time, numbered from 0; or
    Buttons buttons;
    std::vector<std::string> columns;  // further ones of actions.csv, as "reward"
    std::vector<std::string> notes;
};

// What was done from one frame to the next.
struct ImportedStep {
    int action = 0;
    HeldStep held;
    std::vector<double> more;  // of the further columns
};

// Takes an episode as it is read: frames and steps each in their order. There may be a step for each frame or one less. It may throw, Error or
// not, which whoever reads lets through.
class EpisodeSink {
public:
    virtual ~EpisodeSink() = default;
    virtual void expect(std::size_t frames) = 0;  // so many will come, where that is known
    virtual void frame(Frame frame) = 0;
    virtual void step(const ImportedStep& step) = 0;
};

inline constexpr std::size_t most_steps_of_an_episode = 10'000'000;
inline constexpr int longest_imported_side = 8192;

// A number as an action, or Error where it is none: whole and from 0 to most_actions - 1.
int action_of(double number, const std::filesystem::path& file, std::size_t step);

}  // namespace drift
