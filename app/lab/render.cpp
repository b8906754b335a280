// driftlab render: a script of keys or a policy plays; the dream beside the truth goes into a video and a strip of pictures.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/error.h"
#include "core/names.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "media/carried.h"
#include "media/png.h"
#include "media/video.h"
#include "session/key_script.h"
#include "session/lane_words.h"
#include "session/log/log_writer.h"
#include "session/log/recipe.h"
#include "session/play.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int gap = 2;  // pixels of the game between dream and truth
constexpr int strip_columns = 10;

struct RenderCommand {
    WorldOptions world;
    SamplerOptions sampler;
    std::string policy = "demo";
    std::vector<std::string> lanes;  // further ones
    fs::path script, video, strip, session;
    std::uint64_t seed = 1'000'000;
    int steps = 150, scale = 0;
    bool no_truth = false;

    void run();
    // The truth's place stays where it is lost on the way: a video has one size.
    Frame picture(const Step& step, bool beside) const {
        const Frame& dream = step.main_lane().frame;
        if (!beside) return dream;
        return side_by_side({dream, step.truth.empty() ? Frame(dream.width, dream.height) : step.truth}, gap);
    }
};

// Pictures spread over the run, dream above truth, oldest first.
Frame film_strip(const std::vector<Step>& picked, bool truth) {
    std::vector<Frame> columns;
    for (const Step& step : picked) {
        if (!truth || step.truth.empty()) {
            columns.push_back(step.main_lane().frame);
            continue;
        }
        Frame column(step.main_lane().frame.width, 2 * step.main_lane().frame.height + gap);
        std::copy(step.main_lane().frame.rgb.begin(), step.main_lane().frame.rgb.end(), column.rgb.begin());
        std::copy(step.truth.rgb.begin(), step.truth.rgb.end(), column.at(0, step.main_lane().frame.height + gap));
        columns.push_back(std::move(column));
    }
    return side_by_side(columns, gap);
}

// Before anything is played, and before the session's log is begun.
void expect_folder_of(const fs::path& file) {
    std::error_code error;
    if (const fs::path folder = fs::absolute(file, error).parent_path();
        !file.empty() && !fs::is_directory(folder, error))
        throw Error(file, "expected a folder to write it into, found none: " + printable(folder.string()));
    if (fs::is_directory(file, error)) throw Error(file, "expected the name of a file to write, found a folder");
}

