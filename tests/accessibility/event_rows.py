# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on what the real program does with hands and time, by replays. Each function is given a Tally and the finder of items."""
import json
import math
import random
import re

import kiosk_process
from kiosk_process import Replay
from shot import NOW, SAMPLE

PANEL = ("--diagonal", "24", "--size", "1920x1080", "--lang", "nb")
NUMBER = "00001234"


class Visit(Replay):
    """A replay of the sample centre on a 24-inch panel."""

    def __init__(self, time=NOW, feed=None, **start):
        super().__init__(feed=feed or json.loads(SAMPLE.read_text(encoding="utf-8")), time=time, **start)

    def add(self, ms, kind, **fields):
        super().add(ms, kind, **fields)
        if kind == "tap":
            self.t += fields.get("hold_ms", 80)
        return self

    def tap(self, on, ms=1000, **fields):
        return self.add(ms, "tap", on=on, **fields)

    def open(self, *actions):
        """Goes to a view as a visitor does, by the controls that do ACTIONS."""
        for n, action in enumerate(actions):
            self.tap(Visit.finder.item(actions[:n], action)["id"])
        return self

    def type(self, digits, gap=700):
        for digit in digits:
            self.tap(Visit.finder.item(CALLBACK, f"key {digit}")["id"], ms=gap)
        return self


class Finder:
    """Which item does ACTION after OPENED: the ids that replays touch. Asked of the real program once."""

    def __init__(self):
        self.known = {}

    def shown(self, opened):
        if opened not in self.known:
            visit = Visit().open(*opened).look(400)
            self.known[opened] = visit.play(*PANEL)[0][-1]
        return self.known[opened]

    def item(self, opened, action):
        found = [i for i in self.shown(tuple(opened)).items if i["action"] == action and i["hit_px"]]
        if not found:
            raise LookupError(f"after {list(opened)} nothing does {action!r}")
        return found[0]


CALLBACK = ("open help", "open callback")


def taps(events):
    return [event["action"] for event in events if event["kind"] == "tap"]


def views(events):
    return [event["view"] for event in events if event["kind"] == "view"]


# ---- what a finger means ----

def any_duration(t):
    for hold in (30, 58, 80, 400, 1563, 4000, 10000):
        (shown,), events = Visit().tap("help", hold_ms=hold).look(10).play(*PANEL)
        t.add(shown.view == "help" and len(taps(events)) == 1, f"held for {hold} ms: {shown.view}, {taps(events)}")


def tremor(t):
    """Tremor of 4 to 8 Hz and 4 mm to each side on a control of 25 mm: a target as small as any."""
    rng, visit = random.Random(20261124), Visit()
    tries = 100
    for n in range(tries):
        on = "help" if n % 2 == 0 else "home"
        hertz, phase, turn = rng.uniform(4, 8), rng.uniform(0, 6.28), rng.uniform(0, 6.28)
        centre = (rng.uniform(-6, 6), rng.uniform(-6, 6))
        for step, ms in enumerate(range(0, 480, 40)):
            swing = 4 * math.sin(2 * math.pi * hertz * ms / 1000 + phase)
            place = {"on": on, "dx_mm": round(centre[0] + swing * math.cos(turn), 2), "dy_mm": round(centre[1] + swing * math.sin(turn), 2)}
            visit.add(1000 if step == 0 else 40, "down" if step == 0 else "move", **place)
        visit.add(20, "up")
    _, events = visit.play(*PANEL)
    got = taps(events)
    right = sum(a == ("open help" if n % 2 == 0 else "home") for n, a in enumerate(got)) if len(got) == tries else len(got)
    t.tried += tries - 1
    t.add(right >= 0.99 * tries, f"{right} of {tries} trembling touches were understood")


def slide_in(t):
    spot = empty_spot()
    visit = Visit().add(1000, "down", px=spot).add(60, "move", on="help").add(60, "up", on="help")
    (shown,), _ = visit.look(10).play(*PANEL)
    t.add(shown.view == "help", f"sliding from nothing onto a control shows {shown.view}")
    (shown,), events = Visit().add(1000, "down", on="language").add(60, "move", on="help").add(60, "up").look(10).play(*PANEL)
    t.add(not taps(events), f"lifting on another control than the one pressed did {taps(events)}")


