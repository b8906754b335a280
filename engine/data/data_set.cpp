#include "data/data_set.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "data/action_table.h"
#include "data/description.h"
#include "data/episode_files.h"
#include "data/frames_array.h"
#include "data/pictures.h"
#include "data/video_notes.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr const char* array_name = "frames.npy";
constexpr std::uint64_t most_bytes = std::uint64_t{16} << 30;  // of all frames that are kept in memory

class Reader {
public:
    Reader(const fs::path& folder, const std::optional<PictureSize>& size, Keep keep, const SeeFrame& see)
        : folder_(folder), size_(size), keep_(keep), see_(see) {}

    DataSetReading read() {
        if (std::error_code error; !fs::is_directory(folder_, error)) {
            result_.problems.add(folder_, "expected a folder of recorded play, found " +
                                              std::string(fs::exists(folder_, error) ? "a file" : "nothing"));
            return std::move(result_);
        }
        const fs::path description = find_entry(folder_, data_toml);
        result_.problems.begin(description);
        result_.data = read_description(description.empty() ? folder_ / data_toml : description, result_.problems);
        if (const std::string what = keyless_note(result_.data.actions); !what.empty()) note(description, what);
        if (result_.data.title.empty())
            result_.data.title = fs::absolute(folder_).lexically_normal().filename().string();
        walk(description);
        begin(folder_);
        if (episodes_ == 0)
            problems().add(folder_, "expected at least one episode (a folder, or a video with a CSV file), found none");
        return std::move(result_);
    }

private:
    // What is known of the episode that is being read.
    struct Episode {
        Clip clip;
        std::size_t frames = 0;
        std::optional<long> first;  // the number of its first picture, where they are numbered
        bool whole = true;          // false: some of its frames are missing or of another size, which is said
        std::string damage;         // what to say of a number of frames that is wrong
        bool sized = false;         // that it has another size than the others is said
    };

    void walk(const fs::path& description) {
        const std::vector<fs::path> entries = entries_of(folder_);
        std::set<fs::path> taken{description};
        for (const fs::path& path : entries)
            if (!fs::is_directory(path) && is_table(path))
                taken.insert(path), begin(path), read_beside(path, entries, taken);
        for (const fs::path& path : entries) {
            if (taken.contains(path)) continue;
            begin(path);
            if (fs::is_directory(path)) read_folder(path, find_table(path));
            else if (names_video(path) || (!names_picture(path) && why_no_video(path).empty()))
                ++episodes_, problems().add(path, "expected " + printable(path.stem().string()) +
                                                      ".csv with its actions beside it, found none");
        }
        sort_clips();
    }
    void begin(const fs::path& part) { problems().begin(part); }
    Problems& problems() { return result_.problems; }

