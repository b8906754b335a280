#include "lab/check_page.h"

#include <algorithm>

#include "core/colours.h"
#include "core/error.h"
#include "media/canvas.h"
#include "media/png.h"

namespace drift {
namespace {

constexpr int margin = 16, gap = 6, shown_side = 128, title_height = 30, caption_height = 20, line_height = 22;

}  // namespace

void save_check_page(const std::filesystem::path& path, const std::string& world, const WorldCheck& check) {
    const Frame& first = check.rows.front().dreamed.front();
    const int scale = std::max(1, shown_side / std::max(first.width, first.height));
    const int wide = first.width * scale, high = first.height * scale;
    auto height_of = [&](const WorldCheck::Row& row) { return row.real.empty() ? high : 2 * high + gap; };
    const auto said = verdicts(check);
    std::size_t columns = 0;
    int height = 2 * margin + title_height + line_height * std::max(1, static_cast<int>(said.size()));
    for (const auto& row : check.rows) {
        columns = std::max(columns, row.dreamed.size());
        height += title_height + height_of(row) + caption_height;
    }
    Canvas canvas(std::max(720, 2 * margin + static_cast<int>(columns) * (wide + gap)), height, colours::back);
    int y = margin;
    canvas.text({margin, y + 14.0},
                printable(world) + ": what its check saw" +
                    (check.rows.front().real.empty() ? "" : ", dream above, real game below"),
                {16, true}, {colours::text});
    y += title_height;
    for (const auto& row : check.rows) {
        canvas.text({margin, y + 16.0}, printable(row.title), {14, true}, {colours::muted});
        y += title_height - 6;
        for (std::size_t k = 0; k < row.dreamed.size(); ++k) {
            const int x = margin + static_cast<int>(k) * (wide + gap);
            canvas.picture(row.dreamed[k], x, y, scale);
            if (!row.real.empty()) canvas.picture(row.real[k], x, y + high + gap, scale);
            canvas.text({x + wide / 2.0, y + height_of(row) + 15.0}, printable(row.captions[k]), {12}, {colours::muted},
                        0.5);
        }
        y += height_of(row) + caption_height + 6;
    }
    y += 8;
    if (said.empty()) canvas.text({margin, y + 10.0}, nothing_wrong, {14}, {colours::text});
    for (const auto& sentence : said)
        canvas.text({margin, y + 10.0}, sentence, {14}, {colours::text}), y += line_height;
    save_png(path, canvas.frame());
}

}  // namespace drift
