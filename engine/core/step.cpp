#include "core/step.h"

namespace drift {

void Agreement::see(const Outcome& said, const GameOutcome& real) {
    const int sign = (real.reward > 0) - (real.reward < 0);
    const bool end = real.end || real.life_lost;
    ++steps;
    rewards += said.reward != 0 || sign != 0;
    rewards_agreed += sign != 0 && said.reward == sign;
    ends += said.ended || end;
    ends_agreed += said.ended && end;
}

}  // namespace drift
