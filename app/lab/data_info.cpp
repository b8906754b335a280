#include "lab/data_info.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/frame_facts.h"
#include "formats/buttons.h"
#include "games/list.h"
#include "lab/data_sheet.h"
#include "lab/long_run.h"
#include "lab/train_subject.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct Looked {
    DataSetReading reading;
    std::map<std::string, FrameFacts> pictures;  // by episode, where they were looked at
    std::vector<std::size_t> taken;              // of each action, or button, in how many steps
    std::size_t steps = 0, moved = 0;            // moved: steps in which the mouse went
    double mouse_most = 0;                       // the longest way on one axis in a step

    bool one_at_a_time() const { return reading.data.actions.kind != ActionSpace::Kind::buttons; }
    std::vector<ActionSpace::Entry> entries() const {
        return one_at_a_time() ? reading.data.actions.entries : buttons_of(reading.data.actions).buttons;
    }
    std::size_t frames() const {
        std::size_t sum = 0;
        for (std::size_t count : reading.frames) sum += count;
        return sum;
    }
};

std::optional<PictureSize> size_of(const DataLook& look) {
    return look.size.empty() ? std::nullopt : std::optional(parse_picture_size(look.size));
}

Looked look_at(const fs::path& folder, const DataLook& look, bool pictures) {
    std::map<std::string, FrameWatch> watches;
    StatusLine line;
    std::size_t seen = 0;
    bool shown = false;
    const SeeFrame see = [&](const std::string& episode, std::size_t, const Frame& frame) {
        watches[episode].see(frame);
        ++seen;
        if (!line.due()) return;
        line.show(fmt::format("{} frames looked at, in episode {}", seen, printable(episode)));
        shown = true;
    };
    Looked found{examine_data_set(folder, size_of(look), Keep::facts, pictures ? see : SeeFrame{}), {}, {}, 0, 0, 0};
    if (shown) line.end();
    for (const auto& [name, watch] : watches) found.pictures[name] = watch.facts();
    found.taken.resize(found.entries().size());
    for (const Clip& clip : found.reading.data.clips) {
        found.steps += clip.actions.size();
        if (found.one_at_a_time())
            for (ActionCode action : clip.actions)
                if (static_cast<std::size_t>(action) < found.taken.size())
                    ++found.taken[static_cast<std::size_t>(action)];
    }
    for (const auto& clip : found.reading.held)
        for (const HeldStep& step : clip) {
            for (std::size_t i = 0; i < found.taken.size(); ++i) found.taken[i] += step.held >> i & 1;
            found.moved += step.mouse_x != 0 || step.mouse_y != 0;
            found.mouse_most = std::max({found.mouse_most, std::abs(step.mouse_x), std::abs(step.mouse_y)});
        }
    return found;
}

void print_json(const fs::path& folder, const Looked& found) {
    const DataSet& data = found.reading.data;
    nlohmann::json out{{"data", printable(folder.string())},
                       {"title", printable(data.title)},
                       {"width", data.width},
                       {"height", data.height},
                       {"rate", data.rate},
                       {"frames", found.frames()},
                       {"notes", found.reading.notes},
                       {"problems", found.reading.problems.sentences()},
                       {"episodes", nlohmann::json::array()},
                       {found.one_at_a_time() ? "actions" : "buttons", nlohmann::json::array()}};
    for (std::size_t i = 0; i < data.clips.size(); ++i) {
        nlohmann::json one{{"name", printable(data.clips[i].name)}, {"frames", found.reading.frames[i]}};
        if (auto at = found.pictures.find(data.clips[i].name); at != found.pictures.end())
            one.update({{"brightness", at->second.brightness},
                        {"repeated", at->second.repeated},
                        {"longest_still", at->second.longest_still},
                        {"jumps", at->second.jumps}});
        out["episodes"].push_back(std::move(one));
    }
    for (std::size_t i = 0; i < found.taken.size(); ++i)
        out[found.one_at_a_time() ? "actions" : "buttons"].push_back(
            {{"name", printable(found.entries()[i].name)}, {"taken", found.taken[i]}});
    if (found.reading.data.actions.mouse()) out["mouse"] = {{"moved", found.moved}, {"most", found.mouse_most}};
    std::printf("%s\n", out.dump(2).c_str());
}

std::string share(std::size_t part, std::size_t whole) {
    return fmt::format("{} times ({:.1f} %)", part,
                       whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0);
}

void print_text(const Looked& found) {
    const DataSet& data = found.reading.data;
    auto fact = [](const std::string& name, const std::string& value) {
        std::printf("%-22s %s\n", printable(name).c_str(), printable(value).c_str());
    };
    fact("recorded play", data.title);
    if (data.width > 0) fact("picture", fmt::format("{} x {}, {} frames a second", data.width, data.height, data.rate));
    fact("episodes", fmt::format("{}, {} frames in all", data.clips.size(), found.frames()));
    for (std::size_t i = 0; i < data.clips.size(); ++i) {
        std::string text = fmt::format("{} frames", found.reading.frames[i]);
        if (auto at = found.pictures.find(data.clips[i].name); at != found.pictures.end()) {
            const FrameFacts& facts = at->second;
            text +=
                fmt::format(", brightness {:.0f} ({:.0f} to {:.0f})", facts.brightness, facts.darkest, facts.brightest);
            if (facts.repeated > 0)
                text += fmt::format(", {} repeat the one before (at most {} in a row, from {})", facts.repeated,
                                    facts.longest_still, facts.still_from);
            if (!facts.jumps.empty())
                text += fmt::format(", {} {} (the first at {})", facts.jumps.size(),
                                    facts.jumps.size() == 1 ? "jump" : "jumps", facts.jumps.front());
        }
        fact("episode " + data.clips[i].name, text);
    }
    const char* what = found.one_at_a_time() ? "action " : "button ";
    for (std::size_t i = 0; i < found.taken.size(); ++i)
        fact(what + found.entries()[i].name, share(found.taken[i], found.steps));
    if (found.reading.data.actions.mouse())
        fact("mouse",
             fmt::format("moved {}, at most {:g} in a step", share(found.moved, found.steps), found.mouse_most));
    for (const std::string& note : found.reading.notes) fact("note", note);
    std::fflush(stdout);
}

