#include "data/imports/npz_play.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "data/imports/video_frames.h"
#include "data/pictures.h"
#include "formats/npy.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_turned = std::uint64_t{4}
                                         << 30;  // bytes of an array in Fortran order, which is read whole
constexpr const char* frame_names[] = {"frames", "frame", "obs", "observation", "observations",
                                       "images", "image", "rgb", "pixels",      "video"};
constexpr const char* action_names[] = {"actions", "action", "act", "acts", "a", "buttons", "keys"};

struct Array {
    ZipArchive::Entry source;  // at its first element
    NpyHeader header;
    std::uint64_t bytes = 0;
};

Array open_array(ZipArchive& archive, const std::string& entry, const fs::path& name) {
    Array array{archive.open(entry), {}, 0};
    const std::uint64_t size = array.source.left();
    std::string begin(std::min<std::uint64_t>(size, npy_longest_begin), '\0');
    std::uint64_t data = 0;
    array.source.read(begin.data(), begin.size());
    array.header = parse_npy_begin(begin, size, name / entry, NpyOrder::any, data);
    array.bytes = size - data;
    array.source = archive.open(entry);  // once more, up to its elements
    array.source.read(begin.data(), data);
    return array;
}

bool is_number(NpyType type) { return type != NpyType::f16; }

// As one finds them: [frames, height, width, 3], or [frames, 3, height, width].
bool of_pictures(const NpyHeader& header) {
    return header.type == NpyType::u8 && header.shape.size() == 4 && header.shape[0] > 0 &&
           (header.shape[3] == 3 || header.shape[1] == 3) &&
           *std::min_element(header.shape.begin(), header.shape.end()) > 0 &&
           *std::max_element(header.shape.begin() + 1, header.shape.end()) <= longest_imported_side;
}
bool of_actions(const NpyHeader& header) {
    const std::size_t axes = header.shape.size();
    return is_number(header.type) && (axes == 1 || axes == 2) && header.shape[0] > 0 &&
           header.shape[0] <= static_cast<std::int64_t>(most_steps_of_an_episode) &&
           (axes == 1 || (header.shape[1] > 0 && header.shape[1] <= static_cast<std::int64_t>(most_buttons)));
}
bool whole(const NpyHeader& header) { return header.type != NpyType::f32 && header.type != NpyType::f64; }

// The only one, or the one with the likeliest name; empty where there is none.
template <std::size_t n>
std::string chosen(const std::vector<std::string>& found, const char* const (&names)[n], const char* what,
                   const fs::path& file) {
    for (const char* name : names)
        for (const std::string& entry : found)
            if (lower_case(fs::path(entry).stem().string()) == name) return entry;
    if (found.size() > 1)
        throw Error(file, std::string("expected one array of ") + what + " called \"" + names[0] + "\", found " +
                              std::to_string(found.size()) + " that could be it and none of that name");
    return found.empty() ? "" : found.front();
}

std::vector<double> numbers_of(Array& array) {
    const std::size_t size = npy_type_size(array.header.type), count = array.bytes / size;
    std::vector<unsigned char> bytes(array.bytes);
    array.source.read(bytes.data(), bytes.size());
    std::vector<double> numbers(count);
    auto take = [&](auto value) {
        for (std::size_t i = 0; i < count; ++i) {
            std::memcpy(&value, bytes.data() + i * size, size);
            numbers[i] = static_cast<double>(value);
        }
    };
    switch (array.header.type) {
        case NpyType::boolean:
        case NpyType::u8: take(std::uint8_t{}); break;
        case NpyType::i8: take(std::int8_t{}); break;
        case NpyType::i16: take(std::int16_t{}); break;
        case NpyType::i32: take(std::int32_t{}); break;
        case NpyType::i64: take(std::int64_t{}); break;
        case NpyType::f32: take(float{}); break;
        case NpyType::f64: take(double{}); break;
        case NpyType::f16: break;
    }
    return numbers;
}

// Row by row whatever the order in the file; buttons are zeros and ones.
std::vector<ImportedStep> steps_of(ZipArchive& archive, const std::string& entry, const fs::path& name) {
    Array array = open_array(archive, entry, name);
    const std::vector<double> numbers = numbers_of(array);
    const auto& shape = array.header.shape;
    const auto count = static_cast<std::size_t>(shape[0]),
               width = shape.size() == 2 ? static_cast<std::size_t>(shape[1]) : 0;
    std::vector<ImportedStep> steps(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (width == 0) steps[i].action = action_of(numbers[i], name, i);
        for (std::size_t k = 0; k < width; ++k) {
            const double down = numbers[array.header.fortran ? k * count + i : i * width + k];
            if (down != 0 && down != 1)
                throw Error(name, "expected zeros and ones for the buttons in " + shown_name(entry) + ", found " +
                                      std::to_string(down) + " at step " + std::to_string(i));
            steps[i].held.held |= (down != 0 ? 1u : 0u) << k;
        }
    }
    return steps;
}

