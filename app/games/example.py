#!/usr/bin/env python3
# A whole game outside Driftscope, in any language's few lines: a square that the arrows move. The protocol is in README.md.
import json, struct, sys

SIZE, SIDE = 64, 8
x = y = 28

def read(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit()
    return data

def answer(kind, body):
    sys.stdout.buffer.write(kind + struct.pack("<I", len(body)) + body)
    sys.stdout.buffer.flush()

def frame():
    row_without, row_with = bytes(SIZE * 3), bytes(x * 3) + b"\xff" * (SIDE * 3) + bytes((SIZE - SIDE - x) * 3)
    picture = row_without * y + row_with * SIDE + row_without * (SIZE - SIDE - y)
    answer(b"FRAM", struct.pack("<fBBHff", 0.0, 0, 0, 0xFFFF, x, y) + picture)

while True:
    kind, length = struct.unpack("<4sI", read(8))
    body = read(length)
    if kind == b"HELO":
        keys = {"noop": [], "left": ["Left"], "right": ["Right"], "up": ["Up"], "down": ["Down"]}
        answer(b"HELO", json.dumps({"protocol": 1, "name": "square", "width": SIZE, "height": SIZE, "rate": 15, "save": True, "objects": ["square"],
                                    "actions": [{"name": name, "keys": held} for name, held in keys.items()]}).encode())
    elif kind == b"RSET":
        x, y = 4 * (struct.unpack("<Q", body)[0] % 15), 28
        frame()
    elif kind == b"STEP":
        dx, dy = ((0, 0), (-2, 0), (2, 0), (0, -2), (0, 2))[struct.unpack("<I", body)[0]]
        x, y = min(max(x + dx, 0), SIZE - SIDE), min(max(y + dy, 0), SIZE - SIDE)
        frame()
    elif kind == b"SAVE":
        answer(b"STAT", bytes((x, y)))
    elif kind == b"LOAD":
        x, y = body
        frame()
    else:
        sys.exit()
