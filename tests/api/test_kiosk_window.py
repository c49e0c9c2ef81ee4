#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""The kiosk on a real X display (Xvfb, private): its window on the wall and on a desk, a finger by xdotool, keys, and rest."""
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from kiosk_process import TMP, Kiosk, Verdicts, centre, write_json

PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]
verdicts = Verdicts()
case = verdicts.case


class Display:
    """A virtual display of its own, on a number that the server chooses."""

    def __init__(self, size="1920x1080"):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
                                        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()
        assert self.name != ":", "Xvfb does not start"
        self.env = {"DISPLAY": self.name, "SDL_VIDEODRIVER": "x11"}

    def do(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env={**os.environ, **self.env}, check=True, capture_output=True, text=True,
                              timeout=30).stdout

    def tap(self, x, y):
        """A finger at the pace of a hand: after a change the screen is deaf for 300 ms, after a tap the same control for 500."""
        self.do("sleep", 0.6, "mousemove", x, y, "click", 1)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()


def middle(feed, item, *options):
    """The middle of an item in the picture that these options give."""
    out = TMP / "where.json"
    subprocess.run([os.environ["OPPSLAG_KIOSK"], "--feed", str(feed), "--list", str(out), *options], check=True, timeout=60)
    x, y, w, h = next(i for i in json.loads(out.read_text())["items"] if i["id"] == item)["hit_px"]
    return x + w // 2, y + h // 2


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
    with case("on the wall: the whole display, no frame, a finger leads on, no key ends it"):
        with Kiosk("--feed", str(feed), env=display.env) as kiosk:
            ready = kiosk.await_event("ready")
            assert (ready["w"], ready["h"]) == (1920, 1080), ready
            window = display.do("search", "--sync", "--onlyvisible", "--name", "^Oppslag$").split()[0]
            geometry = display.do("getwindowgeometry", "--shell", window).splitlines()
            assert {"X=0", "Y=0", "WIDTH=1920", "HEIGHT=1080"} <= set(geometry), geometry
            display.tap(*middle(feed, "help"))
            assert kiosk.await_event("tap")["item"] == "help"
            kiosk.await_event("picture", view="help")
            display.tap(*middle(feed, "home"))
            kiosk.await_event("picture", view="home")
            display.do("key", "--window", window, "Escape", "ctrl+q", "alt+F4")
            display.do("sleep", 0.5)
            assert kiosk.process.poll() is None
            assert kiosk.end() == 0, kiosk.said()

    with case("one touch is one touch"):
        with Kiosk("--feed", str(feed), env=display.env) as kiosk:
            kiosk.await_event("ready")
            display.tap(*middle(feed, "language"))
            kiosk.await_event("picture", view="language")
            display.tap(*middle(feed, "language/en", "--view", "language"))
            kiosk.await_event("view", lang="en")
            kiosk.end()
            assert [e["kind"] for e in kiosk.log].count("tap") == 2, kiosk.log

    with case("on a desk: a window, Esc closes it"):
        with Kiosk("--feed", str(feed), "--windowed", "--size", "1080x1920", env=display.env) as kiosk:
            ready = kiosk.await_event("ready")
            assert (ready["w"], ready["h"]) == (1080, 1920), ready
            window = display.do("search", "--sync", "--onlyvisible", "--name", "^Oppslag$").split()[0]
            size = dict(line.split("=") for line in display.do("getwindowgeometry", "--shell", window).splitlines())
            w, h = int(size["WIDTH"]), int(size["HEIGHT"])
            assert w <= 1920 and h <= 1080 and abs(w / h - 1080 / 1920) < 0.01, size
            x, y = middle(feed, "help", "--size", "1080x1920")
            display.tap(int(size["X"]) + x * w // 1080, int(size["Y"]) + y * h // 1920)
            assert kiosk.await_event("tap")["item"] == "help"
            display.do("windowfocus", "--sync", window, "key", "Escape")
            assert kiosk.wait(30) == 0

    with case("untouched it sleeps: the drawing thread wakes up once a minute, for the clock"):
        with Kiosk("--feed", str(feed), "--time", "2026-11-24T09:29:50", program=PLAIN, env=display.env) as kiosk:
            kiosk.await_event("ready")
            kiosk.await_event("picture", view="home", timeout=30)  # 09:30, and what is one touch away is ready by then
            rest = Rest(kiosk.process.pid)
            kiosk.await_event("picture", view="home", timeout=70)  # 09:31
            rest.ending.wait(0.3)
            woken = rest.end()
            assert woken == 1, f"{woken} times in a minute"
            kiosk.end()

with case("a display that is not there is said, with exit 3"):
    with Kiosk("--feed", str(feed), env={"DISPLAY": ":999999", "SDL_VIDEODRIVER": "x11"}) as kiosk:
        assert kiosk.wait() == 3
        assert "display: cannot be opened" in kiosk.said(), kiosk.said()

with case("where there is no display at all it does not run unseen"):
    with Kiosk("--feed", str(feed), env={"SDL_VIDEODRIVER": "", "XDG_RUNTIME_DIR": str(TMP)}) as kiosk:
        assert kiosk.wait() == 3
        assert "display: cannot be opened" in kiosk.said(), kiosk.said()

sys.exit(verdicts.code())
