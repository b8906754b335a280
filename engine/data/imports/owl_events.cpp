#include "data/imports/owl_events.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/csgo_action.h"
#include "core/error.h"
#include "core/names.h"
#include "data/imports/owl_keys.h"
#include "data/imports/video_frames.h"
#include "data/pictures.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using What = OwlEvent::What;

constexpr std::uint64_t largest = std::uint64_t{1} << 30;
constexpr std::size_t most_events = 50'000'000, longest_line = 1u << 20;
constexpr int most_code = 65535, most_motion = 1 << 20;

// One line after the other of a file whose third column is JSON in quotation marks that are not doubled: it ends with the line.
class Lines {
public:
    Lines(std::string_view text, const fs::path& file) : text_(text), file_(file) {}

    OwlEvents read() {
        if (!is_owl_header(line())) wrong("the columns timestamp,event_type,event_args");
        while (!text_.empty()) {
            const std::string_view now = line();
            if (!now.empty()) event(now);
        }
        if (!started_) throw Error(file_, "expected the event VIDEO_START or START, found neither");
        out_.start = video_.value_or(start_);
        std::stable_sort(out_.events.begin(), out_.events.end(),
                         [](const OwlEvent& a, const OwlEvent& b) { return a.time < b.time; });
        return std::move(out_);
    }

private:
    [[noreturn]] void wrong(const std::string& expected) const {
        throw Error(file_, "line " + std::to_string(number_) + ": expected " + expected + ", found \"" +
                               printable(now_.substr(0, 60)) + "\"");
    }
    std::string_view line() {
        const std::size_t end = std::min(text_.find('\n'), text_.size());
        now_ = text_.substr(0, end);
        text_.remove_prefix(std::min(end + 1, text_.size()));
        if (now_.ends_with('\r')) now_.remove_suffix(1);
        ++number_;
        if (now_.size() > longest_line) wrong("lines of at most " + std::to_string(longest_line >> 20) + " MB");
        return now_;
    }
    int whole(const Json& value, int least, int most) const {
        if (!value.is_number_integer()) wrong("whole numbers in the event");
        const auto number = value.get<std::int64_t>();
        if (number < least || number > most)
            wrong("numbers from " + std::to_string(least) + " to " + std::to_string(most));
        return static_cast<int>(number);
    }
    void event(std::string_view now) {
        const std::size_t first = now.find(','), second = first == now.npos ? first : now.find(',', first + 1);
        if (second == now.npos) wrong("a time, an event and what belongs to it");
        OwlEvent event;
        auto [end, failure] = std::from_chars(now.data(), now.data() + first, event.time);
        if (failure != std::errc() || end != now.data() + first || !std::isfinite(event.time))
            wrong("a time in seconds");
        const std::string_view kind = now.substr(first + 1, second - first - 1);
        std::string_view arguments = now.substr(second + 1);
        if (arguments.size() >= 2 && arguments.front() == '"' && arguments.back() == '"')
            arguments = arguments.substr(1, arguments.size() - 2);
        const Json said = Json::parse(arguments, nullptr, false);
        if (said.is_discarded()) wrong("JSON behind the event");
        auto pair = [&] {
            if (!said.is_array() || said.size() != 2) wrong("two values in the event");
        };
        auto button = [&] {
            pair();
            event.code = whole(said[0], 0, most_code);
            if (!said[1].is_boolean()) wrong("true or false in the event");
            event.down = said[1].get<bool>();
        };
        if (kind == "START" || kind == "UNFOCUS" || kind == "FOCUS") {
            if (kind == "START") start(event.time, said);
            return;
        } else if (kind == "VIDEO_START") {
            if (!video_) video_ = event.time;
            started_ = true;
            return;
        } else if (kind == "KEYBOARD") {
            button(), event.what = What::key;
        } else if (kind == "MOUSE_BUTTON") {
            button(), event.what = What::mouse_button;
        } else if (kind == "MOUSE_MOVE") {
            pair();
            event.what = What::move;
            event.x = whole(said[0], -most_motion, most_motion), event.y = whole(said[1], -most_motion, most_motion);
        } else if (kind == "SCROLL") {
            if (!said.is_array() || said.size() != 1) wrong("one value in the event");
            event.what = What::scroll, event.x = whole(said[0], -most_motion, most_motion);
        } else {
            if (kind.starts_with("GAMEPAD")) ++out_.of_gamepads;
            return;  // what later recorders add
        }
        if (out_.events.size() >= most_events) wrong("at most " + std::to_string(most_events) + " events");
        out_.events.push_back(event);
    }
    // Of later recorders it says what is held: {"inputs":{"keyboard":[87],"mouse":[1]}}.
    void start(double time, const Json& said) {
        if (!started_) start_ = time;
        started_ = true;
        out_.held.clear();
        if (!said.is_object() || !said.contains("inputs") || !said["inputs"].is_object()) return;
        auto take = [&](const char* name, What what) {
            const Json& inputs = said["inputs"];
            if (!inputs.contains(name)) return;
            if (!inputs[name].is_array() || inputs[name].size() > most_buttons * 8) wrong("a list of what is held");
            for (const Json& code : inputs[name]) {
                OwlEvent event;
                event.time = time, event.what = what, event.code = whole(code, 0, most_code), event.down = true;
                out_.held.push_back(event);
            }
        };
        take("keyboard", What::key), take("mouse", What::mouse_button);
    }

