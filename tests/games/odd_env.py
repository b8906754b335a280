"""Environments that are odd in the ways real ones are, for tests/gym_test.sh: odd sizes, no seed, buttons, exceptions, a picture that grows."""
import gymnasium
import numpy as np


class Odd(gymnasium.Env):
    metadata = {"render_modes": ["rgb_array"], "render_fps": 7}
    action_space = gymnasium.spaces.MultiBinary(3)
    observation_space = gymnasium.spaces.Discrete(1)

    def __init__(self, render_mode=None, fault=None, wide=51):
        self.fault, self.wide, self.steps = fault, wide, 0

    def reset(self, options=None):  # no seed
        self.steps, self.place = 0, 5
        return 0, {}

    def step(self, action):
        self.steps += 1
        if self.fault == "raises" and self.steps == 3:
            raise RuntimeError("the door is locked")
        self.place += int(action[0]) - int(action[1])
        return 0, float(action[2]), self.steps == 12, False, {}

    def render(self):
        picture = np.zeros((37, self.wide + (self.fault == "grows" and self.steps > 2), 3), np.uint8)
        picture[10:20, self.place:self.place + 6] = 255
        return picture


gymnasium.register("Odd-v0", "odd_env:Odd", order_enforce=False, disable_env_checker=True)
gymnasium.register("Continuous-v0", "odd_env:Continuous", order_enforce=False, disable_env_checker=True)


class Continuous(Odd):
    action_space = gymnasium.spaces.Box(-1, 1, (2,))
