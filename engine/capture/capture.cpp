#include "capture/capture.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "data/data_set.h"
#include "data/imports/episode_writer.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int longest_episode = 5 * 60;  // seconds
constexpr double settling = 0.25;        // seconds
constexpr double late_part = 0.25;       // of a frame's time

class Capture {
public:
    Capture(CapturedWindow& window, const CaptureRequest& request)
        : window_(window), request_(request), held_(request.lag), begun_(window.now()) {
        data_.title = request.title, data_.rate = request.rate;
        facts_.buttons = request.buttons;
        data_.actions = actions_of(request.buttons);
        if (const PictureSize there = size_in(request.out);
            there.width > 0 && (there.width != request.size.width || there.height != request.size.height))
            throw Error(request.out, "expected pictures of " + size_text(request.size.width, request.size.height) +
                                         ", found " + size_text(there.width, there.height) + " in it");
        write_data_description(request.out, data_);
    }

    CaptureCounts run(const std::function<bool(const CaptureProgress&)>& go_on) {
        const double period = 1.0 / request_.rate;
        double due = window_.now();
        while (go_on(progress()) && (request_.frames == 0 || counts_.frames < request_.frames)) {
            std::error_code unknown;
            if (const auto disk = fs::space(request_.out, unknown); !unknown && disk.available < request_.least_space) {
                counts_.full = true;
                break;
            }
            window_.wait_until(due);
            listen();
            const auto view = window_.view();
            if (view == CapturedWindow::View::closed) {
                counts_.closed = true;
                break;
            }
            hidden_ = view == CapturedWindow::View::hidden;
            if (!hidden_ && window_.now() < clear_) {
                due += period;
                continue;
            }
            std::optional<CapturedWindow::Picture> picture;
            if (!hidden_ && !held_.paused()) picture = window_.picture();
            listen();
            // What happened while the picture was taken may say that it shows another window.
            hidden_ = hidden_ || window_.view() == CapturedWindow::View::hidden || (!picture && !held_.paused());
            if (hidden_ || held_.paused()) {
                end_episode();
                due = window_.now();
                held_.until(due);
                due += period;
                if (hidden_) clear_ = due + settling;
                continue;
            }
            const double time = picture->time;
            if (writer_ && time - due >= period) {
                ++counts_.breaks;
                end_episode();
            } else if (writer_ && time - last_ > (1 + late_part) * period) {
                ++counts_.late;
            }
            last_ = time;
            if (!writer_) due = time;
            add(std::move(picture->frame), time);
            due += period;
        }
        end_episode();
        return counts_;
    }

private:
    CaptureProgress progress() { return {counts_, window_.now() - begun_, held_.paused(), hidden_, held_.has_focus()}; }

    void listen() {
        for (const InputEvent& event : window_.take_events()) held_.add(event);
    }

    void add(Frame picture, double time) {
        if (writer_ && frames_ == static_cast<std::size_t>(longest_episode * request_.rate)) end_episode();
        const HeldStep step = held_.until(time);
        if (writer_) writer_->step({0, step, {}});
        else begin_episode();
        writer_->frame(std::move(picture));
        ++frames_, ++counts_.frames;
        counts_.bytes += bytes_of_frame();
    }

    void begin_episode() {
        FoundEpisode episode;
        do {
            std::string number = std::to_string(next_++);
            episode.name = "capture-" + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number;
        } while (fs::exists(request_.out / episode.name));
        episode.file = request_.out / episode.name;
        frames_ = 0;
        writer_ = std::make_unique<EpisodeWriter>(request_.out, episode, data_, facts_, request_.size,
                                                  [](std::size_t, std::size_t) {});
    }

    // One of a single frame shows nothing that leads to anything.
    void end_episode() {
        if (!writer_) return;
        if (frames_ < 2) {
            counts_.frames -= frames_, counts_.bytes -= frames_ * bytes_of_frame();
            --next_;
        } else {
            writer_->finish();
            ++counts_.episodes;
        }
        writer_.reset();
    }

    std::size_t bytes_of_frame() const {
        return std::size_t{3} * static_cast<std::size_t>(request_.size.width) *
               static_cast<std::size_t>(request_.size.height);
    }

    CapturedWindow& window_;
    const CaptureRequest& request_;
    HeldInput held_;
    double begun_;
    DataSet data_;
    PlayFacts facts_;
    CaptureCounts counts_;
    bool hidden_ = false;
    double last_ = 0;                    // when the last picture was taken
    double clear_ = 0;                   // when a window that was hidden will have been drawn again
    std::size_t next_ = 0, frames_ = 0;  // of the next episode; of this one
    std::unique_ptr<EpisodeWriter> writer_;
};

}  // namespace

CaptureCounts capture(CapturedWindow& window, const CaptureRequest& request,
                      const std::function<bool(const CaptureProgress&)>& go_on) {
    return Capture(window, request).run(go_on);
}

PictureSize size_in(const fs::path& folder) {
    for (const fs::path& path : names_in(folder))
        if (const auto size = size_of_episode(path)) return *size;
    return {};
}

}  // namespace drift
