#include "lab/sweep_figure.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

#include "core/atomic_file.h"
#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// Text between single quotes: gnuplot reads nothing in it but the quote.
std::string quoted(const std::string& text) {
    std::string safe;
    for (char c : printable(text)) safe += c == '\'' ? "''" : std::string(1, c);
    return "'" + safe + "'";
}

// Viridis without its yellow end, which is lost on white: ordered like the values, and apart for all kinds of colour vision.
std::string line_colour(std::size_t i, std::size_t count) {
    static constexpr std::array<std::array<double, 3>, 5> stops{
        {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {60, 187, 100}, {158, 188, 20}}};
    double at = count < 2 ? 1 : 4.0 * static_cast<double>(i) / static_cast<double>(count - 1);
    auto below = std::min<std::size_t>(3, static_cast<std::size_t>(at));
    std::string text;
    for (int c = 0; c < 3; ++c)
        text += fmt::format("{:02x}", static_cast<int>(std::lround(std::lerp(stops[below][c], stops[below + 1][c],
                                                                             at - static_cast<double>(below)))));
    return text;
}

struct Line {
    std::size_t value = 0;  // of the first axis
    int block = 0;          // in figure.dat
};
struct Panel {
    std::string title;
    std::vector<Line> lines;
};

// Points that share all but the first axis' value share a panel, in the order of the points.
std::vector<Panel> panels_of(const SweepPlan& plan, const SweepTable& table) {
    std::vector<Panel> panels;
    std::map<std::string, std::size_t> known;
    int block = -1;
    for (const auto& row : table.rows) {
        if (row.horizon != plan.sweep.horizons.front()) continue;
        const auto& values = plan.sweep.points[static_cast<std::size_t>(row.point)].values;
        std::string title;
        for (std::size_t a = 1; a < values.size(); ++a)
            title += fmt::format("{}{} = {}", a > 1 ? ", " : "", plan.sweep.axes[a].field->label, values[a]);
        auto [at, fresh] = known.emplace(title, panels.size());
        if (fresh) panels.push_back({title, {}});
        std::size_t value = 0;
        if (!values.empty()) {
            const auto& all = plan.sweep.axes.front().values;
            value = static_cast<std::size_t>(std::find(all.begin(), all.end(), values.front()) - all.begin());
        }
        panels[at->second].lines.push_back({value, ++block});
    }
    return panels;
}

struct Figure {
    const char* file;
    std::string label;
    std::string column;
    int place;  // of the value in figure.dat; low and high follow
    bool share;
};

// Where things stand, in pixels from the top left corner.
struct Sheet {
    static constexpr double left = 78, top = 96, right = 184, bottom = 62, panel_height = 300, gap_x = 24, gap_y = 78;
    int columns, rows;
    double panel_width = columns == 1 ? 560 : 340;  // the line below the title needs as much
    double width() const { return left + columns * panel_width + (columns - 1) * gap_x + right; }
    double height() const { return top + rows * panel_height + (rows - 1) * gap_y + bottom; }
    double panel_left(int column) const { return left + column * (panel_width + gap_x); }
    double panel_top(int row) const { return top + row * (panel_height + gap_y); }
    std::string margins(double x0, double y0, double x1, double y1) const {
        return fmt::format(
            "set lmargin at screen {:.5f}; set rmargin at screen {:.5f}; set tmargin at screen {:.5f}; set bmargin at "
            "screen {:.5f}\n",
            x0 / width(), x1 / width(), 1 - y0 / height(), 1 - y1 / height());
    }
};

std::string x_axis(const std::vector<int>& horizons) {
    double first = horizons.front(), last = horizons.back();
    if (horizons.size() < 2)
        return fmt::format("set xrange [{}:{}]\nset xtics nomirror ({})\n", first - 1, first + 1, first);
    const double x_margin = std::pow(last / first, 0.045);
    std::string text = fmt::format("set logscale x\nset xrange [{:.4f}:{:.4f}]\n", first / x_margin, last * x_margin);
    double drawn = 0;  // labels that would touch the one before are left out, their ticks stay
    std::string tics;
    for (int h : horizons) {
        bool room = drawn == 0 || std::log(h / drawn) > 0.075 * std::log(last / first);
        tics += fmt::format("{}\"{}\" {}", tics.empty() ? "" : ", ", room ? std::to_string(h) : "", h);
        if (room) drawn = h;
    }
    return text + "set xtics nomirror (" + tics + ")\n";
}

std::string y_range(const SweepTable& table, const Figure& figure) {
    if (figure.share) return "set yrange [-0.02:1.04]\nset ytics nomirror 0.2\nset format y '%.1f'\n";
    double low = 1e9, high = -1e9;
    for (const auto& row : table.rows) {
        const Estimate& e = row.estimates[*table.column(figure.column)];
        low = std::min(low, std::isnan(e.low) ? low : e.low), high = std::max(high, std::isnan(e.high) ? high : e.high);
        if (auto copy = table.column("copy_psnr")) low = std::min(low, row.estimates[*copy].value);
    }
    if (low > high) low = 0, high = 1;
    return fmt::format("set yrange [{:.0f}:{:.0f}]\nset ytics nomirror autofreq\nset format y '%g'\n",
                       std::floor(low - 1), std::ceil(high + 1));
}

