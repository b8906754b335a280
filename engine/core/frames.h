// The frames of a clip: held in memory, or read one by one when they are asked for, so that a set of clips may be larger than memory.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <vector>

#include "core/frame.h"

namespace drift {

class Frames {
public:
    Frames() = default;
    Frames(std::vector<Frame> held) : held_(std::move(held)) {}
    // `read` gives frame i of those, the same each time, from any thread. It may throw; whoever asks for a frame meets that.
    Frames(std::size_t count, std::function<Frame(std::size_t)> read) : read_(std::move(read)), count_(count) {}

    std::size_t size() const { return read_ ? count_ : held_.size(); }
    bool empty() const { return size() == 0; }
    Frame operator[](std::size_t i) const { return read_ ? read_(first_ + i) : held_[i]; }
    Frame front() const { return (*this)[0]; }
    Frame back() const { return (*this)[size() - 1]; }
    std::vector<Frame> part(std::size_t first, std::size_t count) const;
    void push_back(Frame frame) { held_.push_back(std::move(frame)); }  // of those that are held
    void clear() { *this = {}; }
    Frames cut_tail(std::size_t count);  // the last ones, which are no longer in it

    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Frame;
        using difference_type = std::ptrdiff_t;
        using pointer = const Frame*;
        using reference = Frame;
        Iterator(const Frames& frames, std::size_t at) : frames_(&frames), at_(at) {}
        Frame operator*() const { return (*frames_)[at_]; }
        Iterator& operator++() { return ++at_, *this; }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

    private:
        const Frames* frames_;
        std::size_t at_;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

private:
    std::vector<Frame> held_;
    std::function<Frame(std::size_t)> read_;
    std::size_t first_ = 0, count_ = 0;  // of those that are read
};

}  // namespace drift
