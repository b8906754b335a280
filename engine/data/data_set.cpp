#include "data/data_set.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "core/error.h"
#include "data/action_table.h"
#include "data/pictures.h"
#include "formats/npy.h"
#include "formats/toml_reader.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;
constexpr const char* description = "data.toml";
constexpr const char* table_name = "actions.csv";
constexpr const char* array_name = "frames.npy";
constexpr int shortest_side = 16, longest_side = 512;  // what the networks are for; even, because pixels are folded 2x2
constexpr std::uint64_t most_bytes = std::uint64_t{16} << 30;  // of all frames: they are kept in memory
constexpr const char* video_endings[] = {".mp4", ".mkv", ".webm", ".avi", ".mov", ".gif", ".m4v", ".ogv"};

std::string size_text(int width, int height) { return std::to_string(width) + "x" + std::to_string(height); }

class Reader {
public:
    Reader(DataSet& data, const std::optional<PictureSize>& size) : data_(data), size_(size) {}

    // Frames as they come; `file` is where they are from.
    void add(Clip& clip, Frame frame, const fs::path& file) {
        if (size_ && (frame.width != size_->width || frame.height != size_->height)) frame = resized_picture(frame, size_->width, size_->height);
        if (data_.width == 0) {
            check_size(frame, file);
            data_.width = frame.width, data_.height = frame.height;
            first_ = file;
        }
        if (frame.width != data_.width || frame.height != data_.height)
            throw Error(file, "expected pictures of " + size_text(data_.width, data_.height) + " pixels as in " + printable(first_.string()) + ", found " + size_text(frame.width, frame.height) + "; --size makes all of one size");
        bytes_ += frame.rgb.size();
        if (bytes_ > most_bytes) throw Error(file, "expected at most " + std::to_string(most_bytes >> 30) + " GB of frames in all, found more: give fewer episodes or a smaller --size");
        clip.frames.push_back(std::move(frame));
    }

    void finish(Clip clip, const fs::path& frames, const fs::path& table) {
        auto actions = read_action_table(table, data_.actions);
        const std::size_t count = clip.frames.size();
        if (actions.actions.size() != count && actions.actions.size() + 1 != count)
            throw Error(table, "expected an action for each of the " + std::to_string(count) + " frames of " + printable(frames.string()) + " (the last may have none), found " + std::to_string(actions.actions.size()));
        actions.actions.resize(count - 1);
        clip.actions = std::move(actions.actions);
        for (std::size_t i = 0; i < clip.actions.size(); ++i)
            if (actions.rare[i]) clip.rare.push_back(static_cast<int>(i) + 1);
        data_.clips.push_back(std::move(clip));
    }

private:
    static void check_size(const Frame& frame, const fs::path& file) {
        for (int side : {frame.width, frame.height})
            if (side < shortest_side || side > longest_side || side % 2 != 0)
                throw Error(file, "expected pictures whose sides are even, from " + std::to_string(shortest_side) + " to " + std::to_string(longest_side) + " pixels, found " + size_text(frame.width, frame.height) + "; --size 64x64 resizes them");
    }

    DataSet& data_;
    std::optional<PictureSize> size_;
    fs::path first_;
    std::uint64_t bytes_ = 0;
};

void read_array(Reader& reader, Clip& clip, const fs::path& file) {
    NpyReader array(file);
    const auto& shape = array.shape();
    if (array.type() != NpyType::u8 || shape.size() != 4 || shape[3] != 3 || shape[0] < 1 || std::max(shape[1], shape[2]) > 8192 || std::min(shape[1], shape[2]) < 1) {
        std::string found;
        for (std::int64_t extent : shape) found += (found.empty() ? "" : ", ") + std::to_string(extent);
        throw Error(file, std::string("expected uint8 of the shape [frames, height, width, 3], found ") + npy_type_name(array.type()) + " of [" + found + "]");
    }
    for (std::int64_t i = 0; i < shape[0]; ++i) {
        Frame frame(static_cast<int>(shape[2]), static_cast<int>(shape[1]));
        array.read(frame.rgb.data(), frame.rgb.size());
        reader.add(clip, std::move(frame), file);
    }
}

// 000000.png, 000001.png ...: with as many zeros as one likes, and none left out.
void read_pictures(Reader& reader, Clip& clip, const fs::path& folder) {
    std::map<long, fs::path> pictures;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".png") continue;
        std::string stem = entry.path().stem().string();
        long number = 0;
        auto [end, failure] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
        if (failure != std::errc() || end != stem.data() + stem.size() || number < 0) throw Error(entry.path(), "expected pictures that are numbered, as 000000.png, found another name");
        if (!pictures.emplace(number, entry.path()).second) throw Error(entry.path(), "expected one picture of each number, found two");
    }
    if (pictures.empty()) throw Error(folder, std::string("expected ") + array_name + " or pictures 000000.png, 000001.png ..., found neither");
    long next = 0;
    for (const auto& [number, file] : pictures) {
        if (number != next) throw Error(folder, "expected the picture of frame " + std::to_string(next) + ", found " + printable(file.filename().string()) + " next");
        reader.add(clip, read_picture(file), file);
        ++next;
    }
}

void read_folder(Reader& reader, const fs::path& folder) {
    if (!fs::exists(folder / table_name)) throw Error(folder, std::string("expected an episode with ") + table_name + ", found none there");
    Clip clip{folder.filename().string(), {}, {}, {}};
    const bool array = fs::exists(folder / array_name);
    array ? read_array(reader, clip, folder / array_name) : read_pictures(reader, clip, folder);
    reader.finish(std::move(clip), array ? folder / array_name : folder, folder / table_name);
}

