#include "data/imports/vpt_ticks.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "data/imports/video_frames.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint64_t largest = std::uint64_t{1} << 30;
constexpr std::size_t longest_line = 4u << 20, slots = 9, mouse_buttons = 3;
constexpr double degrees_a_unit = 0.15;

// The keys that VPT's own reader knows; others do nothing in the game.
const std::vector<ActionSpace::Entry>& keys() {
    static const auto all = [] {
        std::vector<ActionSpace::Entry> made = {{"key.keyboard.w", {"W"}},
                                                {"key.keyboard.a", {"A"}},
                                                {"key.keyboard.s", {"S"}},
                                                {"key.keyboard.d", {"D"}},
                                                {"key.keyboard.space", {"Space"}},
                                                {"key.keyboard.left.shift", {"Left Shift"}},
                                                {"key.keyboard.left.control", {"Left Ctrl"}},
                                                {"key.keyboard.e", {"E"}},
                                                {"key.keyboard.q", {"Q"}},
                                                {"key.keyboard.f", {"F"}},
                                                {"key.keyboard.escape", {"Escape"}}};
        for (std::size_t i = 1; i <= slots; ++i)
            made.push_back({"key.keyboard." + std::to_string(i), {std::to_string(i)}});
        return made;
    }();
    return all;
}

// The classes of VPT's camera (mu-law, 11 of them to 10 degrees), in the recorder's unit.
std::vector<double> camera_classes() {
    std::vector<double> all;
    for (int bin = -5; bin <= 5; ++bin) {
        const double size = std::abs(bin) / 5.0, degrees = (std::pow(11.0, size) - 1) / 10 * 10;
        all.push_back(std::round((bin < 0 ? -degrees : degrees) / degrees_a_unit * 100) / 100);
    }
    return all;
}

double finite(const Json& number) {
    const double value = number.get<double>();
    if (!std::isfinite(value)) throw Json::other_error::create(501, "a number that is not finite", nullptr);
    return value;
}

class Ticks {
public:
    explicit Ticks(const fs::path& file) : file_(file) {}

    void read(std::string_view line, std::size_t number) {
        try {
            const Json tick = Json::parse(line);
            steps.push_back(step(tick));
        } catch (const Json::exception& error) {
            throw Error(file_, "line " + std::to_string(number) + ": expected a tick with mouse and keyboard, found " +
                                   printable(std::string_view(error.what()).substr(0, 200)));
        }
    }
    std::vector<ImportedStep> steps;

private:
    ImportedStep step(const Json& tick) {
        const Json &mouse = tick.at("mouse"), &fresh = mouse.at("newButtons");
        const bool first = steps.empty(), pressed = std::find(fresh.begin(), fresh.end(), 0) != fresh.end();
        if (first) stuck_ = fresh == Json::array({0});
        else if (pressed) stuck_ = false;
        ImportedStep step;
        auto hold = [&](std::size_t bit) { step.held.held |= 1u << bit; };
        for (const Json& key : tick.at("keyboard").at("keys")) {
            const auto name = key.get<std::string>();
            const auto known =
                std::find_if(keys().begin(), keys().end(), [&](const auto& one) { return one.name == name; });
            if (known != keys().end()) hold(static_cast<std::size_t>(known - keys().begin()));
        }
        for (const Json& button : mouse.at("buttons")) {
            const auto which = button.get<std::int64_t>();
            if (which >= 0 && which < static_cast<std::int64_t>(mouse_buttons) && !(which == 0 && stuck_))
                hold(keys().size() + static_cast<std::size_t>(which));
        }
        const auto slot = tick.value("hotbar", std::int64_t{0});
        if (!first && slot != slot_ && slot >= 0 && slot < static_cast<std::int64_t>(slots))
            hold(keys().size() + mouse_buttons + static_cast<std::size_t>(slot));
        slot_ = slot;
        step.held.mouse_x = finite(mouse.at("dx")), step.held.mouse_y = finite(mouse.at("dy"));
        step.more = {mouse.contains("dwheel") ? finite(mouse.at("dwheel")) : 0, static_cast<double>(slot),
                     tick.value("isGuiOpen", false) ? 1.0 : 0.0};
        return step;
    }

    const fs::path& file_;
    bool stuck_ = false;
    std::int64_t slot_ = 0;
};

}  // namespace

bool begins_with_tick(std::string_view line) {
    if (!line.starts_with('{')) return false;
    const Json tick = Json::parse(line, nullptr, false);
    return tick.is_object() && tick.contains("mouse") && tick.contains("keyboard") && tick.at("mouse").is_object() &&
           tick.at("mouse").contains("dx");
}

PlayFacts vpt_facts() {
    PlayFacts facts;
    facts.rate = 20;
    facts.buttons.buttons = keys();
    const char* const mouse[] = {"Mouse Left", "Mouse Right", "Mouse Middle"};
    for (std::size_t i = 0; i < mouse_buttons; ++i)
        facts.buttons.buttons.push_back({"mouse." + std::to_string(i), {mouse[i]}});
    for (std::size_t i = 1; i <= slots; ++i) facts.buttons.buttons.push_back({"hotbar." + std::to_string(i), {}});
    facts.buttons.mouse_x = facts.buttons.mouse_y = camera_classes();
    facts.columns = {"wheel", "hotbar", "gui"};
    return facts;
}

std::vector<ImportedStep> read_ticks(std::string_view text, const fs::path& file) {
    Ticks ticks(file);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() > longest_line || ticks.steps.size() >= most_steps_of_an_episode)
            throw Error(file, "line " + std::to_string(number) + ": expected at most " +
                                  std::to_string(most_steps_of_an_episode) + " lines of at most " +
                                  std::to_string(longest_line >> 20) + " MB, found more");
        if (line.find_first_not_of(" \t") == line.npos) {
            if (text.find_first_not_of(" \t\r\n") == text.npos) break;
            throw Error(file, "line " + std::to_string(number) + ": expected a tick, found an empty line");
        }
        ticks.read(line, number);
    }
    if (ticks.steps.empty()) throw Error(file, "expected a line for each tick, found none");
    return std::move(ticks.steps);
}

void read_vpt_recording(const FoundEpisode& episode, EpisodeSink& sink) {
    const auto steps = read_ticks(read_text(episode.file, largest), episode.file);
    std::size_t frames = 0;
    sink.expect(steps.size());
    read_all_frames(episode.beside, [&](Frame frame) {
        if (frames++ <= steps.size()) sink.frame(std::move(frame));
    });
    for (std::size_t i = 0; i < std::min(frames, steps.size()); ++i) sink.step(steps[i]);
}

}  // namespace drift
