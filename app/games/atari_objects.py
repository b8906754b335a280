"""Where the objects of some Atari games truly are, read from the emulator's 128 bytes of memory. The same objects are found in pictures by
engine/games/atari_probes.cpp; places are centres, in pixels of a picture `size` wide and high."""

SCREEN = 160, 210


def _breakout(ram):
    ball_x, ball_y, paddle_x = int(ram[99]) - 49, int(ram[101]) + 9, int(ram[72]) - 47
    in_field = ram[101] != 0 and 100 <= ball_y <= 178  # above it flies among the bricks, where no picture tells it from them
    left = min(max(paddle_x, 8), 144)
    right = min(left + 16, 152)  # the rest of it is behind the wall
    return [(ball_x + 1, ball_y + 2) if in_field else None, ((left + right) / 2, 191)]


def _pong(ram):
    ball_x, ball_y = int(ram[49]) - 49, int(ram[54]) - 14
    in_field = ram[54] != 0 and 26 <= ball_x <= 134 and 38 <= ball_y <= 188
    def paddle(x, top):  # nothing of it may be within the lines, as before the first serve
        upper, lower = max(top, 34), min(top + 16, 194)
        return (x, (upper + lower) / 2) if lower - upper >= 3 else None

    return [(ball_x + 1, ball_y + 2) if in_field else None, paddle(142, int(ram[51]) - 13), paddle(18, int(ram[50]) - 15)]


def _freeway(ram):
    return [(50, 196.5 - int(ram[14]))]


KNOWN = {"Breakout": (("ball", "paddle"), _breakout), "Pong": (("ball", "player", "opponent"), _pong), "Freeway": (("chicken",), _freeway)}


def names(game):
    return list(KNOWN[game][0]) if game in KNOWN else []


def finder(game, size):
    """Memory -> places or None, in the order of names()."""
    if game not in KNOWN:
        return lambda ram: []
    find = KNOWN[game][1]
    return lambda ram: [place and (place[0] * size / SCREEN[0], place[1] * size / SCREEN[1]) for place in find(ram)]
