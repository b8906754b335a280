#include "data/imports/minari_episode.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "data/episode_files.h"
#include "data/imports/apart.h"
#include "data/pictures.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Kind = Hdf5Array::Kind;

constexpr std::size_t most_episodes = 1'000'000, most_parts = 64, largest_picture = 64u << 20;  // bytes
constexpr std::uint64_t block_bytes = 32u << 20;  // read at once: pictures share their compressed pieces
constexpr std::uint64_t largest_notes = 256u << 20;
constexpr int deepest = 4;

bool three_axes(const std::vector<std::uint64_t>& shape) {
    auto side = [](std::uint64_t extent) { return extent >= 8 && extent <= longest_imported_side; };
    if (shape.size() == 3) return side(shape[1]) && side(shape[2]);  // grey
    if (shape.size() != 4) return false;
    auto colours = [](std::uint64_t extent) { return extent == 1 || extent == 3; };
    return (colours(shape[3]) && side(shape[1]) && side(shape[2])) ||
           (colours(shape[1]) && side(shape[2]) && side(shape[3]));
}

bool of_pictures(const Hdf5Array& array) {
    return (array.kind == Kind::bytes && array.shape.size() == 1) ||
           (array.kind == Kind::u8 && three_axes(array.shape));
}

// Observations may be in groups of groups; those that are pictures.
void find_pictures(const Hdf5File& file, const std::string& path, int depth, std::vector<std::string>& found) {
    if (file.is_array(path)) {
        if (of_pictures(file.array(path))) found.push_back(path);
    } else if (file.is_group(path) && depth < deepest) {
        for (const std::string& name : file.names(path, most_parts))
            find_pictures(file, path + "/" + name, depth + 1, found);
    }
}

void read_jpegs(const Hdf5File& file, const std::string& path, std::uint64_t frames, const fs::path& name,
                EpisodeSink& sink) {
    for (std::uint64_t i = 0; i < frames; ++i) {
        const std::string where = path + " " + std::to_string(i);
        sink.frame(decode_jpeg(file.run_of_bytes(path, i, largest_picture), name / where, longest_imported_side));
    }
}

void read_raw(const Hdf5File& file, const std::string& path, const std::vector<std::uint64_t>& shape,
              EpisodeSink& sink) {
    const bool grey = shape.size() == 3, first = !grey && shape[3] > 3;  // colours first
    const std::uint64_t colours = grey    ? 1
                                  : first ? shape[1]
                                          : shape[3],
                        height = shape[first ? 2 : 1], width = shape[first ? 3 : 2], size = colours * height * width;
    const std::uint64_t pixel = first ? 1 : colours, plane = colours == 1 ? 0 : first ? height * width : 1;
    const std::uint64_t together = std::clamp<std::uint64_t>(block_bytes / size, 1, 256);
    std::vector<std::uint8_t> block(std::min(together, shape[0]) * size);
    for (std::uint64_t begin = 0; begin < shape[0]; begin += together) {
        const std::uint64_t count = std::min(together, shape[0] - begin);
        file.read_bytes(path, begin, count, block.data());
        for (std::uint64_t i = 0; i < count; ++i) {
            Frame frame(static_cast<int>(width), static_cast<int>(height));
            const std::uint8_t* from = block.data() + i * size;
            std::uint8_t* to = frame.rgb.data();
            for (std::uint64_t at = 0; at < height * width; ++at)
                for (std::uint64_t c = 0; c < 3; ++c) *to++ = from[at * pixel + c * plane];
            sink.frame(std::move(frame));
        }
    }
}

// A number for each step; none where there is no such array.
std::vector<double> column(const Hdf5File& file, const std::string& path, std::size_t steps, const fs::path& name) {
    if (!file.is_array(path)) return {};
    auto numbers = file.numbers(path, most_steps_of_an_episode);
    if (numbers.size() != steps)
        throw Error(name, "expected " + std::to_string(steps) + " numbers in " + shown_name(path) + ", found " +
                              std::to_string(numbers.size()));
    return numbers;
}

ImportedStep step_of(const std::vector<double>& numbers, std::size_t i, const MinariNotes& notes,
                     const fs::path& name) {
    ImportedStep step;
    if (notes.buttons == 0) {
        step.action = action_of(numbers[i] - notes.first_action, name, i);
        if (notes.actions > 0 && step.action >= notes.actions)
            throw Error(name, "expected " + std::to_string(notes.actions) +
                                  " actions as metadata.json has them, found number " + std::to_string(step.action) +
                                  " at step " + std::to_string(i));
        return step;
    }
    const auto width = static_cast<std::size_t>(notes.buttons);
    for (std::size_t k = 0; k < width; ++k) {
        const double down = numbers[i * width + k];
        if (down != 0 && down != 1)
            throw Error(name, "expected zeros and ones for the buttons, found " + std::to_string(down) + " at step " +
                                  std::to_string(i));
        step.held.held |= (down != 0 ? 1u : 0u) << k;
    }
    return step;
}

MinariNotes notes_of(const fs::path& file) {
    return file.empty() ? MinariNotes{} : minari_notes(read_text(file, largest_notes), file);
}

}  // namespace

std::vector<std::string> minari_episodes(const Hdf5File& file) {
    std::vector<std::pair<long, std::string>> found;
    for (const std::string& name : file.names("/", most_episodes))
        if (auto [word, number] = numbered(name); word == "episode_" && number >= 0 && file.is_group(name))
            found.emplace_back(number, name);
    std::sort(found.begin(), found.end());
    if (!found.empty() && !file.is_array(found.front().second + "/observations") &&
        !file.is_group(found.front().second + "/observations"))
        found.clear();
    std::vector<std::string> names;
    for (auto& [number, name] : found) names.push_back(std::move(name));
    return names;
}

