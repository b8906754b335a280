#include "session/generation.h"

#include <exception>
#include <utility>

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

void Generation::play(std::stop_token stop, Stage& stage) {
    std::optional<Controls> first;
    std::vector<Command> early;
    while (!first) {
        Inbox::Mail mail = inbox_.wait(stop, std::nullopt);
        if (stop.stop_requested()) return;
        first = mail.controls;
        early.insert(early.end(), mail.commands.begin(), mail.commands.end());
    }
    for (const Command& command : early) inbox_.put(command);
    Controls controls = *first;
    std::uint64_t seed = plan_.seed, played = 0;
    Pacer pacer;
    auto put = [&](Step step) {
        if (plan_.on_step) plan_.on_step(stage.info(), step);
        steps_.put(std::move(step));
    };
    auto open = [&] {
        put(stage.open(seed, controls.settings));
        pacer.restart(Pacer::Clock::now());
    };
    auto adopt = [&](const Controls& next) {
        if (controls.paused && !next.paused) pacer.restart(Pacer::Clock::now());
        controls = next;
        controls.settings = clamped(controls.settings);
        pacer.set_rate(controls.speed * stage.info().rate);
    };
    adopt(controls);
    open();
    while (plan_.frames == 0 || played < plan_.frames) {
        std::optional<Pacer::Clock::time_point> due = pacer.due();
        if (controls.paused) due.reset();
        Inbox::Mail mail = inbox_.wait(stop, due);
        if (stop.stop_requested()) return;
        if (mail.controls) adopt(*mail.controls);
        int steps = !controls.paused && Pacer::Clock::now() >= pacer.due() ? 1 : 0;
        for (const Command& command : mail.commands) {
            if (command.kind == Command::Kind::step_once) {
                ++steps;
                continue;
            }
            if (command.kind == Command::Kind::next_seed) ++seed;
            if (command.kind == Command::Kind::set_seed) seed = command.seed;
            steps = 0;  // those before it belong to the episode that ends here
            open();
        }
        for (; steps > 0 && (plan_.frames == 0 || played < plan_.frames); --steps) {
            pacer.step(Pacer::Clock::now());
            plan_.script.apply(played + 1, keys_);
            Step step;
            try {
                step = stage.step(keys_.take(), controls.settings, stop);
            } catch (const std::exception& error) {  // LibTorch throws its own, out of memory for one
                controls.paused = true;
                failure_.put(error.what());
                break;
            }
            if (stop.stop_requested()) return;
            ++played;
            put(std::move(step));
        }
    }
}

}  // namespace drift
