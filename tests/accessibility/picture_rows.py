# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on pictures, over a chosen set: what is measured is the light that leaves the panel, not what the list says of it."""
import json
import subprocess

import kiosk_process
import numpy as np
import shot
from PIL import Image

NB = ["home", "activities", "kinds", "activity:onsdagsturen/20261125T1100", "needs", "need:turvenn", "notice:inngang", "organisation:strandkoret",
      "contacts", "help", "language", "adjust", "callback"]
# The scripts that ink is cut in: tall marks above, deep ones below, joined from right to left.
HARD = {"ar": ["home", "need:turvenn", "help"], "ur": ["home", "need:turvenn", "help", "language"], "ti": ["home", "need:turvenn", "help"],
        "vi": ["home", "need:turvenn", "help"], "ckb": ["home", "help"], "se": ["home", "help"]}


class Picture:
    """A picture with its display list."""

    def __init__(self, path, document, what):
        self.pixels = np.asarray(Image.open(path).convert("RGB"))
        self.document, self.what = document, what
        channel = self.pixels.astype(np.float32) / 255
        linear = np.where(channel <= 0.03928, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
        self.light = linear @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)

    def of(self, rect):
        x, y, w, h = rect
        return self.light[max(0, y):y + h, max(0, x):x + w]

    def items(self, *roles):
        return [i for i in self.document["items"] if not roles or i["role"] in roles]


def option_lists():
    for view in NB:
        for theme in ("light", "contrast", "night"):
            yield view, "nb", shot.Panel(24, "landscape", theme=theme)
        yield view, "nb", shot.Panel(24, "portrait")
    for view in ("home", "need:turvenn", "adjust"):
        yield view, "nb", shot.Panel(32, "portrait", reach=True)
        yield view, "nb", shot.Panel(15.6, "landscape", scale=1.4)
    for lang, views in HARD.items():
        for view in views:
            yield view, lang, shot.Panel(24, "landscape")
            yield view, lang, shot.Panel(21.5, "portrait")


def draw(view, lang, panel, time=shot.NOW, feed=shot.SAMPLE):
    folder = kiosk_process.TMP
    png, listed = folder / "picture.png", folder / "list.json"
    subprocess.run([kiosk_process.KIOSK, "--feed", feed, "--time", time, "--lang", lang, "--view", view, "--picture", png, "--list", listed, "--data",
                    folder, *panel.options()], check=True, capture_output=True, timeout=60)
    return Picture(png, json.loads(listed.read_text(encoding="utf-8")), f"{view} {lang} {panel}")


# ---- of one picture ----

