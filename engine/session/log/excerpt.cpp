#include "session/log/excerpt.h"

#include <algorithm>
#include <utility>

#include "session/log/moment.h"

namespace drift {

std::optional<std::uint64_t> newest(const std::vector<std::uint64_t>& places, std::uint64_t value) {
    auto it = std::find(places.rbegin(), places.rend(), value);
    if (it == places.rend()) return std::nullopt;
    return static_cast<std::uint64_t>(places.rend() - it) - 1;
}

LogEvent Excerpt::moment(const Play& play, const Step& step) {
    return {LogEvent::Kind::loaded, 0, step.action, direction_, to_bytes(play.now()), hashes_of(step)};
}

LogEvent Excerpt::begin(const Play& play, const Step& now) {
    direction_ = std::make_shared<const Direction>(direction_of(now));
    places_ = {play.cursor()};
    cursor_ = 0;
    return moment(play, now);
}

LogEvent Excerpt::next(const Play& play, const LogEvent& event, const Step& step) {
    using enum LogEvent::Kind;
    if (event.direction) direction_ = event.direction;
    LogEvent told = event;
    if (event.kind == resynced) return told;
    if (event.kind == recalled) {
        // An older entry of that position is of a future that was left: where it is gone from the play, nothing recalls it.
        if (auto place = newest(places_, event.number)) {
            told.number = cursor_ = *place;
            return told;
        }
        told = moment(play, step);
    }
    places_.resize(++cursor_);
    places_.push_back(play.cursor());
    return told;
}

}  // namespace drift
