#include "train/ranks.h"

#include <ATen/ATen.h>
#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/error.h"
#include "kernels/mpi/ranks.h"

namespace drift {
namespace {

struct PlugIn {
    drift_mpi_start_t start = nullptr;
    drift_mpi_sum_t sum = nullptr;
    drift_mpi_end_t end = nullptr;
    drift_mpi_abort_t abort = nullptr;
};

const PlugIn& plug_in() {
    static const PlugIn found = [] {
        std::error_code failure;
        auto beside = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path() / "libdrift_mpi.so";
        void* library = dlopen(beside.c_str(), RTLD_NOW | RTLD_GLOBAL);
        if (!library) library = dlopen("libdrift_mpi.so", RTLD_NOW | RTLD_GLOBAL);
        if (!library) return PlugIn{};
        return PlugIn{reinterpret_cast<drift_mpi_start_t>(dlsym(library, "drift_mpi_start")),
                      reinterpret_cast<drift_mpi_sum_t>(dlsym(library, "drift_mpi_sum")),
                      reinterpret_cast<drift_mpi_end_t>(dlsym(library, "drift_mpi_end")),
                      reinterpret_cast<drift_mpi_abort_t>(dlsym(library, "drift_mpi_abort"))};
    }();
    return found;
}

int number_of(const char* name) {
    const char* text = std::getenv(name);
    return text ? std::atoi(text) : 0;
}

}  // namespace

Ranks Ranks::join() {
    Ranks ranks;
    // Open MPI's mpirun, and srun's PMI-2 and PMIx. SLURM_NTASKS alone says nothing: sbatch's own script has it, too.
    const int expected = std::max(
        {number_of("OMPI_COMM_WORLD_SIZE"), number_of("PMI_SIZE"),
         std::getenv("SLURM_PROCID") && std::getenv("SLURM_STEP_NUM_TASKS") ? number_of("SLURM_STEP_NUM_TASKS") : 0});
    if (expected < 2) return ranks;
    if (!plug_in().start || !plug_in().sum || !plug_in().end || !plug_in().abort)
        throw Error(std::to_string(expected) +
                    " processes were started to train together, but libdrift_mpi.so is not there: it is built where "
                    "CMake finds MPI (libopenmpi-dev)");
    plug_in().start(&ranks.rank_, &ranks.size_);
    if (ranks.size_ != expected)
        throw Error("expected " + std::to_string(expected) + " processes to train together, found " +
                    std::to_string(ranks.size_) + ": were they started by another MPI than driftlab was built with?");
    ranks.beside_ = std::clamp(
        std::max({number_of("OMPI_COMM_WORLD_LOCAL_SIZE"), number_of("SLURM_NTASKS_PER_NODE"), 1}), 1, ranks.size_);
    return ranks;
}

void Ranks::add_up(void* values, std::size_t count, int type) const {
    if (size_ == 1) return;
    const auto begin = std::chrono::steady_clock::now();
    plug_in().sum(values, count, static_cast<drift_mpi_type>(type));
    *waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void Ranks::sum(at::Tensor& values) const {
    const auto type = values.scalar_type();
    add_up(values.data_ptr(), static_cast<std::size_t>(values.numel()),
           type == at::kFloat  ? drift_mpi_float
           : type == at::kByte ? drift_mpi_byte
                               : drift_mpi_long);
}

void Ranks::sum(std::span<std::int64_t> values) const { add_up(values.data(), values.size(), drift_mpi_long); }

void Ranks::end() const {
    if (size_ > 1) plug_in().end();
}

void Ranks::abort() const {
    if (size_ > 1) plug_in().abort();
}

}  // namespace drift
