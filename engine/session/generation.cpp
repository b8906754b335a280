#include "session/generation.h"

#include <utility>

#include "session/failure.h"
#include "session/performance.h"

namespace drift {

Generation::Generation(Plan plan) : plan_(std::move(plan)) {
    keys_.set_changed([this] {
        ahead_.drop();
        inbox_.wake();
    });
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

void Generation::set_controls(const Controls& controls) {
    inbox_.put(controls, seen_);
    ahead_.drop();
}

void Generation::send(const Command& command) {
    if (command.kind == Command::Kind::open_world) outbox_.expect_world();
    inbox_.put(command, seen_);
    ahead_.drop();
}

Delivery Generation::take() {
    Delivery all = outbox_.take();
    if (all.world) seen_ = all.world->number;
    return all;
}

void Generation::finish() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

namespace {

Standing standing_of(const Performance& performance) {
    return {performance.recording(), performance.watch_state(), performance.cast(), performance.fan(),
            performance.saved_past()};
}

}  // namespace

// What the loop below knows between two looks into the inbox.
struct Generation::Now {
    Stage& stage;
    Performance performance;
    Pacer pacer{};
    std::optional<std::filesystem::path> wish{};  // for another world
    Loaded next{};

    const Controls& controls() const { return performance.controls(); }
    void adopt(Controls next) {
        if ((controls().paused && !next.paused) || controls().rewind != next.rewind) pacer.restart(Pacer::Clock::now());
        for (LanePlan& lane : next.direction.lanes) lane.settings = clamped(lane.settings);
        pacer.set_rate(next.rewind ? 2.0 * stage.info().rate : next.speed * stage.info().rate);
        performance.direct(next);
    }
    void stand_still() {
        Controls still = controls();
        still.paused = true;
        still.rewind = false;
        performance.direct(still);
    }
    bool runs() const {
        return (controls().rewind || (!controls().paused && !performance.at_end())) && !performance.busy();
    }
};

// False: it failed, and the play stands still.
template <class Work>
bool Generation::attempt(Now& now, Work work) {
    try {
        return work();
    } catch (...) {
        now.stand_still();
        outbox_.fail(caught_sentence());
        return false;
    }
}

// One step on by the keys, or along a session. False: there is none, or it failed and the play stands still.
bool Generation::advance(Now& now, std::stop_token stop) {
    now.pacer.step(Pacer::Clock::now());
    bool live = !now.performance.watching();
    if (live) plan_.script.apply(played_ + 1, keys_);
    Action action = keys_.take();                          // what is pressed while one watches is nobody's
    if (!live || now.controls().policy) keys_.answered();  // so no picture answers it
    if (!attempt(now, [&] { return now.performance.advance(live ? action : Action{}, stop); })) return false;
    ++played_;
    return true;
}

// The time until the next step is due is used: it is imagined for the keys that are held, and anew if these change before. What is pressed later
// counts for the step after it, so a slow network hears keys until the step is due, and not only when it begins. False: what was
// begun is not true any more. Motion of a mouse never stands still, so worlds with one do without.
bool Generation::look_ahead(Now& now, std::stop_token stop) {
    const Pacer::Clock::time_point due = now.pacer.due();
    if (!now.controls().look_ahead || !now.runs() || now.controls().rewind || now.performance.watching() ||
        now.stage.info().actions.mouse() || Pacer::Clock::now() >= due)
        return true;
    plan_.script.apply(played_ + 1, keys_);
    const std::stop_token dropped = ahead_.begin();
    if (!inbox_.empty()) return true;
    const Action action = keys_.propose(due);
    if (now.performance.ready(action)) return true;
    std::stop_callback end(stop, [this] { ahead_.drop(); });
    attempt(now, [&] { return now.performance.look_ahead(action, dropped), true; });
    return !dropped.stop_requested();
}

// Returns how many single steps were asked for at last.
int Generation::obey(Now& now, const std::vector<Command>& commands) {
    using enum Command::Kind;
    int steps = 0;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Command& command = commands[i];
        bool again = i + 1 < commands.size() && commands[i + 1].kind == command.kind;
        if (command.kind == seek_to && again) continue;  // a drag of the bar: only where it is now counts
        if (command.kind == open_world) {
            if (now.wish) outbox_.expect_world(-1);  // the newest counts
            now.wish = command.file;
            continue;
        }
        if (command.kind == step_once) {
            ++steps;
            continue;
        }
        bool beside = beside_the_play(command.kind);
        if (!beside) steps = 0;  // those before it belong to where the play was
        try {
            now.performance.obey(command);
            if (command.kind == restart || command.kind == next_seed || command.kind == set_seed ||
                command.kind == watch_session)
                now.pacer.restart(Pacer::Clock::now());
        } catch (...) {
            bool goes_on = beside || command.kind == load_state || command.kind == return_to_left ||
                           command.kind == watch_session ||
                           command.kind == restart_truth;  // a file that cannot be read has changed nothing
            goes_on ? outbox_.warn(caught_sentence()) : outbox_.fail(caught_sentence());
        }
    }
    return steps;
}

// What was asked of the play while the next world was loading, and all that is written down of it, to its end.
void Generation::leave(Now& now) {
    using enum Command::Kind;
    std::vector<Command> rest = inbox_.begin(++number_);
    std::erase_if(rest,
                  [](const Command& command) { return command.kind != save_state && command.kind != record_past; });
    obey(now, rest);
    now.performance.scribe().stop_recording();
    stand(now);
}

void Generation::stand(Now& now) { outbox_.put(standing_of(now.performance)); }

// The first controls, and the opening. False: a stop was asked, or it cannot be made and nobody can ask for another.
bool Generation::begin(Now& now, std::stop_token stop) {
    std::optional<Controls> first;
    std::vector<Command> early;
    while (!first) {
        Inbox::Mail mail = inbox_.wait(stop, std::nullopt);
        if (stop.stop_requested()) return false;
        first = mail.controls;
        early.insert(early.end(), mail.commands.begin(), mail.commands.end());
    }
    for (const Command& command : early) inbox_.put(command, number_);
    now.adopt(*first);
    bool opened = attempt(now, [&] { return now.performance.obey({Command::Kind::set_seed, plan_.seed}), true; });
    now.pacer.restart(Pacer::Clock::now());
    return opened || plan_.wait_for_another;
}

// Waits for what is due or asked, and does it. False: the play ends here.
bool Generation::turn(Now& now, std::stop_token stop) {
    std::optional<Pacer::Clock::time_point> due = now.pacer.due();
    now.performance.scribe().look();
    stand(now);
    keys_.stand_still(!now.runs() || now.controls().rewind || now.performance.watching());
    if (now.performance.busy()) due = Pacer::Clock::now();
    else if (!now.runs()) {
        now.performance.scribe().rest();  // nothing is to come for a while
        due.reset();
        if (now.performance.scribe().recording().waiting > 0)
            due = Pacer::Clock::now() + std::chrono::milliseconds(200);  // to say how far it is
    }
    if (!look_ahead(now, stop)) return !stop.stop_requested();
    Inbox::Mail mail = inbox_.wait(stop, due);
    if (stop.stop_requested()) return false;
    if (mail.controls) now.adopt(*mail.controls);
    int steps = obey(now, mail.commands);
    if (auto wish = std::exchange(now.wish, std::nullopt)) {
        now.performance.scribe().rest();  // it may take a while
        now.next = load(*wish, true);
        if (stop.stop_requested()) return false;
        if (now.next.stage) {
            attempt(now, [&] {
                return leave(now), true;
            });  // the next world is there, whatever comes of the end of this one
            return false;
        }
        now.pacer.restart(Pacer::Clock::now());
    }
    if (now.performance.busy()) now.performance.work(stop);
    if (now.runs() && Pacer::Clock::now() >= now.pacer.due()) {
        if (now.controls().rewind) {
            now.pacer.step(Pacer::Clock::now());
            if (now.performance.can_rewind()) now.performance.obey({Command::Kind::step_back});
        } else {
            ++steps;
        }
    }
    for (; steps > 0 && (plan_.frames == 0 || played_ < plan_.frames); --steps)
        if (!advance(now, stop)) return plan_.frames == 0 && !stop.stop_requested();
    return !stop.stop_requested();
}

// Until it ends, or another world is there: that one.
Generation::Loaded Generation::play(std::stop_token stop, Loaded loaded) {
    Stage& stage = *loaded.stage;
    outbox_.put(OpenedWorld{stage.info(), loaded.file, number_, stage.opening_frames()});
    const Performance* performing = nullptr;
    auto put = [&](Step step) {
        bool happened = step.kind == Step::Kind::played || step.kind == Step::Kind::opened;
        if (plan_.on_step && happened) plan_.on_step(stage.info(), step);
        auto answers = step.kind == Step::Kind::played ? keys_.answered() : std::nullopt;
        outbox_.put(std::move(step), standing_of(*performing), answers);
        if (plan_.wake) plan_.wake();
    };
    Now now{stage,
            Performance(stage, plan_.around, put, [&](std::string sentence) { outbox_.warn(std::move(sentence)); })};
    performing = &now.performance;
    if (!begin(now, stop)) return {};
    while (plan_.frames == 0 || played_ < plan_.frames) {
        bool went = true;  // where something fails the play stands still, and goes on to wait for what is asked
        attempt(now, [&] { return went = turn(now, stop); });
        if (!went) return std::move(now.next);
    }
    return {};
}

}  // namespace drift
