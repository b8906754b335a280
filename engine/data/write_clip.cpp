// An episode of a data set, written as frames.npy and actions.csv.
#include <string>

#include "core/atomic_file.h"
#include "core/error.h"
#include "data/action_table.h"
#include "data/data_set.h"
#include "formats/npy.h"

namespace drift {

void write_clip(const std::filesystem::path& folder, const DataSet& data, const Clip& clip) {
    const std::filesystem::path into = folder / clip.name;
    std::error_code failure;
    if (!std::filesystem::create_directory(into, failure))
        throw Error(into, failure ? "cannot be made: " + failure.message()
                                  : "expected no episode of that name in the data set, found one");
    AtomicFile frames(into / "frames.npy");
    const std::string begin =
        npy_file_begin({NpyType::u8, {static_cast<std::int64_t>(clip.frames.size()), data.height, data.width, 3}});
    frames.write(begin.data(), begin.size());
    for (const Frame& frame : clip.frames) frames.write(frame.rgb.data(), frame.rgb.size());
    frames.commit();
    write_action_table(into / "actions.csv", data.actions, clip);
}

}  // namespace drift
