// A log as it is written: never over another file, and whole up to where a disk was full.
#include "session/log/log_writer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <optional>
#include <string>

#include "core/error.h"
#include "play_room.h"
#include "scratch_folder.h"

namespace drift {
namespace {

TEST(LogWriter, NeverWritesOverAFile) {
    PlayRoom room;
    ScratchFolder folder;
    auto file = folder / "log";
    { LogWriter first(file, room.stage.info()); }
    EXPECT_THROW(LogWriter(file, room.stage.info()), Error);
    EXPECT_THROW(LogWriter("/proc/none/log", room.stage.info()), Error);
}

// A limit of the file's size stands for a disk that is full.
TEST(LogWriter, AFullDiskEndsTheLogAndIsSaid) {
    PlayRoom room;
    ScratchFolder folder;
    auto file = folder / "log";
    rlimit before{}, small{};
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 3000;
    auto handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    std::optional<std::string> failure;
    {
        LogWriter writer(file, room.stage.info());
        room.play.set_listener([&](const LogEvent& event, const Step&) { writer.put(event); });
        room.play.open(1, lanes({1}));
        for (int i = 0; i < 400; ++i) room.play.advance({}, lanes({1}));
        writer.close();
        failure = writer.take_failure();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    ASSERT_TRUE(failure);
    EXPECT_NE(failure->find("has ended"), std::string::npos);
    SessionLog log = read_session_log(file);
    EXPECT_TRUE(log.warning.empty()) << log.warning;
    EXPECT_GT(log.events.size(), 20u);
    EXPECT_LT(log.events.size(), 400u);
}

}  // namespace
}  // namespace drift