def ratio(a, b):
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def words(picture):
    """Each text with the light of its paper and of its ink."""
    for item in picture.items("text", "heading", "clock", "button", "key"):
        if not item["text"] or min(item["rect_px"][2:]) < 8:
            continue
        area = picture.of(item["rect_px"])
        if item["role"] in ("button", "key"):
            area = area[6:-6, 6:-6]
        paper = float(np.median(area))
        away = np.abs(area - paper)
        # A hundredth of the pixels is less than any word has of full ink.
        ink = float(area.flat[np.argsort(away, axis=None)[-max(6, area.size // 200)]])
        yield item, paper, ink


def picture_contrast(picture, tally):
    for item, paper, ink in words(picture):
        least = 7 if item["enabled"] else 4.5
        tally.add(ratio(paper, ink) >= least - 0.15, f"{picture.what}: {item['id']} {ratio(paper, ink):.1f}:1 on the glass")


def picture_weber(picture, tally):
    for item, paper, ink in words(picture):
        got = (max(paper, ink) - min(paper, ink)) / max(paper, ink, 1e-6)
        tally.add(got >= 0.79, f"{picture.what}: {item['id']} {got:.2f}")


def picture_edges(picture, tally):
    """At the middle of each side of a control: something within its border differs 3:1 from what is outside."""
    for item in picture.items():
        if not item["hit_px"]:
            continue
        x, y, w, h = item["rect_px"]
        best = []
        for cut in (picture.light[y - 4:y + 8, x + w // 2], picture.light[y + h // 2, x - 4:x + 8],
                    picture.light[y + h - 8:y + h + 4, x + w // 2][::-1], picture.light[y + h // 2, x + w - 8:x + w + 4][::-1]):
            best.append(max(ratio(float(cut[0]), float(c)) for c in cut[2:]))
        tally.add(sorted(best)[1] >= 2.95, f"{picture.what}: {item['id']} {min(best):.1f}:1")


def picture_grey(picture, tally):
    """What is chosen differs from its neighbours in light as well."""
    chosen = [i for i in picture.items("button", "card") if i["state"] == "selected"]
    for item in chosen:
        family = [i for i in picture.items("button", "card") if i["state"] != "selected" and i["enabled"] and i["rect_px"][2:] == item["rect_px"][2:]]
        if family:
            own, others = float(np.median(picture.of(item["rect_px"]))), float(np.median(picture.of(family[0]["rect_px"])))
            lines = [i for i in picture.items() if i["id"].startswith(item["id"]) and ("check" in i["id"] or "state" in i["id"] or "mark" in i["id"])]
            tally.add(ratio(own, others) >= 3 or bool(lines), f"{picture.what}: {item['id']} is chosen by {ratio(own, others):.1f}:1")


def picture_type(picture, tally):
    """Digits alone on a line are as tall as capitals: their ink is measured."""
    mm, view_mm = picture.document["mm_per_px"], 600
    for item in picture.items("clock", "text"):
        if not item["text"] or not set(item["text"]) <= set("0123456789.: "):
            continue
        area = picture.of(item["rect_px"])
        rows = np.where(np.abs(area - np.median(area)).max(axis=1) > 0.25)[0]
        if len(rows):
            tall = (rows[-1] - rows[0] + 1) * mm
            tally.add(tall >= 0.01222 * view_mm - mm, f"{picture.what}: {item['id']} {item['text']!r} is {tall:.1f} mm tall")


def picture_day(picture, tally):
    if " contrast" in picture.what or " night" in picture.what:
        return
    mean = float(picture.light.mean())
    tally.add(mean > 0.35, f"{picture.what}: mean luminance {mean:.2f}")


def picture_ink(picture, tally):
    """No ink stands outside its text's rectangle: just above and below there is paper."""
    boxes = [i["rect_px"] for i in picture.items("text", "heading", "clock", "icon", "picture", "qr", "button", "card")]
    for item in picture.items("text", "heading"):
        if not item["text"]:
            continue
        x, y, w, h = item["rect_px"]
        area = picture.of(item["rect_px"])
        paper = float(np.median(area))
        for name, row in (("above", y - 1), ("below", y + h)):
            if not 0 <= row < picture.light.shape[0]:
                continue
            crossed = any(bx < x + w and bx + bw > x and (by <= row < by + bh and not (by <= y and by + bh >= y + h)) or
                          (by in (row, row + 1) or by + bh in (row, row + 1)) and bx < x + w and bx + bw > x for bx, by, bw, bh in boxes
                          if [bx, by, bw, bh] != [x, y, w, h])
            if not crossed:
                line = picture.light[row, x:x + w]
                spots = int((np.abs(line - paper) > 0.15).sum())
                tally.add(spots <= 1 or spots > w - 4, f"{picture.what}: {item['id']} has ink {name} its rectangle ({spots} px)")


ONE = [picture_contrast, picture_weber, picture_edges, picture_grey, picture_type, picture_day, picture_ink]


# ---- of several ----

def frames(tmp, replay_start, steps, feed=shot.SAMPLE, theme="light"):
    """Pictures of one replay: STEPS are (ms after the one before, None or a tap's fields)."""
    lines, t, files = [{"t_ms": 0, "kind": "start", "time": replay_start}], 0, []
    for ms, touch in steps:
        t += ms
        if touch:
            lines.append({"t_ms": t, "kind": "tap", **touch})
            t += 80
            continue
        files.append(tmp / f"frame-{len(files)}.png")
        lines.append({"t_ms": t, "kind": "picture", "file": str(files[-1])})
    path, events = tmp / "frames.jsonl", tmp / "frames-events.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    subprocess.run([kiosk_process.KIOSK, "--replay", path, "--feed", feed, "--lang", "nb", "--size", "1920x1080", "--diagonal", "24", "--theme", theme,
                    "--events", events], check=True, capture_output=True, timeout=120)
    pixels = [np.asarray(Image.open(f).convert("RGB")).astype(np.int16) for f in files]
    return pixels, [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]


def light_of(pixels):
    linear = np.where(pixels <= 10, pixels / 255 / 12.92, ((pixels / 255 + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def clock_rect():
    return next(i for i in draw("help", "nb", shot.Panel()).document["items"] if i["id"] == "clock")["rect_px"]


def picture_still(tally):
    """Ten seconds of a visit, over the clock's minute: only the clock changes."""
    x, y, w, h = clock_rect()
    seen, _ = frames(kiosk_process.TMP, "2026-11-24T09:41:55", [(500, {"on": "help"}), *[(1000, None)] * 11])
    for n, (a, b) in enumerate(zip(seen, seen[1:])):
        rows, columns = np.where(np.abs(a - b).max(axis=2) > 0)
        outside = [(c, r) for c, r in zip(columns, rows) if not (x - 2 <= c < x + w + 2 and y - 2 <= r < y + h + 2)]
        tally.add(not outside, f"second {n}: {len(outside)} px beside the clock change, first at {outside[:1]}")


def picture_flashes(tally):
    """Ten idle minutes by day: never more than three new pictures in a second, and none that flashes."""
    seen, events = frames(kiosk_process.TMP, "2026-11-24T09:41", [(1000, None)] + [(60000, None)] * 10)
    drawn = [e["t_ms"] for e in events if e["kind"] == "picture"]
    for at in drawn:
        many = sum(at <= other < at + 1000 for other in drawn)
        tally.add(many <= 3, f"{many} pictures within a second at {at} ms")
    for n, (a, b) in enumerate(zip(seen, seen[1:])):
        change = abs(float(light_of(a).mean()) - float(light_of(b).mean()))
        tally.add(change < 0.1, f"minute {n}: mean luminance changes by {change:.2f}")


def edges_of(pixels):
    grey = pixels.sum(axis=2)
    across = np.zeros(grey.shape, dtype=bool)
    across[:, 1:] |= np.abs(np.diff(grey, axis=1)) > 90
    across[1:, :] |= np.abs(np.diff(grey, axis=0)) > 90
    return across


def picture_shift(tally):
    """Half an idle hour: no more than a twentieth of the edges stays where it is."""
    seen, _ = frames(kiosk_process.TMP, "2026-11-24T13:00:30", [(1000, None)] + [(60000, None)] * 30)
    edges = [edges_of(p) for p in seen]
    always = np.logical_and.reduce(edges)
    share = always.sum() / max(1, edges[0].sum())
    tally.add(share <= 0.05, f"{share * 100:.0f} % of the edges stand still for 30 minutes")
    moved = sum(not np.array_equal(a, b) for a, b in zip(seen, seen[1:]))
    tally.add(moved >= 6, f"the picture moved {moved} times in 30 minutes")


def picture_night(tally):
    """At night: dim, warm, and still read."""
    (day,), _ = frames(kiosk_process.TMP, "2026-11-24T12:00", [(1000, None)])
    (night,), _ = frames(kiosk_process.TMP, "2026-11-24T23:30", [(61000, None)])
    share = float(light_of(night).mean()) / float(light_of(day).mean())
    tally.add(share <= 0.2, f"{share * 100:.0f} % of the day's light")
    warm = night[..., 0].mean() >= night[..., 2].mean()
    tally.add(bool(warm), "more blue than red")
    light = light_of(night)
    tally.add((light.max() + 0.05) / (float(np.median(light)) + 0.05) >= 7, f"contrast {(light.max() + 0.05) / (float(np.median(light)) + 0.05):.1f}:1")


def picture_numbers(tally):
    """In Arabic and Urdu the digits of numbers, times and addresses stand in the order of Norwegian."""
    for lang in ("ar", "ur", "fa"):
        for view in ("need:turvenn", "contacts"):
            own, there = draw(view, "nb", shot.Panel(32, "landscape")), draw(view, lang, shot.Panel(32, "landscape"))
            for item in there.items("text"):
                bare = "".join(c for c in item["text"] or "" if c not in "\u2066\u2067\u2068\u2069")
                if not bare or not set(bare) <= set("0123456789 :.") or " " not in bare:
                    continue
                same = [i for i in own.items("text") if i["text"] == bare]
                if same:
                    a, b = profile(own, same[0]), profile(there, item)
                    right, wrong = float(np.corrcoef(a, b)[0, 1]), float(np.corrcoef(a, turned(bare, own, same[0]))[0, 1])
                    # The scripts have digits of their own widths: the order is what counts.
                    tally.add(right > 0.3 and right > wrong + 0.2, f"{view} {lang}: {bare!r} does not stand as in Norwegian ({right:.2f}, turned {wrong:.2f})")


def profile(picture, item, n=160):
    """The ink of a line from left to right, in N steps."""
    area = picture.of(item["rect_px"])
    ink = np.abs(area - np.median(area)).sum(axis=0)
    inked = np.where(ink > 0.2)[0]
    ink = ink[inked[0]:inked[-1] + 1]
    return np.interp(np.linspace(0, len(ink) - 1, n), np.arange(len(ink)), ink)


def turned(text, picture, item):
    """What the line would look like with its groups in the other order."""
    line = profile(picture, item)
    groups, at, total = [], 0, len(text)
    for word in text.split(" "):
        groups.append(line[round(at / total * len(line)):round((at + len(word)) / total * len(line))])
        at += len(word) + 1
    joined = np.concatenate([np.concatenate([g, np.zeros(len(line) // total)]) for g in reversed(groups)])
    return np.interp(np.linspace(0, len(joined) - 1, len(line)), np.arange(len(joined)), joined)


def focus_ring(tally):
    """In speech mode a ring of 4 px and 3:1 shows where one is."""
    lines = [{"t_ms": 0, "kind": "start", "time": shot.NOW}, {"t_ms": 1000, "kind": "speech_key"}]
    folder, files = kiosk_process.TMP, []
    for n in range(3):
        files.append(folder / f"ring-{n}.png")
        lines += [{"t_ms": 2000 + 1000 * n, "kind": "picture", "file": str(files[-1])},
                  {"t_ms": 2100 + 1000 * n, "kind": "tap", "on": "speech/forward"}]
    path = folder / "ring.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    subprocess.run([kiosk_process.KIOSK, "--replay", path, "--feed", shot.SAMPLE, "--lang", "nb", "--size", "1920x1080", "--diagonal", "24"], check=True,
                   capture_output=True, timeout=60)
    seen = [np.asarray(Image.open(f).convert("RGB")).astype(np.int16) for f in files]
    for a, b in zip(seen, seen[1:]):
        differs = np.abs(a - b).max(axis=2) > 0
        la, lb = light_of(a), light_of(b)
        strong = differs & ((np.maximum(la, lb) + 0.05) / (np.minimum(la, lb) + 0.05) >= 3)
        tally.add(int(strong.sum()) >= 400, f"only {int(strong.sum())} px change by 3:1 when one moves on")


SEVERAL = [picture_still, picture_flashes, picture_shift, picture_night, picture_numbers, focus_ring]
TESTS = [f.__name__ for f in ONE + SEVERAL]
PARTS = ["one", "several"]


def run(tallies, wanted, part, out):
    if part == "one":
        judges = [judge for judge in ONE if judge.__name__ in wanted]
        for view, lang, panel in option_lists() if judges else ():
            picture = draw(view, lang, panel)
            for judge in judges:
                judge(picture, tallies[judge.__name__])
        return
    for judge in SEVERAL:
        if judge.__name__ in wanted:
            try:
                judge(tallies[judge.__name__])
            except (subprocess.SubprocessError, LookupError, ValueError) as fault:
                said = (getattr(fault, "stderr", b"") or b"").decode(errors="replace")
                tallies[judge.__name__].add(False, f"{type(fault).__name__}: {said or fault}")