MinariNotes minari_notes(std::string_view text, const fs::path& file) {
    MinariNotes notes;
    try {
        const Json json = Json::parse(text);
        if (json.contains("dataset_id")) notes.title = json.at("dataset_id").get<std::string>();
        if (!json.contains("action_space")) return notes;
        // The space stands there as a text that is JSON itself.
        const Json& said = json.at("action_space");
        const Json space = said.is_string() ? Json::parse(said.get<std::string>()) : said;
        const std::string type = space.at("type").get<std::string>();
        if (type == "Discrete") {
            const auto count = space.at("n").get<std::int64_t>(), start = space.value("start", std::int64_t{0});
            if (count < 1 || count > most_actions || std::abs(start) > (1 << 20))
                throw Error(
                    file, "expected 1 to " + std::to_string(most_actions) + " actions, found " + std::to_string(count));
            notes.actions = static_cast<int>(count), notes.first_action = static_cast<int>(start);
        } else if (type == "MultiBinary" && space.at("n").is_number_integer()) {
            const auto count = space.at("n").get<std::int64_t>();
            if (count < 1 || count > static_cast<std::int64_t>(most_buttons))
                throw Error(
                    file, "expected 1 to " + std::to_string(most_buttons) + " buttons, found " + std::to_string(count));
            notes.buttons = static_cast<int>(count);
        } else {
            throw Error(file,
                        "expected actions that are taken one at a time (Discrete) or buttons (MultiBinary), found " +
                            shown_name(type));
        }
    } catch (const Json::exception& error) {
        throw Error(file, "expected the description of a Minari data set, found other JSON or none (" +
                              printable(std::string_view(error.what()).substr(0, 200)) + ")");
    }
    return notes;
}

PlayFacts minari_facts(const std::vector<FoundEpisode>& episodes) {
    PlayFacts facts;
    facts.columns = {"reward", "end", "truncated"};
    fs::path last;
    for (const FoundEpisode& one : episodes) {
        if (one.file == last && facts.actions + static_cast<int>(facts.buttons.buttons.size()) > 0 &&
            !one.beside.empty())
            continue;
        const MinariNotes notes = notes_of(one.beside);
        if (facts.title.empty()) facts.title = notes.title;
        facts.actions = std::max(facts.actions, notes.actions);
        for (auto i = facts.buttons.buttons.size(); i < static_cast<std::size_t>(notes.buttons); ++i)
            facts.buttons.buttons.push_back({"button " + std::to_string(i), {}});
        last = one.file;
        if (notes.actions > 0 || notes.buttons > 0) continue;
        try {  // nothing says how many there are: those that are taken
            run_apart(
                one.file,
                [&](const Say& say) {
                    int most = 0;
                    for (double number : Hdf5File(one.file).numbers(one.part + "/actions", most_steps_of_an_episode))
                        most = std::max(most, 1 + action_of(number, one.file, 0));
                    say(std::to_string(most));
                },
                [&](std::string_view said) {
                    int most = 0;
                    std::from_chars(said.data(), said.data() + said.size(), most);
                    facts.actions = std::clamp(most, facts.actions, most_actions);
                });
        } catch (const Error&) {  // said when it is read
        }
    }
    return facts;
}

void read_minari_episode(const FoundEpisode& episode, EpisodeSink& sink) {
    const MinariNotes notes = notes_of(episode.beside);
    read_apart(
        episode.file,
        [&](EpisodeSink& to) { read_minari_episode(Hdf5File(episode.file), episode.file, episode.part, notes, to); },
        sink);
}

void read_minari_episode(const Hdf5File& file, const fs::path& name, const std::string& group, const MinariNotes& notes,
                         EpisodeSink& sink) {
    std::vector<std::string> pictures;
    find_pictures(file, group + "/observations", 0, pictures);
    if (pictures.size() != 1)
        throw Error(name, "expected pictures as the observations of " + shown_name(group) + ", found " +
                              (pictures.empty() ? "none" : std::to_string(pictures.size()) + " arrays of them"));
    const Hdf5Array array = file.array(pictures[0]);
    const std::uint64_t frames = array.shape[0];
    const std::size_t width = notes.buttons > 0 ? static_cast<std::size_t>(notes.buttons) : 1;
    if (frames < 1 || frames > most_steps_of_an_episode)
        throw Error(name, "expected 1 to " + std::to_string(most_steps_of_an_episode) + " observations in " +
                              shown_name(group) + ", found " + std::to_string(frames));
    const auto actions = file.numbers(group + "/actions", most_steps_of_an_episode * width);
    const Hdf5Array facts = file.array(group + "/actions");
    if (facts.shape.size() != (notes.buttons > 0 ? 2u : 1u) || actions.size() % width != 0 ||
        (actions.size() / width + 1 != frames && actions.size() / width != frames))
        throw Error(name, "expected one action less than the " + std::to_string(frames) + " observations of " +
                              shown_name(group) + ", found " + std::to_string(actions.size()) + " numbers");
    const std::size_t steps = actions.size() / width;
    const auto rewards = column(file, group + "/rewards", steps, name),
               ends = column(file, group + "/terminations", steps, name),
               cuts = column(file, group + "/truncations", steps, name);
    sink.expect(frames);
    if (array.kind == Kind::bytes) read_jpegs(file, pictures[0], frames, name, sink);
    else read_raw(file, pictures[0], array.shape, sink);
    for (std::size_t i = 0; i < steps; ++i) {
        ImportedStep step = step_of(actions, i, notes, name);
        for (const auto* of : {&rewards, &ends, &cuts}) step.more.push_back(of->empty() ? 0 : (*of)[i]);
        sink.step(step);
    }
}

}  // namespace drift
