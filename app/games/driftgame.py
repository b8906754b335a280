"""The game's side of the protocol in README.md: a class with name, width, height, rate, actions and methods becomes a game outside."""
import json
import os
import struct
import sys
import traceback

VERSION = 1
NO_LIVES = 0xFFFF
MOST_BODY = 16 << 20


def frame_body(game, shown):
    """`shown`: picture (height x width x 3 bytes), and if wanted reward, end, rare, lives, objects (a list of (x, y) or None)."""
    lives = shown.get("lives")
    body = struct.pack("<fBBH", shown.get("reward", 0.0), bool(shown.get("end")), bool(shown.get("rare")), NO_LIVES if lives is None else lives)
    for place in shown.get("objects", ()):
        body += struct.pack("<ff", *(place or (float("nan"), float("nan"))))
    return body + bytes(shown["picture"])


def serve(game):
    """Answers until BYE_ or the end of the input. What the game prints goes to standard error: standard output is the protocol's."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    can_save = hasattr(game, "save")

    def answer(kind, body):
        sink.write(kind + struct.pack("<I", len(body)) + body)
        sink.flush()

    while True:
        head = source.read(8)
        if len(head) < 8:
            return
        kind, length = head[:4], struct.unpack("<I", head[4:])[0]
        if length > MOST_BODY:
            return
        body = source.read(length)
        if len(body) < length or kind == b"BYE_":
            return
        try:
            if kind == b"HELO":
                said = {"protocol": VERSION, "name": game.name, "width": game.width, "height": game.height, "rate": game.rate, "actions": game.actions,
                        "joystick": getattr(game, "joystick", False), "save": can_save, "objects": list(getattr(game, "objects", ()))}
                answer(b"HELO", json.dumps(said).encode())
            elif kind == b"RSET":
                answer(b"FRAM", frame_body(game, game.reset(struct.unpack("<Q", body)[0])))
            elif kind == b"STEP":
                answer(b"FRAM", frame_body(game, game.step(struct.unpack("<I", body)[0])))
            elif kind == b"SAVE" and can_save:
                answer(b"STAT", game.save())
            elif kind == b"LOAD" and can_save:
                answer(b"FRAM", frame_body(game, game.load(body)))
            else:
                answer(b"FAIL", f"{game.name} knows no {kind.decode('ascii', 'replace')}".encode())
        except Exception as failure:  # whatever a game raises is said, and ends only this question
            traceback.print_exc()
            answer(b"FAIL", f"{type(failure).__name__}: {failure}".encode()[:2000])


def start(make):
    """Makes the game and serves it. One that cannot be made says why as its answer to HELO."""
    try:
        game = make()
    except Exception as failure:
        traceback.print_exc()
        reason = f"{type(failure).__name__}: {failure}".encode()[:2000]
        sys.stdout.buffer.write(b"FAIL" + struct.pack("<I", len(reason)) + reason)
        sys.stdout.buffer.flush()
        raise SystemExit(1)
    serve(game)


def options(words):
    """["sticky=0.25", "full"] -> {"sticky": "0.25", "full": "true"}"""
    given = dict(word.split("=", 1) if "=" in word else (word, "true") for word in words)
    if "" in given:
        raise ValueError("expected options as name=value, found one without a name")
    return given


def whole(name, text, low, high):
    """The number that an option says."""
    try:
        number = int(text)
    except ValueError:
        number = None
    if number is None or not low <= number <= high:
        raise ValueError(f"option {name}: expected a whole number from {low} to {high}, found {text!r}")
    return number


KEYS = {"UP": ["Up", "W"], "DOWN": ["Down", "S"], "LEFT": ["Left", "A"], "RIGHT": ["Right", "D"], "FIRE": ["Space"]}
PARTS = ("UP", "DOWN", "LEFT", "RIGHT", "FIRE")


def joystick_actions(meanings):
    """ALE's names (UPRIGHTFIRE) -> entries whose names are their parts ("up right fire"), with keys where it is one part alone."""
    entries = []
    for meaning in meanings:
        parts, rest = [], meaning
        while rest and rest != "NOOP":
            part = next(p for p in PARTS if rest.startswith(p))
            parts.append(part)
            rest = rest[len(part):]
        entries.append({"name": " ".join(parts).lower() or "noop", "keys": KEYS[parts[0]] if len(parts) == 1 else []})
    return entries
