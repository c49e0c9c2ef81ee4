#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""Visits to the real program, by replays: fingers go in, display lists come out."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from kiosk_process import DAY, KIOSK, NOW, TMP, Replay, Verdicts, activity, centre, write_json

verdicts = Verdicts()
case = verdicts.case

# The first picture: what the visits begin with.
(HOME,), _ = Replay(centre()).look().play()
FIRST = next(i["id"] for i in HOME.items if (i["action"] or "").startswith("open activity:samling1/"))


def views(events):
    return [event["view"] for event in events if event["kind"] == "view"]


def but_the_clock(shown):
    return [item for item in shown.items if item["id"] != "clock"]


def taps(events):
    return [event["item"] for event in events if event["kind"] == "tap"]


with case("home, an activity, and back"):
    (home, open_, back), events = Replay(centre()).look().tap(FIRST).look(10).tap("back").look(10).play()
    assert (home.view, open_.view, back.view) == ("home", "activity", "home")
    assert open_.says("Samling1")
    assert home["back"]["enabled"] is False and open_["back"]["enabled"] is True
    assert [v.split("/")[0] for v in views(events)] == ["activity:samling1", "home"]

with case("home from deep inside is one tap"):
    (shown,), events = Replay(centre()).tap("week").tap("help").tap("home").look(10).play()
    assert shown.view == "home" and shown["back"]["enabled"] is False
    assert views(events) == ["activities", "help", "home"]

with case("a language, and the visitor's own again"):
    replay = Replay(centre()).look().tap("language").tap("language/en").look(10).tap("language").tap("language/nb").look(10)
    (nb, en, again), events = replay.play()
    assert (nb.lang, en.lang, again.lang) == ("nb", "en", "nb")
    assert en.says("Walking companion") and nb.says("Turvenn") and again.same(nb)

with case("--lang begins each visit with that language"):
    (shown,), _ = Replay(centre()).look().play("--lang", "en")
    assert shown.lang == "en" and shown.says("Walking companion")

with case("a day's card says a dozen of its activities and how many more; days with two hundred long names are shown as well"):
    tomorrow = "card:activities:2026-11-25"
    said = {}
    for count in (12, 13, 20):
        (days,), _ = Replay(centre(activities=count)).tap("week").look(10).play()
        said[count] = days[tomorrow]["spoken"]
        assert said[count].count("Samling") == 12 and "13.00 Samling12" in said[count], said[count]
    assert said[12].endswith("Samling12") and said[13].endswith(". 1 til") and said[20].endswith(". 8 til"), said
    crowd = centre(activities=200)
    for one in crowd["activities"]:
        one["name"] = {"nb": "Høytlesning for alle som vil lytte til lange historier " * 3 + one["id"]}
    (days,), _ = Replay(crowd).tap("week").look(10).play()
    assert days[tomorrow]["spoken"].endswith(". 188 til"), days[tomorrow]["spoken"][-80:]

with case("the pages of a crowded day, forward and back, show everything once"):
    replay = Replay(centre(activities=20)).tap("week").tap(f"card:activities:{DAY}").look(10)
    (first,), _ = replay.play()
    seen, shown, steps = [], first, 0
    while True:
        seen += [i["id"] for i in shown.items if (i["action"] or "").startswith("open activity:")]
        forward = [i for i in shown.items if i["action"] == f"page {steps + 1}" and i["enabled"]]
        if not forward:
            break
        steps += 1
        replay.tap(forward[0]["id"], ms=1000).look(10)
        shown = replay.play()[0][-1]
    assert steps >= 2, f"{steps} steps"
    assert len(seen) == len(set(seen)) == 20, seen
    back = shown.by_action(f"page {steps - 1}")
    before = replay.play()[0][-2]
    replay.tap(back["id"]).look(10)
    assert replay.play()[0][-1].same(before)

with case("another day of the week"):
    day = f"card:activities:{DAY}"
    (week,), _ = Replay(centre()).tap("week").tap(day).look(10).play()
    other = next(i for i in week.items if (i["action"] or "").startswith("day ") and i["action"] != f"day {DAY}" and i["enabled"])
    (shown,), events = Replay(centre()).tap("week").tap(day).tap(other["id"]).look(10).play()
    assert shown.view == "activities" and not shown.same(week)
    assert views(events)[-1] == f"activities:{other['action'][4:]}"

