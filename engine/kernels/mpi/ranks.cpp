#include "kernels/mpi/ranks.h"

#include <mpi.h>

#include <algorithm>

extern "C" {

void drift_mpi_start(int* rank, int* size) {
    int given = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, rank);
    MPI_Comm_size(MPI_COMM_WORLD, size);
}

void drift_mpi_sum(void* values, std::size_t count, drift_mpi_type type) {
    constexpr std::size_t most = std::size_t{1} << 28;  // of a call, which counts in int
    const MPI_Datatype of = type == drift_mpi_float  ? MPI_FLOAT
                            : type == drift_mpi_byte ? MPI_UNSIGNED_CHAR
                                                     : MPI_INT64_T;
    const std::size_t bytes = type == drift_mpi_float  ? sizeof(float)
                              : type == drift_mpi_byte ? 1
                                                       : sizeof(std::int64_t);
    for (std::size_t first = 0; first < count; first += most)
        MPI_Allreduce(MPI_IN_PLACE, static_cast<char*>(values) + first * bytes,
                      static_cast<int>(std::min(most, count - first)), of, MPI_SUM, MPI_COMM_WORLD);
}

void drift_mpi_end() { MPI_Finalize(); }

void drift_mpi_abort() { MPI_Abort(MPI_COMM_WORLD, 1); }
}