std::string draw(const SweepPlan& plan, const SweepTable& table, const std::vector<Panel>& panels, const Sheet& sheet,
                 const Figure& figure) {
    static constexpr int shapes[] = {7, 5, 9, 13, 11};
    const SweepAxis* first = plan.sweep.axes.empty() ? nullptr : &plan.sweep.axes.front();
    const std::size_t lines = first ? first->values.size() : 1;
    // The later, the thinner: of lines that coincide each is seen, as the rim of those after it.
    auto style = [&](std::size_t v) {
        double rank = lines < 2 ? 0.5 : static_cast<double>(v) / static_cast<double>(lines - 1);
        return fmt::format("lc rgb '#{}' lw {:.2f} pt {} ps {:.2f}", line_colour(v, lines), std::lerp(3.6, 1.6, rank),
                           shapes[v % std::size(shapes)], std::lerp(1.15, 0.7, rank));
    };

    int fewest = plan.episodes;
    for (const auto& row : table.rows) fewest = std::min(fewest, row.episodes);
    std::string text = fmt::format("    set output '{}.'.type\n    set multiplot\n", figure.file);
    text += fmt::format("    set label 1 {} at screen {:.5f},{:.5f} left font ',15'\n",
                        quoted(plan.world + ": " + figure.label), Sheet::left / sheet.width(), 1 - 24 / sheet.height());
    text += fmt::format(
        "    set label 2 {} at screen {:.5f},{:.5f} left font ',10.5' textcolor rgb '#666666'\n",
        quoted(fmt::format("{} with the same openings, keys and noise at every point; bands: 95 % bootstrap intervals",
                           fewest < plan.episodes ? fmt::format("{} to {} episodes", fewest, plan.episodes)
                           : fewest == 1          ? "1 episode"
                                                  : fmt::format("{} episodes", fewest))),
        Sheet::left / sheet.width(), 1 - 46 / sheet.height());
    text += x_axis(plan.sweep.horizons) + y_range(table, figure);
    for (std::size_t p = 0; p < panels.size(); ++p) {
        int column = static_cast<int>(p) % sheet.columns, row = static_cast<int>(p) / sheet.columns;
        double x = sheet.panel_left(column), y = sheet.panel_top(row);
        bool lowest = p + static_cast<std::size_t>(sheet.columns) >= panels.size();
        text += sheet.margins(x, y, x + sheet.panel_width, y + Sheet::panel_height);
        text += fmt::format("set title {} font ',12' offset 0,-0.6\n", quoted(panels[p].title));
        text += lowest ? "set xlabel 'frames dreamed' offset 0,0.2\n" : "unset xlabel\n";
        text += column == 0
                    ? fmt::format("set ylabel {} offset 0.6,0\n", quoted(figure.share ? "share of episodes" : "dB"))
                    : std::string("unset ylabel\nset format y ''\n");
        if (column == 0) text += y_range(table, figure);
        std::string plots;
        if (!figure.share)
            plots += fmt::format(", 'figure.dat' index {} using 1:8 with lines lc rgb '#999999' lw 1.5 dt (6,4)",
                                 panels[p].lines.front().block);
        for (const Line& line : panels[p].lines)
            plots +=
                fmt::format(", \\\n  'figure.dat' index {} using 1:{}:{} with filledcurves fc rgb '#dc{}' fs noborder",
                            line.block, figure.place + 1, figure.place + 2, line_colour(line.value, lines));
        for (const Line& line : panels[p].lines)
            plots += fmt::format(", \\\n  'figure.dat' index {} using 1:{} with linespoints {}", line.block,
                                 figure.place, style(line.value));
        text += "plot " + plots.substr(plots.find_first_not_of(", \\\n")) + "\nunset label 1\nunset label 2\n";
    }
    // The legend has a place of its own, where it hides nothing: lines beyond the range, of which only the key is seen.
    double x = sheet.panel_left(sheet.columns - 1) + sheet.panel_width + 14;
    text += sheet.margins(x, Sheet::top, sheet.width() - 4, sheet.height() - Sheet::bottom);
    text +=
        "unset border; unset tics; unset xlabel; unset ylabel; unset title; unset logscale; unset grid\nset xrange "
        "[0:1]; set yrange [0:1]\n";
    text += fmt::format("set key at graph 0,1 left top Left reverse samplen 2.2 spacing 1.35 title {} left\nplot ",
                        quoted(first ? first->field->label : ""));
    for (std::size_t v = 0; v < lines; ++v)
        text += fmt::format("2 with linespoints {} title {}, \\\n  ", style(v),
                            quoted(first ? first->values[v] : "default settings"));
    text += figure.share ? "NaN notitle\n" : "2 with lines lc rgb '#999999' lw 1.5 dt (6,4) title 'last real frame'\n";
    return text +
           "    unset key\n    unset multiplot\n    set border 3 lw 1 lc rgb '#444444'; set tics nomirror out scale "
           "0.6; set grid lc rgb '#e4e4e4' lw 1 lt 1\n";
}

