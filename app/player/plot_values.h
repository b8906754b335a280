// What the plots say in numbers: the frames along their axis, and the values of all lanes at one of them. Plain data, nothing is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "player/view.h"

namespace drift {

// Where a frame's number stands: along the history, which goes on where an episode ends and its frames begin with 0 again.
struct FrameMark {
    double position = 0;
    std::uint64_t index = 0;
};
// Round numbers of frames from position `first` to `last` with room for `most` gaps, and each opening: rising, none nearer to the next than
// half a gap. After the newest frame they go on as if it were played on.
std::vector<FrameMark> frame_marks(const DriftHistory& history, double first, double last, int most);

struct ValueTable {
    struct Row {
        int lane = 0;
        bool ghost = false;  // of the previous timeline
        std::string name;
        std::vector<std::string> cells;  // a column each; "-" where it cannot be told
    };
    std::string title;                 // "Frame 123, 8.2 s": of the episode
    std::vector<std::string> columns;  // "PSNR to the truth, dB"
    std::vector<Row> rows;             // in the order of the step's lanes; those whose lines are hidden are left out
    std::vector<std::string> changes;  // settings that changed before this frame
};
// nullopt: nothing was played there. A measure that is given twice has one column.
std::optional<ValueTable> value_table(const View& view, std::uint64_t position,
                                      std::span<const DriftMeasure* const> measures);

}  // namespace drift
