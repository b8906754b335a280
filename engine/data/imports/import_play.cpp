#include "data/imports/import_play.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/action_name.h"
#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/description.h"
#include "data/imports/episode_writer.h"
#include "data/imports/origin.h"
#include "data/imports/read_play.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// What is in the folder already goes before what the source says: an import that goes on may have found more of it.
void keep_description(const ImportRequest& request, DataSet& data, PlayFacts& facts) {
    const fs::path file = request.out / data_toml;
    std::error_code error;
    if (!fs::exists(file, error)) return;
    Problems problems;
    const DataSet there = read_description(file, problems);
    problems.check(file);
    if (request.title.empty()) data.title = there.title;
    if (request.rate == 0) data.rate = there.rate;
    const bool fits = there.actions.kind == ActionSpace::Kind::one && there.actions.size() >= facts.actions;
    if (request.actions.empty() && facts.buttons.none() && fits) data.actions = there.actions;
}

// That of the episodes in the folder already, whoever wrote them.
std::optional<PictureSize> size_there(const fs::path& data_set) {
    std::error_code error;
    for (fs::directory_iterator it(data_set, error), end; !error && it != end; it.increment(error))
        if (auto size = it->is_directory(error) ? size_of_episode(it->path()) : std::nullopt) return size;
    return std::nullopt;
}

std::string title_of(const fs::path& source) {
    const fs::path whole = fs::absolute(source).lexically_normal();
    return printable((whole.has_filename() ? whole : whole.parent_path()).stem().string());
}

}  // namespace

ActionSpace imported_actions(int count, const std::vector<std::string>& given) {
    ActionSpace actions;
    if (!given.empty() && static_cast<int>(given.size()) < count)
        throw Error("--actions: expected the names of " + std::to_string(count) + " actions, found " +
                    std::to_string(given.size()));
    count = std::max(count, static_cast<int>(given.size()));
    std::vector<std::string> free;
    for (char c = '1'; c <= '9'; ++c) free.emplace_back(1, c);
    for (char c = 'A'; c <= 'Z'; ++c) free.emplace_back(1, c);
    for (int i = 1; i <= 12; ++i) free.push_back("F" + std::to_string(i));
    for (int i = 0; i <= 9; ++i) free.push_back("Keypad " + std::to_string(i));
    std::set<std::string> taken;
    std::size_t next = 0;
    for (int i = 0; i < count; ++i) {
        ActionSpace::Entry entry{std::to_string(i), {}};
        if (!given.empty()) {
            const std::string& text = given[static_cast<std::size_t>(i)];
            const std::size_t equals = text.find('=');
            entry.name = text.substr(0, equals);
            if (equals != text.npos && equals + 1 < text.size()) entry.keys = {text.substr(equals + 1)};
        }
        const std::string lower = lower_case(entry.name);
        if (i > 0 && entry.keys.empty()) {
            for (const char* arrow : {"Up", "Down", "Left", "Right"})
                if (lower == lower_case(arrow)) entry.keys = {arrow};
            if (lower == "fire" || lower == "jump") entry.keys = {"Space"};
        }
        while (i > 0 && entry.keys.empty()) {
            if (next == free.size())
                throw Error("--actions: expected keys for more than " + std::to_string(free.size() + 1) +
                            " actions, as NAME=KEY, found none");
            if (!taken.contains(free[next])) entry.keys = {free[next]};
            ++next;
        }
        if (i == 0 && !entry.keys.empty())
            throw Error("--actions: expected the first to be that of no key, found " + printable(entry.name) +
                        " with one");
        if (!is_action_name(entry.name) || actions.find(entry.name) >= 0)
            throw Error("--actions: expected different names without commas and quotes, found \"" +
                        printable(entry.name) + "\"" + (is_action_name(entry.name) ? " twice" : ""));
        if (!entry.keys.empty()) taken.insert(entry.keys.front());
        actions.entries.push_back(std::move(entry));
    }
    return actions;
}

ImportResult import_play(const ImportRequest& request, const std::function<void(const ImportProgress&)>& each) {
    FoundPlay play = find_play(request.source);
    PlayFacts facts = facts_of(play);
    ImportResult result;
    result.kind = play.kind, result.refused = std::move(play.refused), result.notes = facts.notes;
    DataSet data;
    data.title = !request.title.empty() ? request.title : !facts.title.empty() ? facts.title : title_of(request.source);
    data.rate = request.rate > 0 ? request.rate : static_cast<int>(std::lround(facts.rate));
    if (data.rate < 1 || data.rate > 240) {
        data.rate = rate_where_none_is_said;
        result.notes.push_back("nothing says how many frames a second there are: " + std::to_string(data.rate) +
                               " is written to data.toml; --rate says another");
    }
    if (facts.buttons.none()) {
        data.actions = imported_actions(std::max(facts.actions, 1), request.actions);
        if (request.actions.empty())
            result.notes.push_back("its actions have no names: they are called by their numbers; --actions names them");
    } else if (!request.actions.empty()) {
        throw Error("--actions: expected none for play with buttons, which have names already, found " +
                    std::to_string(request.actions.size()));
    } else {
        data.actions = actions_of(facts.buttons);
    }
    keep_description(request, data, facts);
    if (play.videos_alone > 0)
        result.notes.push_back(std::to_string(play.videos_alone) +
                               " videos have no actions beside them and are left out");
    std::error_code failure;
    const bool described = fs::exists(request.out / data_toml, failure);
    write_data_description(request.out, data);

    std::optional<PictureSize> first = size_there(request.out), other_size;  // all are of one size
    const std::size_t count = play.episodes.size();
    for (std::size_t i = 0; i < count; ++i) {
        const FoundEpisode& episode = play.episodes[i];
        auto show = [&](double part) {
            each({i, count, episode.name, (static_cast<double>(i) + part) / static_cast<double>(count)});
        };
        show(0);
        try {
            if (auto there = size_of_episode(request.out / episode.name)) {
                expect_origin(request.out / episode.name, episode);
                if (!first) first = there;
                ++result.there;
                if (request.size && (request.size->width != there->width || request.size->height != there->height))
                    other_size = there;
                continue;
            }
            EpisodeWriter writer(
                request.out, episode, data, facts, request.size, [&](std::size_t frames, std::size_t expected) {
                    show(expected > 0 ? std::min(1.0, static_cast<double>(frames) / static_cast<double>(expected)) : 0);
                });
            read_play_episode(episode, facts, writer);
            const PictureSize its = writer.size();
            if (first && (its.width != first->width || its.height != first->height))
                throw Error(episode.file, "expected pictures of " + size_text(first->width, first->height) +
                                              " as in the other episodes, found " + size_text(its.width, its.height) +
                                              "; --size makes all of one size");
            result.frames += writer.finish();
            first = its;
            ++result.written;
        } catch (const Error& error) {
            result.refused.push_back(error.what());
        }
    }
    if (other_size)
        result.notes.push_back("--size changes nothing of what is there already, which is " +
                               size_text(other_size->width, other_size->height) + ": a new folder does");
    if (!described && result.written + result.there == 0) {  // a description of nothing would be taken for a data set
        fs::remove(request.out / data_toml, failure);
        fs::remove(request.out, failure);  // where nothing else lies in it
    }
    return result;
}

}  // namespace drift
