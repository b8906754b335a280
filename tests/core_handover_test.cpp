// What crosses between threads: the newest value, every value, and keys.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#include "core/latest.h"
#include "core/queue.h"
#include "session/key_latch.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

TEST(Latest, GivesTheNewestOnce) {
    Latest<int> latest;
    EXPECT_FALSE(latest.take());
    latest.put(1);
    latest.put(2);
    EXPECT_EQ(latest.take(), 2);
    EXPECT_FALSE(latest.take());
}

TEST(Latest, TakesWhatCanOnlyBeMoved) {
    Latest<std::unique_ptr<int>> latest;
    latest.put(std::make_unique<int>(5));
    auto taken = latest.take();
    ASSERT_TRUE(taken && *taken);
    EXPECT_EQ(**taken, 5);
}

TEST(Latest, NeverGoesBackAndEndsWithTheLast) {
    Latest<std::vector<int>> latest;  // a vector of equal numbers: a torn hand-over would show
    constexpr int last = 20000;
    std::jthread writer([&] {
        for (int i = 1; i <= last; ++i) latest.put(std::vector<int>(16, i));
    });
    int newest = 0;
    while (newest < last) {
        auto value = latest.take();
        if (!value) continue;
        ASSERT_EQ(value->size(), 16u);
        ASSERT_TRUE(std::all_of(value->begin(), value->end(), [&](int v) { return v == value->front(); }));
        ASSERT_GT(value->front(), newest);
        newest = value->front();
    }
}

TEST(Queue, KeepsOrderAndDrainsAtOnce) {
    Queue<int> queue;
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(queue.push(i));
    EXPECT_EQ(queue.pop(), 0);
    EXPECT_EQ(queue.drain(), (std::vector<int>{1, 2, 3, 4}));
    EXPECT_TRUE(queue.drain().empty());
}

TEST(Queue, AfterClosingGivesWhatIsLeftAndTakesNothing) {
    Queue<int> queue;
    queue.push(1);
    queue.close();
    EXPECT_FALSE(queue.push(2));
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_FALSE(queue.pop());
    queue.close();
    EXPECT_FALSE(queue.pop());
}

TEST(Queue, LosesAndDoublesNothingBetweenThreads) {
    constexpr int senders = 3, each = 4000;
    Queue<int> queue(7);
    std::vector<std::vector<int>> received(2);
    std::vector<std::jthread> receivers;
    for (auto& values : received)
        receivers.emplace_back([&] {
            while (auto value = queue.pop()) values.push_back(*value);
        });
    {
        std::vector<std::jthread> threads;
        for (int s = 0; s < senders; ++s)
            threads.emplace_back([&, s] {
                for (int i = 0; i < each; ++i) EXPECT_TRUE(queue.push(s * each + i));
            });
    }
    queue.close();
    receivers.clear();
    std::vector<int> all;
    for (const auto& values : received) {
        std::vector<int> newest(senders, -1);
        for (int value : values) {
            EXPECT_GT(value, newest[static_cast<std::size_t>(value / each)])
                << "one sender's values came in another order";
            newest[static_cast<std::size_t>(value / each)] = value;
        }
        all.insert(all.end(), values.begin(), values.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<int> expected(senders * each);
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(all, expected);
}

TEST(Queue, AFullOneMakesTheSenderWait) {
    Queue<int> queue(2);
    std::atomic<int> sent = 0;
    std::jthread sender([&] {
        for (int i = 0; i < 4; ++i) {
            queue.push(i);
            ++sent;
        }
    });
    while (sent < 2) std::this_thread::yield();
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(sent, 2);
    EXPECT_EQ(queue.pop(), 0);
    while (sent < 3) std::this_thread::yield();
    EXPECT_EQ(queue.drain().size(), 2u);  // draining makes room too
    while (sent < 4) std::this_thread::yield();
}

TEST(Queue, ClosingWakesBothSides) {
    Queue<int> full(1), empty;
    full.push(0);
    std::atomic<bool> pushed = true, popped = true;
    std::jthread sender([&] { pushed = full.push(1); });
    std::jthread receiver([&] { popped = empty.pop().has_value(); });
    std::this_thread::sleep_for(10ms);
    full.close();
    empty.close();
    sender.join();
    receiver.join();
    EXPECT_FALSE(pushed);
    EXPECT_FALSE(popped);
}

TEST(KeyLatch, ATapBetweenTwoStepsLandsInExactlyOne) {
    KeyLatch latch;
    EXPECT_EQ(latch.take(), Action{});
    latch.press(2);
    latch.release(2);
    EXPECT_EQ(latch.take(), Action{4});
    EXPECT_EQ(latch.take(), Action{});
}

TEST(KeyLatch, AHeldKeyLastsUntilItIsLetGo) {
    KeyLatch latch;
    latch.press(1);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(latch.take(), Action{2});
    latch.release(1);
    EXPECT_EQ(latch.take(), Action{});
}

TEST(KeyLatch, ATapComesBeforeWhatIsHeld) {
    KeyLatch latch;
    latch.press(1);
    latch.take();
    latch.press(3);
    latch.release(3);
    EXPECT_EQ(latch.take(), Action{8});
    EXPECT_EQ(latch.take(), Action{2});
}

TEST(KeyLatch, KeyRepeatAddsNoStep) {
    KeyLatch latch;
    latch.press(1);
    EXPECT_EQ(latch.take(), Action{2});
    latch.press(1);  // the system repeats a key that is held
    latch.release(1);
    EXPECT_EQ(latch.take(), Action{});
}

TEST(KeyLatch, LostFocusReleasesEverything) {
    KeyLatch latch;
    latch.press(1);
    latch.press(2);
    latch.release(2);
    latch.release_all();
    EXPECT_EQ(latch.take(), Action{});
    latch.release(1);  // the key's own release arrives late
    EXPECT_EQ(latch.take(), Action{});
}

TEST(KeyLatch, LosesNoTapOfAnotherThread) {
    KeyLatch latch;
    std::atomic<int> seen = 0;
    std::jthread steps([&](std::stop_token stop) {
        while (!stop.stop_requested())
            if (latch.take() == Action{1u << 5}) ++seen;
    });
    for (int tap = 0; tap < 1000; ++tap) {
        int before = seen;
        latch.press(5);
        latch.release(5);
        while (seen == before) std::this_thread::yield();  // a lost tap would wait here until the test's time is over
    }
}

}  // namespace
}  // namespace drift
