// What a pickle of tensors may call: the few functions of torch that put storages and views together. None of them runs: what they would have
// made is written down.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "formats/checkpoint/pickle_values.h"

namespace drift {

struct PickleGlobal;

// What was found in the place of a sound call, for who knows where in the pickle it stands.
struct PickleFault {
    std::string found;
};

class PickleCalls {
public:
    using Ref = PickledValues::Ref;
    explicit PickleCalls(PickledValues& values) : values_(values) {}

    // They return what is made, and throw PickleFault.
    Ref storage(Ref id);  // of a persistent id
    Ref call(Ref callee, Ref arguments);
    Ref made(Ref callee, Ref arguments);  // an object of a class

private:
    const PickledValue& value(Ref ref) const { return values_.values[ref]; }
    const PickleGlobal* global(Ref ref) const;
    std::int64_t number(Ref ref, const char* what) const;
    Ref rebuilt(Ref arguments);

    PickledValues& values_;
    std::map<std::string_view, std::uint32_t> storages_;  // by key
};

}  // namespace drift
