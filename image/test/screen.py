# SPDX-License-Identifier: GPL-3.0-or-later
"""What the screen ought to show, drawn by this host's own kiosk from the same feed after the same touches, and how like it a picture of the
machine's panel is.

The two are never the same dots: Debian 13 shapes text a little otherwise than Debian 12, the clock goes on. So pictures are compared as a person would from across the room, as 240 by 135 spots of light: the view that is meant must be the
nearest of all views that were drawn, twice as near as any other, and no more than a few spots may differ from it.
"""
import datetime
import json
import os
import re
import subprocess
import zoneinfo

import numpy as np
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

SIZE = (1920, 1080)
SPOTS = (240, 135)
OTHER_LIGHT = 48  # of 255: a spot that differs by so much is another one
FEW = 0.03  # the share of the spots that may
STEP_MS = 1500
# Where the idle picture may stand, to spare the panel (src/screen/shift.c); a story's begins at the first.
PLACES = ((0, 0), (3, -2), (-2, 3), (4, 1), (-4, -3), (1, 4), (-1, -4), (2, 2), (-3, -1), (3, 3), (-4, -2), (2, -3))
OWN_FACTS = {"technician"}  # views that tell of their own machine: their band with the title is what is known of them
BAND = 13  # rows of spots
ZONE = zoneinfo.ZoneInfo("Europe/Oslo")


def light_of(picture):
    with Image.open(picture) as image:
        return np.asarray(image.convert("L"), dtype=np.float32)


def spots(light):
    """Light as it is seen from far away: the mean of each spot."""
    h, w = light.shape
    return light.reshape(SPOTS[1], h // SPOTS[1], SPOTS[0], w // SPOTS[0]).mean(axis=(1, 3))


def unlike(a, b):
    """The share of spots that differ between two pictures, 0 to 1."""
    return float((np.abs(a - b) > OTHER_LIGHT).mean())


class Seen:
    """A picture of the panel, wherever the idle picture stood when it was taken."""

    def __init__(self, path):
        light = light_of(path)
        self.places = [spots(np.roll(light, (-dy, -dx), axis=(0, 1))) for dx, dy in PLACES]

    def unlike(self, moment, rows=SPOTS[1]):
        return min(unlike(place[:rows], moment.spots[:rows]) for place in self.places)

    def at(self, moment):
        """The spots, moved to where they are most like MOMENT's."""
        return min(self.places, key=lambda place: unlike(place, moment.spots))


def is_drawn(path):
    """Whether anything but one colour, or QEMU's own words on black, is on the panel."""
    light = spots(light_of(path))
    return light.max() - light.min() > 100 and (light > 128).mean() > 0.2


def codes(path):
    """The QR codes in a picture, as each of two decoders reads them."""
    with Image.open(path) as image:
        grey = image.convert("L")
    by_zbar = {found.data.decode("ascii", "replace") for found in pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])}
    by_zxing = {found.text for found in zxingcpp.read_barcodes(np.asarray(grey), formats=zxingcpp.BarcodeFormat.QRCode)}
    return by_zbar, by_zxing


class Place:
    """One moment of a story: the picture, and what stands where."""

    def __init__(self, name, document, picture):
        self.name, self.items, self.view = name, document["items"], document["view"]
        self.spots = spots(light_of(picture))

    def find(self, action):
        """The item that does ACTION, a regular expression for the whole of it."""
        for item in self.items:
            if item["action"] and re.fullmatch(action, item["action"]) and item["hit_px"]:
                return item
        raise AssertionError(f"in {self.name} nothing does {action}: {[i['action'] for i in self.items if i['action']]}")

    def middle(self, item):
        x, y, w, h = item["hit_px"]
        return (x + w / 2) / SIZE[0], (y + h / 2) / SIZE[1]

    def codes(self):
        return {item["payload"] for item in self.items if item["role"] == "qr"}

    def says(self, words):
        return any(words in (item["text"] or "") for item in self.items)


