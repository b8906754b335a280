// The processes that train together. Alone, all of this does nothing.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace drift {

class Ranks {
public:
    // Those that mpirun or srun started beside this one; alone where neither did. Throws Error where they cannot be joined.
    static Ranks join();
    int rank() const { return rank_; }
    int size() const { return size_; }
    bool first() const { return rank_ == 0; }  // which writes and talks
    int beside() const { return beside_; }     // how many of them run on this machine
    // Becomes the sum over all processes, the same bytes in each. On the CPU, contiguous: fp32, U8 or I64.
    void sum(at::Tensor& values) const;
    void sum(std::span<std::int64_t> values) const;
    double waited() const { return *waited_; }  // seconds in sum(): for the others, and for what is sent
    void end() const;                           // the last call of a process that has done all that it should
    void abort() const;                         // ends all processes

private:
    void add_up(void* values, std::size_t count, int type) const;
    int rank_ = 0, size_ = 1, beside_ = 1;
    std::shared_ptr<double> waited_ = std::make_shared<double>(0);  // of all copies
};

}  // namespace drift