void read_frames(Array array, const std::string& entry, const fs::path& name, EpisodeSink& sink) {
    const auto& shape = array.header.shape;
    const bool last = shape[3] == 3;  // colours
    const auto count = static_cast<std::size_t>(shape[0]), height = static_cast<std::size_t>(shape[last ? 1 : 2]),
               width = static_cast<std::size_t>(shape[last ? 2 : 3]);
    const std::size_t size = height * width * 3;
    std::vector<std::uint8_t> bytes;
    if (array.header.fortran) {
        if (array.bytes > largest_turned)
            throw Error(name, "expected at most " + std::to_string(largest_turned >> 30) + " GB in Fortran order in " +
                                  shown_name(entry) + ", found more: numpy.ascontiguousarray makes the other order");
        bytes.resize(array.bytes);
        array.source.read(bytes.data(), bytes.size());
    } else {
        bytes.resize(size);
    }
    // Steps from one pixel, column, row and colour to the next.
    const std::size_t extents[] = {count, static_cast<std::size_t>(shape[1]), static_cast<std::size_t>(shape[2]),
                                   static_cast<std::size_t>(shape[3])};
    std::size_t strides[4];
    if (array.header.fortran)
        for (std::size_t i = 0, stride = 1; i < 4; stride *= extents[i++]) strides[i] = stride;
    else
        for (std::size_t i = 4, stride = 1; i-- > 0; stride *= extents[i]) strides[i] = stride;
    const std::size_t row = strides[last ? 1 : 2], column = strides[last ? 2 : 3], colour = strides[last ? 3 : 1];
    for (std::size_t i = 0; i < count; ++i) {
        if (!array.header.fortran) array.source.read(bytes.data(), size);
        const std::uint8_t* from = bytes.data() + (array.header.fortran ? i * strides[0] : 0);
        Frame frame(static_cast<int>(width), static_cast<int>(height));
        std::uint8_t* to = frame.rgb.data();
        for (std::size_t y = 0; y < height; ++y)
            for (std::size_t x = 0; x < width; ++x)
                for (std::size_t c = 0; c < 3; ++c) *to++ = from[y * row + x * column + c * colour];
        sink.frame(std::move(frame));
    }
}

}  // namespace

NpzArrays arrays_of_npz(ZipArchive& archive, const fs::path& name) {
    std::vector<std::string> pictures, actions, less_likely;
    std::string others;
    for (const std::string& entry : archive.names()) {
        if (!entry.ends_with(".npy")) continue;
        try {
            const NpyHeader header = open_array(archive, entry, name).header;
            if (of_pictures(header)) pictures.push_back(entry);
            else if (of_actions(header)) (whole(header) ? actions : less_likely).push_back(entry);
        } catch (const Error& error) {
            if (others.empty()) others = error.what();  // an array that is no play may be of any kind
        }
    }
    NpzArrays found;
    found.frames = chosen(pictures, frame_names, "pictures", name);
    if (!found.frames.empty()) {  // only those of a fitting length
        const std::int64_t frames = open_array(archive, found.frames, name).header.shape[0];
        auto wrong = [&](const std::string& entry) {
            const std::int64_t steps = open_array(archive, entry, name).header.shape[0];
            return steps != frames && steps + 1 != frames;
        };
        if (actions.size() > 1) std::erase_if(actions, wrong);
        std::erase_if(less_likely, wrong);
    }
    found.actions = chosen(actions.empty() ? less_likely : actions, action_names, "actions", name);
    if (found.actions.empty())
        throw Error(name, "expected an array of actions, a whole number for each frame, found none" +
                              (others.empty() ? "" : " (" + others + ")"));
    return found;
}

PlayFacts npz_facts(const std::vector<FoundEpisode>& episodes) {
    PlayFacts facts;
    std::int64_t buttons = 0;
    for (const FoundEpisode& one : episodes) {
        try {
            ZipArchive archive(one.file, InputFile(one.file).size());
            const std::string entry = arrays_of_npz(archive, one.file).actions;
            const NpyHeader header = open_array(archive, entry, one.file).header;
            if (header.shape.size() == 2) buttons = std::max(buttons, header.shape[1]);
            else
                for (const ImportedStep& step : steps_of(archive, entry, one.file))
                    facts.actions = std::max(facts.actions, step.action + 1);
        } catch (const Error&) {  // said when it is read
        }
        if (facts.rate == 0 && !one.beside.empty()) facts.rate = video_rate(one.beside);
    }
    if (buttons > 0 && facts.actions > 0)
        throw Error(
            episodes.front().file.parent_path(),
            "expected archives with actions of one kind, found some with buttons and some with one number a step");
    for (std::int64_t i = 0; i < buttons; ++i) facts.buttons.buttons.push_back({"button " + std::to_string(i), {}});
    return facts;
}

void read_npz_play(ZipArchive& archive, const fs::path& name, const fs::path& video, EpisodeSink& sink) {
    const NpzArrays arrays = arrays_of_npz(archive, name);
    if (arrays.frames.empty() && video.empty())
        throw Error(
            name,
            "expected an array of pictures (uint8 [frames, height, width, 3]) or a video beside it, found neither");
    const auto steps = steps_of(archive, arrays.actions, name);
    std::size_t frames = 0;
    if (arrays.frames.empty()) {
        read_all_frames(video, [&](Frame frame) {
            if (frames++ <= steps.size()) sink.frame(std::move(frame));
        });
    } else {
        Array array = open_array(archive, arrays.frames, name);
        frames = static_cast<std::size_t>(array.header.shape[0]);
        sink.expect(frames);
        if (frames != steps.size() && frames != steps.size() + 1)
            throw Error(name, "expected an action for each of the " + std::to_string(frames) +
                                  " frames (the last may have none), found " + std::to_string(steps.size()));
        read_frames(std::move(array), arrays.frames, name, sink);
    }
    for (std::size_t i = 0; i < std::min(frames, steps.size()); ++i) sink.step(steps[i]);
}

void read_npz_play(const fs::path& file, const fs::path& video, EpisodeSink& sink) {
    ZipArchive archive(file, InputFile(file).size());
    read_npz_play(archive, file, video, sink);
}

}  // namespace drift
