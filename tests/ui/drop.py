#!/usr/bin/env python3
# Drops a file on an X11 window as a file manager does: the source's side of XDND, version 5, through libX11.
# Usage: drop.py WINDOW FILE; ends with 0 where the window took it.
import ctypes
import struct
import sys
import time
import urllib.parse

X = ctypes.CDLL("libX11.so.6")
X.XOpenDisplay.restype = ctypes.c_void_p
for name in ("XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow"):
    getattr(X, name).restype = ctypes.c_ulong
CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31

display = ctypes.c_void_p(X.XOpenDisplay(None))
if not display:
    sys.exit("no display")
target, path = int(sys.argv[1]), sys.argv[2]
data = ("file://" + urllib.parse.quote(path) + "\r\n").encode()


def atom(name):
    return X.XInternAtom(display, name.encode(), 0)


def long(value):
    return ctypes.c_ulong(value)


source = X.XCreateSimpleWindow(display, long(X.XDefaultRootWindow(display)), 0, 0, 1, 1, 0, long(0), long(0))
kind, selection, copy = atom("text/uri-list"), atom("XdndSelection"), atom("XdndActionCopy")
X.XSetSelectionOwner(display, long(selection), long(source), long(0))


def send(to, event):
    event = ctypes.create_string_buffer(event.ljust(192, b"\0"), 192)
    X.XSendEvent(display, long(to), 0, ctypes.c_long(0), event)
    X.XFlush(display)


def message(name, *values):
    values = list(values) + [0] * (5 - len(values))
    send(target, struct.pack("<iiQiiQQQii5Q", CLIENT_MESSAGE, 0, 0, 1, 0, 0, target, atom(name), 32, 0, *values))


message("XdndEnter", source, 5 << 24, kind)
message("XdndPosition", source, 0, 300 << 16 | 300, 0, copy)
end, dropped = time.time() + 20, False
while time.time() < end:
    if not X.XPending(display):
        time.sleep(0.01)
        continue
    buffer = ctypes.create_string_buffer(192)
    X.XNextEvent(display, buffer)
    event = buffer.raw
    what = struct.unpack_from("<i", event)[0]
    if what == CLIENT_MESSAGE:
        said, = struct.unpack_from("<Q", event, 40)
        if said == atom("XdndStatus") and not dropped:
            if not struct.unpack_from("<Q", event, 64)[0] & 1:
                sys.exit("the window does not take it")
            dropped = True
            message("XdndDrop", source, 0, 0)
        elif said == atom("XdndFinished"):
            sys.exit(0)
    elif what == SELECTION_REQUEST:
        requestor, selected, wanted, place, when = struct.unpack_from("<5Q", event, 40)
        X.XChangeProperty(display, long(requestor), long(place), long(wanted), 8, 0, data, len(data))
        send(requestor, struct.pack("<iiQiiQ5Q", SELECTION_NOTIFY, 0, 0, 1, 0, 0, requestor, selected, wanted, place, when))
sys.exit("the window did not finish the drop")
