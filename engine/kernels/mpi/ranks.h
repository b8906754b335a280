// Processes that train together, by MPI: a plug-in that is opened only in a process that mpirun or srun started. Plain C between the two.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

enum drift_mpi_type { drift_mpi_float, drift_mpi_byte, drift_mpi_long };

// Joins the others; once a process.
using drift_mpi_start_t = void (*)(int* rank, int* size);
// Each of them has the sum of all afterwards, the same bytes.
using drift_mpi_sum_t = void (*)(void* values, std::size_t count, drift_mpi_type type);
// The last call of a process that has done all that it should.
using drift_mpi_end_t = void (*)();
// Ends all processes at once.
using drift_mpi_abort_t = void (*)();
}