    // Clips are in the order of their names, whatever they are made of: the last ones are held out.
    void sort_clips() {
        std::vector<std::size_t> order(result_.frames.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        auto& clips = result_.data.clips;
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return clips[a].name < clips[b].name; });
        std::vector<Clip> sorted;
        std::vector<std::size_t> frames;
        std::vector<std::vector<HeldStep>> held;
        for (std::size_t i : order)
            sorted.push_back(std::move(clips[i])), frames.push_back(result_.frames[i]),
                held.push_back(std::move(result_.held[i]));
        clips = std::move(sorted), result_.frames = std::move(frames), result_.held = std::move(held);
    }

    void read_folder(const fs::path& folder, const fs::path& table) {
        ++episodes_;
        if (table.empty()) return problems().add(folder, "expected an episode with actions.csv, found none there");
        Episode episode;
        episode.clip.name = folder.filename().string();
        const fs::path array = find_entry(folder, array_name);
        if (array.empty())
            if (const fs::path video = only_video(folder); !video.empty()) return read_with_table(video, table);
        if (!problems().attempt([&] { array.empty() ? read_pictures(episode, folder) : read_array(episode, array); }))
            episode.whole = false;
        finish(std::move(episode), array.empty() ? folder : array, table);
    }

    // Of a folder without pictures; empty where it has none or several.
    static fs::path only_video(const fs::path& folder) {
        fs::path found;
        for (const fs::path& path : entries_of(folder)) {
            if (fs::is_directory(path) || is_table(path)) continue;
            if (names_picture(path) && ending_of(path) != ".gif") return {};
            if (!why_no_video(path).empty()) continue;
            if (!found.empty()) return {};
            found = path;
        }
        return found;
    }

    // A table with the video of its name beside it, or a folder of pictures.
    void read_beside(const fs::path& table, const std::vector<fs::path>& entries, std::set<fs::path>& taken) {
        ++episodes_;
        std::vector<fs::path> videos;
        std::string why;  // the likeliest of the others is none
        std::size_t others = 0;
        for (const fs::path& other : entries) {
            if (taken.contains(other) || is_table(other) ||
                lower_case(other.stem().string()) != lower_case(table.stem().string()))
                continue;
            if (fs::is_directory(other)) {
                if (!find_table(other).empty()) continue;
                --episodes_;
                taken.insert(other);
                return read_folder(other, table);
            }
            std::string fault = why_no_video(other);
            if (fault.empty()) videos.push_back(other);
            else if (++others == 1 || names_video(other)) why = fault;
            taken.insert(other);
        }
        if (videos.size() == 1) return read_with_table(videos.front(), table);
        if (videos.empty() && others > 0) return problems().add(Error(why));
        std::string names;
        for (const fs::path& video : videos)
            names += (names.empty() ? ": " : ", ") + printable(video.filename().string());
        problems().add(table,
                       "expected one video of the same name beside it, found " + std::to_string(videos.size()) + names);
    }

    void read_with_table(const fs::path& video, const fs::path& table) {
        Episode episode;
        episode.clip.name = video.filename().string();
        VideoFacts facts;
        if (!problems().attempt(
                [&] { facts = read_video(video, [&](Frame frame) { add(episode, std::move(frame), video); }); }))
            episode.whole = false;
        if (facts.damaged > 0)
            episode.damage = "; " + std::to_string(facts.damaged) + " pieces of the video could not be decoded";
        if (episode.whole)
            for (const std::string& what : notes_on(facts, result_.data.rate)) note(video, what);
        if (episode.whole && episode.frames == 0)
            problems().add(video, "expected a video with pictures, found none that can be read"), episode.whole = false;
        finish(std::move(episode), video, table);
    }

    void note(const fs::path& file, const std::string& what) { result_.notes.push_back(Error(file, what).what()); }

    void read_array(Episode& episode, const fs::path& file) {
        Frames all = frames_of_array(file, size_);
        add(episode, all.front(), file);  // which says what all are like
        if (see_)
            for (std::size_t i = 1; i < all.size(); ++i) see_(episode.clip.name, i, all[i]);
        episode.frames = all.size();
        episode.clip.frames.clear();
        if (keep_ == Keep::frames && problems().none()) episode.clip.frames = std::move(all);
    }

    // 000000.png, 000001.png ...: with as many zeros as one likes, one word before all of the numbers, from any number on, and none left out.
    void read_pictures(Episode& episode, const fs::path& folder) {
        std::map<long, fs::path> pictures;
        std::optional<std::string> word;
        for (const fs::path& path : entries_of(folder)) {
            if (!names_picture(path) || fs::is_directory(path)) continue;
            auto [before, number] = numbered(path.stem().string());
            if (number >= 0 && !word) word = before;
            if (number < 0 || before != *word) {
                problems().add(path, "expected pictures that are numbered, as 000000.png, found another name");
                episode.whole = false;
            } else if (!pictures.emplace(number, path).second) {
                problems().add(path, "expected one picture of each number, found two");
                episode.whole = false;
            }
        }
        if (pictures.empty() && episode.whole)
            throw Error(folder, std::string("expected ") + array_name +
                                    " or pictures 000000.png, 000001.png ..., found neither");
        if (!pictures.empty()) episode.first = pictures.begin()->first;
        long next = episode.first.value_or(0);
        for (const auto& [number, file] : pictures) {
            if (number != next) {
                problems().add(folder, "expected the picture of frame " + std::to_string(next) + ", found " +
                                           printable(file.filename().string()) + " next");
                episode.whole = false;
            }
            if (!problems().attempt([&] { add(episode, read_picture(file), file); })) episode.whole = false;
            next = number + 1;
        }
    }

    // Frames as they come; `file` is where they are from.
    void add(Episode& episode, Frame frame, const fs::path& file) {
        DataSet& data = result_.data;
        if (size_ && (frame.width != size_->width || frame.height != size_->height))
            frame = resized_picture(frame, size_->width, size_->height);
        if (see_) see_(episode.clip.name, episode.frames, frame);
        ++episode.frames;
        if (data.width == 0) {
            data.width = frame.width, data.height = frame.height;
            first_ = file;
            if (!fits_networks(frame.width, frame.height))
                problems().add(file, "expected pictures whose sides are " + size_rule + " pixels, found " +
                                         size_text(frame.width, frame.height) + "; --size 64x64 resizes them");
        }
        if ((frame.width != data.width || frame.height != data.height) && !std::exchange(episode.sized, true)) {
            problems().add(file, "expected pictures of " + size_text(data.width, data.height) + " pixels as in " +
                                     printable(first_.string()) + ", found " + size_text(frame.width, frame.height) +
                                     "; --size makes all of one size");
            episode.whole = false;
        }
        if (keep_ == Keep::facts || !problems().none()) return episode.clip.frames.clear();
        bytes_ += frame.rgb.size();
        if (bytes_ > most_bytes)
            throw Error(file, "expected at most " + std::to_string(most_bytes >> 30) +
                                  " GB of frames in all, found more: give fewer episodes or a smaller --size");
        episode.clip.frames.push_back(std::move(frame));
    }

    void finish(Episode episode, const fs::path& frames, const fs::path& table) {
        auto actions = read_action_table(table, result_.data.actions, problems());
        const std::size_t count = episode.frames;
        if (!actions || !episode.whole || count == 0) return;
        if (actions->actions.size() != count && actions->actions.size() + 1 != count)
            return problems().add(table, "expected an action for each of the " + std::to_string(count) + " frames of " +
                                             printable(frames.string()) + " (the last may have none), found " +
                                             std::to_string(actions->actions.size()) + episode.damage);
        // The row of the first frame is missing, not that of the last.
        if (actions->first && episode.first && *actions->first == *episode.first + 1 &&
            actions->actions.size() + 1 == count)
            return problems().add(table, "expected frame " + std::to_string(*episode.first) +
                                             " first, as of the first picture, found frame " +
                                             std::to_string(*actions->first));
        actions->actions.resize(count - 1);
        Clip& clip = episode.clip;
        clip.actions = std::move(actions->actions);
        for (std::size_t i = 0; i < clip.actions.size(); ++i)
            if (actions->rare[i]) clip.rare.push_back(static_cast<int>(i) + 1);
        if (!actions->held.empty()) actions->held.resize(count - 1);
        result_.data.clips.push_back(std::move(clip));
        result_.frames.push_back(count);
        result_.held.push_back(std::move(actions->held));
    }

    const fs::path& folder_;
    std::optional<PictureSize> size_;
    Keep keep_;
    const SeeFrame& see_;
    DataSetReading result_;
    fs::path first_;
    std::uint64_t bytes_ = 0;
    int episodes_ = 0;
};

}  // namespace

DataSetReading examine_data_set(const fs::path& folder, const std::optional<PictureSize>& size, Keep keep,
                                const SeeFrame& see) {
    return Reader(folder, size, keep, see).read();
}

DataSet read_data_set(const fs::path& folder, const std::optional<PictureSize>& size, std::vector<std::string>& notes) {
    DataSetReading reading = examine_data_set(folder, size, Keep::frames);
    reading.problems.check(folder);
    notes.insert(notes.end(), reading.notes.begin(), reading.notes.end());
    return std::move(reading.data);
}

bool is_data_set(const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder, error) && !find_entry(folder, data_toml).empty();
}

}  // namespace drift
