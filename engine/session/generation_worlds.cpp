// Which world the generation thread plays: the first, and each that is asked for.
#include <utility>

#include "core/error.h"
#include "session/failure.h"
#include "session/generation.h"

namespace drift {

// Whatever a world does, the thread lives: another one can be opened.
void Generation::run(std::stop_token stop) {
    Loaded world = load({}, false);
    if (!world.stage && plan_.wait_for_another) world = another(stop);
    while (world.stage && !stop.stop_requested()) {
        try {
            world = play(stop, std::move(world));
        } catch (...) {
            outbox_.fail(caught_sentence());
            inbox_.begin(++number_);
            world = plan_.wait_for_another ? another(stop) : Loaded{};
        }
    }
    outbox_.finish();
}

// A world that does not open is a sentence and nothing else: what plays goes on. So is one whose opening cannot be made.
Generation::Loaded Generation::load(const std::filesystem::path& file, bool another_plays) {
    std::string why;
    try {
        std::unique_ptr<Stage> stage = plan_.open(file);
        KeyScript script = plan_.script;  // the one before stays bound where this world lacks a key
        script.bind(stage->info().actions);
        stage->rehearse(plan_.seed);
        plan_.script = std::move(script);
        keys_.begin(stage->info().actions);
        return {std::move(stage), file};
    } catch (const Error& error) {
        why = error.what();
    } catch (...) {
        why = Error(file, "the world cannot be opened: " + caught_sentence()).what();
    }
    outbox_.refuse(std::move(why), another_plays);
    return {nullptr, file};
}

// Until one opens: there is none to go back to.
Generation::Loaded Generation::another(std::stop_token stop) {
    while (true) {
        Inbox::Mail mail = inbox_.wait(stop, std::nullopt);
        if (stop.stop_requested()) return {};
        std::erase_if(mail.commands, [](const Command& command) { return command.kind != Command::Kind::open_world; });
        if (mail.commands.empty()) continue;
        outbox_.expect_world(1 - static_cast<int>(mail.commands.size()));  // the newest counts
        if (Loaded world = load(mail.commands.back().file, false); world.stage) return world;
    }
}

}  // namespace drift
