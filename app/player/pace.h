// Why the play is slower than asked, what would hold the rate, and the switch that sees to it.
#pragma once

#include <string>
#include <vector>

#include "core/sampler_settings.h"

namespace drift {

struct View;

// The switch "Hold the rate": while it is on, no lane that is dreamed has more denoising steps than `most`. The user's own numbers stay
// in the sliders; only what is asked of the network is less.
struct Hold {
    bool on = false;
    int most = 0;  // 0: as many as the sliders say
    // What a frame takes besides its network calls, ms, and how often the calls are made: both as last seen while the play was too slow.
    double beside_ms = 0, times = 1;
    double changed_at = 0;  // as View::now
    double asked = 0;       // frames a second that this is about
    bool unsure = false;    // and whether the picture "unsure" was shown
};

// What a frame costs now, and what may be spent on it.
struct Load {
    double rate = 0, asked = 0;  // frames a second; 0: not known, or as fast as the network goes
    double call_ms = 0;          // of one network call, all lanes in one batch; 0: nothing is dreamed
    double beside_ms = 0, times = 1;
    std::vector<SamplerSettings> lanes;  // those that are dreamed, as they are asked for
    double truth_ms = 0;                 // of what is beside the calls, the real game's step
    double awaited = 0;                  // seconds since the last frame
    bool unsure = false;                 // the network dreams each frame again with other noise, to see how sure it is
};
Load load_of(const View& view);

// Clearly below what was asked: two in a hundred are the clock's own grain.
bool too_slow(const Load& load);
// With no more denoising steps than that, the upsampler's too. A list of sigmas stays as it is.
SamplerSettings with_at_most(SamplerSettings settings, int steps);
// The most denoising steps with which a frame takes no more than this share of its time; 0: not even one does.
int steps_that_hold(const Load& load, double share = 0.95);
// "64 denoising steps: 1.4 of 15 fps; 6 would hold it". Empty where the rate holds.
std::string why_slow(const Load& load);

// Once in a while: lowers or raises Hold::most by what the frames have cost, and says so.
void hold_rate(View& view);
void set_hold(View& view, bool on);

}  // namespace drift
