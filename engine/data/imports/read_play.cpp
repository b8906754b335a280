#include "data/imports/read_play.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "data/imports/csgo_file.h"
#include "data/imports/diamond_episode.h"
#include "data/imports/import_play.h"
#include "data/imports/minari_episode.h"
#include "data/imports/npz_play.h"
#include "data/imports/owl_events.h"
#include "data/imports/vpt_ticks.h"
#include "data/pictures.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{4} << 30;

struct Full {};

// An episode in memory.
class ClipSink : public EpisodeSink {
public:
    ClipSink(const FoundEpisode& episode, PictureSize size, const ActionSpace& actions, std::size_t& bytes)
        : file_(episode.file), size_(size), actions_(actions), bytes_(bytes) {
        clip_.name = episode.name;
    }
    void expect(std::size_t) override {}
    void frame(Frame frame) override {
        if (frame.width != size_.width || frame.height != size_.height)
            frame = resized_picture(frame, size_.width, size_.height);
        bytes_ += frame.rgb.size();
        if (bytes_ > most_bytes) throw Full{};
        clip_.frames.push_back(std::move(frame));
    }
    void step(const ImportedStep& step) override {
        const bool buttons = actions_.kind == ActionSpace::Kind::buttons;
        if (!buttons && step.action >= actions_.size())
            throw Error(file_, "expected one of " + actions_.told() + ", found number " + std::to_string(step.action));
        clip_.actions.push_back(buttons ? actions_.code(step.held.held, step.held.mouse_x, step.held.mouse_y)
                                        : ActionCode{step.action});
    }
    // As far as there are an action and a frame for each step.
    Clip take() {
        if (clip_.frames.size() < 2 || clip_.actions.size() + 1 < clip_.frames.size())
            throw Error(file_, "expected two frames or more with an action for each, found " +
                                   std::to_string(clip_.frames.size()) + " and " +
                                   std::to_string(clip_.actions.size()));
        clip_.actions.resize(clip_.frames.size() - 1);
        return std::move(clip_);
    }

private:
    fs::path file_;
    PictureSize size_;
    const ActionSpace& actions_;
    std::size_t& bytes_;
    Clip clip_;
};

}  // namespace

PlayFacts facts_of(const FoundPlay& play) {
    switch (play.kind) {
        case PlayKind::diamond: return diamond_facts(play.episodes);
        case PlayKind::npz: return npz_facts(play.episodes);
        case PlayKind::minari: return minari_facts(play.episodes);
        case PlayKind::csgo: return csgo_facts();
        case PlayKind::vpt: return vpt_facts();
        case PlayKind::owl: return owl_facts(play.episodes);
    }
    return {};
}

void read_play_episode(const FoundEpisode& episode, const PlayFacts& facts, EpisodeSink& sink) {
    switch (episode.kind) {
        case PlayKind::diamond: return read_diamond_episode(episode.file, sink);
        case PlayKind::npz: return read_npz_play(episode.file, episode.beside, sink);
        case PlayKind::minari: return read_minari_episode(episode, sink);
        case PlayKind::csgo: return read_csgo_file(episode.file, sink);
        case PlayKind::vpt: return read_vpt_recording(episode, sink);
        case PlayKind::owl: return read_owl_recording(episode, facts, sink);
    }
}

DataSet read_play(const fs::path& source, PictureSize size, std::vector<std::string>& notes) {
    const FoundPlay play = find_play(source);
    const PlayFacts facts = facts_of(play);
    DataSet data;
    data.title = facts.title.empty() ? printable(source.filename().string()) : facts.title;
    data.width = size.width, data.height = size.height;
    const long rate = std::lround(facts.rate);
    data.rate = rate >= 1 && rate <= 240 ? static_cast<int>(rate) : rate_where_none_is_said;
    data.actions = facts.buttons.none() ? imported_actions(std::max(facts.actions, 1), {}) : actions_of(facts.buttons);
    for (const std::string& what : facts.notes) notes.push_back(Error(source, what).what());
    notes.insert(notes.end(), play.refused.begin(), play.refused.end());
    std::size_t bytes = 0;
    for (const FoundEpisode& episode : play.episodes) {
        ClipSink sink(episode, size, data.actions, bytes);
        try {
            read_play_episode(episode, facts, sink);
            data.clips.push_back(sink.take());
        } catch (const Error& error) {
            notes.push_back(error.what());
        } catch (const Full&) {
            notes.push_back(Error(source, "holds more than " + std::to_string(most_bytes >> 30) +
                                              " GB of frames: the first " + std::to_string(data.clips.size()) +
                                              " episodes are played")
                                .what());
            break;
        }
    }
    if (data.clips.empty())
        throw Error(source, notes.empty() ? "expected an episode that can be read, found none" : notes.back());
    return data;
}

fs::path play_of_run(const fs::path& world) {
    std::error_code error;
    fs::path folder = fs::absolute(world, error).lexically_normal();
    if (!fs::is_directory(folder, error)) folder = folder.parent_path();
    // The run's folder is the world's, or one or two above its weights (checkpoints/agent_versions).
    for (int above = 0; above < 3 && folder.has_relative_path(); ++above, folder = folder.parent_path())
        for (const char* part : {"dataset/test", "dataset/train"})
            if (fs::is_regular_file(folder / part / "info.pt", error)) return folder / part;
    return {};
}

}  // namespace drift
