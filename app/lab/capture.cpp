// driftlab capture: a game that is running, any that has a window, as a data set.
#include "capture/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "capture/key_lag.h"
#include "capture/key_names.h"
#include "capture/x11/x11_window.h"
#include "core/error.h"
#include "core/names.h"
#include "data/description.h"
#include "data/picture_size.h"
#include "lab/commands.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "measure/statistics.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t enough_lags = 20;

struct CaptureCommand {
    CaptureRequest request;
    std::string window, size, pause_key = "F9";
    std::vector<std::string> keys;
    std::optional<int> rate;
    bool mouse = false, list = false, measure_lag = false;
    double minutes = 0, lag = 0;

    void run();
    void capture_window(CapturedWindow& window, const X11WindowFacts& facts);
    void measure(CapturedWindow& window) const;
    void complete_request(const X11WindowFacts& facts);
};

void print_windows() {
    const auto all = list_x11_windows();
    if (all.empty()) std::fputs("there are no windows to capture on this display\n", stderr);
    for (const X11WindowFacts& one : all)
        fmt::print("{:#010x}  {:>9}  {}\n", one.id, size_text(one.width, one.height), printable(one.title));
}

std::string bytes_text(std::size_t bytes) {
    return bytes < 1'000'000'000 ? fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6)
                                 : fmt::format("{:.2f} GB", static_cast<double>(bytes) / 1e9);
}

// What is in the folder already goes before what is not said.
void CaptureCommand::complete_request(const X11WindowFacts& facts) {
    const fs::path file = request.out / data_toml;
    std::error_code error;
    Problems problems;
    const auto before = fs::exists(file, error) ? std::optional(read_description(file, problems)) : std::nullopt;
    if (request.title.empty()) request.title = before ? before->title : printable(facts.title);
    if (rate) request.rate = *rate;
    else if (before) request.rate = before->rate;
    const PictureSize there = size_in(request.out);
    request.size = !size.empty() ? parse_picture_size(size) : there.width > 0 ? there : PictureSize{64, 64};
    request.lag = lag / 1000;
    if (minutes > 0) request.frames = static_cast<std::size_t>(std::ceil(minutes * 60 * request.rate));
}

void CaptureCommand::capture_window(CapturedWindow& captured, const X11WindowFacts& facts) {
    complete_request(facts);
    fmt::print(stderr, "capturing {}, {}, as {} at {} frames a second; {} pauses, Ctrl+C ends\n",
               shown_name(facts.title), size_text(facts.width, facts.height),
               size_text(request.size.width, request.size.height), request.rate, pause_key);
    StatusLine line;
    bool shown = false;
    auto show = [&](const CaptureProgress& now) {
        const CaptureCounts& counts = now.counts;
        const std::string how = now.paused   ? fmt::format("  paused ({} goes on)", pause_key)
                                : now.hidden ? "  waiting: the window is covered, minimised or partly off the screen"
                                : !now.focus ? "  the window does not have the focus: no keys are taken"
                                             : "";
        const std::string breaks = counts.breaks > 0 ? fmt::format(", {} missing", counts.breaks) : "";
        line.show(fmt::format("{}  {} frames  {}  {} late{}{}", clock_text(now.seconds), counts.frames,
                              bytes_text(counts.bytes), counts.late, breaks, how));
        shown = true;
    };
    const CaptureCounts counts = capture(captured, request, [&](const CaptureProgress& now) {
        if (line.due()) show(now);
        return !interrupted();
    });
    if (shown) line.end();
    if (counts.closed) std::fprintf(stderr, "the window was closed: the capture ends with its last frame\n");
    if (counts.full)
        fmt::print(stderr, "the disk has less than {} left: the capture ends with its last frame\n",
                   bytes_text(request.least_space));
    if (counts.breaks > 0)
        std::fprintf(
            stderr,
            "%s could not be taken in time, and a new episode began: a lower --rate or a smaller window helps\n",
            counted(counts.breaks, "frame").c_str());
    if (counts.episodes == 0) throw Error(request.out, "expected two frames or more, found no time for them");
    fmt::print("{}: {}, {} of {}, {}, {} late\n", printable(request.out.string()), counted(counts.episodes, "episode"),
               counted(counts.frames, "frame"), size_text(request.size.width, request.size.height),
               bytes_text(counts.bytes), counts.late);
}

