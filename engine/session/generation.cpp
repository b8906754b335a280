#include "session/generation.h"

#include <exception>
#include <utility>

#include "session/play.h"

namespace drift {

Generation::Generation(Plan plan) : plan_(std::move(plan)), thread_([this](std::stop_token stop) { run(stop); }) {}

void Generation::run(std::stop_token stop) {
    try {
        std::unique_ptr<Stage> stage = plan_.open();
        plan_.script.bind(stage->info().actions);
        world_.put(stage->info());
        play(stop, *stage);
    } catch (const std::exception& error) {
        failure_.put(error.what());
    }
    finished_ = true;
}

// What the loop below knows between two looks into the inbox.
struct Generation::Now {
    Stage& stage;
    std::unique_ptr<LogWriter> log;
    Play play{stage};
    Controls controls{};
    Pacer pacer{};
    std::uint64_t seed = 0, played = 0;

    void adopt(const Controls& next) {
        if ((controls.paused && !next.paused) || controls.rewind != next.rewind) pacer.restart(Pacer::Clock::now());
        controls = next;
        for (LanePlan& lane : controls.direction.lanes) lane.settings = clamped(lane.settings);
        pacer.set_rate(controls.rewind ? 2.0 * stage.info().rate : controls.speed * stage.info().rate);
    }
    bool runs() const { return controls.rewind || !controls.paused; }
};

void Generation::put(const Now& now, Step step) {
    bool happened = step.kind == Step::Kind::played || step.kind == Step::Kind::opened;
    if (plan_.on_step && happened) plan_.on_step(now.stage.info(), step);
    steps_.put(std::move(step));
}

// One step on by the keys. False: it failed, and the play stands still.
bool Generation::advance(Now& now, std::stop_token stop) {
    now.pacer.step(Pacer::Clock::now());
    plan_.script.apply(now.played + 1, keys_);
    try {
        Step step = now.play.advance(keys_.take(), now.controls.direction, stop);
        if (stop.stop_requested()) return false;
        ++now.played;
        put(now, std::move(step));
        return true;
    } catch (const std::exception& error) {  // LibTorch throws its own, out of memory for one
        now.controls.paused = true;
        now.controls.rewind = false;
        failure_.put(error.what());
        return false;
    }
}

void Generation::obey(Now& now, const Command& command) {
    using enum Command::Kind;
    auto recall = [&](std::uint64_t position) { put(now, now.play.recall(position, now.controls.direction.film)); };
    auto open = [&](std::uint64_t seed) {
        now.seed = seed;
        put(now, now.play.open(seed, now.controls.direction));
        now.pacer.restart(Pacer::Clock::now());
    };
    switch (command.kind) {
        case step_once: break;  // the loop counts them
        case step_back: recall(now.play.cursor() > 0 ? now.play.cursor() - 1 : 0); break;
        case seek: recall(command.number); break;
        case restart: open(now.seed); break;
        case next_seed: open(now.seed + 1); break;
        case set_seed: open(command.number); break;
        case resync:
            if (auto step = now.play.resync(static_cast<int>(command.number))) put(now, std::move(*step));
            break;
        case save_state: now.play.save(command.file); break;
        case load_state: {
            Step step = now.play.load(command.file);
            now.seed = step.seed;
            put(now, std::move(step));
        }
    }
}

void Generation::play(std::stop_token stop, Stage& stage) {
    Now now{stage, {}};
    if (plan_.log) try {
            now.log = plan_.log(stage.info());
            now.play.set_listener([&log = *now.log](const LogEvent& event) { log.put(event); });
        } catch (const std::exception& error) {
            failure_.put(error.what());
        }
    std::optional<Controls> first;
    std::vector<Command> early;
    while (!first) {
        Inbox::Mail mail = inbox_.wait(stop, std::nullopt);
        if (stop.stop_requested()) return;
        first = mail.controls;
        early.insert(early.end(), mail.commands.begin(), mail.commands.end());
    }
    for (const Command& command : early) inbox_.put(command);
    now.adopt(*first);
    obey(now, {Command::Kind::set_seed, plan_.seed});
    while (plan_.frames == 0 || now.played < plan_.frames) {
        std::optional<Pacer::Clock::time_point> due = now.pacer.due();
        if (now.log) {
            if (!now.runs()) now.log->flush();  // nothing is to come for a while
            if (auto failure = now.log->take_failure()) failure_.put(*failure);
        }
        if (!now.runs()) due.reset();
        Inbox::Mail mail = inbox_.wait(stop, due);
        if (stop.stop_requested()) return;
        if (mail.controls) now.adopt(*mail.controls);
        int steps = 0;
        for (std::size_t i = 0; i < mail.commands.size(); ++i) {
            const Command& command = mail.commands[i];
            bool again = i + 1 < mail.commands.size() && mail.commands[i + 1].kind == command.kind;
            if (command.kind == Command::Kind::seek && again) continue;  // a drag of the bar: only where it is now counts
            if (command.kind == Command::Kind::step_once) {
                ++steps;
                continue;
            }
            if (command.kind != Command::Kind::save_state) steps = 0;  // those before it belong to where the play was
            try {
                obey(now, command);
            } catch (const std::exception& error) {
                failure_.put(error.what());
            }
        }
        if (now.runs() && Pacer::Clock::now() >= now.pacer.due()) {
            if (now.controls.rewind) {
                now.pacer.step(Pacer::Clock::now());
                if (now.play.cursor() > now.play.timeline().first()) obey(now, {Command::Kind::step_back});
            } else {
                ++steps;
            }
        }
        for (; steps > 0 && (plan_.frames == 0 || now.played < plan_.frames); --steps)
            if (!advance(now, stop)) break;
        if (stop.stop_requested()) return;
    }
}

}  // namespace drift
