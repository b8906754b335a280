"""Plays Debian's LBreakout2 for as long as it is told, so that there is something to capture: a level set of four plain rows, a dark theme with a white ball, the
paddle moved by xdotool's keys to where the ball will come down, and now and then anywhere. Wants a display with a window manager, lbreakout2, xdotool, ffmpeg, NumPy.
Usage: python3 tests/capture/play_lbreakout2.py [MINUTES]"""
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, RATE = 640, 480, 30
LEFT, RIGHT, PADDLE_TOP = 46, 594, 428  # where the ball's middle can be
FLIGHT = slice(190, 430, 2), slice(44, 596, 2)  # below the bricks, above the paddle; every other pixel will do
PADDLE = slice(441, 455), slice(295, 349)  # where it waits for the first ball


def png(pixels: np.ndarray) -> bytes:
    """[height, width, 3] bytes."""
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def furnish(home: Path) -> None:
    """The game's folder in a home of its own."""
    folder, theme = home / ".lgames", home / ".lgames/lbreakout2-themes/one"
    theme.mkdir(parents=True)
    (folder / "lbreakout2-levels").mkdir()
    empty, rows = "." * 14, [letter * 14 for letter in "defh"]
    level = ["Level:", "Driftscope", "Rows", "Bricks:", *[empty] * 4, *rows, *[empty] * 10, "Bonus:", *[empty] * 18]
    (folder / "lbreakout2-levels/Rows").write_text("\n".join(["Version: 1.00", *level * 60]) + "\n")
    (theme / "back0.png").write_bytes(png(np.full((HEIGHT, WIDTH, 3), (16, 32, 44), np.uint8)))
    y, x = np.mgrid[0:12, 0:12] - 5.5
    ball = np.repeat(((x * x + y * y) < 30)[:, :, None] * np.uint8(255), 3, axis=2).astype(np.uint8)
    (theme / "ball.png").write_bytes(png(np.tile(ball, (1, 5, 1))))
    wanted = {"theme_id": 4, "theme_count": 5, "anim": 0, "fade": 0, "sound": 0, "add_bonus_levels": 0, "use_hints": 0, "bonus_info": 0,
              "maxballspeed": 500}
    (folder / "lbreakout2.conf").write_bytes(b"@\n" + b"".join(f"{key}\xbb{value}\n".encode("latin-1") for key, value in wanted.items()))


def open_game(home: Path) -> tuple[subprocess.Popen, str]:
    """The game at the start of the level set, and its window."""
    game = subprocess.Popen(["/usr/games/lbreakout2"], env=dict(os.environ, HOME=str(home), SDL_AUDIODRIVER="dummy"), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
    window = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^LBreakout2$"], capture_output=True, text=True,
                            check=True).stdout.split()[-1]
    time.sleep(3)
    click = lambda x, y: subprocess.run(["xdotool", "mousemove", "--window", window, str(x), str(y), "sleep", "0.3", "click", "1", "sleep", "1"], check=True)
    click(181, 271)  # Local Game
    click(181, 297)  # Start AddOn
    for _ in range(6):
        click(109, 417)  # Next Page
    click(79, 399)  # ~Rows, the last one
    time.sleep(1)
    return game, window


class Keys:
    def __init__(self) -> None:
        self.xdotool = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True)
        self.held = None

    def say(self, words: str) -> None:
        self.xdotool.stdin.write(words + "\n")
        self.xdotool.stdin.flush()

    def hold(self, key: str | None) -> None:
        if key == self.held:
            return
        if self.held:
            self.say(f"keyup {self.held}")
        if key:
            self.say(f"keydown {key}")
        self.held = key

    def tap(self, key: str) -> None:
        self.say(f"keydown {key} sleep 0.08 keyup {key}")


