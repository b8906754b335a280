#include "session/timeline.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/byte_stream.h"

namespace drift {

MomentChain::Block MomentChain::packed(std::uint64_t first, std::span<const std::vector<std::uint8_t>> moments) {
    ByteWriter raw;
    for (const auto& bytes : moments) raw.put_block(bytes);
    return {first, moments.size(), compressed(raw.bytes)};
}

void MomentChain::put(std::vector<std::uint8_t> moment) {
    bytes_ += moment.size();
    open_.push_back(std::move(moment));
    ++end_;
    if (open_.size() < block_moments) return;
    for (const auto& bytes : open_) bytes_ -= bytes.size();
    blocks_.push_back(packed(end_ - open_.size(), open_));
    bytes_ += blocks_.back().bytes.size();
    open_.clear();
}

std::size_t MomentChain::block_of(std::uint64_t position) const {
    auto after = std::upper_bound(blocks_.begin(), blocks_.end(), position,
                                  [](std::uint64_t p, const Block& block) { return p < block.first; });
    return static_cast<std::size_t>(after - blocks_.begin()) - 1;
}

const std::vector<std::vector<std::uint8_t>>& MomentChain::unpacked(const Block& block) const {
    if (cached_ == block.first) return cache_;
    auto raw = decompressed(block.bytes, static_cast<std::size_t>(-1));
    ByteReader in(raw);
    cache_.clear();
    for (std::uint64_t i = 0; i < block.count; ++i) {
        auto bytes = in.get_block();
        cache_.emplace_back(bytes.begin(), bytes.end());
    }
    cached_ = block.first;
    return cache_;
}

std::vector<std::uint8_t> MomentChain::at(std::uint64_t position) const {
    assert(holds(position));
    std::uint64_t open_first = end_ - open_.size();
    if (position >= open_first) return open_[static_cast<std::size_t>(position - open_first)];
    const Block& block = blocks_[block_of(position)];
    return unpacked(block)[static_cast<std::size_t>(position - block.first)];
}

// Whole blocks move as they are; the one that the cut goes through is unpacked.
MomentChain MomentChain::cut(std::uint64_t position) {
    MomentChain rest;
    rest.first_ = position;
    rest.end_ = end_;
    std::uint64_t open_first = end_ - open_.size();
    if (position >= open_first) {
        auto from = open_.begin() + static_cast<std::ptrdiff_t>(position - open_first);
        rest.open_.assign(std::make_move_iterator(from), std::make_move_iterator(open_.end()));
        open_.erase(from, open_.end());
    } else {
        std::size_t at = block_of(position);
        auto moments = unpacked(blocks_[at]);
        auto kept = static_cast<std::size_t>(position - blocks_[at].first);
        rest.blocks_.push_back(packed(position, std::span(moments).subspan(kept)));
        rest.blocks_.insert(rest.blocks_.end(),
                            std::make_move_iterator(blocks_.begin() + static_cast<std::ptrdiff_t>(at) + 1),
                            std::make_move_iterator(blocks_.end()));
        rest.open_ = std::exchange(open_, {moments.begin(), moments.begin() + static_cast<std::ptrdiff_t>(kept)});
        blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(at), blocks_.end());
    }
    end_ = position;
    cached_ = none;
    count_bytes();
    rest.count_bytes();
    return rest;
}

void MomentChain::count_bytes() {
    bytes_ = 0;
    for (const Block& block : blocks_) bytes_ += block.bytes.size();
    for (const auto& bytes : open_) bytes_ += bytes.size();
}

bool MomentChain::drop_oldest() {
    if (blocks_.empty()) return false;
    first_ += blocks_.front().count;
    bytes_ -= blocks_.front().bytes.size();
    blocks_.pop_front();
    return true;
}

void Timeline::put(const Moment& moment) {
    assert(moment.step.position == end());
    chain_.put(to_bytes(moment));
    while (bytes() > budget_) {
        if (ghost_) ghost_.reset();
        else if (!chain_.drop_oldest()) break;
    }
}

void Timeline::replace_last(const Moment& moment) {
    chain_.cut(end() - 1);
    put(moment);
}

Moment Timeline::at(std::uint64_t position) const { return moment_of_bytes(chain_.at(position)); }

void Timeline::branch(std::uint64_t position) {
    if (position < end()) ghost_ = chain_.cut(position);
}

Frame Timeline::ghost(std::uint64_t position) const {
    if (!ghost_ || !ghost_->holds(position)) return {};
    return moment_of_bytes(ghost_->at(position)).step.main_lane().frame;
}

std::optional<Moment> Timeline::left() const {
    if (!ghost_ || ghost_->end() == ghost_->first()) return std::nullopt;
    return moment_of_bytes(ghost_->at(ghost_->end() - 1));
}

}  // namespace drift
