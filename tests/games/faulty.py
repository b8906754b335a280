"""A game outside that goes wrong in the way its argument says, for tests/outside_game_test.cpp."""
import json
import os
import struct
import sys
import time

mode = sys.argv[1]
steps = 0


def read(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit()
    return data


def answer(kind, body, length=None):
    sys.stdout.buffer.write(kind + struct.pack("<I", len(body) if length is None else length) + body)
    sys.stdout.buffer.flush()


def frame(size=16):
    answer(b"FRAM", struct.pack("<fBBH", 1.5, 0, steps % 5 == 4, 3) + bytes((steps * 3 + i) % 256 for i in range(size * size * 3)))


if mode == "speaks":
    print("Welcome to my game", flush=True)
if mode == "at once":
    sys.stderr.write("no display\nsorry, no game today\n")
    sys.exit(3)
while True:
    kind, length = struct.unpack("<4sI", read(8))
    body = read(length)
    if kind == b"HELO":
        hello = {"protocol": 1, "name": "faulty", "width": 16, "height": 16, "rate": 15, "save": mode == "saves", "actions": [{"name": "noop"}, {"name": "go", "keys": ["Right"]}]}
        if mode == "hello":
            hello["width"] = 100000
        answer(b"HELO", json.dumps(hello).encode())
    elif kind == b"RSET":
        steps = 0
        frame()
    elif kind == b"STEP":
        steps += 1
        if steps == 3:
            if mode == "hang":
                time.sleep(60)
            if mode == "crash":
                os.abort()
            if mode == "half":
                sys.stdout.buffer.write(b"FRAM" + struct.pack("<I", 776) + bytes(100))
                sys.stdout.buffer.flush()
                sys.exit(0)
            if mode == "size":
                frame(20)
            if mode == "huge":
                answer(b"FRAM", b"", (1 << 32) - 1)
            if mode == "fails":
                answer(b"FAIL", "ValueError: no such room".encode())
            if mode == "descriptors":
                answer(b"FAIL", ("open: " + " ".join(sorted(os.listdir("/proc/self/fd"), key=int)[:-1])).encode())
            if mode in ("size", "huge", "fails", "descriptors"):
                continue
        if mode == "late" and steps == 9:
            answer(b"FAIL", "ValueError: no such room".encode())
            continue
        frame()
    else:
        answer(b"FAIL", b"unknown")
