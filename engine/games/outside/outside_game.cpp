#include "games/outside/outside_game.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/byte_stream.h"
#include "core/error.h"

namespace drift {
namespace {

using outside::message;

template <class T>
std::vector<std::uint8_t> bytes_of(T value) {
    ByteWriter out;
    out.put(value);
    return std::move(out.bytes);
}

// How a state of ours begins: whose it is.
enum : std::uint8_t { of_the_game = 1, replayed = 2 };

}  // namespace

OutsideGame::OutsideGame(OutsideProgram program, OutsidePatience patience)
    : program_(std::move(program)), patience_(patience) {
    start();
    const auto body = ask("HELO", bytes_of(outside::protocol_version), "HELO", patience_.first);
    try {
        hello_ = outside::read_hello(body);
    } catch (const Error& error) {
        throw Error("game " + printable(program_.name) + ": " + error.what());
    }
    hello_.info.name = program_.name;  // it is called what it was asked for
    known_ = atari_probe(program_.name, hello_.info.width, hello_.info.height);
    if (known_ && known_->objects != hello_.info.objects) known_ = nullptr;
    if (known_) hello_.info.counts = known_->counts, hello_.info.tolerance = 2;
    reset(0);
}

OutsideGame::~OutsideGame() {
    if (!child_) return;
    try {
        child_->write(message("BYE_"), outside::Duration(20));
        std::uint8_t none[1];
        child_->read(none, outside::Duration(200));  // until it closes its end: it may have to clear up
    } catch (const Error&) {
        // it has ended, or is ended all the same
    }
}

void OutsideGame::start() const {
    try {
        child_ = std::make_unique<outside::Child>(program_.command);
    } catch (const Error& error) {
        throw Error("game " + printable(program_.name) + ": " + error.what());
    }
}

std::optional<pid_t> OutsideGame::process() const { return child_ ? std::optional(child_->process()) : std::nullopt; }

std::vector<std::uint8_t> OutsideGame::ask(std::string_view kind, std::span<const std::uint8_t> body,
                                           std::string_view answer, outside::Duration within) const {
    if (!child_) throw Error("game " + printable(program_.name) + ": it does not run any more");
    try {
        std::uint8_t bytes[outside::head_size];
        try {
            child_->write(message(kind, body), within);
        } catch (const Error&) {
            if (kind != "HELO")
                throw;  // one that could not begin said why before it ended, and did not wait to be asked
        }
        child_->read(bytes, within);
        const auto head = outside::read_head(bytes);
        const bool failed = head.kind == "FAIL";
        if (head.kind != answer && !failed)
            throw Error("expected the answer " + std::string(answer) + " to " + std::string(kind) + ", found " +
                        printable(head.kind));
        if (answer == "FRAM" && !failed) outside::expect_shown_size(hello_.info, head.length);
        std::vector<std::uint8_t> said(head.length);
        child_->read(said, within);
        if (failed) throw Error(outside::read_failure(said));
        return said;
    } catch (const Error& error) {
        child_.reset();
        throw Error("game " + printable(program_.name) + ": " + error.what());
    }
}

void OutsideGame::show(std::string_view kind, std::span<const std::uint8_t> body) {
    if (kind != "STEP" && child_ && !child_->runs()) child_.reset();  // nobody has asked it since it ended
    if (!child_) {
        start();
        ask("HELO", bytes_of(outside::protocol_version), "HELO", patience_.first);
    }
    auto shown = outside::read_shown(ask(kind, body, "FRAM", patience_.later), hello_.info);
    before_ = known_ && kind == "STEP" ? seen_.objects[known_->controlled] : std::nullopt;
    if (const auto& before = shown_.outcome.lives; kind == "STEP" && before && shown.outcome.lives)
        shown.outcome.life_lost = *shown.outcome.lives < *before;
    shown_ = std::move(shown);
    if (known_) seen_ = known_->find(shown_.frame);
}

void OutsideGame::reset(std::uint64_t seed) {
    show("RSET", bytes_of(seed));
    seed_ = seed;
    taken_.clear();
}

void OutsideGame::step(ActionCode action) {
    if (action < 0 || action >= hello_.info.actions.size())
        throw Error("game " + printable(program_.name) + ": expected an action from 0 to " +
                    std::to_string(hello_.info.actions.size() - 1) + ", found " + std::to_string(action));
    if (!child_)
        throw Error("game " + printable(program_.name) +
                    ": it does not run any more");  // it would begin anew elsewhere
    show("STEP", bytes_of(static_cast<std::uint32_t>(action)));
    if (!hello_.saves) taken_.push_back(static_cast<std::uint16_t>(action));
}

Probe OutsideGame::probe(const Frame& picture) const { return known_ ? known_->find(picture) : Probe{}; }

// Places as the game says them, the rest as its picture shows it.
Probe OutsideGame::probe() const {
    Probe truth = shown_.probe;
    truth.counts = seen_.counts;
    return truth;
}

// Controls answer late, and in their own way: so it is the real game that says what obeying is. Its pictures say it, not its memory: they show
// the last two of the emulator's in one, which smears what moves.
std::optional<bool> OutsideGame::obeyed(const Probe& before, ActionCode, const Probe& after) const {
    if (!known_ || !before_) return std::nullopt;
    const auto &real = seen_.objects[known_->controlled], &was = before.objects[known_->controlled],
               &is = after.objects[known_->controlled];
    if (!real || !was || !is) return std::nullopt;
    auto alike = [](float dreamed, float truly) { return std::abs(dreamed - truly) <= 1.5f; };
    return alike(is->x - was->x, real->x - before_->x) && alike(is->y - was->y, real->y - before_->y);
}

std::optional<ActionCode> OutsideGame::expert_action() const {
    const int action = known_ ? hello_.info.actions.find(known_->play(shown_.probe)) : -1;
    return action < 0 ? std::nullopt : std::optional(action);
}

std::vector<std::uint8_t> OutsideGame::save() const {
    ByteWriter out;
    if (hello_.saves) {
        out.put<std::uint8_t>(of_the_game);
        out.put_bytes(ask("SAVE", {}, "STAT", patience_.later));
    } else {
        out.put<std::uint8_t>(replayed);
        out.put(seed_);
        out.put_bytes({reinterpret_cast<const std::uint8_t*>(taken_.data()), taken_.size() * sizeof taken_.front()});
    }
    return std::move(out.bytes);
}

void OutsideGame::load(std::span<const std::uint8_t> state) {
    const bool own = !state.empty() && state.front() == of_the_game,
               again = !state.empty() && state.front() == replayed && state.size() % 2 == 1 && state.size() >= 9;
    if (own != hello_.saves || (!own && !again))
        throw Error("game " + printable(program_.name) + ": expected a state of this game, found " +
                    std::to_string(state.size()) + " other bytes");
    if (own) return show("LOAD", state.subspan(1));
    std::uint64_t seed;
    std::memcpy(&seed, state.data() + 1, sizeof seed);
    std::vector<std::uint16_t> actions((state.size() - 9) / 2);
    if (!actions.empty()) std::memcpy(actions.data(), state.data() + 9, state.size() - 9);
    const bool goes_on = child_ && seed == seed_ && taken_.size() <= actions.size() &&
                         std::equal(taken_.begin(), taken_.end(), actions.begin());
    if (!goes_on) reset(seed);
    for (std::size_t i = taken_.size(); i < actions.size(); ++i) step(actions[i]);
}

}  // namespace drift
