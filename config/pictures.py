#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py O [all]   pictures of the sample centre's screen, into O/pictures, and an index.html of them with captions.

A chosen set: every view in Norwegian, four languages that are hard to set, the themes, standing panels, reach mode, large text, all sizes. `all`: every
view in every language, lying and standing.
"""
import concurrent.futures
import html
import json
import pathlib
import sys

import views

SAMPLE = views.ROOT / "assets/sample/centre.json"
NOW = "2026-11-24T09:41"
SIZES = {"landscape": "1920x1080", "portrait": "1080x1920"}
THEMES = {"contrast": "High contrast", "night": "Night colours"}
HARD = ("ar", "ur", "ti", "vi")
SOME = ("home", "activities", "activity", "need", "language", "callback", "help")
FEW = ("home", "need", "callback")
DIAGONALS = ("15.6", "21.5", "24", "32", "43")
CAPTIONS = {
    "home": "Home: the day, the clock, what is on and what help is wanted", "activities": "Activities, day by day", "activity": "One activity",
    "needs": "What help is wanted", "need": "One need, with its code", "notices": "Notices", "notice": "One notice",
    "organisations": "Associations", "organisation": "One association", "contacts": "People to ask", "kinds": "Activities by kind", "help": "Help",
    "language": "Languages, by their own names", "adjust": "Text size, contrast, reach, speech", "callback": "Ring meg: a telephone number",
    "urgent": "An urgent notice takes the screen over", "still": "Before a visit ends the screen asks", "cleaning": "The glass is being wiped",
    "night": "Night: a dim clock", "voice": "Which language to hear, where there is no voice", "technician": "For the technician: raw touches",
    "unsure": "The clock has not been set", "empty": "No content yet",
}
KEYS = [(700, "tap", {"on": f"key/{d}"}) for d in "00001234"]
ASKED = [*KEYS, (900, "tap", {"on": "callback/next"})]
SENT = [*ASKED, (900, "tap", {"on": "callback/yes"})]
SPEECH = [(1000, "speech_key", {}), *[(800, "tap", {"on": "speech/forward"})] * 3]
# name, caption, --view, lines of a replay
MOMENTS = [
    ("callback-review", "Ring meg: is the number right? Who gets it, and how to regret", "callback", ASKED),
    ("callback-sent", "Ring meg: sent, with the promised day", "callback", [*SENT, (900, "callback", {"end": "sent", "promised": "2026-11-26"})]),
    ("callback-kept", "Ring meg: kept under seal until the network is back", "callback", [*SENT, (900, "callback", {"end": "kept"})]),
    ("speech", "Speech mode: three zones that are found with eyes closed", "home", SPEECH),
    ("pressed", "A control under a finger", "home", [(1000, "down", {"on": "help"})]),
    ("adjust-contrast", "Adjusted: high contrast", "adjust", [(1000, "tap", {"on": "adjust/contrast"})]),
]


URGENT = {"id": "vann", "level": "urgent", "from": "2026-11-24T06:00", "until": "2026-11-24T23:00",
          "name": {"nb": "Vannet er stengt", "en": "The water is off"},
          "text": {"nb": "Vannet er stengt til klokka 14. Hent drikkevann i resepsjonen.",
                   "en": "The water is off until 14:00. Fetch drinking water from the reception."}}


class Picture:
    def __init__(self, group, name, caption, options, view="home", lines=None, time=NOW):
        self.group, self.name, self.caption, self.options = group, name, caption, options
        self.view, self.lines, self.time = view, lines, time

    def make(self, kiosk, out):
        path = out / f"{self.name}.png"
        if self.view == "urgent":
            return views.one(kiosk, out / "urgent.json", f"urgent:{URGENT['id']}", path, ["--time", self.time, *self.options])
        if self.lines is None:
            return views.one(kiosk, SAMPLE, self.view, path, ["--time", self.time, *self.options])
        return views.led(kiosk, SAMPLE, self.time, self.lines, path, ["--view", self.view, *self.options])


def options(lang="nb", turned="landscape", diagonal="24", *more):
    return ["--lang", lang, "--size", SIZES[turned], "--diagonal", diagonal, *more]


def caption(name):
    return CAPTIONS.get(name, name)


def time_of(name):
    return "2026-11-24T23:40" if name == "night" else NOW


def chosen(feed):
    named = list(views.views(feed))
    for name, view in named:
        yield Picture("Every view, in Norwegian", f"nb/{name}", caption(name), options(), view, None, time_of(name))
    yield Picture("Every view, in Norwegian", "nb/urgent", caption("urgent"), options(), "urgent")
    for name, words, view, lines in MOMENTS:
        yield Picture("Moments", f"moments/{name}", words, options(), view, lines)
    for lang in HARD:
        yield Picture(f"In {autonym(lang)}", f"{lang}/urgent", caption("urgent"), options(lang), "urgent")
        for name, view in named:
            if name in SOME:
                yield Picture(f"In {autonym(lang)}", f"{lang}/{name}", caption(name), options(lang), view)
    for name, view in named:
        if name in SOME:
            yield Picture("Standing", f"standing/{name}", caption(name), options("nb", "portrait"), view)
            yield Picture("Large text", f"large/{name}", caption(name), options("nb", "landscape", "24", "--scale", "1.4"), view)
        if name in FEW:
            for theme, words in THEMES.items():
                yield Picture(words, f"{theme}/{name}", caption(name), options("nb", "landscape", "24", "--theme", theme), view)
            for turned in SIZES:
                yield Picture("Reach mode: all that is touched is low", f"reach/{name}-{turned}", f"{caption(name)}, {turned}",
                              options("nb", turned, "32", "--reach"), view)
    for diagonal in DIAGONALS:
        yield Picture("Panels", f"panels/{diagonal}", f"Home on {diagonal} inches", options("nb", "landscape", diagonal))


def everything(feed):
    yield from chosen(feed)
    for lang in sorted(path.stem for path in (views.ROOT / "assets/lang").glob("*.json")):
        for turned in SIZES:
            for name, view in views.views(feed):
                yield Picture(f"{autonym(lang)}, {turned}", f"all/{lang}-{turned}/{name}", caption(name), options(lang, turned), view, None, time_of(name))


def autonym(lang):
    return json.loads((views.ROOT / f"assets/lang/{lang}.json").read_text(encoding="utf-8"))["language"]["autonym"]


STYLE = """
:root { color-scheme: light; }
body { margin: 0; font: 500 17px/1.5 Inter, system-ui, sans-serif; color: #14262b; background: #f6f2ea; }
header { padding: 40px 5vw 28px; color: #fff; background: #12383f; }
h1 { margin: 0; font-size: 40px; line-height: 1.2; }
header p { margin: 8px 0 0; max-width: 60ch; color: #d8e4e3; }
nav { padding: 16px 5vw; display: flex; flex-wrap: wrap; gap: 8px; background: #fff; border-bottom: 1px solid #d8d2c4; }
nav a { padding: 4px 14px; border: 1px solid #8a8474; border-radius: 16px; color: inherit; text-decoration: none; }
section { padding: 20px 5vw 12px; }
h2 { margin: 12px 0; font-size: 26px; color: #12383f; }
.set { display: grid; gap: 28px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); align-items: start; }
.set.tall { grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); }
figure { margin: 0; }
figure img { display: block; width: 100%; height: auto; border-radius: 6px; box-shadow: 0 1px 2px #0003, 0 8px 24px #0002; }
figcaption { margin-top: 8px; }
"""


def index(pictures):
    groups = {}
    for picture in pictures:
        groups.setdefault(picture.group, []).append(picture)
    parts = ["<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
             f"<title>Oppslag: pictures</title><style>{STYLE}</style></head><body>",
             "<header><h1>Oppslag</h1><p>The screen at the entrance, drawn by the program itself from the made-up centre Solbakken. "
             "A picture opens in full size.</p></header><nav>"]
    parts += [f'<a href="#g{n}">{html.escape(group)}</a>' for n, group in enumerate(groups)]
    parts.append("</nav>")
    for n, (group, members) in enumerate(groups.items()):
        tall = all("1080x1920" in p.options for p in members)
        parts.append(f'<section id="g{n}"><h2 dir="auto">{html.escape(group)}</h2><div class="set{" tall" if tall else ""}">')
        for picture in members:
            w, h = picture.options[picture.options.index("--size") + 1].split("x")
            parts.append(f'<figure><a href="{picture.name}.png"><img src="{picture.name}.png" alt="{html.escape(picture.caption)}" width="{w}" height="{h}" '
                         f'loading="lazy"></a><figcaption>{html.escape(picture.caption)}</figcaption></figure>')
        parts.append("</div></section>")
    return "\n".join([*parts, "</body></html>\n"])


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    feed = json.loads(SAMPLE.read_text(encoding="utf-8"))
    pictures = list((everything if sys.argv[2:] == ["all"] else chosen)(feed))
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    (out / "pictures/urgent.json").write_text(json.dumps({**feed, "notices": [URGENT, *feed["notices"]]}, ensure_ascii=False), encoding="utf-8")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda picture: picture.make(out / "oppslag-kiosk", out / "pictures"), pictures))
    page = out / "pictures/index.html"
    page.write_text(index(pictures), encoding="utf-8")
    print(f"{len(pictures)} pictures: {page}")


main()