with case("nobody touches for 90 s: the question, for 30 s, then home, in the centre's language"):
    replay = Replay(centre()).look().tap("language").tap("language/en").tap("adjust").tap("adjust/large").tap("home").tap("week")
    (begin, before, asked, last, after), events = replay.look(10).look(90000).look(29900).look(100).play()
    assert (before.view, before.lang) == ("activities", "en")
    assert (asked.view, asked.lang) == ("still", "en") and last.same(asked)
    assert (after.view, after.lang) == ("home", "nb") and but_the_clock(after) == but_the_clock(begin)
    assert [e["kind"] for e in events if e["kind"].startswith("visit")] == ["visit_began", "visit_ended"]
    assert [e["state"] for e in events if e["kind"] == "question"] == ["began", "ended"]

with case("any touch answers the question, eleven times, and does nothing else"):
    replay = Replay(centre()).tap("week")
    for n in range(11):
        replay.look(90000 + 20000).add(0, "tap", x=0.05 + 0.08 * n, y=0.95 - 0.08 * n)
        replay.t += 80
        replay.look()
    lists, events = replay.play()
    assert [shown.view for shown in lists] == ["still", "activities"] * 11
    assert all(but_the_clock(shown) == but_the_clock(lists[1]) for shown in lists[1::2])
    assert not [e for e in events if e["kind"] == "visit_ended"]

with case("where there is a QR code to scan, 180 s"):
    need = HOME.by_action("open need:turvenn")["id"]
    (at_90, at_175, at_181), _ = Replay(centre()).tap(need).look(90000).look(85000).look(6000).play()
    assert (at_90.view, at_175.view, at_181.view) == ("need", "need", "still")
    assert any(i["role"] == "qr" for i in at_90.items)

with case("never home under somebody's finger, until it is forgotten as a lean"):
    replay = Replay(centre()).tap("week").add(85000, "down", px=[5, 5]).look(8000).look(81000).look(2000).look(28000).look(2000)
    (held, late, asked, still, home), _ = replay.play()
    assert [shown.view for shown in (held, late, asked, still, home)] == ["activities", "activities", "still", "still", "home"]

with case("a double tap opens once and does not touch what is behind it"):
    replay = Replay(centre()).tap(FIRST, hold_ms=50).add(70, "tap", on="help", hold_ms=50)
    replay.t += 50
    (shown,), events = replay.look(10).play()
    assert shown.view == "activity" and taps(events) == [FIRST]

with case("the same key twice within half a second counts once"):
    for gap, count in ((419, 1), (421, 2)):
        replay = Replay(centre()).tap("adjust").tap("adjust/large").tap("adjust/large", ms=gap).look(1000)
        (shown,), events = replay.play()
        assert len(taps(events)) == 1 + count, f"{gap} ms: {taps(events)}"

with case("a new screen hears nothing for 300 ms"):
    for gap, view in ((299, "activities"), (300, "help")):
        (shown,), _ = Replay(centre()).tap("week").tap("help", ms=gap).look(10).play()
        assert shown.view == view, f"{gap} ms: {shown.view}"

with case("pressed is seen, and dragging off cancels"):
    replay = Replay(centre()).add(1000, "down", on=FIRST).look(10).add(50, "move", on=FIRST, dy_mm=-90).look(10).add(50, "up").look(10)
    (pressed, off, after), events = replay.play()
    assert pressed[FIRST]["bg"] != HOME[FIRST]["bg"] or not pressed.same(HOME), "nothing shows that it is pressed"
    assert off[FIRST]["bg"] == HOME[FIRST]["bg"]
    assert after.view == "home" and not taps(events)

with case("dragging from nothing onto a card opens it"):
    replay = Replay(centre()).add(1000, "down", px=[3, 300]).add(50, "move", px=[20, 300]).add(50, "move", on=FIRST).add(50, "up", on=FIRST)
    (shown,), _ = replay.look(10).play()
    assert shown.view == "activity"

with case("from one card to another opens neither"):
    second = next(i["id"] for i in HOME.items if (i["action"] or "").startswith("open activity:samling2/"))
    (shown,), events = Replay(centre()).add(1000, "down", on=FIRST).add(50, "move", on=second).add(50, "up").look(10).play()
    assert shown.view == "home" and not taps(events)

with case("presses of 30 ms to 10 s are one tap"):
    for hold in (30, 300, 3000, 10000):
        (shown,), events = Replay(centre()).tap(FIRST, hold_ms=hold).look(10).play()
        assert shown.view == "activity" and taps(events) == [FIRST], f"{hold} ms: {shown.view}"

with case("who leans for longer opens nothing"):
    (shown,), events = Replay(centre()).tap(FIRST, hold_ms=10002).look(10).play()
    assert shown.view == "home" and not taps(events)

