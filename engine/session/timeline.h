// The line of time that was played: every moment of it, compressed, within a bound of memory. Going back and playing on leaves the
// future behind; the last one that was left is kept to look at.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "session/log/moment.h"

namespace drift {

// A run of moments by position. Sixteen are compressed together, so that what they share is kept once.
class MomentChain {
public:
    std::uint64_t first() const { return first_; }
    std::uint64_t end() const { return end_; }
    std::size_t bytes() const { return bytes_; }
    bool holds(std::uint64_t position) const { return position >= first_ && position < end_; }

    void put(std::vector<std::uint8_t> moment);
    std::vector<std::uint8_t> at(std::uint64_t position) const;  // it must hold it
    // Drops what is from `position` on; returns it.
    MomentChain cut(std::uint64_t position);
    bool drop_oldest();  // sixteen of them; false where there is nothing to drop

private:
    static constexpr std::size_t block_moments = 16;
    struct Block {
        std::uint64_t first, count;
        std::vector<std::uint8_t> bytes;
    };
    static Block packed(std::uint64_t first, std::span<const std::vector<std::uint8_t>> moments);
    std::size_t block_of(std::uint64_t position) const;
    const std::vector<std::vector<std::uint8_t>>& unpacked(const Block& block) const;
    void count_bytes();

    std::uint64_t first_ = 0, end_ = 0;
    std::size_t bytes_ = 0;
    std::deque<Block> blocks_;
    std::vector<std::vector<std::uint8_t>> open_;  // the newest, not compressed yet
    static constexpr std::uint64_t none = static_cast<std::uint64_t>(-1);
    mutable std::uint64_t cached_ = none;  // first of the block below
    mutable std::vector<std::vector<std::uint8_t>> cache_;
};

class Timeline {
public:
    explicit Timeline(std::size_t budget = 448u << 20) : budget_(budget) {}

    std::uint64_t first() const { return chain_.first(); }
    std::uint64_t end() const { return chain_.end(); }
    std::size_t bytes() const { return chain_.bytes() + (ghost_ ? ghost_->bytes() : 0); }

    // The moment's step.position must be end().
    void put(const Moment& moment);
    void replace_last(const Moment& moment);
    Moment at(std::uint64_t position) const;  // first() <= position < end()
    // What is from `position` on is left behind, and becomes the ghost. Nothing happens where there is nothing.
    void branch(std::uint64_t position);
    // The main lane's frame at that place of the future that was left; empty where there is none.
    Frame ghost(std::uint64_t position) const;
    std::optional<Moment> left() const;  // the newest moment of that future

private:
    std::size_t budget_;
    MomentChain chain_;
    std::optional<MomentChain> ghost_;
};

}  // namespace drift
