// The log of a play: read back as it was written, whole up to where it was cut, and played again to the same bytes.
#include "session/log/session_log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "core/byte_stream.h"
#include "core/error.h"
#include "play_room.h"
#include "scratch_folder.h"
#include "session/log/log_writer.h"
#include "session/log/moment.h"
#include "session/log/replay.h"
#include "session/log/value_bytes.h"

namespace drift {
namespace {

std::vector<std::uint8_t> read_all(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {(std::istreambuf_iterator<char>(in)), {}};
}

// Everything that can happen to a play; says what came of each event.
std::vector<Frame> live(Play& play, const std::filesystem::path& state) {
    std::vector<Frame> frames;
    auto see = [&](const Step& step) { frames.push_back(step.main_lane().frame); };
    auto steps = [&](int count, const Direction& direction) {
        for (int i = 0; i < count; ++i) see(play.advance({i % 3 == 0 ? 1u << 1 : i % 5 == 0 ? 1u << 2 : 0}, direction));
    };
    see(play.open(7, lanes({1})));
    steps(40, lanes({1}));
    play.save(state);
    steps(20, lanes({1, 5}));
    see(play.recall(31));
    steps(20, lanes({2, 5, 0.5f}));
    see(*play.resync(1));
    see(play.load(state));
    Direction own = lanes({1, 1});
    own.own_noise = true;
    own.main = 1;
    steps(10, own);
    see(play.open(8, own));
    steps(5, own);
    return frames;
}

std::vector<std::uint8_t> logged(const ScratchFolder& folder, std::vector<Frame>* frames = nullptr) {
    PlayRoom room;
    auto file = folder / "a.driftlog";
    {
        LogWriter writer(file, room.stage.info());
        room.play.set_listener([&](const LogEvent& event, const Step& step) {
            writer.put(event);
            if (step.index == 5) writer.show(step.main_lane().frame);
        });
        auto made = live(room.play, folder / "state");
        if (frames) *frames = made;
        EXPECT_FALSE(writer.take_failure());
    }
    return read_all(file);
}

TEST(SessionLog, PlaysAgainToTheSameBytes) {
    ScratchFolder folder;
    std::vector<Frame> frames;
    logged(folder, &frames);
    SessionLog log = read_session_log(folder / "a.driftlog");
    EXPECT_TRUE(log.warning.empty()) << log.warning;
    ASSERT_EQ(log.events.size(), frames.size());
    EXPECT_EQ(log.picture, frames.back()) << "the last one: of step 5 after the second opening";
    PlayRoom room;
    EXPECT_EQ(log.header, header_of(room.stage.info()));
    check_replays(log.header, room.stage.info());
    std::vector<LogEvent> again;
    room.play.set_listener([&](const LogEvent& event, const Step&) { again.push_back(event); });
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        Step step = replay(room.play, log.events[i]);
        EXPECT_FALSE(difference(log.events[i], step)) << i;
        EXPECT_EQ(step.main_lane().frame, frames[i]) << i;
        EXPECT_EQ(again[i].kind, log.events[i].kind);
        EXPECT_EQ(again[i].moment, log.events[i].moment);
        EXPECT_EQ(*again[i].direction, *log.events[i].direction);
    }
}

TEST(SessionLog, TellsTheFirstLaneThatDiffers) {
    PlayRoom room;
    std::vector<LogEvent> events;
    room.play.set_listener([&](const LogEvent& event, const Step&) { events.push_back(event); });
    room.play.open(1, lanes({1, 2}));
    room.play.advance({}, lanes({1, 2}));
    PlayRoom other;
    EXPECT_FALSE(difference(events[0], replay(other.play, events[0])));
    Step step = replay(other.play, events[1], {}, lanes({1, 3}));
    auto found = difference(events[1], step);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->lane, 1);
    EXPECT_FALSE(found->truth);
    step.truth.rgb[0] ^= 1;
    step.lanes[1].frame = step.lanes[0].frame;
    events[1].hashes[1] = events[1].hashes[0];
    step.lanes[1].frame = step.lanes[0].frame;
    found = difference(events[1], step);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->truth);
}

TEST(SessionLog, CutAnywhereItGivesWhatIsWhole) {
    ScratchFolder folder;
    auto bytes = logged(folder);
    std::size_t whole = session_log_of_bytes(bytes).events.size(), last = 0;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        std::span<const std::uint8_t> cut(bytes.data(), size);
        try {
            SessionLog log = session_log_of_bytes(cut);
            EXPECT_GE(log.events.size(), last);
            EXPECT_TRUE(log.events.size() == whole || !log.warning.empty() || log.events.size() < whole);
            last = log.events.size();
        } catch (const Error&) {
            EXPECT_EQ(last, 0u) << size;  // only before the header's end
        }
    }
    EXPECT_EQ(last, whole);
    EXPECT_GT(whole, 90u);
}