with case("a trembling finger is understood"):
    replay = Replay(centre()).add(1000, "down", on=FIRST)
    for n in range(12):
        replay.add(60, "move", on=FIRST, dx_mm=4 * (-1) ** n, dy_mm=4 * (-1) ** (n // 2))
    (shown,), _ = replay.add(30, "up").look(10).play()
    assert shown.view == "activity"

with case("a second finger does nothing while the first is down"):
    replay = Replay(centre()).add(1000, "down", on=FIRST, finger=1).add(100, "down", on="help", finger=2).add(50, "up", finger=2)
    (shown,), events = replay.add(50, "up", on=FIRST, finger=1).look(10).play()
    assert shown.view == "activity" and taps(events) == [FIRST]

with case("a resting palm gives way to a finger"):
    replay = Replay(centre()).add(1000, "down", px=[900, 2], finger=1).add(1500, "down", on=FIRST, finger=2).add(80, "up", finger=2)
    (shown,), _ = replay.add(80, "up", px=[900, 2], finger=1).look(10).play()
    assert shown.view == "activity"

with case("the panel hung in any direction: the finger finds what it sees"):
    for rotate in ("0", "90", "180", "270"):
        size = "1920x1080"
        (shown, open_), _ = Replay(centre(), size=size, rotate=rotate).look().tap("help").look(10).play()
        upright = [1080, 1920] if rotate in ("90", "270") else [1920, 1080]
        assert shown.document["size_px"] == upright, f"{rotate}: {shown.document['size_px']}"
        assert open_.view == "help", f"{rotate}: {open_.view}"
        x, y, w, h = shown["help"]["hit_px"]
        at = {"0": (x, y), "90": (1919 - y, x), "180": (1919 - x, 1079 - y), "270": (y, 1079 - x)}[rotate]
        inwards = {"0": (1, 1), "90": (-1, 1), "180": (-1, -1), "270": (1, -1)}[rotate]
        corner = [at[0] + 3 * inwards[0], at[1] + 3 * inwards[1]]
        (by_px,), _ = Replay(centre(), size=size, rotate=rotate).add(1000, "tap", px=corner).add(100, "clock", time=NOW).look().play()
        assert by_px.view == "help", f"{rotate}: the panel's pixel {corner} is not the picture's {x}, {y}"

with case("a finger outside the glass is kept on its edge"):
    replay = Replay(centre())
    for x, y in ((-5, 0.5), (1.5, 2), (100, -100)):
        replay.add(500, "down", x=x, y=y).add(100, "move", x=-x, y=-y).add(100, "up", x=x, y=y)
    (shown,), _ = replay.look(600).play()
    assert shown.view == "home"

with case("a new feed in the middle of a visit: texts change, the place stays"):
    changed = centre(version=2, generated="2026-11-24T07:00:01Z")
    changed["activities"][0]["name"] = {"nb": "Allsang", "en": "Singing"}
    (old, new), events = Replay(centre()).tap(FIRST).look(10).feed(1000, changed).look(10).play()
    assert (old.view, new.view) == ("activity", "activity")
    assert old.says("Samling1") and new.says("Allsang") and not new.says("Samling1")

with case("but nothing changes under a finger"):
    changed = centre(version=2, generated="2026-11-24T07:00:01Z")
    changed["activities"][0]["name"] = {"nb": "Allsang", "en": "Singing"}
    replay = Replay(centre()).tap(FIRST).add(1000, "down", px=[900, 2]).feed(100, changed).look(10).add(100, "up").look(10)
    (held, after), _ = replay.play()
    assert held.says("Samling1") and after.says("Allsang")

with case("cards that a visitor looks at stay where they are, and what he opens is new"):
    changed = centre(version=2, generated="2026-11-24T07:00:01Z", activities=1)
    changed["needs"][0]["taken"] = 2
    replay = Replay(centre()).add(1000, "tap", px=[900, 2]).look(100).feed(1000, changed).look(10).look(60000).tap(HOME.by_action("open need:turvenn")["id"])
    (before, old, later, new), _ = replay.look(10).play()
    assert old.same(before) and later.says("Samling4") and later["card:turvenn/seats"]["text"] == old["card:turvenn/seats"]["text"]
    assert later["clock"]["text"] != old["clock"]["text"] and new.says("Fullt")

with case("what is looked at and then removed is no crash"):
    empty = centre(activities=0, version=2, generated="2026-11-24T07:00:01Z")
    (shown, home), _ = Replay(centre()).tap(FIRST).feed(1000, empty).look(10).tap("home").look(10).play()
    assert home.view == "home" and not home.says("Samling1")

with case("no broken, other or older feed replaces a good one"):
    bad = ["", "<html></html>", "{", "[]", json.dumps(centre())[:-20], json.dumps(centre(centre_id="fjelltun")),
           json.dumps(centre(generated="2026-11-24T06:59:59Z", activities=1))]
    replay = Replay(centre()).look()
    for document in bad:
        replay.feed(1000, document).look()
    lists, events = replay.play()
    assert all(shown.says("Samling1") and shown.says("Samling2") for shown in lists)
    assert [e["state"] for e in events if e["kind"] == "feed_state"] == ["rejected"] * len(bad)

with case("a feed older than an hour says its age, a fresh one does not"):
    replay = Replay(centre()).look().add(0, "feed_state", state="failed", age_s=0).look(59 * 60000).look(2 * 60000).look(3600000)
    (fresh, at_59, at_61, at_121, again), _ = replay.add(0, "feed_state", state="fresh").look().play()
    assert "age/text" not in fresh and "age/text" not in at_59 and "age/text" not in again
    assert "1 time" in at_61["age/text"]["text"] and "2 timer" in at_121["age/text"]["text"]

with case("from the disk at the start, two hours old: the age is told at once"):
    replay = Replay().feed(0, centre(), state="waiting", age_s=7200).look().add(10, "feed_state", state="fresh").look()
    (shown, fresh), _ = replay.play()
    assert "2 timer" in shown["age/text"]["text"] and shown.says("Samling1") and "age/text" not in fresh

with case("without a feed it says so, and the first one is shown at once"):
    (none, some), _ = Replay().look(1000).feed(10, centre()).look().play()
    assert none.view == "empty" and some.view == "home" and some.says("Samling1")

with case("the clock goes on by itself, the day turns at midnight"):
    (evening, night), _ = Replay(centre(), time=f"{DAY}T23:58", night="off").look().look(150000).play()
    assert evening.says("23.58") and night.says("00.00") and not night.says("24. november") and night.says("25. november")

with case("a recording replays to the same lists"):
    replay = Replay(centre()).tap(FIRST).look(10).tap("language").tap("language/ar").look(10)
    once, _ = replay.play()
    again, _ = replay.play()
    assert all(a.same(b) for a, b in zip(once, again, strict=True))

with case("pictures of a replay are the same bytes each time"):
    replay = Replay(centre()).tap(FIRST)
    files = [replay.folder / "a.png", replay.folder / "b.png"]
    replay.add(10, "picture", file=str(files[0]))
    replay.play()
    replay.lines[-1]["file"] = str(files[1])
    replay.play()
    assert files[0].read_bytes() == files[1].read_bytes() and files[0].read_bytes().startswith(b"\x89PNG")

with case("--view begins there, and Back leads home"):
    (need, home), _ = Replay(centre()).look().tap("back").look(10).play("--view", "need:turvenn")
    assert (need.view, home.view) == ("need", "home")

with case("faults of a replay are named by line, with exit 1"):
    for lines, words in (([{"t_ms": 0, "kind": "tap", "on": "nothing"}], ':2: on: the screen shows no item "nothing"'),
                         ([{"t_ms": 0, "kind": "feed", "file": "none.json"}], "none.json: cannot be opened"),
                         ([{"t_ms": 0, "kind": "wait"}], ':2: kind: no such kind of line: "wait"')):
        path = write_json("bad/replay.jsonl", "".join(json.dumps(line) + "\n" for line in [{"t_ms": 0, "kind": "start", "time": NOW}, *lines]))
        done = subprocess.run([KIOSK, "--replay", str(path)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1 and words in done.stderr, f"{done.returncode}: {done.stderr}"
    path = write_json("bad/replay.jsonl", '{"t_ms":0,"kind":"end"}\n')
    done = subprocess.run([KIOSK, "--replay", str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "give --time" in done.stderr, f"{done.returncode}: {done.stderr}"

with case("where nothing can be drawn that is said, before any line is played"):
    path = write_json("bare/replay.jsonl", json.dumps({"t_ms": 0, "kind": "list", "file": str(TMP / "bare/list.json")}) + "\n")
    shutil.copy(pathlib.Path(os.environ["OPPSLAG_DATADIR"]) / "fonts.txt", TMP / "bare")
    done = subprocess.run([KIOSK, "--replay", str(path), "--time", NOW], capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "OPPSLAG_DATADIR": str(TMP / "bare")})
    assert done.returncode == 3 and "icons" in done.stderr, f"{done.returncode}: {done.stderr}"
    assert not (TMP / "bare/list.json").exists()

with case("many feeds in one visit leave nothing behind"):
    replay = Replay(centre())
    for n in range(40):
        replay.feed(100, centre(version=n + 2, generated=f"2026-11-24T08:{n:02d}:00Z", activities=1 + n % 5))
        if n % 7 == 3:
            replay.add(10, "down", px=[900, 2])
        if n % 7 == 5:
            replay.add(10, "up")
    (shown,), _ = replay.add(10, "up").tap("home").look(10).play()
    assert shown.says("Samling1")

sys.exit(verdicts.code())
