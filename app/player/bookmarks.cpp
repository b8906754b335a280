#include "player/bookmarks.h"

#include <string>

#include "core/thumbnail.h"

namespace drift {

void set_bookmark(View& view, const std::filesystem::path& file) {
    if (!view.step) return;
    const Step& step = *view.step;
    const DriftSample* sample = view.history.at(step.position);
    view.bookmarks.push_back({step.position, step.index, step.seed, sample ? sample->line : 0, file,
                              thumbnail_of(step.main_lane().frame, 48)});
    if (!view.recording.watch) view.commands.push_back({Command::Kind::save_state, step.position + 1, file});
    view.say("Bookmark at frame " + std::to_string(step.index));
}

bool on_timeline(const View& view, const Bookmark& mark) {
    if (view.recording.watch) return true;  // a session's steps stay where they are
    const DriftSample* sample = view.history.at(mark.position);
    return sample && sample->line == mark.line;
}

void go_to(View& view, const Bookmark& mark) {
    view.pause(true);
    if (on_timeline(view, mark)) return view.commands.push_back({Command::Kind::seek_to, mark.position});
    view.commands.push_back({Command::Kind::load_state, 0, mark.file});
    view.say("Back on an earlier timeline, at frame " + std::to_string(mark.index));
}

}  // namespace drift
