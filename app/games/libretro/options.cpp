#include "games/libretro/options.h"

#include "games/libretro/actions.h"

namespace drift::libretro {
namespace {

constexpr const char* group = "Of a libretro core";
constexpr int largest_side = 4096;

}  // namespace

void PlayOptions::add(CLI::App& app) {
    auto number = [&](const char* option, int& into, const char* meaning, int low, int high) {
        app.add_option(option, into, meaning)->check(CLI::Range(low, high))->capture_default_str()->group(group);
    };
    number("--skip", skip, "Frames of the emulator in a step", 1, 60);
    number("--width", width, "Of the picture, to which the emulator's is made smaller", 16, 1024);
    number("--height", height, "Of the picture", 16, 1024);
    number("--settle", settle, "Frames without a button after a reset, in which the game comes up", 0, 36000);
    number("--noops", noops, "And up to so many more, by the seed, so that no two plays begin alike", 0, 3600);
    app.add_option("--crop", crop, "Pixels to leave out at the left, top, right and bottom: 8,0,8,16")
        ->delimiter(',')
        ->expected(4)
        ->check(CLI::Range(0, largest_side))
        ->group(group);
    app.add_option(
           "--action", actions,
           "NAME=BUTTON+BUTTON[:KEY], \"jump left=a+left:J\", one for each action in the order of their numbers; "
           "the first is noop. Buttons: " +
               button_names() + ". If none is given: the four ways, fire (a), and both together")
        ->group(group);
    app.add_option("--reward", reward, "Address of a byte of the console's memory whose rise is the reward: 0x2f")
        ->group(group);
    app.add_option("--rare", rare,
                   "Address of a byte whose change is a rare event, of which training takes more: lives, a level")
        ->group(group);
}

std::vector<std::string> PlayOptions::words(const CLI::App& app) const {
    std::vector<std::string> all;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group() != group || option->empty()) continue;
        const auto& given = option->results();
        std::string joined;
        for (const std::string& value : given) joined += (joined.empty() ? "" : ",") + value;
        if (option->check_name("--action")) {  // a name may have a comma
            for (const std::string& value : given) all.insert(all.end(), {"--action", value});
        } else {
            all.insert(all.end(), {option->get_name(), joined});
        }
    }
    return all;
}

Crop PlayOptions::cropped() const { return crop.size() == 4 ? Crop{crop[0], crop[1], crop[2], crop[3]} : Crop{}; }

}  // namespace drift::libretro