def far_from_all(shown, x, y, mm):
    for item in shown.items:
        if item["hit_px"]:
            hx, hy, hw, hh = item["hit_px"]
            dx, dy = max(hx - x, 0, x - hx - hw), max(hy - y, 0, y - hy - hh)
            if math.hypot(dx, dy) * shown.document["mm_per_px"] < mm:
                return False
    return True


def empty_spot():
    shown = Visit.finder.shown(())
    w, h = shown.document["size_px"]
    for y in range(20, h, 20):
        for x in range(20, w, 20):
            if far_from_all(shown, x, y, 8):
                return [x, y]
    raise LookupError("home has no place where a touch does nothing")


def acts_on_up(t):
    for on, action in (("help", "help"), ("adjust", "adjust"), ("language", "language")):
        (down, held, up), _ = Visit().add(1000, "down", on=on).look(10).look(700).add(10, "up").look(10).play(*PANEL)
        t.add(down.view == held.view == "home" and up.view == action, f"{on}: {down.view}, {held.view}, then {up.view}")


def drag_off(t):
    item = Visit.finder.item((), "open help")
    mm = Visit.finder.shown(()).document["mm_per_px"]
    up = -(item["hit_px"][3] / 2 * mm)
    for beyond, acts in ((2, True), (15, True), (22, False), (60, False)):
        visit = Visit().add(1000, "down", on="help").add(60, "move", on="help", dy_mm=round(up - beyond, 1)).add(60, "up")
        (shown,), _ = visit.look(10).play(*PANEL)
        # Where another control begins within the slop, lifting there chooses neither.
        crossed = not far_from_all(Visit.finder.shown(()), item["hit_px"][0] + item["hit_px"][2] // 2, item["hit_px"][1] - beyond / mm, 0.1)
        if acts and crossed:
            continue
        t.add((shown.view == "help") == acts, f"lifted {beyond} mm off: {shown.view}")


def snap(t):
    """A touch on nothing means a control that is at most 6 mm away."""
    shown = Visit.finder.shown(())
    mm, (w, h) = shown.document["mm_per_px"], shown.document["size_px"]
    for item in shown.items:
        if not item["hit_px"]:
            continue
        x, y, iw, ih = item["hit_px"]
        for off, acts in ((5.5, True), (7.0, False)):
            for px in ([x + iw // 2, round(y - off / mm)], [x + iw // 2, round(y + ih + off / mm)]):
                others = [i for i in shown.items if i["hit_px"] and i["id"] != item["id"]]
                clear = all(max(i["hit_px"][0] - px[0], 0, px[0] - i["hit_px"][0] - i["hit_px"][2]) + max(
                    i["hit_px"][1] - px[1], 0, px[1] - i["hit_px"][1] - i["hit_px"][3]) > 12 / mm for i in others)
                if clear and 0 <= px[1] < h:
                    _, events = Visit().add(1000, "tap", px=px).look(10).play(*PANEL)
                    t.add((taps(events) == [item["action"]]) == acts, f"{off} mm from {item['id']}: {taps(events)}")
    if t.tried == 0:
        t.add(False, "no control has 7 mm of nothing beside it")


def double_tap(t):
    for gap, count in ((10, 1), (300, 1), (419, 1), (520, 2)):
        visit = Visit().tap("help").tap("home").tap("help", ms=900)
        visit.tap("help", ms=gap)
        _, events = visit.look(500).play(*PANEL)
        t.add(len(taps(events)) == 2 + count, f"two touches {gap} ms apart did {taps(events)}")


def new_screen(t):
    for gap, hears in ((20, False), (299, False), (320, True)):
        _, events = Visit().tap("help").tap("adjust", ms=gap).play(*PANEL)
        t.add((len(taps(events)) == 2) == hears, f"{gap} ms after a new screen: {taps(events)}")


def bounce(t):
    visit = Visit().add(1000, "down", on="help").add(60, "up").add(100, "down", on="help", dx_mm=5).add(60, "up").look(10)
    (shown,), events = visit.play(*PANEL)
    t.add(len(taps(events)) == 1 and shown.view == "help", f"lifted for 100 ms: {taps(events)}")


def palm(t):
    spot = empty_spot()
    _, events = Visit().add(1000, "down", px=spot, finger=7).add(200, "tap", on="help", finger=8).add(300, "up", finger=7, px=spot).play(*PANEL)
    t.add(not taps(events), f"a second finger beside a fresh contact did {taps(events)}")
    _, events = Visit().add(1000, "down", px=spot, finger=7).add(1300, "tap", on="help", finger=8).add(300, "up", finger=7, px=spot).play(*PANEL)
    t.add(taps(events) == ["open help"], f"a finger beside a palm that has rested: {taps(events)}")
    _, events = Visit().add(1000, "down", on="help", finger=7).add(50, "tap", on="language", finger=8).add(50, "up", finger=7, on="help").play(*PANEL)
    t.add(taps(events) == ["open help"], f"two controls at once: {taps(events)}")


def leaning(t):
    (shown,), events = Visit().add(1000, "down", on="help").add(10500, "up").look(10).play(*PANEL)
    t.add(shown.view == "home" and not taps(events), f"leaning for 10.5 s did {taps(events)}")


def key_repeat(t):
    visit = Visit().open(*CALLBACK)
    key = Visit.finder.item(CALLBACK, "key 5")["id"]
    (shown,), _ = visit.tap(key, hold_ms=5000).look(600).play(*PANEL)
    t.add(typed(shown) == 1, f"a key held for 5 s types {typed(shown)} digits")


def typed(shown):
    """How many digits stand where a number is typed: lists hide them behind dots."""
    return sum((i["text"] or "").count("•") for i in shown.items)


def key_debounce(t):
    key = Visit.finder.item(CALLBACK, "key 5")["id"]
    for gap, digits in ((419, 1), (600, 2)):  # after the finger has left; a tap is 80 ms long
        (shown,), _ = Visit().open(*CALLBACK).tap(key).tap(key, ms=gap).look(600).play(*PANEL)
        t.add(typed(shown) == digits, f"two touches {gap + 80} ms apart type {typed(shown)} digits")


def no_surprise(t):
    visit = Visit().open(*CALLBACK)
    (shown,), events = visit.type(NUMBER).look(10).play(*PANEL)
    t.add(shown.view == "callback" and views(events)[-1].startswith("callback"), f"typing leads to {shown.view}")
    for on in ("help", "language"):
        (held,), _ = Visit().add(1000, "down", on=on).look(5000).play(*PANEL)
        t.add(held.view == "home", f"a finger that rests on {on} leads to {held.view}")


def review_first(t):
    (number, review, after), _ = Visit().open(*CALLBACK).type(NUMBER).look(10).tap(
        Visit.finder.item(CALLBACK, "callback review")["id"]).look(600).open_here("callback send").look(600).play(*PANEL)
    actions = [[i["action"] for i in s.items if i["hit_px"]] for s in (number, review, after)]
    t.add("callback send" not in actions[0], "it can be sent before it is reviewed")
    t.add({"callback send", "callback change"} <= set(actions[1]), f"the review offers {actions[1]}")
    t.add(typed(review) == len(NUMBER) and review.says("•• ••"), "the review does not show the number in pairs")
    t.add("callback send" not in actions[2], "it can be sent twice")


def open_here(self, action):
    """Touches what does ACTION where the visit is now."""
    shown = Visit.play_once(self)
    found = [i for i in shown.items if i["action"] == action and i["hit_px"]]
    if not found:
        raise LookupError(f"{shown.view}: nothing does {action!r}")
    return self.tap(found[0]["id"])


def play_once(self):
    lines, files, now = list(self.lines), list(self.files), self.t
    shown = self.look(400).play(*PANEL)[0][-1]
    self.lines, self.files, self.t = lines, files, now
    return shown


Visit.open_here, Visit.play_once = open_here, play_once


# ---- what is seen, and when ----

def press_seen(t):
    for on in ("help", "language", "adjust"):
        (before, pressed), events = Visit().look(900).add(100, "down", on=on).look(0).add(400, "up").play(*PANEL)
        t.add(not pressed.same(before), f"pressing {on} changes nothing that is seen")
        drawn = [e["t_ms"] for e in events if e["kind"] == "picture" and 1000 <= e["t_ms"] <= 1100]
        t.add(bool(drawn), f"no new picture within 100 ms of pressing {on}")


def soon(t):
    for on in ("help", "language", "adjust", "week"):
        _, events = Visit().tap(on).play(*PANEL)
        view = [e["t_ms"] for e in events if e["kind"] == "picture" and e["t_ms"] >= 1080]
        t.add(bool(view) and view[0] <= 2080, f"{on}: its picture comes at {view[:1]}")


# ---- time ----

def idle_question(t):
    for opened in ((), ("open activities",), ("open help",)):
        visit = Visit().open(*opened) if opened else Visit().tap("help").tap("home")
        (at_88, at_91, at_119, at_122), _ = visit.look(88000).look(3000).look(27500).look(3500).play(*PANEL)
        seen = (at_88.view, at_91.view, at_119.view, at_122.view)
        t.add(seen[0] != "still" and seen[1:] == ("still", "still", "home"), f"{opened}: {seen} after 88, 91, 119 and 122 s")


def idle_long(t):
    for opened in (("open needs", "open need:turvenn"), CALLBACK):
        (at_120, at_178, at_182, at_213), _ = Visit().open(*opened).look(120000).look(58000).look(4000).look(31000).play(*PANEL)
        seen = (at_120.view, at_178.view, at_182.view, at_213.view)
        t.add(seen[0] == seen[1] != "still" and seen[2:] == ("still", "home"), f"{opened}: {seen} after 120, 178, 182 and 213 s")


def idle_extended(t):
    """Twelve times, by a control of the question and by a touch anywhere."""
    visit = Visit().tap("help")
    for n in range(12):
        visit.look(91000)
        if n % 2:
            visit.add(1000, "tap", px=[960, 400])
        else:
            visit.add(1000, "tap", px=[200, 60])
        visit.look(400)
    lists, events = visit.play(*PANEL)
    for n in range(12):
        t.add(lists[2 * n].view == "still" and lists[2 * n + 1].view == "help", f"question {n + 1}: {lists[2 * n].view}, then {lists[2 * n + 1].view}")
    t.add([e["kind"] for e in events].count("visit_ended") == 0, "the visit ended")


def adjusting():
    return [i["action"] for i in Visit.finder.shown(("open adjust",)).items if (i["action"] or "").startswith("adjust ") and i["hit_px"]]


def reset_adjust(t):
    """What was chosen is gone after the visit: the same list as when it started."""
    spot = empty_spot()  # the idle picture moves a little: both visits begin with a touch on nothing
    (boot,), _ = Visit(time="2026-11-24T09:41").add(1000, "tap", px=spot).look(400).play(*PANEL)
    for action in [*adjusting(), "language ar", "language en"]:
        way = ("open language",) if action.startswith("language") else ("open adjust",)
        visit = Visit(time="2026-11-24T09:36").open(*way)
        visit.tap(Visit.finder.item(way, action)["id"])
        (chosen,) = visit.look(500).play(*PANEL)[0]
        visit.look(260000).add(0, "clock", time="2026-11-24T09:41").add(100, "tap", px=spot)
        after = visit.look(400).play(*PANEL)[0][-1]
        t.add(difference(boot, chosen) != "" and difference(boot, after) == "", f"after {action}: " + difference(boot, after))


def difference(a, b):
    """In what is shown and how; not in where it stands: the idle picture moves by a few pixels, and keeps its place in a visit."""
    if a.items and (a.lang, a.view) == (b.lang, b.view) and [bare(x) for x in a.items] == [bare(y) for y in b.items]:
        return ""
    for x, y in zip(a.items, b.items):
        if bare(x) != bare(y):
            return f"{x['id']} {x['text']!r} {x['font_px']} px became {y['id']} {y['text']!r} {y['font_px']} px"
    return f"{len(a.items)} items became {len(b.items)}" if len(a.items) != len(b.items) else f"{a.lang} {a.view} became {b.lang} {b.view}"


def bare(item):
    return {key: value for key, value in item.items() if key not in ("rect_px", "hit_px")}


def reset_typed(t):
    way_out = Visit().open(*CALLBACK).type(NUMBER).look(10)
    lists, events = way_out.look(260000).open(*CALLBACK).look(500).play(*PANEL)
    t.add(typed(lists[0]) == len(NUMBER), f"of {len(NUMBER)} digits {typed(lists[0])} are shown")
    t.add(lists[1].view == "home" and lists[2].view == "callback" and typed(lists[2]) == 0, f"after the visit stand {typed(lists[2])} digits")
    t.add("visit_ended" in {e["kind"] for e in events}, "the visit never ended")
    # Leaving the view is enough.
    lists, _ = Visit().open(*CALLBACK).type(NUMBER).tap("home").open(*CALLBACK).look(500).play(*PANEL)
    t.add(typed(lists[0]) == 0, f"after Home stand {typed(lists[0])} digits")


def events_anonymous(t):
    """The log of events tells which control was touched, but neither digits nor who."""
    _, events = Visit().open(*CALLBACK).type(NUMBER).open_here("callback review").play(*PANEL)
    for event in events:
        said = json.dumps({k: v for k, v in event.items() if k != "t_ms"})
        t.add(not re.search(r'"(key [0-9]|key/[0-9]|[^"]*key:[0-9])', said), f"the log tells a digit: {said}")
        t.add(NUMBER not in said, said)
        t.add(set(event) <= {"t_ms", "kind", "version", "boot_ms", "w", "h", "from", "centre", "state", "age_s", "why", "item", "action", "view",
                             "page", "lang", "took_ms", "on", "serial", "text", "voice", "cause", "sink", "volume", "rate", "promised"}, f"unknown: {said}")


# ---- night ----

NIGHT = "2026-11-24T23:30"


def wake(t):
    (night, awake), events = Visit(time=NIGHT).look(61000).add(1000, "tap", px=[960, 960]).look(300).play(*PANEL)
    t.add(night.view == "night", f"at 23.30 stands {night.view}")
    t.add(awake.view != "night", "a touch does not wake it")
    t.add(not taps(events), f"the touch that wakes did {taps(events)}")


def wake_nothing(t):
    for place in ([200, 980], [960, 980], [1700, 980], [960, 500]):
        (awake,), events = Visit(time=NIGHT).add(61000, "tap", px=place).look(400).play(*PANEL)
        t.add(awake.view == "home" and not taps(events), f"a touch at {place}: {awake.view}, {taps(events)}")


ROWS = [any_duration, tremor, slide_in, acts_on_up, drag_off, snap, double_tap, new_screen, bounce, palm, leaning, key_repeat, key_debounce,
        no_surprise, review_first, press_seen, soon, idle_question, idle_long, idle_extended, reset_adjust, reset_typed, events_anonymous, wake,
        wake_nothing]


TESTS = [row.__name__ for row in ROWS]
# Two shares of about the same length.
PARTS = ["hands", "time"]
SLOW = {"idle_question", "idle_long", "idle_extended", "reset_adjust", "reset_typed", "wake", "wake_nothing", "tremor", "events_anonymous"}


def run(tallies, wanted, part, out):
    Visit.finder = Finder()
    for row in ROWS:
        if row.__name__ not in wanted or (row.__name__ in SLOW) != (part == "time"):
            continue
        tally = tallies[row.__name__]
        try:
            row(tally)
        except (AssertionError, LookupError, ValueError, kiosk_process.subprocess.SubprocessError) as fault:
            tally.add(False, f"{type(fault).__name__}: {fault}")
