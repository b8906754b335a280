#!/usr/bin/env python3
# An Atari game as DIAMOND's networks saw it: ale-py behind the protocol in README.md. atari.py GAME [option=value ...]
"""Each step is `skip` frames of the emulator with the action held, seen as the maximum of the last two and made `size` pixels wide and high by
the mean over areas. An episode begins with 1 to `noops` frames without a key. Lives lost do not end it; points and lost lives are rare."""
import difflib
import struct
import zlib

import ale_py
import gymnasium
import numpy as np

import atari_objects
import driftgame
from area import Area

gymnasium.register_envs(ale_py)
ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)  # its greeting would stand where the reason of a failure is told

OPTIONS = {"skip": 4, "noops": 30, "size": 64, "sticky": 0.0, "difficulty": 0, "mode": 0, "full": False}
RANGES = {"skip": (1, 60), "noops": (0, 3600), "size": (16, 1024), "difficulty": (0, 255), "mode": (0, 255)}


def value_of(name, text):
    kind = type(OPTIONS[name])
    if kind is bool:
        if text not in ("true", "false", "1", "0"):
            raise ValueError(f"option {name}: expected true or false, found {text!r}")
        return text in ("true", "1")
    if kind is int:
        return driftgame.whole(name, text, *RANGES[name])
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not 0 <= value <= 1:
        raise ValueError(f"option {name}: expected a probability from 0 to 1, found {text!r}")
    return value


class Atari:
    rate = 15

    def __init__(self, game, **given):
        unknown = set(given) - set(OPTIONS)
        if unknown:
            raise ValueError(f"{game}: no option is called {', '.join(sorted(unknown))}; there are {', '.join(OPTIONS)}")
        o = {**OPTIONS, **{name: value_of(name, text) for name, text in given.items()}}
        env_id = f"{game}NoFrameskip-v4"
        if env_id not in gymnasium.registry:
            known = {name.lower(): name for name in names()}
            near = [known[name] for name in difflib.get_close_matches(game.lower(), known, 3, 0.5)]
            raise ValueError(f"no Atari game is called {game!r}; " + (f"did you mean {' or '.join(near)}?" if near else "`driftlab game list` says how all are listed"))
        self.env = gymnasium.make(env_id, frameskip=1, full_action_space=o["full"], repeat_action_probability=0.0, difficulty=o["difficulty"], mode=o["mode"]).unwrapped
        self.ale = self.env.ale
        self.skip, self.noops, self.sticky = o["skip"], o["noops"], o["sticky"]
        self.meanings = self.env.get_action_meanings()
        height, width = self.ale.getScreenDims()
        self.area = Area(height, width, o["size"], o["size"])
        self.newest, self.one_before = np.zeros((height, width, 3), np.uint8), np.zeros((height, width, 3), np.uint8)
        self.name = ",".join([f"ale/{game}"] + [f"{name}={text}" for name, text in sorted(given.items())])
        self.width = self.height = o["size"]
        self.actions = driftgame.joystick_actions(self.meanings)
        self.joystick = any(len(entry["name"].split()) > 1 for entry in self.actions)
        self.find = atari_objects.finder(game, o["size"])
        self.objects = atari_objects.names(game)
        self.reset(0)

    # ---- The game

    def reset(self, seed):
        self.seed, self.ended, self.before, self.held = seed, False, None, 0
        self.env.reset(seed=seed)
        count = int(self.env.np_random.integers(1, self.noops + 1)) if self.noops > 0 else 0
        for _ in range(count):
            _, _, terminated, truncated, _ = self.env.step(0)
            if terminated or truncated:
                self.env.reset(seed=seed)
        self.lives = self.ale.lives()
        self.ale.getScreenRGB(self.newest)
        self.one_before.fill(0)
        return self.shown()

    def step(self, action):
        if action >= len(self.meanings):
            raise ValueError(f"action {action}: there are {len(self.meanings)}")
        if self.ended:  # the next episode, as good a one as any
            return self.reset((self.seed * 6364136223846793005 + 1442695040888963407) % 2**63)
        self.before = (self.env.clone_state(include_rng=True).__getstate__(), self.lives, self.held, action, None)
        return self.hold(action)

    def hold(self, action):
        older = self.newest.copy(), self.one_before.copy()
        reward, lost = 0.0, False
        for frame in range(self.skip):
            if not self.sticks():
                self.held = action
            _, points, terminated, truncated, _ = self.env.step(self.held)
            reward += points
            self.ended = terminated or truncated
            if self.ale.lives() < self.lives:
                lost, self.lives = True, self.ale.lives()
            if self.ended:  # what is shown is partly older than this step, so its state needs that too
                self.before = self.before[:4] + (zlib.compress(older[0].tobytes() + older[1].tobytes(), 1),)
                break
            if frame == self.skip - 2:
                self.ale.getScreenRGB(self.one_before)
            elif frame == self.skip - 1:
                self.ale.getScreenRGB(self.newest)
        return self.shown(reward, lost)

    def sticks(self):
        """Does the emulator's next frame repeat the action before? By a number that depends on seed and frame alone, so that a state needs no more."""
        return self.sticky > 0 and zlib.crc32(struct.pack("<QQ", self.seed, self.ale.getEpisodeFrameNumber())) < self.sticky * 2**32

    def shown(self, reward=0.0, lost=False):
        np.maximum(self.newest, self.one_before, out=self.newest)
        return {"picture": self.area(self.newest).tobytes(), "reward": reward, "end": self.ended, "rare": reward != 0 or lost, "lives": self.lives,
                "objects": self.find(self.ale.getRAM())}

    # ---- Its state: what was before the last step, and that step. A picture is made of two of the emulator's frames, which it does not keep.

    def save(self):
        if self.before is None:
            return struct.pack("<BQ", 0, self.seed)
        emulator, lives, held, action, buffers = self.before
        packed = zlib.compress(emulator, 1)
        return struct.pack("<BQIIII", 1 if buffers is None else 2, self.seed, lives, held, action, len(packed)) + packed + (buffers or b"")

    def load(self, state):
        kind, seed = struct.unpack_from("<BQ", state)
        if kind == 0:
            return self.reset(seed)
        lives, held, action, length = struct.unpack_from("<IIII", state, 9)
        emulator = ale_py.ALEState.__new__(ale_py.ALEState)
        emulator.__setstate__(unpacked(state[25:25 + length], 1 << 20))  # bytes of ALE's own: nothing in them is run
        self.env.restore_state(emulator)
        self.seed, self.lives, self.held, self.ended = seed, lives, held, False
        self.before = (emulator.__getstate__(), lives, held, action, state[25 + length:] if kind == 2 else None)
        if kind == 2:
            both = unpacked(state[25 + length:], 2 * self.newest.nbytes)
            self.newest.flat, self.one_before.flat = np.frombuffer(both, np.uint8).reshape(2, -1)
        return self.hold(action)


def unpacked(packed, most):
    whole = zlib.decompressobj().decompress(packed, most)
    if not whole:
        raise ValueError("the state is damaged")
    return whole


def names():
    ending = "NoFrameskip-v4"
    return sorted(name.removesuffix(ending) for name in gymnasium.registry if name.endswith(ending) and "-ram" not in name)


if __name__ == "__main__":
    import sys

    if len(sys.argv) < 2:
        print("\n".join(names()))
    else:
        driftgame.start(lambda: Atari(sys.argv[1], **driftgame.options(sys.argv[2:])))
