#include "data/imports/find_play.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/imports/apart.h"
#include "data/imports/csgo_file.h"
#include "data/imports/diamond_episode.h"
#include "data/imports/minari_episode.h"
#include "data/imports/npz_play.h"
#include "data/imports/owl_events.h"
#include "data/imports/vpt_ticks.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 2'000'000, sniffed = 256u << 10, longest_name = 120;
constexpr int deepest = 16;

bool begins_as_video(const std::string& begin) {
    return begin.compare(4, 4, "ftyp") == 0 || begin.starts_with("\x1A\x45\xDF\xA3") ||
           (begin.starts_with("RIFF") && begin.compare(8, 4, "AVI ") == 0);
}

class Search {
public:
    explicit Search(const fs::path& source) : source_(source) {}

    FoundPlay find() {
        std::error_code error;
        if (fs::is_regular_file(source_, error)) {
            look_at(source_);
            if (videos_.contains(source_)) look_beside(false);
            else if (!ticks_.empty() || !events_.empty() || !archives_.empty()) look_beside(true);
        } else if (fs::is_directory(source_, error)) {
            walk(source_, 0);
        } else {
            throw Error(source_, "expected a file or a folder of recorded play, found nothing");
        }
        pair_up();
        if (videos_.contains(source_)) keep_only_of(source_);
        return choose();
    }

private:
    // What belongs to a file lies beside it: its video, or its actions.
    void look_beside(bool for_videos) {
        const fs::path folder = source_.parent_path();
        for (const fs::path& other : names_in(folder.empty() ? "." : folder)) {
            const fs::path path = folder.empty() ? other.filename() : other;
            std::error_code error;
            if (path == source_ || is_clutter(path) || !fs::is_regular_file(path, error)) continue;
            Search beside(path);
            beside.look_at(path);
            videos_.merge(beside.videos_);
            if (for_videos) continue;
            for (auto [from, to] :
                 {std::pair(&beside.ticks_, &ticks_), {&beside.events_, &events_}, {&beside.archives_, &archives_}})
                to->insert(to->end(), from->begin(), from->end());
        }
    }

    void walk(const fs::path& folder, int depth) {
        for (const fs::path& path : names_in(folder, most_files)) {
            if (is_clutter(path)) continue;
            std::error_code error;
            if (fs::is_directory(path, error)) {
                if (depth < deepest && !fs::is_symlink(path, error)) walk(path, depth + 1);
            } else if (fs::is_regular_file(path, error)) {
                if (++files_ > most_files)
                    throw Error(source_, "expected at most " + std::to_string(most_files) + " files, found more");
                look_at(path);
            }
        }
    }

    static std::string begin_of(const fs::path& file, std::size_t most) {
        InputFile in(file);
        std::string begin(std::min<std::uint64_t>(in.size(), most), '\0');
        in.read(begin.data(), begin.size());
        return begin;
    }

    void look_at(const fs::path& file) {
        try {
            const std::string begin = begin_of(file, 16);
            if (begin.size() < 8) return;
            if (Hdf5File::begins_as_one(begin)) return look_at_hdf5(file);
            if (begin.starts_with("PK\3\4")) return look_at_archive(file);
            if (begins_as_video(begin)) videos_.insert(file);
            else if (begin.find('\0') == begin.npos || begin.starts_with("\xFF\xFE")) look_at_text(file);
        } catch (const Error& error) {
            refused_.push_back(error.what());
        }
    }

    void look_at_hdf5(const fs::path& path) {
        fs::path notes = path.parent_path() / "metadata.json";
        if (std::error_code error; !fs::is_regular_file(notes, error)) notes.clear();
        run_apart(
            path,
            [&](const Say& say) {
                const Hdf5File file(path);
                if (is_csgo_file(file)) return say("");
                for (const std::string& group : minari_episodes(file)) say(group);
            },
            [&](std::string_view group) {
                if (group.empty()) add(PlayKind::csgo, path, {}, "");
                else add(PlayKind::minari, path, notes, std::string(group));
            });
    }

    void look_at_archive(const fs::path& path) {
        const ZipArchive archive(path, InputFile(path).size());
        const auto& names = archive.names();
        auto ends = [&](const char* with) {
            return std::any_of(names.begin(), names.end(),
                               [&](const std::string& name) { return name.ends_with(with); });
        };
        if (ends("/data.pkl")) {
            if (is_diamond_episode(path)) add(PlayKind::diamond, path, {}, "");
        } else if (ends(".npy")) {
            archives_.push_back(path);
        }
    }

    void look_at_text(const fs::path& path) {
        std::string text = begin_of(path, sniffed);
        if (text.front() != '{' && text.find("timestamp") > 8) return;
        text = utf8_of(text.substr(0, text.size() & ~std::size_t{1}), path);
        std::string line = text.substr(0, text.find_first_of("\r\n"));
        if (begins_with_tick(line)) ticks_.push_back(path);
        else if (is_owl_header(line)) events_.push_back(path);
    }

    void add(PlayKind kind, const fs::path& file, const fs::path& beside, const std::string& part) {
        found_[kind].push_back({kind, file, beside, part, ""});
    }

