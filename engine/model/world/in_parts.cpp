#include "model/world/in_parts.h"

#include <c10/util/Exception.h>

#include "core/error.h"

namespace drift {

void imagine_in_parts(std::span<const DreamRequest> requests, std::span<Frame> frames, const std::string& world,
                      const ImagineAll& imagine) {
    try {
        return imagine(requests, frames);
    } catch (const c10::OutOfMemoryError&) {
        if (requests.size() < 2)
            throw Error("world " + printable(world) +
                        ": the device's memory is full, one dream does not fit: close what else uses it, or start with "
                        "--device cpu");
    }
    // Outside of the handler: what is caught holds tensors of the attempt.
    const std::size_t half = requests.size() / 2;
    imagine_in_parts(requests.first(half), frames.first(half), world, imagine);
    imagine_in_parts(requests.subspan(half), frames.subspan(half), world, imagine);
}

}  // namespace drift
