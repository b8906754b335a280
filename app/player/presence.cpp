#include "player/presence.h"

namespace drift {

std::string why_away(const Presence& presence, const View& view) {
    const Preferences& wanted = view.preferences;
    if (!view.recording.state.file.empty() || !view.recording.window.empty()) return "";
    if (wanted.pause_unfocused && !presence.focused) return "Paused while another window is used";
    if (view.recording.watch || view.playback.policy || wanted.pause_after == 0) return "";
    if (view.now - presence.touched_at < 60.0 * wanted.pause_after) return "";
    return "Paused: nobody has played for " +
           (wanted.pause_after == 1 ? std::string("a minute") : std::to_string(wanted.pause_after) + " minutes") +
           ". Touch any key to go on";
}

}  // namespace drift