void read_with_table(Reader& reader, const fs::path& video, const fs::path& table) {
    Clip clip{video.filename().string(), {}, {}, {}};
    read_video(video, [&](Frame frame) { reader.add(clip, std::move(frame), video); });
    if (clip.frames.empty()) throw Error(video, "expected a video with pictures, found none that can be read");
    reader.finish(std::move(clip), video, table);
}

bool is_video(const fs::path& file) { return std::find(std::begin(video_endings), std::end(video_endings), file.extension()) != std::end(video_endings); }

DataSet read_description(const fs::path& file) {
    toml::table table = parse_toml(file, "the description of a data set");
    TomlReader top(file, table, "");
    if (auto format = top.get<std::int64_t>("format"); format != format_version)
        throw Error(file, "expected format " + std::to_string(format_version) + ", found " + std::to_string(format));
    DataSet data;
    data.title = table.contains("title") ? top.get<std::string>("title") : "";
    data.rate = top.whole("rate", 1, 240);
    data.actions = read_actions(top);
    const auto& entries = data.actions.entries;
    if (!entries.front().keys.empty()) throw Error(file, "expected the first action to be that of no key (keys = []), found " + printable(entries.front().name) + " with a key");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].name.empty() || entries[i].name.find_first_of(",\"\n\r") != std::string::npos) throw Error(file, "expected actions whose names go into a CSV file, found \"" + printable(entries[i].name) + "\"");
        if (i > 0 && entries[i].keys.empty()) throw Error(file, "expected a key for the action " + printable(entries[i].name) + ", found none: nobody could play it");
        if (data.actions.find(entries[i].name) != static_cast<int>(i)) throw Error(file, "expected actions of different names, found " + printable(entries[i].name) + " twice");
    }
    return data;
}

}  // namespace

PictureSize parse_picture_size(const std::string& text) {
    PictureSize size;
    auto x = text.find('x');
    auto number = [&](std::size_t begin, std::size_t end, int& value) {
        auto [at, failure] = std::from_chars(text.data() + begin, text.data() + end, value);
        return failure == std::errc() && at == text.data() + end;
    };
    if (x == text.npos || !number(0, x, size.width) || !number(x + 1, text.size(), size.height) || std::min(size.width, size.height) < shortest_side || std::max(size.width, size.height) > longest_side || size.width % 2 || size.height % 2)
        throw Error("--size: expected WIDTHxHEIGHT, both even and from " + std::to_string(shortest_side) + " to " + std::to_string(longest_side) + ", as 64x64, found \"" + printable(text) + "\"");
    return size;
}

DataSet read_data_set(const fs::path& folder, const std::optional<PictureSize>& size) {
    DataSet data = read_description(folder / description);
    if (data.title.empty()) data.title = fs::absolute(folder).lexically_normal().filename().string();
    Reader reader(data, size);
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder))
        if (!entry.path().filename().string().starts_with(".")) entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& path : entries) {
        auto beside = [&](const fs::path& other) { return other != path && other.stem() == path.stem() && is_video(other); };
        if (fs::is_directory(path)) {
            read_folder(reader, path);
        } else if (path.extension() == ".csv") {
            auto videos = std::count_if(entries.begin(), entries.end(), beside);
            if (videos != 1) throw Error(path, "expected one video of the same name beside it, found " + std::to_string(videos));
            read_with_table(reader, *std::find_if(entries.begin(), entries.end(), beside), path);
        } else if (is_video(path) && !fs::exists(fs::path(path).replace_extension(".csv"))) {
            throw Error(path, "expected " + printable(path.stem().string()) + ".csv with its actions beside it, found none");
        }
    }
    if (data.clips.empty()) throw Error(folder, "expected at least one episode (a folder, or a video with a CSV file), found none");
    return data;
}

void write_data_description(const fs::path& folder, const DataSet& data) {
    std::ostringstream out;
    out << "# Recorded play: what `driftlab train --data` learns from.\n"
         << toml::table{{"format", format_version}, {"title", data.title}, {"rate", data.rate}, {"actions", to_array(data.actions)}} << "\n";
    const fs::path file = folder / description;
    fs::create_directories(folder);
    if (fs::exists(file)) {
        DataSet there = read_description(file);
        if (there.title != data.title || there.rate != data.rate || there.actions != data.actions)
            throw Error(file, "expected a data set of " + printable(data.title) + " with its rate and actions, found another one: give a new folder");
        return;
    }
    const std::string text = out.str();
    AtomicFile description_file(file);
    description_file.write(text.data(), text.size());
    description_file.commit();
}

void write_clip(const fs::path& folder, const DataSet& data, const Clip& clip) {
    const fs::path into = folder / clip.name;
    std::error_code failure;
    if (!fs::create_directory(into, failure)) throw Error(into, failure ? "cannot be made: " + failure.message() : "expected no episode of that name in the data set, found one");
    AtomicFile frames(into / array_name);
    const std::string begin = npy_file_begin({NpyType::u8, {static_cast<std::int64_t>(clip.frames.size()), data.height, data.width, 3}});
    frames.write(begin.data(), begin.size());
    for (const Frame& frame : clip.frames) frames.write(frame.rgb.data(), frame.rgb.size());
    frames.commit();
    write_action_table(into / table_name, data.actions, clip);
}

}  // namespace drift
