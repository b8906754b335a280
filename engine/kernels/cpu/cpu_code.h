// Which of our vector code runs: by what the CPU has, or by what somebody asked for, so that each can be tested and timed on one machine.
#pragma once

#include <string_view>

namespace drift::kernels {

enum class CpuCode { plain, avx2, avx512 };  // plain: no kernels of our own; avx2 with FMA; avx512 with F, BW, DQ, VL

std::string_view name_of(CpuCode code);  // "plain", "avx2", "avx512"
CpuCode best_cpu_code();                 // the last of them that this CPU has
CpuCode cpu_code();                      // in use: the best one, until use_cpu_code()
// For the whole program, before anything is made for inference. Returns false, and changes nothing, where this CPU lacks it.
bool use_cpu_code(CpuCode code);

}  // namespace drift::kernels