// What one can learn from, but badly.
std::vector<std::string> doubts(const Looked& found) {
    constexpr std::size_t long_dream = 22, few_frames = 1000;  // app/lab/README.md
    constexpr int black = 16;                                  // what noise of a camera or a codec makes of black
    constexpr double frozen = 0.5;
    std::vector<std::string> said = found.reading.notes;
    const DataSet& data = found.reading.data;
    if (const std::size_t frames = found.frames(); frames < few_frames)
        said.push_back(fmt::format("{} frames in all: ten thousand or more are needed to learn a game", frames));
    std::size_t short_ones = 0;
    std::map<std::uint64_t, std::string> seen;
    for (std::size_t i = 0; i < data.clips.size(); ++i) {
        const std::string name = printable(data.clips[i].name);
        short_ones += found.reading.frames[i] < long_dream;
        const auto at = found.pictures.find(data.clips[i].name);
        if (at == found.pictures.end()) continue;
        const FrameFacts& facts = at->second;
        if (auto [twin, fresh] = seen.emplace(facts.fingerprint, name); !fresh)
            said.push_back(fmt::format("{} has the same frames as {}", name, twin->second));
        if (facts.peak < black) said.push_back(fmt::format("{} is black throughout", name));
        if (facts.frames > 1 && static_cast<double>(facts.repeated) > frozen * static_cast<double>(facts.frames - 1))
            said.push_back(fmt::format("{}: {} of {} frames repeat the one before; {} in a row do from frame {} on",
                                       name, facts.repeated, facts.frames, facts.longest_still, facts.still_from));
        if (!facts.jumps.empty())
            said.push_back(fmt::format(
                "{}: {} {} far more from the one before than is usual, the first is frame {}: are frames missing?",
                name, facts.jumps.size(), facts.jumps.size() == 1 ? "frame differs" : "frames differ",
                facts.jumps.front()));
    }
    if (short_ones > 0)
        said.push_back(
            fmt::format("{} of {} episodes are shorter than {} frames, which the long dreams of training need",
                        short_ones, data.clips.size(), long_dream));
    std::string never;
    std::size_t used = 0;
    for (std::size_t i = 0; i < found.taken.size(); ++i) {
        if (found.taken[i] > 0) ++used;
        else never += (never.empty() ? "" : ", ") + printable(found.entries()[i].name);
    }
    if (!never.empty()) said.push_back("never taken, so nothing can be learned of it: " + never);
    if (!found.entries().empty() && (found.one_at_a_time() ? used < 2 : used == 0 && found.moved == 0))
        said.push_back("the same is done in every step: a world of this will not listen to keys");
    if (found.reading.data.actions.mouse() && found.moved == 0) said.push_back("the mouse never moves");
    return said;
}

}  // namespace

void print_data_info(const fs::path& folder, const DataLook& look) {
    const Looked found = look_at(folder, look, look.pictures);
    if (found.frames() == 0 && !look.json) found.reading.problems.check(folder);  // there is nothing else to say
    if (look.json) print_json(folder, found);
    else print_text(found);
    std::fflush(stdout);
    found.reading.problems.check(folder);
}

void check_data(const fs::path& folder, const DataLook& look) {
    Looked found = look_at(folder, look, true);
    if (found.frames() == 0) found.reading.problems.check(folder);  // there is nothing else to say
    auto said = doubts(found);
    const DataSet& data = found.reading.data;
    if (!data.game.empty() && !why_no_game(data.game).empty())
        said.push_back("its game " + printable(data.game) + " is not known here: a world of it plays without");
    else if (found.reading.problems.none())
        found.reading.problems.attempt([&] { game_beside(folder, data, !look.size.empty()); });
    if (found.reading.problems.none())
        std::printf("%s: %s of %s in all can be read%s\n", printable(folder.string()).c_str(),
                    counted(found.reading.data.clips.size(), "episode").c_str(),
                    counted(found.frames(), "frame").c_str(), said.empty() ? "; nothing is wrong with them" : "");
    for (const std::string& sentence : said) std::printf("  %s\n", sentence.c_str());
    std::fflush(stdout);
    found.reading.problems.check(folder);
}

void show_data(const fs::path& folder, const DataLook& look, const fs::path& png) {
    const DataSetReading facts = examine_data_set(folder, size_of(look), Keep::facts);
    facts.problems.check(folder);
    const auto rows = sheet_rows(facts);
    std::vector<SheetRow> shown = rows;
    const SeeFrame see = [&](const std::string& episode, std::size_t place, const Frame& frame) {
        for (SheetRow& row : shown)
            if (row.episode == episode)
                for (SheetPicture& picture : row.pictures)
                    if (picture.place == place) picture.frame = frame;
    };
    examine_data_set(folder, size_of(look), Keep::facts, see).problems.check(folder);
    save_data_sheet(png, facts, shown);
    std::printf("%s shown in %s\n", counted(shown.size(), "episode").c_str(), printable(png.string()).c_str());
}

}  // namespace drift
