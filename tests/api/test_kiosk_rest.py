#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""A screen on a real X display that nobody touches: how often it wakes up."""
import os
import pathlib
import sys
import threading
import time

from display import Display
from kiosk_process import Kiosk, Verdicts, centre, write_json

PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]
verdicts = Verdicts()
case = verdicts.case


def slept(pid):
    """How often the drawing thread has gone to sleep."""
    for line in pathlib.Path(f"/proc/{pid}/task/{pid}/status").read_text().splitlines():
        if line.startswith("voluntary_ctxt_switches"):
            return int(line.split()[1])
    raise AssertionError("no such line")


class Rest:
    """Counts how often the drawing thread leaves its rest. A picture that is shown makes it wait for the X server once or twice, for less
    than a millisecond: that is one wake-up, so what follows within half a second belongs to the same."""

    def __init__(self, pid):
        self.pid, self.times = pid, []
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        seen, last = slept(self.pid), 0.0
        while not self.ending.wait(0.05):
            now = slept(self.pid)
            if now != seen and time.monotonic() - last > 0.5:
                self.times.append(time.monotonic())
            if now != seen:
                seen, last = now, time.monotonic()

    def end(self):
        self.ending.set()
        self.thread.join()
        return len(self.times)


feed = write_json("centre.json", centre())

with Display() as display:
    with case("untouched it sleeps: the drawing thread wakes up once a minute, for the clock"):
        with Kiosk("--feed", str(feed), "--time", "2026-11-24T09:29:50", program=PLAIN, env=display.env) as kiosk:
            kiosk.await_event("ready")
            kiosk.await_event("picture", view="home", timeout=30)  # 09:30, and what is one touch away is ready by then
            # What a busy machine adds, as an X server that answers late, is not the program's: one quiet minute of three shows it.
            woken = []
            while 1 not in woken and len(woken) < 3:
                rest = Rest(kiosk.process.pid)
                kiosk.await_event("picture", view="home", timeout=70)  # 09:31
                rest.ending.wait(0.6)
                woken.append(rest.end())
            assert 1 in woken, f"{woken} times in a minute"
            kiosk.end()

sys.exit(verdicts.code())