void CaptureCommand::measure(CapturedWindow& captured) const {
    std::fprintf(stderr,
                 "press %s in the window, again and again, where nothing in it moves by itself (a menu, say); Ctrl+C "
                 "ends\n",
                 keys.size() == 1 ? "that key" : "those keys");
    StatusLine line;
    bool shown = false;
    KeyLag found = measure_key_lag(captured, [&](const LagMeter& now) {
        if (line.due()) {
            line.show(fmt::format("{} of {} presses measured", now.lags().size(), now.presses()));
            shown = true;
        }
        return !interrupted() && now.lags().size() < enough_lags;
    });
    if (shown) line.end();
    auto& lags = found.lags;
    if (lags.empty())
        throw Error(fmt::format("expected presses after which a still picture changes within {} s, found none among {}",
                                LagMeter::longest, found.presses));
    std::sort(lags.begin(), lags.end());
    const double tenth = lags[static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(lags.size()))) - 1];
    const double middle = median(lags);
    fmt::print(
        "from the key to the first changed picture: {:.0f} ms in the median, {:.0f} ms at the 90th percentile ({} of "
        "{} "
        "presses; a picture every {:.1f} ms). To shift the keys by it: --lag {:.0f}\n",
        middle * 1000, tenth * 1000, lags.size(), found.presses, found.between * 1000, middle * 1000);
}

void CaptureCommand::run() {
    const Buttons buttons = buttons_of_keys(keys, mouse);
    if (!list && window.empty()) throw CLI::RequiredError("--window (or --list)");
    if (!list && buttons.none()) throw CLI::RequiredError("--keys or --mouse");
    if (!list && !measure_lag && request.out.empty()) throw CLI::RequiredError("--out");
    if (list) return print_windows();
    const X11WindowFacts facts = find_x11_window(window);
    request.buttons = x11_places(buttons);
    const auto captured = open_x11_window(facts, buttons, measure_lag ? "" : pause_key);
    catch_interrupts();
    if (measure_lag) measure(*captured);
    else capture_window(*captured, facts);
    std::fflush(stdout);
}

}  // namespace

void add_capture(CLI::App& lab) {
    auto given = std::make_shared<CaptureCommand>();
    auto* command = lab.add_subcommand(
        "capture",
        "Write down a game that is running: pictures of its window, and the keys named here while it has the focus");
    command->add_flag("--list", given->list, "Print the windows there are: number, size and title");
    command->add_option("--window", given->window, "Its title, a part of it, or its number (0x1a00003)");
    command->add_option("--out", given->request.out, "The data set's folder: a new one, or one to go on with");
    command
        ->add_option("--keys", given->keys,
                     "Keys as SDL spells them, each a button, with a name for it if wanted: Left,Right,jump=Space")
        ->delimiter(',');
    command->add_flag("--mouse", given->mouse, "Take the mouse's motion too");
    command->add_option("--rate", given->rate, "Frames a second; by default those of the data set, or 15")
        ->check(CLI::Range(1, 240));
    command->add_option("--size", given->size, "Make pictures this size; by default that of the data set, or 64x64")
        ->check(is_read_by(parse_picture_size));
    command->add_option("--lag", given->lag, "Milliseconds from a key to the picture that shows what it did")
        ->check(CLI::Range(0.0, 1000.0));
    auto* minutes =
        command->add_option("--minutes", given->minutes, "End after so much play")->check(CLI::Range(0.01, 100000.0));
    command->add_option("--frames", given->request.frames, "End after so many frames")
        ->check(CLI::Range(2, 1'000'000'000))
        ->excludes(minutes);
    command->add_option("--title", given->request.title, "What the data set is called; by default as the window is");
    command->add_option("--pause-key", given->pause_key, "Pauses, and goes on with a new episode")
        ->capture_default_str();
    command->add_flag("--measure-lag", given->measure_lag,
                      "Measure how long it takes from a key to the picture that shows what it did, and write nothing");
    command->callback([given] { given->run(); });
}

}  // namespace drift
