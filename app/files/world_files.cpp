#include "files/world_files.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "core/nearest.h"
#include "files/folders.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_worlds = 300;
constexpr int most_names = 4000;  // that are read for one list: it is made again and again while the window is open
constexpr int deepest = 4;        // the user's folder / a repository / a snapshot / a set of weights

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

bool is_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error);
}

// What a training of DIAMOND's leaves behind: its newest epoch is the world.
bool is_run(const fs::path& folder) {
    return is_file(folder / "config/trainer.yaml") && is_folder(folder / "checkpoints");
}

class Listing {
public:
    // False where it was seen before, or leads nowhere.
    bool meet(const fs::path& path) {
        std::error_code error;
        fs::path real = fs::canonical(path, error);
        return !error && seen_.insert(real).second;
    }

    void add(const fs::path& file, WorldEntry::From from) {
        if (entries_.size() < most_worlds && meet(file)) entries_.push_back({file, world_name(file), from});
    }

    // The worlds below a folder; `itself`: it may be one.
    void look(const fs::path& folder, WorldEntry::From from, bool itself, int depth) {
        if (itself && (is_file(folder / "world.toml") || is_file(folder / "weights.pt") || is_run(folder) ||
                       holds_weights(folder / "model")))
            return add(folder, from);
        if (depth > deepest || entries_.size() >= most_worlds || !meet(folder)) return;
        for (const fs::path& path : names(folder)) {
            if (is_folder(path))
                look(path, from, true, depth + 1);  // "models" of atari_100k among them: each of its files is a world
            else if (names_weights(path) && is_file(path)) add(path, from);
        }
    }

    std::vector<WorldEntry> take() {
        auto key = [](const WorldEntry& entry) {
            return std::tuple(entry.from, lower_case(entry.name), entry.file.native());
        };
        std::sort(entries_.begin(), entries_.end(),
                  [&](const WorldEntry& a, const WorldEntry& b) { return key(a) < key(b); });
        return std::move(entries_);
    }

private:
    // Sorted, so that what a bound cuts off does not change from one look to the next.
    std::vector<fs::path> names(const fs::path& folder) {
        std::vector<fs::path> all;
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end && left_ > 0;
             at.increment(error), --left_)
            if (!is_clutter(at->path())) all.push_back(at->path());
        std::sort(all.begin(), all.end());
        return all;
    }
    bool holds_weights(const fs::path& folder) {
        if (!is_folder(folder)) return false;
        auto all = names(folder);
        return std::any_of(all.begin(), all.end(),
                           [](const fs::path& path) { return names_weights(path) && is_file(path); });
    }

    std::set<fs::path> seen_;
    std::vector<WorldEntry> entries_;
    int left_ = most_names;
};

}  // namespace

fs::path worlds_folder() {
    if (fs::path own = used_folders().worlds; !own.empty()) return own;
    auto folder = data_folder();
    return folder ? *folder / "worlds" : fs::path();
}

std::string world_name(const fs::path& file) {
    fs::path plain = file.has_filename() ? file : file.parent_path();  // "worlds/mine/"
    if (plain == "." || plain == "..") {
        std::error_code error;
        plain = fs::canonical(plain, error);
    }
    return (names_weights(plain) ? plain.stem() : plain.filename()).string();
}

std::optional<fs::path> find_world(const std::string& name) {
    const bool path = name.find('/') != name.npos;
    if (!path && !name.empty() && name != "." && name != "..") {
        if (auto shipped = find_asset(fs::path("worlds") / name); shipped && is_file(*shipped / "world.toml"))
            return shipped;
        if (fs::path own = worlds_folder(); !own.empty()) {
            for (const WorldEntry& world : worlds_in(own, WorldEntry::From::own))
                if (world.name == name || world.file.filename() == name) return world.file;
            if (is_folder(own / name)) return own / name;
        }
    }
    if (is_folder(name) || ((path || names_weights(name)) && is_file(name))) return name;
    return std::nullopt;
}

fs::path world_named(const std::string& name) {
    if (auto found = find_world(name)) return *found;
    if (name.find('/') != name.npos)
        throw Error("world \"" + printable(name) + "\": expected a folder or a file of weights, found neither there");
    if (is_file(name))
        throw Error("world \"" + printable(name) +
                    "\": expected a world's folder or a file of weights, found another file");
    std::vector<std::string> known;
    std::string all;
    constexpr std::size_t shown = 20;
    for (const WorldEntry& world : list_worlds({})) {
        if (known.size() < shown) all += (all.empty() ? "" : ", ") + printable(world.name);
        known.push_back(world.name);
    }
    if (known.size() > shown) all += " and " + std::to_string(known.size() - shown) + " more";
    throw Error("world \"" + printable(name) + "\": expected a world's name or the path of one, found neither" +
                did_you_mean(name, known) + (nearest(name, known).empty() ? "; there " : " There ") +
                (known.size() == 1 ? "is " : "are ") + (all.empty() ? "no worlds" : all));
}

std::vector<WorldEntry> worlds_in(const fs::path& folder, WorldEntry::From from, bool itself) {
    Listing listing;
    listing.look(folder, from, itself, 0);
    return listing.take();
}

std::vector<WorldEntry> list_worlds(const fs::path& shipped, const fs::path& own, const std::vector<fs::path>& lately) {
    std::vector<WorldEntry> all;
    Listing listing;
    if (!shipped.empty()) listing.look(shipped, WorldEntry::From::shipped, false, 0);
    if (!own.empty()) listing.look(own, WorldEntry::From::own, false, 0);
    std::vector<WorldEntry> recent;
    for (const fs::path& file : lately)
        if (listing.meet(file)) recent.push_back({file, world_name(file), WorldEntry::From::lately});
    all = listing.take();
    all.insert(all.end(), recent.begin(), recent.end());
    return all;
}

std::vector<WorldEntry> list_worlds(const std::vector<fs::path>& lately) {
    return list_worlds(find_asset("worlds").value_or(fs::path()), worlds_folder(), lately);
}

}  // namespace drift