    // The video of the same name, or the only one where there is one of each.
    fs::path video_of(const fs::path& file, const std::vector<fs::path>& of_its_kind) {
        fs::path same, only;
        std::size_t count = 0;
        for (const fs::path& video : videos_) {
            if (video.parent_path() != file.parent_path()) continue;
            ++count, only = video;
            if (lower_case(video.stem().string()) == lower_case(file.stem().string())) same = video;
        }
        const auto alike = std::count_if(of_its_kind.begin(), of_its_kind.end(),
                                         [&](const fs::path& one) { return one.parent_path() == file.parent_path(); });
        if (same.empty() && count == 1 && alike == 1) same = only;
        if (!same.empty()) taken_.insert(same);
        return same;
    }

    void pair_up() {
        auto all = [&](PlayKind kind, const std::vector<fs::path>& files) {
            for (const fs::path& file : files) {
                const fs::path video = video_of(file, files);
                if (video.empty())
                    refused_.push_back(Error(file, "expected the video of these actions beside it, found none").what());
                else add(kind, file, video, "");
            }
        };
        all(PlayKind::vpt, ticks_), all(PlayKind::owl, events_);
        for (const fs::path& file : archives_) {
            try {
                ZipArchive archive(file, InputFile(file).size());
                add(PlayKind::npz, file,
                    arrays_of_npz(archive, file).frames.empty() ? video_of(file, archives_) : fs::path(), "");
            } catch (const Error& error) {
                refused_.push_back(error.what());
            }
        }
    }

    void keep_only_of(const fs::path& video) {
        for (auto& [kind, episodes] : found_)
            std::erase_if(episodes, [&](const FoundEpisode& one) { return one.beside != video; });
        std::erase_if(found_, [](const auto& one) { return one.second.empty(); });
        refused_.clear();
        videos_ = {video};
    }

    FoundPlay choose() {
        if (found_.size() > 1) {
            std::string kinds;
            for (const auto& [kind, episodes] : found_)
                kinds += (kinds.empty() ? "" : " and ") + std::string(play_name(kind)) + " (" +
                         printable(episodes.front().file.string()) + ")";
            throw Error(source_,
                        "expected recorded play of one kind, found " + kinds + ": give the folder of one of them");
        }
        if (found_.empty()) {
            if (refused_.size() == 1) throw Error(refused_.front());
            std::string why = is_data_set(source_) ? "a data set of ours (data.toml), which needs no import"
                              : refused_.empty()   ? "none"
                                                   : "none that can be read; of " + std::to_string(refused_.size()) +
                                                       " files the first: " + refused_.front();
            throw Error(
                source_,
                "expected recorded play of DIAMOND, Minari, CSGO, VPT or OWL Control, or NumPy archives, found " + why);
        }
        FoundPlay play;
        play.kind = found_.begin()->first;
        play.episodes = std::move(found_.begin()->second);
        play.refused = std::move(refused_);
        play.videos_alone = videos_.size() - taken_.size();
        name_all(play.episodes);
        return play;
    }

    // "train/000/00/1/12.pt" is train-000012: folders that are numbers only spread files out.
    std::string name_of(const FoundEpisode& episode) const {
        std::string name;
        auto add = [&](const std::string& part) { name += (name.empty() ? "" : "-") + part; };
        auto is_number = [](const std::string& text) {
            return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
        };
        const fs::path relative =
            episode.file.lexically_relative(fs::is_directory(source_) ? source_ : source_.parent_path());
        for (const fs::path& folder : relative.parent_path())
            if (const std::string part = folder.string(); part != "." && part != ".." && !is_number(part) &&
                                                          !(episode.kind == PlayKind::minari && part == "data"))
                add(part);
        const fs::path& called = episode.beside.empty() ? episode.file : episode.beside;  // a video
        std::string stem = episode.part.empty() ? called.stem().string() : episode.part;
        const std::size_t digits = stem.find_last_not_of("0123456789") + 1;
        const bool counted = !episode.part.empty() || digits == 0;
        if (counted && stem.size() - digits < 6) stem.insert(digits, 6 - (stem.size() - digits), '0');
        add(stem);
        for (char& c : name)
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                  c == '.'))
                c = '_';
        if (name.size() > longest_name) name = name.substr(name.size() - longest_name);
        if (is_clutter(name)) name.insert(0, "play-");
        return name;
    }

    void name_all(std::vector<FoundEpisode>& episodes) const {
        std::set<std::string> taken;
        for (FoundEpisode& one : episodes) {
            const std::string name = name_of(one);
            one.name = name;
            for (int again = 2; !taken.insert(lower_case(one.name)).second; ++again)
                one.name = name + "-" + std::to_string(again);
        }
        std::sort(episodes.begin(), episodes.end(),
                  [](const FoundEpisode& a, const FoundEpisode& b) { return a.name < b.name; });
    }

    const fs::path& source_;
    std::map<PlayKind, std::vector<FoundEpisode>> found_;
    std::vector<fs::path> ticks_, events_, archives_;
    std::set<fs::path> videos_, taken_;
    std::vector<std::string> refused_;
    std::size_t files_ = 0;
};

}  // namespace

FoundPlay find_play(const fs::path& source) { return Search(source).find(); }

}  // namespace drift