// Whether a figure ends as its form does: gnuplot does not notice a disk that is full.
bool is_whole(const fs::path& file) {
    const std::string_view end = file.extension() == ".png" ? std::string_view("IEND\xae\x42\x60\x82", 8) : "</svg>";
    std::ifstream in(file, std::ios::binary);
    constexpr std::streamoff tail = 32;
    in.seekg(0, std::ios::end);
    in.seekg(std::max<std::streamoff>(0, in.tellg() - tail));
    return std::string(std::istreambuf_iterator<char>(in), {}).find(end) != std::string::npos;
}

}  // namespace

void write_figure_script(const fs::path& folder, const SweepPlan& plan, const SweepTable& table) {
    const std::string within = fmt::format("within_{}px_all", plan.sweep.tolerance),
                      right = fmt::format("all objects within {} px of the truth", plan.sweep.tolerance);
    std::vector<Figure> figures{{"figure", "PSNR to the truth", "psnr", 2, false},
                                {"figure_objects", right, within, 5, true}};
    std::string data =
        fmt::format("# horizon psnr psnr_lo psnr_hi {0} {0}_lo {0}_hi copy_psnr; a block for each point\n", within);
    const std::size_t copy = *table.column("copy_psnr");
    for (const auto& row : table.rows) {
        if (row.horizon == plan.sweep.horizons.front())
            data += fmt::format("{}# {}\n", data.back() == '\n' && &row != &table.rows.front() ? "\n\n" : "",
                                point_name(plan.sweep.axes, plan.sweep.points[static_cast<std::size_t>(row.point)]));
        data += std::to_string(row.horizon);
        for (const Figure& figure : figures) {
            const Estimate& e = row.estimates[*table.column(figure.column)];
            data += fmt::format(" {} {} {}", e.value, e.low, e.high);
        }
        data += fmt::format(" {}\n", row.estimates[copy].value);
    }
    write_file(folder / "figure.dat", data);

    const auto panels = panels_of(plan, table);
    int count = static_cast<int>(panels.size());
    const int columns = count <= 3 ? count : static_cast<int>(std::ceil(std::sqrt(count)));
    const Sheet sheet{columns, (count + columns - 1) / columns};
    std::string text = "# A sweep's figures. Draw them again, in this folder: gnuplot figure.gp\n";
    text += "do for [type in 'png svg'] {\n";
    text += fmt::format(
        "if (type eq 'png') {{ set terminal pngcairo noenhanced size {0:.0f},{1:.0f} font 'Sans,11' fontscale 2 "
        "linewidth 2 pointscale 2 background rgb 'white' }}\n",
        2 * sheet.width(), 2 * sheet.height());
    text += fmt::format(
        "if (type eq 'svg') {{ set terminal svg noenhanced size {:.0f},{:.0f} font 'sans-serif,11' background rgb "
        "'white' }}\n",
        sheet.width(), sheet.height());
    text +=
        "unset key\nset border 3 lw 1 lc rgb '#444444'; set tics nomirror out scale 0.6; set grid lc rgb '#e4e4e4' lw "
        "1 lt 1\n";
    std::erase_if(figures, [&](const Figure& figure) {  // where nothing is known of objects
        const std::size_t column = *table.column(figure.column);
        return std::all_of(table.rows.begin(), table.rows.end(),
                           [&](const auto& row) { return std::isnan(row.estimates[column].value); });
    });
    for (const Figure& figure : figures) text += draw(plan, table, panels, sheet, figure);
    write_file(folder / "figure.gp", text + "set output\n}\n");
}

std::string draw_figures(const fs::path& folder) {
    const std::string by_hand =
        ": figure.gp lies in " + printable(folder.string()) + ", draw it there with `gnuplot figure.gp`";
    char program[] = "gnuplot", plainly[] = "-d", script[] = "figure.gp";  // -d: without the user's own settings
    char* arguments[] = {program, plainly, script, nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    pid_t child = 0;
    int failure = posix_spawnp(&child, program, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure == ENOENT) return "no figure was drawn, gnuplot is not installed" + by_hand;
    if (failure != 0)
        return "no figure was drawn, gnuplot did not start (" + std::generic_category().message(failure) + ")" +
               by_hand;
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "no figure was drawn, gnuplot failed" + by_hand;
    for (const char* name : {"figure.png", "figure.svg", "figure_objects.png", "figure_objects.svg"})
        if (fs::exists(folder / name) && !is_whole(folder / name))
            return std::string(name) + " is cut off: is the disk full?" + by_hand;
    return "";
}

}  // namespace drift
