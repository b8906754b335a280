// Exports the session that is watched while the play goes on: on a thread and a stage of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/latest.h"
#include "player/files/media_files.h"
#include "session/reel.h"

namespace drift {

struct ExportWish {
    std::filesystem::path log, file;
    ExportKind kind = ExportKind::mp4;
    ReelPlan reel;
};

class Exporter {
public:
    // `open` makes a stage of the session's world; it runs on the thread.
    Exporter(ExportWish wish, std::function<std::unique_ptr<Stage>()> open);

    double part() const { return part_; }  // done, 0 to 1
    struct End {
        bool done = false;     // else it was stopped, or has failed
        std::string sentence;  // of the failure
        std::string remark;    // why the video does not carry its session
    };
    std::optional<End> take_end() { return end_.take(); }
    void stop() { thread_.request_stop(); }
    const std::filesystem::path& file() const { return wish_.file; }

private:
    End run(std::stop_token stop);

    ExportWish wish_;
    std::function<std::unique_ptr<Stage>()> open_;
    std::atomic<double> part_ = 0;
    Latest<End> end_;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
