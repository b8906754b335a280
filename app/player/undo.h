// Undo and redo, one line of it: settings, lanes and bookmarks by comparing what there is with what there was; work on files as it is pushed.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "player/view.h"

namespace drift {

class Undo {
public:
    struct Change {
        std::string words;  // "Denoising steps: 3 to 9"
        std::function<void(View&)> undo, redo;
    };

    // Notices what was changed by hand since the last look. `busy`: a slider is being dragged; the whole drag is one change.
    void look(const View& view, bool busy);
    // What has changed since the last look was not done by hand: a state was loaded, a session is followed.
    void pass_over(const View& view) { known_ = edits_of(view); }
    void push(Change change);
    // Both say in the status bar what they did.
    void undo(View& view);
    void redo(View& view);
    // Another world, another session: there is nothing to go back to.
    void forget(const View& view);

private:
    struct Edits {
        std::vector<Lane> lanes;
        int chosen = 0, main = 0;
        bool own_noise = false;
        std::vector<Bookmark> bookmarks;
    };
    static Edits edits_of(const View& view);
    static bool same(const Edits& a, const View& view);
    static std::string words(const Edits& before, const Edits& after);
    static void apply(View& view, const Edits& from, const Edits& to);

    static constexpr std::size_t most = 100;
    Edits known_;
    std::deque<Change> done_, undone_;
};

}  // namespace drift
