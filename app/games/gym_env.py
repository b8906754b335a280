#!/usr/bin/env python3
# A Gymnasium environment behind the protocol in README.md. gym_env.py ENV_ID [option=value ...]
"""Pictures are the environment's rgb_array renderings, made smaller by the mean over areas where width and height are given (default: at most 64 wide
or high, sides even). Other options are the environment's own keyword arguments, read as JSON where they are that."""
import inspect
import json

import gymnasium
import numpy as np

import driftgame
from area import Area

LARGEST = 64
MOST_BUTTONS = 8
IDLE = ("noop", "nothing", "none", "stay", "wait", "idle")


PYTHON = {"True": True, "False": False, "None": None}


def value_of(text):
    if text in PYTHON:
        return PYTHON[text]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


class Environment:
    def __init__(self, env_id, width=None, height=None, rate=None, **given):
        sides = {name: driftgame.whole(name, text, 16, 1024) for name, text in (("width", width), ("height", height)) if text is not None}
        a_second = None if rate is None else driftgame.whole("rate", rate, 1, 240)
        self.env = gymnasium.make(env_id, render_mode="rgb_array", **{name: value_of(text) for name, text in given.items()})
        options = {"width": width, "height": height, "rate": rate, **given}
        self.name = ",".join([f"gym/{env_id}"] + [f"{name}={text}" for name, text in sorted(options.items()) if text is not None])
        self.takes_seed = "seed" in inspect.signature(self.env.unwrapped.reset).parameters
        self.choose_actions(self.env.action_space)
        self.rate = a_second or int(min(60, max(1, self.env.metadata.get("render_fps") or 15)))
        self.seed = 0
        self.env.reset(**self.seeded(0))
        picture = self.picture()
        tall, wide = picture.shape[:2]
        scale = min(1, LARGEST / max(tall, wide))
        self.width = sides.get("width") or max(16, int(wide * scale) // 2 * 2)
        self.height = sides.get("height") or max(16, int(tall * scale) // 2 * 2)
        self.source = picture.shape
        self.area = Area(tall, wide, self.height, self.width)

    def choose_actions(self, space):
        """Discrete: its numbers, by name where it has them; MultiBinary: its buttons alone, and none. The first is that of no key: where the
        environment has no action that does nothing, it waits."""
        named = self.env.unwrapped
        if isinstance(space, gymnasium.spaces.Discrete):
            meanings = named.get_action_meanings() if hasattr(named, "get_action_meanings") else [a.name for a in named.actions] if isinstance(getattr(named, "actions", None), type) else []
            self.values = [int(space.start) + i for i in range(int(space.n))]
            names = [str(name).lower() for name in meanings] if len(meanings) == len(self.values) else [f"action {value}" for value in self.values]
            if names[0] not in IDLE:
                self.values, names = [None, *self.values], ["noop", *names]
        elif isinstance(space, gymnasium.spaces.MultiBinary) and np.prod(space.shape) <= MOST_BUTTONS:
            count = int(np.prod(space.shape))
            self.values = [np.zeros(space.shape, space.dtype)] + [np.eye(count, dtype=space.dtype)[i].reshape(space.shape) for i in range(count)]
            names = ["noop"] + [f"button {i + 1}" for i in range(count)]
        else:
            raise ValueError(f"its actions are {space}; expected numbers (Discrete) or at most {MOST_BUTTONS} buttons (MultiBinary)")
        usual = {"up": ["Up", "W"], "down": ["Down", "S"], "left": ["Left", "A"], "right": ["Right", "D"], "fire": ["Space"], "forward": ["Up", "W"], "pickup": ["E"], "drop": ["Q"], "toggle": ["F", "Space"], "done": ["Return"]}
        self.actions = [{"name": name, "keys": [] if i == 0 else usual.get(name, [str(i)] if i < 10 else [])} for i, name in enumerate(names)]

    def seeded(self, seed):
        return {"seed": seed % 2**31} if self.takes_seed else {}

    def picture(self):
        picture = self.env.render()
        if not isinstance(picture, np.ndarray) or picture.ndim != 3 or picture.shape[2] != 3:
            raise ValueError("it renders no pictures of height x width x 3")
        return picture.astype(np.uint8, copy=False)

    def shown(self, reward=0.0, end=False):
        picture = self.picture()
        if picture.shape != self.source:
            raise ValueError(f"its picture was {self.source[1]}x{self.source[0]} and is now {picture.shape[1]}x{picture.shape[0]}")
        return {"picture": self.area(picture).tobytes(), "reward": float(reward), "end": end, "rare": reward != 0}

    def reset(self, seed):
        self.seed, self.ended = seed, False
        if self.takes_seed:
            self.env.action_space.seed(seed % 2**31)
        self.env.reset(**self.seeded(seed))
        return self.shown()

    def step(self, action):
        if action >= len(self.values):
            raise ValueError(f"action {action}: there are {len(self.values)}")
        if self.values[action] is None:
            return self.shown(0.0, self.ended)
        if self.ended:  # the next episode
            return self.reset((self.seed * 6364136223846793005 + 1442695040888963407) % 2**63)
        _, reward, terminated, truncated, _ = self.env.step(self.values[action])
        self.ended = bool(terminated or truncated)
        return self.shown(reward, self.ended)


if __name__ == "__main__":
    import sys

    if len(sys.argv) < 2:
        sys.exit("gym_env.py ENV_ID [option=value ...]")
    try:
        import ale_py

        gymnasium.register_envs(ale_py)
    except ImportError:
        pass
    driftgame.start(lambda: Environment(sys.argv[1], **driftgame.options(sys.argv[2:])))
