// Which build made a session: logs and states carry it, and "the same build" means it.
#include "core/version.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "play_room.h"
#include "scratch_folder.h"
#include "session/log/replay.h"
#include "session/log/state_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

WorldInfo some_world() {
    WorldInfo world;
    world.name = "w", world.weights_hash = "h", world.device = "CPU", world.library = "none";
    return world;
}

TEST(Version, NamesTheVersionAndTheCommit) {
    EXPECT_TRUE(std::regex_match(build_name(), std::regex("[0-9.]+ \\(([0-9a-f]+(-dirty)?|unknown)\\)")))
        << build_name();
}

TEST(Version, TheSameBuildMeansIt) {
    LogHeader log = header_of(some_world());
    ASSERT_EQ(log.maker.front().first, "driftscope");
    EXPECT_EQ(log.maker.front().second, build_name());
    EXPECT_EQ(other_maker(log, some_world()), "");
    log.maker.front().second = "0.0 (0123456)";
    EXPECT_EQ(other_maker(log, some_world()), "driftscope: 0.0 (0123456) then, " + build_name() + " now");
    log.maker.erase(log.maker.begin());  // as logs were before
    EXPECT_EQ(other_maker(log, some_world()), "driftscope: unknown then, " + build_name() + " now");
}

TEST(Version, StatesCarryItAndOlderOnesAreRead) {
    ScratchFolder scratch;
    const fs::path file = scratch / "states" / "1.state";
    PlayRoom room;
    room.play.open(7, lanes({1}));
    room.play.advance({}, lanes({1}));
    const Moment moment = room.play.timeline().at(room.play.cursor());
    write_state(file, some_world(), moment);
    std::ifstream in(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    ASSERT_TRUE(bytes.ends_with(build_name()));
    EXPECT_EQ(to_bytes(read_state(file, some_world())), to_bytes(moment));
    fs::resize_file(file, bytes.size() - build_name().size() - sizeof(std::uint64_t));
    EXPECT_EQ(to_bytes(read_state(file, some_world())), to_bytes(moment));
}

}  // namespace
}  // namespace drift