void RenderCommand::run() {
    if (video.empty() && strip.empty() && session.empty())
        throw CLI::ValidationError("expected --out, --png or --session");
    if (!lanes.empty() && session.empty())
        throw CLI::ValidationError(
            "--lane: expected --session with it: the video and the strip show the first dream alone");
    auto dream = world.open();
    auto settings = sampler.over(dream->info().defaults);
    if (lanes.size() > 3) throw CLI::ValidationError("--lane: expected three at most, four dreams with the first");
    auto game = truth_of(dream->info());
    const bool has_game = game != nullptr;
    Stage stage(std::move(dream), std::move(game));
    if (has_game && !stage.game()) std::fprintf(stderr, "driftlab: %s\n", stage.info().opening_note.c_str());
    KeyScript keys = script.empty() ? KeyScript() : KeyScript::read(script);
    keys.bind(stage.info().actions);
    if (keys.last_step() > static_cast<std::uint64_t>(steps))
        std::fprintf(stderr, "driftlab: the script goes on to frame %llu, and %s are played: --frames plays more\n",
                     static_cast<unsigned long long>(keys.last_step()),
                     counted(static_cast<std::size_t>(steps), "frame").c_str());
    const bool own_player = script.empty() && policy == "actor";
    if (own_player && !stage.info().policy)
        throw Error("world " + stage.info().name +
                    ": expected one with a player of its own for --policy actor, found none in it");
    if (script.empty() && !own_player && !stage.game())
        throw Error("world " + stage.info().name + ": expected --script" +
                    (stage.info().policy ? " or --policy actor" : "") +
                    ", since a policy needs the real game and this world has none");
    auto player = policy_maker(own_player ? "demo" : policy)(seed);
    Direction direction = solo(settings);
    for (const std::string& pairs : lanes)
        direction.lanes.push_back(
            {static_cast<int>(direction.lanes.size()), 0, made_legal(with_pairs(settings, pairs))});
    say_unguided(std::any_of(direction.lanes.begin(), direction.lanes.end(),
                             [](const LanePlan& lane) { return asks_guidance(lane.settings); }),
                 stage.info());
    for (const fs::path* file : {&video, &strip, &session}) expect_folder_of(*file);

    Play play(stage);
    std::optional<LogWriter> log;
    if (!session.empty()) log.emplace(session, stage.info());
    SessionLog played;  // for the video and the strip to carry
    played.header = header_of(stage.info());
    play.set_listener([&](const LogEvent& event, const Step&) {
        if (log) log->put(event);
        played.events.push_back(event);
    });
    KeyLatch latch;
    latch.begin(stage.info().actions);
    Step step = play.open(seed, direction);
    const bool beside = !step.truth.empty() && !no_truth;
    std::string lost;
    auto say_lost = [&] {
        if (step.truth_lost != lost && !step.truth_lost.empty())
            std::fprintf(stderr, "driftlab: the real game has failed, the dream goes on without it: %s\n",
                         step.truth_lost.c_str());
        lost = step.truth_lost;
    };
    say_lost();
    if (scale == 0) scale = std::max(1, 512 / step.main_lane().frame.width);
    std::optional<VideoWriter> writer;
    if (!video.empty()) {
        Frame first = enlarged(picture(step, beside), scale);
        writer.emplace(video, first.width, first.height, stage.info().rate);
        writer->add(first);
    }
    std::vector<Step> picked{step};
    double psnr_sum = 0;
    int measured = 0;
    for (int i = 1; i <= steps; ++i) {
        Action action;
        if (own_player) {
            action = stage.advised().value_or(Action{});
        } else if (script.empty()) {
            if (!stage.game())
                throw Error("the real game, which the player looks at, has failed: " + stage.truth_lost());
            action = Action::of(player(*stage.game()));
        } else {
            keys.apply(static_cast<std::uint64_t>(i), latch);
            action = latch.take();
        }
        step = play.advance(action, direction);
        say_lost();
        if (!std::isnan(step.main_lane().drift.psnr)) psnr_sum += step.main_lane().drift.psnr, ++measured;
        if (writer) writer->add(enlarged(picture(step, beside), scale));
        if (i * (strip_columns - 1) / steps > (i - 1) * (strip_columns - 1) / steps) picked.push_back(step);
    }
    if (writer) writer->finish();
    if (log) {
        log->close();
        if (auto failure = log->take_failure()) throw Error(*failure);
    }
    const auto recipe = RecipesOfSteps(played, most_carried / 2).of(played.events.size() - 1);
    const std::string about = about_session(played.header);
    if (!video.empty() && !recipe.empty()) carry(video, recipe, about);
    if (!strip.empty())
        save_png(strip, enlarged(film_strip(picked, !no_truth), std::max(1, scale / 4)),
                 recipe.empty() ? "" : chunks_to_carry(recipe, about));
    std::string truth;
    if (measured > 0)
        truth = ", " + std::to_string(psnr_sum / measured).substr(0, 5) + " dB to the truth on average" +
                (measured < steps ? " over " + counted(static_cast<std::size_t>(measured), "frame") : "");
    std::string files;
    for (const fs::path* file : {&video, &strip, &session})
        if (!file->empty()) files += (files.empty() ? "" : ", ") + printable(file->string());
    std::printf("%d frames of %s%s: %s\n", steps, stage.info().name.c_str(), truth.c_str(), files.c_str());
}

}  // namespace

void add_render(CLI::App& lab) {
    auto command = std::make_shared<RenderCommand>();
    auto* render = lab.add_subcommand(
        "render", "Play a script of keys or a policy into a video (MP4) and a strip of pictures (PNG)");
    command->world.add(*render);
    render->add_option("--policy", command->policy, "Who plays if there is no script; actor: the world's own player")
        ->check(is_policy(true))
        ->capture_default_str();
    render
        ->add_option("--script", command->script,
                     "File of keys: lines such as \"12 press Left\", \"20 release Left\", \"30 tap Right\"")
        ->check(CLI::ExistingFile);
    render
        ->add_option("--lane", command->lanes,
                     "For --session: one more dream beside the first, with these settings: \"start_scale=5,steps=1\"; "
                     "up to three times")
        ->check(is_read_by([](const std::string& pairs) {
            SamplerSettings probe;
            probe.upsampler.emplace_back();  // its settings are named whether the world has one or not
            with_pairs(probe, pairs);
        }))
        ->type_name("NAME=VALUE,...")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    render->add_option("--seed", command->seed, "Seed of the game and of the noise")
        ->check(is_whole())
        ->capture_default_str();
    render->add_option("--frames", command->steps, "Frames to play")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    render->add_option("--out", command->video, "Video to write: H.264")->check(ends_in(".mp4"));
    render->add_option("--png", command->strip, "Strip of ten pictures to write, dream above truth")
        ->check(ends_in(".png"));
    render
        ->add_option("--session", command->session,
                     "Log of the session to write, for `driftlab replay`; it must not exist yet")
        ->check(ends_in(".driftlog"));
    render->add_option("--scale", command->scale, "Size of a frame's pixel; 0: pictures of about 512 pixels")
        ->check(CLI::Range(0, 32))
        ->capture_default_str();
    render->add_flag("--no-truth", command->no_truth, "The dream alone");
    command->sampler.add(*render);
    render->callback([command] { command->run(); });
}

}  // namespace drift
