#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk on a real X display (Xvfb, private): its window on the wall and on a desk, a finger by xdotool, and keys."""
import json
import os
import subprocess
import sys

from display import Display
from kiosk_process import TMP, Kiosk, Verdicts, centre, write_json

verdicts = Verdicts()
case = verdicts.case
UNNAMED = "97"  # the X server's code of a key that SDL has no name for (International 1)
HAND = 0.6  # after a change the screen is deaf for 300 ms, after a tap the same control for 500


def middle(feed, item, *options):
    """The middle of an item in the picture that these options give."""
    out = TMP / "where.json"
    subprocess.run([os.environ["OPPSLAG_KIOSK"], "--feed", str(feed), "--list", str(out), *options], check=True, timeout=60)
    x, y, w, h = next(i for i in json.loads(out.read_text())["items"] if i["id"] == item)["hit_px"]
    return x + w // 2, y + h // 2


feed = write_json("centre.json", centre())

with Display() as display:
    with case("on the wall: the whole display, no frame, a finger leads on, no key ends it"):
        with Kiosk("--feed", str(feed), env=display.env) as kiosk:
            ready = kiosk.await_event("ready")
            assert (ready["w"], ready["h"]) == (1920, 1080), ready
            window = display.window()
            geometry = display.do("getwindowgeometry", "--shell", window).splitlines()
            assert {"X=0", "Y=0", "WIDTH=1920", "HEIGHT=1080"} <= set(geometry), geometry
            display.tap(middle(feed, "help"), before=HAND)
            assert kiosk.await_event("tap")["item"] == "help"
            kiosk.await_event("picture", view="help")
            display.tap(middle(feed, "home"), before=HAND)
            kiosk.await_event("picture", view="home")
            display.do("key", "--window", window, "Escape", "ctrl+q", "alt+F4")
            display.do("sleep", 0.5)
            assert kiosk.process.poll() is None
            assert kiosk.end() == 0, kiosk.said()

    with case("one touch is one touch"):
        with Kiosk("--feed", str(feed), env=display.env) as kiosk:
            kiosk.await_event("ready")
            display.tap(middle(feed, "language"), before=HAND)
            kiosk.await_event("picture", view="language")
            display.tap(middle(feed, "language/en", "--view", "language"), before=HAND)
            kiosk.await_event("view", lang="en")
            kiosk.end()
            assert [e["kind"] for e in kiosk.log].count("tap") == 2, kiosk.log

    with case("on a desk: a window, Esc closes it"):
        with Kiosk("--feed", str(feed), "--windowed", "--size", "1080x1920", env=display.env) as kiosk:
            ready = kiosk.await_event("ready")
            assert (ready["w"], ready["h"]) == (1080, 1920), ready
            window = display.window()
            size = dict(line.split("=") for line in display.do("getwindowgeometry", "--shell", window).splitlines())
            w, h = int(size["WIDTH"]), int(size["HEIGHT"])
            assert w <= 1920 and h <= 1080 and abs(w / h - 1080 / 1920) < 0.01, size
            x, y = middle(feed, "help", "--size", "1080x1920")
            display.tap((int(size["X"]) + x * w // 1080, int(size["Y"]) + y * h // 1920), before=HAND)
            assert kiosk.await_event("tap")["item"] == "help"
            display.key("Escape")
            assert kiosk.wait(30) == 0

    with case("a key that has no name, as keyboards of other lands have, is recorded so that it plays"):
        record, events = TMP / "keys.jsonl", TMP / "played.jsonl"
        with Kiosk("--feed", str(feed), "--record", str(record), env=display.env) as kiosk:
            kiosk.await_event("ready")
            display.key(UNNAMED)
            kiosk.await_event("speech_key")
            kiosk.end()
        kinds = [json.loads(line)["kind"] for line in record.read_text(encoding="utf-8").splitlines()]
        assert "speech_key" in kinds and "key" not in kinds, kinds
        subprocess.run([os.environ["OPPSLAG_KIOSK"], "--replay", str(record), "--events", str(events)], check=True, timeout=60)
        assert '"speech_key"' in events.read_text(encoding="utf-8")

with case("a display that is not there is said, with exit 3"):
    with Kiosk("--feed", str(feed), env={"DISPLAY": ":999999", "SDL_VIDEODRIVER": "x11"}) as kiosk:
        assert kiosk.wait() == 3
        assert "display: cannot be opened" in kiosk.said(), kiosk.said()

with case("where there is no display at all it does not run unseen"):
    with Kiosk("--feed", str(feed), env={"SDL_VIDEODRIVER": "", "XDG_RUNTIME_DIR": str(TMP)}) as kiosk:
        assert kiosk.wait() == 3
        assert "display: cannot be opened" in kiosk.said(), kiosk.said()

sys.exit(verdicts.code())
