#include "player/learning.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "files/folders.h"
#include "files/world_files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 60;

std::vector<std::string> capture_command(const LearnPage& page) {
    std::vector<std::string> command{driftlab_beside(), "capture", "--window",
                                     page.window,       "--out",   Learning::play_folder(page).string()};
    if (!page.has_play)  // else as that has them
        command.insert(command.end(), {"--size", picture_size(page, page.side), "--rate", std::to_string(page.rate)});
    if (const std::string keys = keys_argument(page.keys); !keys.empty())
        command.insert(command.end(), {"--keys", keys});
    if (page.mouse) command.emplace_back("--mouse");
    return command;
}

std::vector<std::string> train_command(const LearnPage& page) {
    const fs::path world = Learning::world_folder(page);
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    std::vector<std::string> command{driftlab_beside(), "train",
                                     "--data",          Learning::play_folder(page).string(),
                                     "--out",           world.string(),
                                     "--minutes",       std::to_string(page.minutes),
                                     "--threads",       std::to_string(std::max(1, cores - 1))};
    std::error_code error;
    if (fs::exists(world / "checkpoint.safetensors", error)) command.emplace_back("--resume");
    else if (fs::exists(world / "weights.safetensors", error))
        command.insert(command.end(), {"--init", world.string()});
    return command;
}

}  // namespace

std::vector<LearnPage::Window> windows_of(const std::vector<std::string>& lines) {
    std::vector<LearnPage::Window> windows;
    for (const std::string& line : lines) {
        std::istringstream in(line);
        LearnPage::Window one;
        if (!(in >> one.number >> one.size) || !one.number.starts_with("0x")) continue;
        std::getline(in >> std::ws, one.title);
        windows.push_back(std::move(one));
    }
    return windows;
}

std::string keys_argument(const std::string& typed) {
    std::string all, part;
    std::istringstream in(typed);
    while (std::getline(in, part, ',')) {
        const std::size_t equals = part.find('=');
        const bool named = equals != part.npos && trimmed(part) != "=";  // "=" alone is a key
        std::string key(trimmed(named ? std::string_view(part).substr(equals + 1) : part));
        if (key.empty()) continue;
        if (named) key = std::string(trimmed(std::string_view(part).substr(0, equals))) + "=" + key;
        all += (all.empty() ? "" : ",") + key;
    }
    return all;
}

std::string with_key(const std::string& typed, const std::string& key) {
    std::istringstream in(keys_argument(typed));
    for (std::string part; std::getline(in, part, ',');) {
        const std::size_t equals = part.find('=', 1);  // "=" alone is a key
        if ((equals == part.npos ? part : part.substr(equals + 1)) == key) return typed;
    }
    if (key.empty() || key.find(',') != key.npos) return typed;
    return typed.empty() ? key : typed + ", " + key;
}

std::string picture_size(const LearnPage& page, int side) {
    int width = 1, height = 1;
    for (const LearnPage::Window& one : page.windows)
        if (one.number == page.window) std::sscanf(one.size.c_str(), "%dx%d", &width, &height);
    width = std::max(1, width), height = std::max(1, height);
    const auto part = [side](int shorter, int longer) {
        return std::max(16, static_cast<int>(std::lround(side * double(shorter) / longer / 8)) * 8);
    };
    return std::to_string(width >= height ? side : part(width, height)) + "x" +
           std::to_string(height >= width ? side : part(height, width));
}

std::optional<LearnProgress> progress_in(const std::string& line) {
    const std::size_t end = line.find(']'), percent = line.find(" %");
    if (!line.starts_with('[') || end == line.npos || percent == line.npos || percent < end) return {};
    const double part = std::strtod(line.c_str() + end + 1, nullptr) / 100;
    return LearnProgress{std::clamp(part, 0.0, 1.0), std::string(trimmed(std::string_view(line).substr(percent + 2)))};
}

std::string why_no_name(const std::string& name) {
    const std::string used(trimmed(name));
    if (used.empty()) return "Give it a name";
    if (used.size() > longest_name || used.front() == '.' || used.find('/') != used.npos || printable(used) != used)
        return "A name has no slash in it, does not begin with a dot, and is at most 60 letters long";
    return "";
}

fs::path Learning::play_folder(const LearnPage& page) {
    const auto data = data_folder();
    return data && why_no_name(page.name).empty() ? *data / "play" / trimmed(page.name) : fs::path();
}
fs::path Learning::world_folder(const LearnPage& page) {
    return why_no_name(page.name).empty() ? worlds_folder() / trimmed(page.name) : fs::path();
}

void Learning::begin(LearnPage& page, LearnPage::Wish wish) {
    using Wish = LearnPage::Wish;
    switch (wish) {
        case Wish::list:
            list_ =
                std::make_unique<Child>(std::vector{driftlab_beside(), std::string("capture"), std::string("--list")});
            break;
        case Wish::capture:
            if (capture_ && capture_->runs()) break;
            page.captured = "Beginning", page.failed_capture = false;
            made(play_folder(page).parent_path());
            capture_ = std::make_unique<Child>(capture_command(page));
            break;
        case Wish::end_capture:
            if (capture_) capture_->interrupt();
            break;
        case Wish::train:
            if (training_ && training_->runs()) break;
            page.trained = "Beginning", page.failed_training = false;
            made(worlds_folder());
            training_ = std::make_unique<Child>(train_command(page));
            break;
        case Wish::end_training:
            if (training_) training_->interrupt();
            break;
    }
}

void Learning::listen(LearnPage& page) {
    if (list_ && list_->listen() && !list_->runs()) {
        page.windows = windows_of(list_->lines());
        if (list_->code() != 0) page.captured = list_->line(), page.failed_capture = true;
        if (std::none_of(page.windows.begin(), page.windows.end(),
                         [&](const auto& one) { return one.number == page.window; }))
            page.window.clear();
        list_.reset();
    }
    auto hear = [](std::unique_ptr<Child>& child, std::string& said, bool& failed) {
        if (!child || !child->listen()) return;
        if (!child->line().empty()) said = child->line();
        if (!child->runs()) failed = child->code() != 0, child.reset();
    };
    hear(capture_, page.captured, page.failed_capture);
    hear(training_, page.trained, page.failed_training);
    page.capturing = capture_ != nullptr, page.training = training_ != nullptr;
    if (!page.open) return;
    std::error_code error;
    const bool named = why_no_name(page.name).empty();
    page.has_play = named && is_data_set(play_folder(page));
    page.has_world = named && fs::is_regular_file(world_folder(page) / "weights.safetensors", error);
}

void Learning::work(LearnPage& page) {
    for (LearnPage::Wish wish : std::exchange(page.wishes, {})) {
        try {
            begin(page, wish);
        } catch (const Error& error) {
            const bool of_training = wish == LearnPage::Wish::train;
            (of_training ? page.trained : page.captured) = error.what();
            (of_training ? page.failed_training : page.failed_capture) = true;
        }
    }
    listen(page);
}

}  // namespace drift
