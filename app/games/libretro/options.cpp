#include "games/libretro/options.h"

namespace drift::libretro {
namespace {

constexpr const char* group = "Of a libretro core";
constexpr int largest_side = 4096;

}  // namespace

void PlayOptions::add(CLI::App& app) {
    app.add_option("--skip", skip, "Frames of the emulator in a step")->check(CLI::Range(1, 60))->group(group);
    app.add_option("--width", width, "Of the picture")->check(CLI::Range(16, 1024))->group(group);
    app.add_option("--height", height, "Of the picture")->check(CLI::Range(16, 1024))->group(group);
    app.add_option("--settle", settle, "Empty frames after a reset")->check(CLI::Range(0, 36000))->group(group);
    app.add_option("--noops", noops, "And up to so many more, by the seed")->check(CLI::Range(0, 3600))->group(group);
    app.add_option("--crop", crop, "Pixels off the left, top, right and bottom")
        ->delimiter(',')
        ->expected(4)
        ->check(CLI::Range(0, largest_side))
        ->group(group);
    app.add_option("--action", actions, "NAME=BUTTON+BUTTON[:KEY], in the order of their numbers; the first is noop")
        ->group(group);
    app.add_option("--reward", reward, "Address of a byte of memory whose rise is the reward")->group(group);
    app.add_option("--rare", rare, "Address of a byte whose change is a rare event")->group(group);
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
