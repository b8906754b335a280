#include "lab/data_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/colours.h"
#include "core/error.h"
#include "core/names.h"
#include "lab/fitted.h"
#include "media/canvas.h"
#include "media/png.h"

namespace drift {
namespace {

constexpr std::size_t most_rows = 12, most_columns = 8;
constexpr int margin = 16, gap = 6, shown_side = 160, title_height = 30, caption_height = 20;

std::vector<std::size_t> spread(std::size_t all, std::size_t most) {
    const std::size_t count = std::min(all, most);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < count; ++i) places.push_back(count == 1 ? 0 : i * (all - 1) / (count - 1));
    return places;
}

std::string done(const DataSetReading& facts, std::size_t clip, std::size_t step) {
    const auto& actions = facts.data.clips[clip].actions;
    return step < actions.size() ? facts.data.actions.name_of(actions[step]) : "";
}

std::string caption(std::size_t place, const std::string& what) {
    return what.empty() ? std::to_string(place) : fmt::format("{}: {}", place, what);
}

}  // namespace

std::vector<SheetRow> sheet_rows(const DataSetReading& facts) {
    std::vector<SheetRow> rows;
    for (std::size_t clip : spread(facts.data.clips.size(), most_rows)) {
        SheetRow row{facts.data.clips[clip].name, facts.frames[clip], {}};
        for (std::size_t place : spread(row.frames, most_columns))
            row.pictures.push_back({place, caption(place, done(facts, clip, place)), {}});
        rows.push_back(std::move(row));
    }
    return rows;
}

void save_data_sheet(const std::filesystem::path& png, const DataSetReading& facts, const std::vector<SheetRow>& rows) {
    const Fitted fitted(facts.data.width, facts.data.height, shown_side);
    const int wide = fitted.width, high = fitted.height;
    std::size_t columns = 0;
    for (const SheetRow& row : rows) columns = std::max(columns, row.pictures.size());
    Canvas canvas(std::max(480, 2 * margin + static_cast<int>(columns) * (wide + gap)),
                  2 * margin + title_height + static_cast<int>(rows.size()) * (title_height + high + caption_height),
                  colours::back);
    int y = margin;
    canvas.text(
        {margin, y + 14.0},
        fmt::format("{}: {}, {} x {}, {} frames a second", printable(facts.data.title),
                    counted(facts.data.clips.size(), "episode"), facts.data.width, facts.data.height, facts.data.rate),
        {16, true}, {colours::text});
    y += title_height;
    for (const SheetRow& row : rows) {
        canvas.text({margin, y + 16.0}, fmt::format("{}, {} frames", printable(row.episode), row.frames), {14, true},
                    {colours::muted});
        y += title_height - 6;
        for (std::size_t k = 0; k < row.pictures.size(); ++k) {
            const SheetPicture& picture = row.pictures[k];
            const int x = margin + static_cast<int>(k) * (wide + gap);
            if (!picture.frame.empty()) fitted.draw(canvas, picture.frame, x, y);
            const auto lines = wrapped(canvas, printable(picture.caption), {12}, wide, 1);
            if (!lines.empty())
                canvas.text({x + wide / 2.0, y + high + 15.0}, lines.front(), {12}, {colours::muted}, 0.5);
        }
        y += high + caption_height + 6;
    }
    save_png(png, canvas.frame());
}

}  // namespace drift