TEST(SessionLog, AnotherVersionKindOrWorldIsRefusedInWords) {
    ScratchFolder folder;
    auto bytes = logged(folder);
    auto said = [](auto&& act) -> std::string {
        try {
            act();
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    auto newer = bytes;
    newer[8] = 9;
    EXPECT_NE(said([&] { session_log_of_bytes(newer); }).find("version 2 to 6, found version 9"), std::string::npos);
    EXPECT_NE(said([&] {
                  session_log_of_bytes(std::vector<std::uint8_t>{1, 2, 3});
              }).find("another kind"),
              std::string::npos);
    EXPECT_NE(said([&] { read_session_log(folder.path()); }).find("no file"), std::string::npos);
    LogHeader header = session_log_of_bytes(bytes).header;
    PlayRoom room;
    EXPECT_EQ(other_maker(header, room.stage.info()), "");
    for (auto& [what, value] : header.maker)
        if (what == "device") value = "a stone";
    EXPECT_EQ(other_maker(header, room.stage.info()), "device: a stone then, CPU now");
    header.game = "rover";
    EXPECT_NE(said([&] { check_replays(header, room.stage.info()); }).find("another game"), std::string::npos);
    header.game.clear();
    EXPECT_NO_THROW(check_replays(header, room.stage.info())) << "its world had no real game when it was logged";
    header.weights_hash = "1";
    EXPECT_NE(said([&] { check_replays(header, room.stage.info()); }).find("found one of bricks with others (1"),
              std::string::npos);
}

TEST(SessionLog, SaysHowManyFramesAnOpeningHasSinceVersion6) {
    PlayRoom room;
    LogHeader header = header_of(room.stage.info());
    EXPECT_EQ(header.context, room.stage.info().context_frames);
    header.context = 9;
    auto bytes = LogChunks::begin(header);
    EXPECT_EQ(session_log_of_bytes(bytes).header, header);
    bytes[8] = 5;
    EXPECT_EQ(session_log_of_bytes(bytes).header.context, 4);
}

TEST(SessionLog, ActionsOfVersion3HadHalfAsManyBits) {
    PlayRoom room;
    auto bytes = LogChunks::begin(header_of(room.stage.info()));
    bytes[8] = 3;
    ByteWriter event;
    event.put<std::uint8_t>(2), event.put<std::uint8_t>(1);  // played, in another direction than before
    put(event, lanes({1}));
    event.put<std::uint32_t>(1u << 31), event.put<std::int16_t>(-3), event.put<std::int16_t>(4);
    event.put<std::uint64_t>(0);  // hashes
    const auto chunk = log_chunk('E', event.bytes);
    bytes.insert(bytes.end(), chunk.begin(), chunk.end());
    const SessionLog log = session_log_of_bytes(bytes);
    EXPECT_EQ(log.warning, "");
    ASSERT_EQ(log.events.size(), 1u);
    EXPECT_EQ(log.events[0].action, (Action{std::uint64_t{1} << 31, -3, 4}));
}

TEST(SessionLog, APictureOfAnotherSizeThanItSaysIsDamage) {
    const auto begin = LogChunks::begin(header_of(PlayRoom().stage.info()));
    for (const auto& [width, height, bytes] : {std::tuple{2, 3, 18}, {2, 3, 17}, {2, 3, 19}, {65535, 65535, 4}}) {
        ByteWriter content;
        content.put(static_cast<std::uint16_t>(width)), content.put(static_cast<std::uint16_t>(height));
        for (int i = 0; i < bytes; ++i) content.put(static_cast<std::uint8_t>(i));
        ByteWriter all;
        all.put_bytes(begin), all.put_bytes(log_chunk('P', content.bytes));
        const SessionLog log = session_log_of_bytes(all.bytes);
        EXPECT_EQ(log.warning.empty(), bytes == 18) << log.warning;
        EXPECT_EQ(log.picture.empty(), bytes != 18);
    }
}

// Bytes at random, chunks swapped, lengths and sums repaired: an error or a log, never a crash.
TEST(SessionLog, DamagedBytesNeverCrash) {
    ScratchFolder folder;
    auto good = logged(folder);
    std::mt19937 random(1);
    int read = 0, refused = 0;
    for (int round = 0; round < 20000; ++round) {
        auto bytes = good;
        for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
            bytes[random() % (round % 2 ? bytes.size() : 64)] = static_cast<std::uint8_t>(random());
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        try {
            read += session_log_of_bytes(bytes).events.size() > 0;
        } catch (const Error&) {
            ++refused;
        }
    }
    EXPECT_GT(read, 100);
    EXPECT_GT(refused, 100);
}

// The same behind sums that are right, where the damage reaches the reader of events.
TEST(SessionLog, DamagedEventsBehindRightSumsNeverCrash) {
    ScratchFolder folder;
    auto good = logged(folder);
    ByteReader in(std::span<const std::uint8_t>(good).subspan(12));  // behind magic and version
    std::vector<std::pair<char, std::vector<std::uint8_t>>> chunks;
    while (!in.empty()) {
        char kind = in.get<char>();
        auto size = in.get<std::uint32_t>();
        in.get<std::uint64_t>();
        chunks.emplace_back(kind, decompressed(in.take(size), 1 << 28));
    }
    ASSERT_GT(chunks.size(), 3u);
    std::mt19937 random(2);
    int whole = 0, cut = 0, refused = 0;
    for (int round = 0; round < 3000; ++round) {
        auto& [kind, content] = chunks[random() % 2 ? 0 : random() % chunks.size()];
        const auto kept = content;
        for (unsigned flips = 1 + random() % 3; flips > 0; --flips) {
            auto at = random() % (round % 2 ? std::min<std::size_t>(content.size(), 200) : content.size());
            content[at] =
                random() % 3 ? static_cast<std::uint8_t>(random()) : static_cast<std::uint8_t>(random() % 2 ? 0xff : 0);
        }
        if (random() % 8 == 0) content.resize(random() % content.size());
        std::vector<std::uint8_t> bytes(good.begin(), good.begin() + 12);
        for (const auto& [each, inside] : chunks) {
            auto made = log_chunk(each, inside);
            bytes.insert(bytes.end(), made.begin(), made.end());
        }
        try {
            (session_log_of_bytes(bytes).warning.empty() ? whole : cut) += 1;
        } catch (const Error&) {
            ++refused;
        }
        content = kept;
    }
    EXPECT_GT(whole, 50);
    EXPECT_GT(cut, 50);
    EXPECT_GT(refused, 50);
}

}  // namespace
}  // namespace drift
