#include "media/export.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <system_error>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/exported_frame.h"
#include "core/files.h"
#include "media/carried.h"
#include "media/png.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t palette_frames = 200;  // as many as tell the colours of an export; more only cost time

// Removes what it has written, and the folder where it made it, unless all is done. Pictures of an earlier export lie aside until then:
// of a longer one some would stay among the new ones.
class PictureFolder {
public:
    explicit PictureFolder(const fs::path& folder) : folder_(folder), aside_(name_beside(folder / "any")) {
        std::error_code error;
        made_ = fs::create_directory(folder, error);
        if (error) throw Error(folder, "cannot be made (" + error.message() + ")");
        if (!made_) move_pictures(folder_, aside_);
    }
    ~PictureFolder() {
        std::error_code ignored;
        if (!done) {
            for (const fs::path& file : written_) fs::remove(file, ignored);
            if (fs::exists(aside_, ignored)) move_pictures(aside_, folder_);
        }
        fs::remove_all(aside_, ignored);
        if (!done && made_) fs::remove(folder_, ignored);
    }
    void add(std::uint64_t step, const Frame& frame, const std::vector<std::uint8_t>& carried,
             const std::string& words) {
        const std::string name = exported_frame_name(step);
        save_png(folder_ / name, frame, carried.empty() ? "" : chunks_to_carry(carried, words));
        written_.push_back(folder_ / name);
    }
    bool done = false;

private:
    static void move_pictures(const fs::path& from, const fs::path& to) {
        std::error_code error;
        std::vector<fs::path> pictures;
        for (const fs::path& path : names_in(from, std::numeric_limits<std::size_t>::max()))
            if (is_exported_frame(path)) pictures.push_back(path);
        if (!pictures.empty()) fs::create_directory(to, error);
        for (const fs::path& picture : pictures) fs::rename(picture, to / picture.filename(), error);
    }

    fs::path folder_, aside_;
    bool made_ = false;
    std::vector<fs::path> written_;
};

bool write_pictures(const ExportPlan& plan, const Board& board, const ShotList& list,
                    const std::function<Shot(std::size_t)>& shot, const ExportProgress& progress,
                    const std::stop_token& stop) {
    PictureFolder folder(plan.file);
    for (std::size_t i = 0; i < list.count(); ++i) {
        if (stop.stop_requested()) return false;
        Shot one = shot(i);
        folder.add(one.step, board.draw(one, i), plan.carried ? plan.carried(one.step) : std::vector<std::uint8_t>(),
                   plan.comment);
        progress(static_cast<double>(i + 1) / static_cast<double>(list.count()));
    }
    return folder.done = true;
}

}  // namespace

void check_free(const ExportPlan& plan) {
    std::error_code error;
    if (!fs::exists(plan.file, error)) return;
    if (plan.clip && !fs::is_regular_file(plan.file, error))
        throw Error(plan.file, "expected a file or nothing yet, found something else");
    if (!plan.clip && !fs::is_directory(plan.file, error))
        throw Error(plan.file, "expected a folder for the pictures, found a file");
    if (plan.over) return;
    if (plan.clip) throw Error(plan.file, "already exists; use --force to overwrite");
    if (!fs::is_empty(plan.file, error))
        throw Error(plan.file,
                    "is a folder with something in it; --force writes among it and over pictures of an earlier export");
}

bool write_export(const ExportPlan& plan, const ShotList& list, const std::function<Shot(std::size_t)>& shot,
                  const ExportProgress& progress, std::stop_token stop) {
    check_free(plan);
    if (list.count() == 0) throw Error(plan.file, "there are no frames to export");
    const Board board(plan.style, list);
    if (!plan.clip) return write_pictures(plan, board, list, shot, progress, stop);

    double rate = list.rate * plan.speed;
    const auto stride = static_cast<std::size_t>(std::max(1.0, std::ceil(rate / fastest_rate(*plan.clip))));
    rate /= static_cast<double>(stride);
    Unfinished file(plan.file);
    ClipWriter writer(plan.file, file.part(),
                      {*plan.clip, board.width(), board.height(), rate, plan.encoders, plan.comment});

    const std::size_t frames = (list.count() + stride - 1) / stride,
                      looks = writer.looks_first() ? std::min(frames, palette_frames) : 0;
    std::size_t done = 0;
    auto tell = [&] { progress(static_cast<double>(++done) / static_cast<double>(frames + looks)); };
    for (std::size_t k = 0; k < looks; ++k, tell()) {
        if (stop.stop_requested()) return false;
        std::size_t i = k * frames / looks * stride;
        writer.look(board.draw(shot(i), i));
    }
    for (std::size_t i = 0; i < list.count(); i += stride, tell()) {
        if (stop.stop_requested()) return false;
        writer.add(board.draw(shot(i), i));
    }
    writer.finish();
    file.complete();
    return true;
}

}  // namespace drift