    std::string_view text_, now_;
    const fs::path& file_;
    std::size_t number_ = 0;
    OwlEvents out_;
    bool started_ = false;
    double start_ = 0;
    std::optional<double> video_;
};

using Code = std::pair<What, int>;

ActionSpace::Entry entry_of(Code code) {
    return code.first == What::key ? windows_key(code.second) : owl_mouse_button(code.second);
}

OwlEvents events_of(const fs::path& file) { return read_owl_events(read_text(file, largest), file); }

}  // namespace

bool is_owl_header(std::string_view line) { return line == "timestamp,event_type,event_args"; }

OwlEvents read_owl_events(std::string_view text, const fs::path& file) { return Lines(text, file).read(); }

std::vector<ImportedStep> steps_of_events(const OwlEvents& all, const Buttons& buttons, double rate,
                                          std::size_t frames) {
    std::map<Code, std::uint32_t> known;  // bits
    auto bit_of = [&](const OwlEvent& event) {
        auto [at, fresh] = known.emplace(Code{event.what, event.code}, 0);
        if (fresh)
            for (std::size_t i = 0; i < buttons.buttons.size(); ++i)
                if (buttons.buttons[i].name == entry_of(at->first).name) at->second = 1u << i;
        return at->second;
    };
    std::uint32_t held = 0;
    auto press = [&](const OwlEvent& event) {
        const std::uint32_t bit = bit_of(event);
        held = event.down ? held | bit : held & ~bit;
    };
    for (const OwlEvent& event : all.held) press(event);
    std::vector<ImportedStep> steps(frames);
    // Compared as the rule has it, so that an event on the edge of a frame falls where it says.
    auto begin_of = [&](std::size_t frame) { return all.start + static_cast<double>(frame) / rate; };
    auto next = all.events.begin();
    auto is_button = [](const OwlEvent& event) { return event.what == What::key || event.what == What::mouse_button; };
    for (; next != all.events.end() && next->time < begin_of(0); ++next)
        if (is_button(*next)) press(*next);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        ImportedStep& step = steps[frame];
        step.held.held = held;
        step.more = {0};
        for (; next != all.events.end() && next->time < begin_of(frame + 1); ++next) {
            if (next->what == What::move) step.held.mouse_x += next->x, step.held.mouse_y += next->y;
            else if (next->what == What::scroll) step.more[0] += next->x;
            else press(*next), step.held.held |= held;
        }
    }
    return steps;
}

PlayFacts owl_facts(const std::vector<FoundEpisode>& episodes) {
    PlayFacts facts;
    facts.columns = {"scroll"};
    std::map<Code, std::size_t> presses;
    std::size_t gamepads = 0;
    for (const FoundEpisode& one : episodes) {
        try {
            const OwlEvents events = events_of(one.file);
            for (const auto* list : {&events.held, &events.events})
                for (const OwlEvent& event : *list)
                    if (event.down) ++presses[{event.what, event.code}];
            gamepads += events.of_gamepads;
            if (facts.rate == 0) facts.rate = video_rate(one.beside);
        } catch (const Error&) {  // said when it is read
        }
    }
    std::vector<std::pair<Code, std::size_t>> found(presses.begin(), presses.end());
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (found.size() > most_buttons) {
        std::string left_out;
        for (std::size_t i = most_buttons; i < found.size(); ++i)
            left_out += (left_out.empty() ? "" : ", ") + entry_of(found[i].first).name;
        facts.notes.push_back("more than " + std::to_string(most_buttons) +
                              " keys and buttons occur; those pressed least are left out: " + left_out);
        found.resize(most_buttons);
    }
    std::sort(found.begin(), found.end());
    for (const auto& [code, count] : found) facts.buttons.buttons.push_back(entry_of(code));
    // Pixels of motion in classes that grow apart, as CSGO's.
    facts.buttons.mouse_x = csgo_actions().mouse_x, facts.buttons.mouse_y = csgo_actions().mouse_y;
    if (gamepads > 0) facts.notes.push_back(counted(gamepads, "gamepad event") + " left out");
    return facts;
}

void read_owl_recording(const FoundEpisode& episode, const PlayFacts& facts, EpisodeSink& sink) {
    const OwlEvents events = events_of(episode.file);
    const double rate = video_rate(episode.beside);
    if (!(rate >= 1 && rate <= 1000))
        throw Error(episode.beside, "expected a video of 1 to 1000 frames a second, found " + std::to_string(rate));
    std::size_t frames = 0;
    read_all_frames(episode.beside, [&](Frame frame) {
        if (++frames > most_steps_of_an_episode)
            throw Error(episode.beside,
                        "expected at most " + std::to_string(most_steps_of_an_episode) + " frames, found more");
        sink.frame(std::move(frame));
    });
    for (const ImportedStep& step : steps_of_events(events, facts.buttons, rate, frames)) sink.step(step);
}

}  // namespace drift
