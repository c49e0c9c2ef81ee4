# SPDX-License-Identifier: GPL-3.0-or-later
"""One display list as the rows see it, and the scenes and panels of which lists are made."""
import functools
import json
import math
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE, CROWDED = ROOT / "assets/sample/centre.json", ROOT / "tests/fixtures/screen/crowded.json"
NOW = "2026-11-24T09:41"  # a Tuesday
LANGUAGES = ["nb", "nn", "se", "en", "uk", "ar", "ru", "pl", "ti", "so", "lt", "ur", "fa", "tr", "vi", "ckb", "ps", "de", "fr", "es"]
RTL = {"ar", "ur", "fa", "ckb", "ps"}
DIAGONALS = [15.6, 21.5, 24, 32, 43]
ORIENTATIONS = {"landscape": (1920, 1080), "portrait": (1080, 1920)}
FURNITURE = ("home", "back", "help", "language", "adjust", "read")
BOTTOM_MM = 700  # the lower edge of a screen, as the installation guide has it

# Views in which there is nothing to read further, so no furniture either: what a touch does there is said in large words.
ALONE = {"night", "cleaning", "still", "urgent", "technician"}


def mm_per_px(diagonal):
    return diagonal * 25.4 / math.hypot(1920, 1080)


class Panel:
    def __init__(self, diagonal=24, orientation="landscape", scale=1.0, reach=False, theme="light", coarse=1):
        self.diagonal, self.orientation, self.scale, self.reach, self.theme = diagonal, orientation, scale, reach, theme
        self.w, self.h = (side // coarse for side in ORIENTATIONS[orientation])
        self.mm = mm_per_px(diagonal) * coarse
        self.view_mm = 600 if diagonal < 40 else 800

    def command(self):
        return f"panel {self.w}x{self.h} {self.diagonal} {self.scale} {int(self.reach)} {self.theme}"

    def options(self):
        return ["--size", f"{self.w}x{self.h}", "--diagonal", str(self.diagonal), "--scale", str(self.scale), "--theme", self.theme,
                *(["--reach"] if self.reach else [])]

    def needs_reach(self):
        """With its lower edge where the guide has it, hands from a chair do not reach its top (EN 301 549 8.3: 1220 mm)."""
        return BOTTOM_MM + self.h * self.mm > 1220

    def __str__(self):
        more = (" large" if self.scale > 1 else "") + (" reach" if self.reach else "") + (f" {self.theme}" if self.theme != "light" else "")
        return f'{self.diagonal}" {self.orientation}{more}'


class Item:
    __slots__ = ("id", "role", "rect", "hit", "text", "lang", "dir", "font_px", "cap_px", "fg", "bg", "enabled", "focus", "spoken", "action",
                 "decorative", "state", "truncated", "payload", "version", "module_px", "words")

    def __init__(self, row, words):
        get = row.get
        self.id, self.role, self.rect, self.hit, self.text = row["id"], row["role"], row["rect_px"], row["hit_px"], row["text"]
        self.lang, self.dir, self.font_px, self.cap_px, self.fg, self.bg = get("lang"), get("dir"), get("font_px"), get("cap_px"), get("fg"), get("bg")
        self.enabled, self.focus, self.spoken, self.action = row["enabled"], row["focus"], row["spoken"], row["action"]
        self.decorative, self.state, self.truncated = row["decorative"], row["state"], get("truncated", False)
        self.payload, self.version, self.module_px, self.words = get("payload"), get("version"), get("module_px"), words

    def name(self):
        return f"{self.id}" + (f" “{self.text[:30]}”" if self.text else "")

    def furniture(self):
        return self.id in FURNITURE

    def everywhere(self, shot):
        """It answers wherever one touches."""
        return self.rect[2] * self.rect[3] > 0.8 * shot.w * shot.h


def inside(a, b):
    return a[0] >= b[0] and a[1] >= b[1] and a[0] + a[2] <= b[0] + b[2] and a[1] + a[3] <= b[1] + b[3]


class Shot:
    """A display list with where it comes from."""

    def __init__(self, document, panel, scene, lang):
        listed = document["list"]
        self.panel, self.scene, self.asked_lang = panel, scene, lang
        self.view, self.lang, self.rtl = listed["view"], listed["lang"], listed["dir"] == "rtl"
        self.w, self.h = listed["size_px"]
        self.mm, self.dropped, self.model = listed["mm_per_px"], listed.get("dropped", 0), document.get("model", {})
        self.background = document.get("background")
        self.items = [Item(row, words) for row, words in zip(listed["items"], document["words"])]
        self.texts = [i for i in self.items if i.text]
        self.controls = [i for i in self.items if i.hit]
        self.by_id = {i.id: i for i in self.items}

    def where(self):
        return f"{self.scene} {self.lang} {self.panel}"

    def within(self, item):
        """What stands inside ITEM."""
        at = self.items.index(item)
        return [i for i in self.items[at + 1:] if inside(i.rect, item.rect)]

    def words(self):
        return "\n".join(i.text for i in self.texts)

    def hit_mm(self, item):
        return item.hit[2] * self.mm, item.hit[3] * self.mm


@functools.lru_cache(maxsize=None)
def luminance(colour):
    """Relative luminance (WCAG 2.1) of "#rrggbb"."""
    def linear(c):
        c /= 255
        return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
    r, g, b = (linear(int(colour[i:i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@functools.lru_cache(maxsize=None)
def contrast(a, b):
    la, lb = luminance(a), luminance(b)
    return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)


@functools.lru_cache(maxsize=None)
def weber(a, b):
    """Luminance contrast as TEK17 counts it: (Lmax - Lmin) / Lmax."""
    la, lb = luminance(a), luminance(b)
    return (max(la, lb) - min(la, lb)) / max(la, lb) if max(la, lb) else 0.0


# ---- scenes: a name, and what happens before one looks; the lines are those of scenes.c ----

TYPED = [f"tap key {d}" for d in "00001234"]
CALLBACK = ["tap open need:turvenn", "tap open callback"]
REVIEW = [*CALLBACK, *TYPED, "tap callback review"]
ASKED = [*REVIEW, "tap callback send"]

PLACES = ["home", "activities", "activities:2026-11-26", "activities:song", "kinds", "activity:sangstund/20261124T1100",
          "activity:onsdagsturen/20261125T1100", "activity:strikkekafe/20261126T1300", "activity:hagegruppa/20261124T1300",
          "activity:filmkveld", "activity:julemarked/20261128", "needs", "need:turvenn", "need:vaffelsteker", "notices", "notice:inngang",
          "organisations", "organisation:strandkoret", "contacts", "help", "language", "adjust", "callback"]


FAULTY, UNSET = (f"settings {ROOT / 'tests/fixtures/settings' / name}.ini" for name in ("faulty", "unset"))


def places():
    for place in PLACES:
        yield place, "sample", NOW, [] if place == "home" else [f"tap open {place}"]


MOMENTS = [
    ("callback-half", "sample", NOW, [*CALLBACK, *TYPED[:5]]),
    ("callback-bad", "sample", NOW, [*CALLBACK, *TYPED[:5], "tap callback review"]),
    ("callback-abroad", "sample", NOW, [*CALLBACK, "tap key +", *[f"tap key {d}" for d in "470000123400000"]]),
    ("callback-review", "sample", NOW, REVIEW),
    ("callback-keeping", "sample", NOW, ASKED),
    ("callback-kept", "sample", NOW, [*ASKED, "callback kept"]),
    ("callback-sent", "sample", NOW, [*ASKED, "callback sent"]),
    ("callback-lost", "sample", NOW, [*ASKED, "callback lost"]),
    ("adjust-large", "sample", NOW, ["tap open adjust", "tap adjust large"]),
    ("adjust-contrast", "sample", NOW, ["tap open adjust", "tap adjust contrast"]),
    ("adjust-reach", "sample", NOW, ["tap open adjust", "tap adjust reach"]),
    ("home-next-year", "sample", "2027-11-24T09:41", []),
    ("home-evening", "sample", "2026-11-24T20:00", []),
    ("home-empty-day", "crowded", "2026-11-29T10:00", []),
    ("home-crowded", "crowded", NOW, []),
    ("activities-crowded", "crowded", NOW, ["tap open activities"]),
    ("activities-empty-day", "crowded", NOW, ["tap open activities:2026-11-29"]),
    ("activity-long", "crowded", NOW, ["tap open activity:lang"]),
    ("urgent", "urgent", NOW, []),
    ("urgent-in-a-visit", "urgent", NOW, ["tap read", "tap open needs"]),
    ("still", "sample", NOW, ["tap open needs", "wait 91000"]),
    ("cleaning", "sample", NOW, ["tap clean"]),
    ("night", "sample", "2026-11-24T23:40", ["wait 1000"]),
    ("night-visit", "sample", "2026-11-24T23:40", ["wait 1000", "down", "up", "tap open needs"]),
    ("technician", "sample", NOW, ["tap open technician"]),
    ("technician-well", "sample", NOW, ["machine well", "tap open technician"]),
    ("technician-ill", "sample", NOW, ["machine ill", "tap open technician"]),
    ("untouchable", "sample", NOW, ["touch off"]),
    ("untouchable-old", "sample", NOW, ["touch off", "age 400000", "wait 61000"]),
    ("empty", None, NOW, []),
    ("gone-activity", "sample", NOW, ["tap open activity:finnes-ikke"]),
    ("gone-need", "sample", NOW, ["tap open need:finnes-ikke"]),
    ("gone-notice", "sample", NOW, ["tap open notice:finnes-ikke"]),
    ("gone-organisation", "sample", NOW, ["tap open organisation:finnes-ikke"]),
    ("nothing-asked", "bare", NOW, ["tap open needs"]),
    ("no-notices", "bare", NOW, ["tap open notices"]),
    ("no-organisations", "bare", NOW, ["tap open organisations"]),
    ("no-contacts", "bare", NOW, ["tap open contacts"]),
    ("unsure", "sample", NOW, ["unsure on"]),
    ("old", "sample", NOW, ["age 8000", "wait 61000"]),
    ("old-days", "sample", NOW, ["age 400000", "wait 61000"]),
    ("pressed", "sample", NOW, ["down language"]),
    ("settings", "sample", NOW, ["tap open settings"]),
    ("settings-wrong", "sample", NOW, [FAULTY]),
    ("settings-home", "sample", NOW, [FAULTY, "tap home"]),
    ("settings-help", "sample", NOW, [FAULTY, "tap open help"]),
    ("settings-unset", None, NOW, [UNSET]),
]
SPOKEN = [place for place in PLACES if place not in ("activities:2026-11-26", "activity:filmkveld", "activity:julemarked/20261128")]


def speech_scenes():
    for place in SPOKEN:
        yield f"speech-{place}", "sample", NOW, ["speech_key", *([] if place == "home" else [f"tap open {place}"])]
    yield "speech-review", "sample", NOW, ["speech_key", *REVIEW]
    yield "speech-sent", "sample", NOW, ["speech_key", *ASKED, "callback sent"]


def scenes():
    yield from places()
    yield from MOMENTS
    yield from speech_scenes()


def write_feeds(folder):
    """The feeds that scenes name."""
    feeds = {"sample": SAMPLE, "crowded": CROWDED}
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    urgent = {"id": "vann", "level": "urgent", "from": "2026-11-24T06:00", "until": "2026-11-24T23:00",
              "name": {"nb": "Vannet er stengt", "en": "The water is off"},
              "text": {"nb": "Vannet er stengt til klokka 14. Hent drikkevann i resepsjonen.",
                       "en": "The water is off until 14:00. Fetch drinking water from the reception."}}
    for name, document in (("urgent", {**sample, "notices": [urgent, *sample["notices"]]}),
                           ("bare", {**sample, "activities": [], "needs": [], "notices": [], "organisations": [], "contacts": []})):
        feeds[name] = folder / f"{name}.json"
        feeds[name].write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return feeds


PAGE = re.compile(r"page (\d+)$")


class Scenes:
    """The program that makes lists, one after the other."""

    def __init__(self, program, feeds, log):
        self.log = open(log, "w", encoding="utf-8")
        self.feeds, self.feed = feeds, None
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, encoding="utf-8",
                                        env={**os.environ, "OPPSLAG_DATADIR": os.environ["OPPSLAG_DATADIR"]})

    def say(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines))

    def look(self, tag="-"):
        self.say(f"list {tag}")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"scenes ended: {pathlib.Path(self.log.name).read_text(encoding='utf-8')[-600:]}")
        document = json.loads(line)
        if "error" in document:
            raise RuntimeError(f"{tag}: {document['error']}")
        return document

    def said(self):
        """What the newest wish is in words: [(text, language, whether only a headset may hear it)]."""
        self.say("said -")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["said"]

    def begin(self, feed, lang, time=NOW):
        if feed != self.feed:
            self.say(f"feed {self.feeds[feed]}" if feed else "feed -")
            self.feed = feed
        self.say(f"begin {lang} {time}")

    def shots(self, panel, scene, lang, pages=True):
        """The scene's list, and those of its further pages."""
        name, feed, time, lines = scene
        self.begin(feed, lang, time)
        self.say(*lines)
        shot = Shot(self.look(name), panel, name, lang)
        yield shot
        number = 0
        while pages and f"page {number + 1}" in {i.action for i in shot.controls}:
            number += 1
            self.say(f"tap page {number}")
            shot = Shot(self.look(name), panel, f"{name} page {number + 1}", lang)
            yield shot

    def close(self):
        self.process.stdin.close()
        code = self.process.wait()
        self.log.close()
        return code
