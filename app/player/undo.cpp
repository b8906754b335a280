#include "player/undo.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/error.h"
#include "core/setting_changes.h"
#include "player/lanes.h"

namespace drift {
namespace {

const Lane* find(const std::vector<Lane>& lanes, int number) {
    for (const Lane& lane : lanes)
        if (lane.number == number) return &lane;
    return nullptr;
}

bool same_bookmarks(const std::vector<Bookmark>& a, const std::vector<Bookmark>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Bookmark& x, const Bookmark& y) {
        return x.position == y.position && x.line == y.line && x.file == y.file;
    });
}

// What is chosen, muted or shown alone is no change: it alters nothing that is dreamed.
bool same_lanes(const std::vector<Lane>& a, const std::vector<Lane>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Lane& x, const Lane& y) {
        return x.number == y.number && x.settings == y.settings && x.ab == y.ab;
    });
}

}  // namespace

Undo::Edits Undo::edits_of(const View& view) {
    return {view.lanes.all, view.lanes.chosen, view.lanes.main, view.lanes.own_noise, view.bookmarks};
}

bool Undo::same(const Edits& a, const View& view) {
    return same_lanes(a.lanes, view.lanes.all) && a.main == view.lanes.main && a.own_noise == view.lanes.own_noise &&
           same_bookmarks(a.bookmarks, view.bookmarks);
}

std::string Undo::words(const Edits& before, const Edits& after) {
    for (const Lane& lane : before.lanes)
        if (!find(after.lanes, lane.number)) return lane_name(lane.number) + " removed";
    for (const Lane& lane : after.lanes)
        if (!find(before.lanes, lane.number)) return lane_name(lane.number) + " added";
    if (before.bookmarks.size() != after.bookmarks.size())
        return before.bookmarks.size() < after.bookmarks.size() ? "bookmark set" : "bookmark removed";
    for (const Lane& lane : after.lanes) {
        const Lane& was = *find(before.lanes, lane.number);
        std::string of = after.lanes.size() > 1 ? " in lane " + std::to_string(lane.number + 1) : "";
        if (was.ab.b_plays != lane.ab.b_plays) return std::string("switch to ") + lane.ab.playing() + of;
        const auto were = labelled_settings(was.settings), are = labelled_settings(lane.settings);
        std::string first;
        std::size_t more = 0;
        for (std::size_t i = 0; i < were.size() && i < are.size(); ++i)
            if (were[i] != are[i])
                first.empty() ? void(first = are[i].first + " " + were[i].second + " to " + are[i].second)
                              : void(++more);
        if (!first.empty()) return first + (more > 0 ? " and " + std::to_string(more) + " more" : "") + of;
        if (!(was.ab == lane.ab)) return "copy from A to B" + of;
    }
    if (before.main != after.main) return "another main lane";
    return before.own_noise != after.own_noise ? "independent noise" : "order of lanes";
}

// What sets `to` apart from `from`, into what there is now: what else has changed meanwhile, as by a state that was loaded, stays.
void Undo::apply(View& view, const Edits& from, const Edits& to) {
    std::vector<Lane>& all = view.lanes.all;
    for (const Lane& lane : from.lanes)
        if (!find(to.lanes, lane.number) && !view.recorded(lane.number) && all.size() > 1)
            std::erase_if(all, [&](const Lane& there) { return there.number == lane.number; });
    for (std::size_t i = 0; i < to.lanes.size(); ++i) {
        const Lane& lane = to.lanes[i];
        if (view.recorded(lane.number)) continue;  // it is what it was
        const Lane* was = find(from.lanes, lane.number);
        Lane* now = view.lanes.find(lane.number);
        if (!was && !now) {
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(std::min(i, all.size())), lane);
        } else if (was && now) {
            const bool same_shape = now->settings.upsampler.size() == lane.settings.upsampler.size();
            for (const auto& [name, value] : changed_settings(lane.settings, was->settings))
                if (same_shape || !name.starts_with(upsampler_prefix)) set_setting(now->settings, name, value);
            if (!(was->ab == lane.ab)) now->ab = lane.ab;
        }
    }
    view.lanes.chosen = to.chosen;
    view.lanes.chosen = view.lanes.edited().number;
    if (to.main != from.main) view.lanes.main = to.main;
    if (!view.lanes.find(view.lanes.main)) view.lanes.main = all.front().number;
    if (view.lanes.alone >= 0 && !view.lanes.find(view.lanes.alone)) view.lanes.alone = -1;
    if (!view.recording.watch && to.own_noise != from.own_noise) view.lanes.own_noise = to.own_noise;
    if (!same_bookmarks(to.bookmarks, from.bookmarks)) view.bookmarks = to.bookmarks;
}

void Undo::look(const View& view, bool busy) {
    if (busy) return;
    if (same(known_, view)) {
        known_ = edits_of(view);  // with what is chosen and muted now
        return;
    }
    auto before = std::make_shared<Edits>(std::exchange(known_, edits_of(view))),
         after = std::make_shared<Edits>(known_);
    push({words(*before, *after), [before, after](View& there) { apply(there, *after, *before); },
          [before, after](View& there) { apply(there, *before, *after); }});
}

void Undo::push(Change change) {
    undone_.clear();
    done_.push_back(std::move(change));
    if (done_.size() > most) done_.pop_front();
}

void Undo::undo(View& view) {
    if (done_.empty()) return view.say("Nothing to undo");
    Change change = std::move(done_.back());
    done_.pop_back();
    try {
        change.undo(view);
        view.say("Undone: " + change.words);
    } catch (const std::exception& error) {
        view.say(error.what());
    }
    pass_over(view);
    undone_.push_back(std::move(change));
}

void Undo::redo(View& view) {
    if (undone_.empty()) return view.say("Nothing to redo");
    Change change = std::move(undone_.back());
    undone_.pop_back();
    try {
        change.redo(view);
        view.say("Redone: " + change.words);
    } catch (const std::exception& error) {
        view.say(error.what());
    }
    pass_over(view);
    done_.push_back(std::move(change));
}

void Undo::forget(const View& view) {
    done_.clear();
    undone_.clear();
    pass_over(view);
}

}  // namespace drift
