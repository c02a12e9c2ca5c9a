"""Extractors that misbehave, each in its own way. Run inside the box only."""

import ctypes
import os
import signal
import socket
import struct
import sys
import time
from pathlib import Path


def _ignore(*_: object) -> None:
    return


def works(data, options):
    from explainer.model.source import Box, PageSize
    from explainer.readers.box.extract import Extract
    from explainer.readers.pages import Page, PageWord

    options.progress(1, 2)
    options.progress(2, 2)
    word = PageWord(data.decode(), Box(1, 2, 30, 12))
    return Extract((Page(PageSize(1, 612, 792), (word,), (Box(0, 1, 2, 3),)),), problems=(("hidden-words", {"count": 2}),))


def refuses(data, options):
    from explainer.readers.box.extract import Refused

    raise Refused(data.decode(), pages=3)


def hangs(data, options):
    time.sleep(600)


def spins(data, options):
    while True:
        pass


def ignores_term(data, options):
    signal.signal(signal.SIGTERM, _ignore)
    signal.signal(signal.SIGXCPU, _ignore)
    while True:
        time.sleep(1)


def leaves_a_child(data, options):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, _ignore)
        time.sleep(600)
    os._exit(0)


def leaves_a_child_and_waits(data, options):
    if os.fork() == 0:
        time.sleep(600)
    time.sleep(600)


def dies_of(number):
    os.kill(os.getpid(), number)


def segfaults(data, options):
    ctypes.string_at(0)


def aborts(data, options):
    os.abort()


def floods(data, options):
    while True:
        os.write(1, b"x" * 65536)


def floods_in_frames(data, options):
    while True:
        os.write(1, b"J" + struct.pack(">I", 65536) + b"x" * 65536)


def floods_news(data, options):
    while True:
        options.progress(1, 1)


def says(text):
    body = text.encode()
    os.write(1, b"J" + struct.pack(">I", len(body)) + body)
    os._exit(0)


def says_what_it_is_given(data, options):
    says(data.decode())


def many_pages(data, options):
    says('{"pages":[' + ",".join(["{}"] * 100_000) + '],"pictures":[],"sheets":[],"problems":[]}')


def claims_a_long_answer(data, options):
    os.write(1, b"J" + struct.pack(">I", 10**9) + b"[")
    time.sleep(600)


def says_nothing(data, options):
    os._exit(0)


def exits_oddly(data, options):
    os._exit(7)


def closes_and_stays(data, options):
    os.close(1)
    time.sleep(600)


def allocates(data, options):
    bytearray(2 * 1024**3)


def connects(data, options):
    with socket.socket() as talker:
        talker.settimeout(2)
        talker.connect(("127.0.0.1", int(data)))
    return works(b"connected", options)


def writes_outside(data, options):
    Path(data.decode()).write_text("here")
    return works(b"written", options)


def reads_elsewhere(data, options):
    return works(Path(data.decode()).read_bytes(), options)


def reads_words_slowly(data, options):
    options.slow()
    time.sleep(float(data))
    return works(b"slow", options)


def looks_round(data, options):
    seen = [*sorted(os.environ), os.getcwd(), *(m for m in ("pydantic", "yaml", "flask") if m in sys.modules)]
    return works("\n".join(seen).encode(), options)