class Eyes:
    """Where the ball was lately, and the paddle is."""

    def __init__(self, first: np.ndarray) -> None:
        paddle = first[PADDLE].astype(np.float32)
        self.like = (paddle - paddle.mean()) / paddle.std()
        self.paddle, self.past, self.balls = 322.0, [], []

    def look(self, frame: np.ndarray, now: float) -> bool:
        """Is a ball in flight?"""
        flight = frame[FLIGHT].astype(np.int16)
        self.past = [*self.past[-39:], flight]
        off = np.abs(flight - np.median(np.stack(self.past[::4]), axis=0)) > 16
        if off.sum() > 400:  # the level's name
            off[17:31] = False
        windows = np.lib.stride_tricks.sliding_window_view(frame[441:455, 42:600].astype(np.float32), self.like.shape)[0]
        windows = windows - windows.mean((1, 2), keepdims=True)
        match = (windows * self.like).mean((1, 2)) / np.maximum(windows.std((1, 2)), 8)
        if match.max() > 0.55:
            self.paddle = 42 + 27 + float(match.argmax())
        seen = 4 <= off.sum() <= 400
        if seen:
            ys, xs = np.nonzero(off)
            self.balls.append((now, 44 + 2 * xs.mean() - 3, 190 + 2 * ys.mean() - 3))  # its shadow pulls by 3
        self.balls = [ball for ball in self.balls if now - ball[0] < 0.25]
        return bool(seen)

    def landing(self) -> float | None:
        """Where the ball comes down, if it falls and is near."""
        if len(self.balls) < 3:
            return None
        (t0, x0, y0), (t1, x1, y1) = self.balls[-3], self.balls[-1]
        across, down = (x1 - x0) / (t1 - t0), (y1 - y0) / (t1 - t0)
        if down < 30 or (PADDLE_TOP - y1) / down > 1.4:
            return None
        there = (x1 + across * (PADDLE_TOP - y1) / down - LEFT) % (2 * (RIGHT - LEFT))  # the walls mirror it
        return LEFT + min(there, 2 * (RIGHT - LEFT) - there)


def play(window: str, seconds: float) -> None:
    place = dict(line.split("=") for line in subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True,
                                                            check=True).stdout.split())
    grab = subprocess.Popen(["ffmpeg", "-loglevel", "error", "-f", "x11grab", "-draw_mouse", "0", "-framerate", str(RATE), "-window_id", window, "-i",
                             os.environ["DISPLAY"], "-pix_fmt", "gray", "-f", "rawvideo", "-"], stdout=subprocess.PIPE)
    assert (int(place["WIDTH"]), int(place["HEIGHT"])) == (WIDTH, HEIGHT), place
    keys, eyes = Keys(), None
    begun = seen_at = tapped_at = time.monotonic()
    idle, idle_until, beside = None, 0.0, 0.0
    while (now := time.monotonic()) - begun < seconds:
        raw = grab.stdout.read(WIDTH * HEIGHT)
        if len(raw) < WIDTH * HEIGHT:
            break  # the window is gone
        frame = np.frombuffer(raw, np.uint8).reshape(HEIGHT, WIDTH)
        eyes = eyes or Eyes(frame)
        if frame.mean() < 30:  # "You've lost all lives... Do you want to buy a continue? y/n"
            keys.hold(None)
            if now - tapped_at > 1.5:
                keys.tap("y")
                tapped_at = now
            continue
        if eyes.look(frame, now):
            seen_at = now
        target = eyes.landing()
        if target is None:
            if now > idle_until:
                idle, idle_until, beside = random.choice(["Left", "Right", None, None]), now + random.uniform(0.1, 0.6), random.uniform(-22, 22)
            keys.hold(idle)
        else:
            keys.hold("Left" if target + beside < eyes.paddle - 10 else "Right" if target + beside > eyes.paddle + 10 else None)
        if (now - seen_at > 1.2 and now - tapped_at > 0.9) or random.random() < 0.002:
            keys.tap("space")
            tapped_at = now
    keys.hold(None)
    grab.kill()


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        furnish(Path(home))
        game, window = open_game(Path(home))
        try:
            play(window, 60 * float(sys.argv[1] if len(sys.argv) > 1 else 21))
        finally:
            game.kill()


main()
