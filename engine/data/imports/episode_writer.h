// An episode's folder, written frame by frame: it is there whole or not at all.
#pragma once

#include <cstdio>
#include <functional>
#include <optional>

#include "core/data_set.h"
#include "data/imports/play.h"
#include "data/picture_size.h"

namespace drift {

class EpisodeWriter : public EpisodeSink {
public:
    // The folder `folder`/NAME of that episode, which takes the place of one that is there. `data` says what actions are called; `each` is told after
    // each frame how many there are and how many will come (0: not known), and may throw. Frames are made `size` where it is given.
    EpisodeWriter(const std::filesystem::path& folder, const FoundEpisode& episode, const DataSet& data,
                  const PlayFacts& facts, std::optional<PictureSize> size,
                  std::function<void(std::size_t frames, std::size_t expected)> each);
    ~EpisodeWriter() override;
    EpisodeWriter(const EpisodeWriter&) = delete;
    EpisodeWriter& operator=(const EpisodeWriter&) = delete;

    void expect(std::size_t frames) override { expected_ = frames; }
    void frame(Frame frame) override;
    void step(const ImportedStep& step) override;
    // All has come; the number of frames. Throws Error where frames and steps do not fit together, or a file cannot be written.
    std::size_t finish();
    PictureSize size() const { return {width_, height_}; }

private:
    void write(const void* from, std::size_t bytes);

    std::filesystem::path folder_, part_, source_;
    std::string origin_;
    const DataSet& data_;
    const PlayFacts& facts_;
    std::optional<PictureSize> size_;
    std::function<void(std::size_t, std::size_t)> each_;
    std::FILE* file_ = nullptr;
    std::size_t frames_ = 0, steps_ = 0, expected_ = 0;
    int width_ = 0, height_ = 0;
    std::string table_;
};

// Of an episode that is there, all of it; nullopt where it is not.
std::optional<PictureSize> size_of_episode(const std::filesystem::path& folder);

}  // namespace drift