class Story:
    """A visit as this host's kiosk plays it: touches, each told by what it does, and the moment after each."""

    def __init__(self, kiosk, folder):
        self.kiosk, self.folder, self.feed = kiosk, folder, None
        folder.mkdir(parents=True, exist_ok=True)

    def know(self, feed):
        """From here on it is told with FEED, the central's document; None: a screen that never had one."""
        self.feed = feed
        (self.folder / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
        return self

    def play(self, taps, now, *, sure=True, first=0, age_s=0, state=None, then=(), options=()):
        """The moments of a visit that began at NOW: before the first of TAPS (ids of items), and after each; from moment FIRST on.
        SURE: whether the clock can be trusted. THEN: lines of the replay, each after the last touch and with a moment of its own. OPTIONS: of the program."""
        start = {"t_ms": 0, "kind": "start", "time": now.strftime("%Y-%m-%dT%H:%M"), "size": f"{SIZE[0]}x{SIZE[1]}", "night": "off"}
        lines = [start, {"t_ms": 0, "kind": "clock", "time": start["time"], "sure": sure}]
        if self.feed:
            lines.append({"t_ms": 0, "kind": "feed", "file": "feed.json", "age_s": age_s})
            # An address in a settings file is none for a replay.
            options = ["--feed", self.folder / "feed.json", *options]
        if state:
            lines.append({"t_ms": 0, "kind": "feed_state", "state": state, "age_s": age_s if self.feed else -1})
        steps = [{"kind": "tap", "on": tap} for tap in taps] + list(then)
        for n in range(len(steps) + 1):
            t = (n + 1) * STEP_MS
            if n:
                lines.append({"t_ms": t - 1000, **steps[n - 1]})
            if n >= first:
                looks = (("list", "json"), ("picture", "png"))
                lines += [{"t_ms": t, "kind": kind, "file": str(self.folder / f"{n}.{end}")} for kind, end in looks]
        replay = self.folder / "visit.jsonl"
        replay.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        done = subprocess.run([self.kiosk, "--replay", replay, *options], capture_output=True, text=True, timeout=120, check=False,
                              env={**os.environ, "SDL_VIDEODRIVER": "dummy"})  # fmt: skip
        assert done.returncode == 0, f"the host's own kiosk ended with {done.returncode}: {done.stderr.strip()}"
        moments = []
        for n in range(first, len(steps) + 1):
            document = json.loads((self.folder / f"{n}.json").read_text(encoding="utf-8"))
            moments.append(Place(f"{n} {document['view']}", document, self.folder / f"{n}.png"))
        return moments

    def find_taps(self, actions, now):
        """The ids of the items that do ACTIONS, one after the other."""
        taps = []
        for action in actions:
            taps.append(self.play(taps, now, first=len(taps))[-1].find(action)["id"])
        return taps


def now_in_oslo(ahead=0):
    return datetime.datetime.now(ZONE) + datetime.timedelta(seconds=ahead)


def shows(picture, moment, moments):
    """Whether the picture shows MOMENT rather than any other of MOMENTS. Those that look alike count as the same."""
    seen = Seen(picture)
    rows = BAND if moment.view in OWN_FACTS else SPOTS[1]
    others = [m for m in moments if unlike(m.spots[:rows], moment.spots[:rows]) > FEW / 2]
    near = seen.unlike(moment, rows)
    return near <= FEW and all(near * 2 <= seen.unlike(other, rows) for other in others)


def rather(picture, wanted, other):
    """Whether the picture is like WANTED where the two moments differ, however little that is."""
    differ = np.abs(wanted.spots - other.spots) > OTHER_LIGHT
    assert differ.sum() >= 8, f"{wanted.name} and {other.name} cannot be told apart"
    here = Seen(picture).at(wanted)
    near, far = (float(np.abs(here - moment.spots)[differ].mean()) for moment in (wanted, other))
    return near * 2 <= far and unlike(here, wanted.spots) <= FEW
