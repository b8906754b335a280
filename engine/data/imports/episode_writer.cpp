#include "data/imports/episode_writer.h"

#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/atomic_file.h"
#include "core/error.h"
#include "data/frames_array.h"
#include "data/imports/origin.h"
#include "data/pictures.h"
#include "formats/npy.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr const char* array_name = "frames.npy";
constexpr const char* table_name = "actions.csv";

std::string beginning(std::size_t frames, int width, int height) {
    return npy_file_begin({NpyType::u8, {static_cast<std::int64_t>(frames), height, width, 3}});
}

}  // namespace

EpisodeWriter::EpisodeWriter(const fs::path& folder, const FoundEpisode& episode, const DataSet& data,
                             const PlayFacts& facts, std::optional<PictureSize> size,
                             std::function<void(std::size_t, std::size_t)> each)
    : folder_(folder / episode.name),
      part_(folder / ("." + episode.name + ".part")),  // hidden: no one takes it for an episode
      source_(episode.part.empty() ? episode.file : episode.file / episode.part),
      origin_(origin_of(episode)),
      data_(data),
      facts_(facts),
      size_(size),
      each_(std::move(each)) {
    std::error_code ignored;
    fs::remove_all(part_, ignored);  // of one that was interrupted
    make_folder(part_);
    file_ = std::fopen((part_ / array_name).c_str(), "wb");
    if (!file_) throw Error(part_ / array_name, std::string("cannot be written: ") + std::strerror(errno));
    table_ = "frame," + (facts.buttons.none() ? "action" : button_columns(facts.buttons));
    for (const std::string& column : facts.columns) table_ += "," + column;
    table_ += "\n";
}

EpisodeWriter::~EpisodeWriter() {
    if (file_) std::fclose(file_);
    std::error_code ignored;
    fs::remove_all(part_, ignored);
}

void EpisodeWriter::write(const void* from, std::size_t bytes) {
    if (std::fwrite(from, 1, bytes, file_) != bytes)
        throw Error(folder_ / array_name, std::string("cannot be written: ") + std::strerror(errno));
}

void EpisodeWriter::frame(Frame frame) {
    if (size_ && (frame.width != size_->width || frame.height != size_->height))
        frame = resized_picture(frame, size_->width, size_->height);
    if (frames_ == 0) {
        width_ = frame.width, height_ = frame.height;
        const std::string begin = beginning(0, width_, height_);  // written again when their number is known
        write(begin.data(), begin.size());
    } else if (frame.width != width_ || frame.height != height_) {
        throw Error(source_, "expected frames of one size, found " + size_text(width_, height_) + " and, from frame " +
                                 std::to_string(frames_) + " on, " + size_text(frame.width, frame.height) +
                                 "; --size 64x64 makes all of one size");
    }
    if (++frames_ > most_steps_of_an_episode)
        throw Error(source_, "expected at most " + std::to_string(most_steps_of_an_episode) + " frames, found more");
    write(frame.rgb.data(), frame.rgb.size());
    each_(frames_, expected_);
}

void EpisodeWriter::step(const ImportedStep& step) {
    table_ += std::to_string(steps_++);
    if (facts_.buttons.none()) {
        if (step.action >= data_.actions.size())
            throw Error(source_, "expected one of the " + std::to_string(data_.actions.size()) +
                                     " actions of data.toml, found number " + std::to_string(step.action) +
                                     " at step " + std::to_string(steps_ - 1));
        table_ += "," + data_.actions.entries[static_cast<std::size_t>(step.action)].name;
    } else {
        table_ += "," + button_fields(facts_.buttons, step.held);
    }
    for (std::size_t i = 0; i < facts_.columns.size(); ++i)
        table_ += "," + (i < step.more.size() ? digits(step.more[i]) : "");
    table_ += "\n";
}

std::size_t EpisodeWriter::finish() {
    if (frames_ < 2) throw Error(source_, "expected at least two frames, found " + std::to_string(frames_));
    if (steps_ != frames_ && steps_ + 1 != frames_)
        throw Error(source_, "expected an action for each of the " + std::to_string(frames_) +
                                 " frames (the last may have none), found " + std::to_string(steps_));
    const std::string begin = beginning(frames_, width_, height_);
    if (begin.size() != beginning(0, width_, height_).size() || std::fseek(file_, 0, SEEK_SET) != 0)
        throw Error(folder_ / array_name, "cannot be written: its header has no room");
    write(begin.data(), begin.size());
    const bool written = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
    const int failure = errno;
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    if (!written || !closed)
        throw Error(folder_ / array_name,
                    std::string("cannot be written: ") + std::strerror(written ? errno : failure));
    write_file(part_ / table_name, table_);
    if (!origin_.empty()) write_file(part_ / origin_name, origin_);
    std::error_code error;
    fs::remove_all(folder_, error);  // one that was not whole
    fs::rename(part_, folder_, error);
    if (error) throw Error(folder_, "cannot be written: " + error.message());
    return frames_;
}

std::optional<PictureSize> size_of_episode(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_regular_file(folder / table_name, error)) return std::nullopt;
    try {
        const Frame frame = frames_of_array(folder / array_name, std::nullopt).front();  // as long as its header says
        return PictureSize{frame.width, frame.height};
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace drift
