#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real contacts on a real X server: two fingers, a palm that rests, a finger that slides off, and a panel that hangs in each of four ways."""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from kiosk_process import KIOSK, TMP, Kiosk, Verdicts, centre, write_json  # noqa: E402
from touches import Glass, rest  # noqa: E402

verdicts = Verdicts()
case = verdicts.case
FEED = write_json("feed.json", centre())
HAND = 0.75  # after a change the screen is deaf for 300 ms, a control that was chosen for 500
# Where the pixel (x, y) of the upright picture, WIDE and HIGH, is on the panel.
TURNS = {0: lambda x, y, wide, high: (x, y), 90: lambda x, y, wide, high: (high - 1 - y, x),
         180: lambda x, y, wide, high: (wide - 1 - x, high - 1 - y), 270: lambda x, y, wide, high: (y, wide - 1 - x)}


class Places:
    """Where the controls of the first view are on the panel."""

    def __init__(self, rotation):
        out = TMP / f"where-{rotation}.json"
        subprocess.run([KIOSK, "--feed", str(FEED), "--list", str(out), "--size", "1920x1080", "--rotate", str(rotation), "--lang", "nb"], check=True, timeout=60)
        document = json.loads(out.read_text(encoding="utf-8"))
        self.turn, (self.wide, self.high) = TURNS[rotation], document["size_px"]
        self.hits = {i["id"]: i["hit_px"] for i in document["items"] if i["hit_px"]}

    def __getitem__(self, name):
        x, y, w, h = self.hits[name]
        return self.turn(x + w // 2, y + h // 2, self.wide, self.high)

    def nothing(self):
        """A place far from all that answers."""
        for y in range(4, self.high, 8):
            for x in range(4, self.wide, 8):
                if all(x < hx - 30 or y < hy - 30 or x > hx + hw + 30 or y > hy + hh + 30 for hx, hy, hw, hh in self.hits.values()):
                    return self.turn(x, y, self.wide, self.high)
        raise AssertionError("no place where a touch does nothing")


def start(glass, rotation):
    kiosk = Kiosk("--feed", str(FEED), "--rotate", str(rotation), "--lang", "nb", env=glass.env)
    kiosk.await_event("ready")
    rest(HAND)
    return kiosk


def taps_until(kiosk, view):
    """What was tapped on the way to VIEW."""
    kiosk.log.clear()
    kiosk.await_event("view", view=view)
    return [event["item"] for event in kiosk.log if event["kind"] == "tap"]


def upright(glass):
    at = Places(0)
    with start(glass, 0) as kiosk:
        with case("one finger"):
            glass.tap(at["help"])
            assert taps_until(kiosk, "help") == ["help"]

        with case("a palm that rests gives way, and chooses nothing when it leaves"):
            rest(HAND)
            glass.down(1, at.nothing())
            rest(1.1)
            glass.tap(at["home"], finger=2)
            assert taps_until(kiosk, "home") == ["home"]
            glass.up(1, at.nothing())

        with case("a second finger beside the first does nothing"):
            rest(HAND)
            glass.down(1, at["help"])
            glass.down(2, at["language"])
            glass.up(2, at["language"])
            glass.up(1, at["help"])
            assert taps_until(kiosk, "help") == ["help"]

        with case("a finger that slides off takes its choice back; a tremor does not"):
            rest(HAND)
            x, y = at["home"]
            glass.down(1, (x, y))
            for step in range(1, 9):
                glass.move(1, (x, y - 50 * step))
            glass.up(1, (x, y - 400))
            rest(HAND)
            glass.down(1, (x, y))
            for step in range(12):
                glass.move(1, (x + 14 * (-1) ** step, y + 9 * (-1) ** (step // 2)))
            glass.up(1, (x, y))
            assert taps_until(kiosk, "home") == ["home"]

        with case("five fingers down and up again break nothing"):
            rest(HAND)
            for finger in range(1, 6):
                glass.down(finger, (300 * finger, 200 + 30 * finger))
            for finger in range(1, 6):
                glass.up(finger, (300 * finger, 200 + 30 * finger))
            rest(HAND)
            glass.tap(at["help"])
            kiosk.await_event("view", view="help")
        assert kiosk.end() == 0


def turned(glass, rotation):
    at = Places(rotation)
    with case(f"turned by {rotation} degrees a finger is where it is seen"), start(glass, rotation) as kiosk:
        for name, view in (("help", "help"), ("home", "home"), ("week", "activities")):
            glass.tap(at[name])
            assert taps_until(kiosk, view) == [name], name
            rest(HAND)
        assert kiosk.end() == 0


def main():
    os.environ.pop("DISPLAY", None)
    with Glass(TMP) as glass:
        upright(glass)
        for rotation in (90, 180, 270):
            turned(glass, rotation)
    return verdicts.code()


sys.exit(main())
