#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""What comes by itself, in the real program: an urgent notice, night, cleaning, a clock that nobody trusts; what the technician
sees; what the events say, and what they do not."""
import json
import sys

from kiosk_process import DAY, Replay, Verdicts, centre

verdicts = Verdicts()
case = verdicts.case


def urgent(*names, **more):
    notices = [{"id": name, "level": "urgent", "name": {"nb": f"Viktig {name}"}, "text": {"nb": "Gå ut i hagen nå."},
                "from": f"{DAY}T08:00", "until": f"{DAY}T14:00"} for name in names]
    return centre(version=2, generated="2026-11-24T07:00:01Z", notices=notices, **more)


def states(events, kind):
    return [event["state"] for event in events if event["kind"] == kind]


def taps(events):
    return [event["item"] for event in events if event["kind"] == "tap"]


with case("an urgent notice takes the screen over in the middle of a visit, and is put aside for it"):
    replay = Replay(centre()).tap("week").feed(500, urgent("alarm")).look(10).tap("urgent/done").look(10).tap("home").look(10)
    (shown, after, home), events = replay.look(90000).look(31000).play()[0][:3], replay.play()[1]
    assert (shown.view, after.view, home.view) == ("urgent", "activities", "home")
    assert shown["header/title"]["text"] == "Viktig beskjed" and shown.says("Haster") and shown.says("Gå ut i hagen nå.")
    assert [event["notice"] for event in events if event["kind"] == "urgent"] == ["alarm", "alarm"], "it comes back when the visit is over"
    assert replay.play()[0][-1].view == "urgent"

with case("the view that the command line asks for is shown all the same"):
    (shown,), _ = Replay(urgent("alarm")).look().play("--view", "needs")
    assert shown.view == "needs"

with case("it waits for a finger that is down; one that comes in its first half second chooses nothing"):
    replay = Replay(centre()).add(1000, "down", on="help").feed(100, urgent("alarm")).look(10).add(100, "up").look(10)
    (held, shown), events = replay.play()
    assert (held.view, shown.view) == ("home", "urgent") and taps(events) == ["help"]
    for ms, view in ((499, "urgent"), (500, "home")):
        replay = Replay(centre()).feed(1000, urgent("alarm")).add(ms, "tap", on="urgent/done", hold_ms=600)
        replay.t += 600
        (shown,), events = replay.look(10).play()
        assert shown.view == view, f"{ms} ms: {shown.view}"

with case("it can be read in every language; what nobody translated is marked in words"):
    replay = Replay(urgent("alarm")).tap("language").tap("language/ti").look(10).tap("language").tap("language/nb").look(10)
    (tigrinya, norwegian), _ = replay.play()
    assert (tigrinya.view, tigrinya.lang) == ("urgent", "ti") and tigrinya.says("Viktig alarm")
    assert tigrinya["title"]["lang"] == "nb" and tigrinya["written"]["lang"] == "ti"
    (english,), _ = Replay(urgent("alarm")).tap("language").tap("language/en").look(10).play()
    assert english["title"]["lang"] == "nb" and english["urgent/language"]["text"] == "Written in Norwegian"
    assert "urgent/language" not in norwegian

with case("several take turns with nobody here, and are read one after the other"):
    replay = Replay(urgent("en", "to")).look(1000).look(61000).look(60000).tap("urgent/done").look(10).tap("urgent/done").look(10)
    lists, events = replay.play()
    assert [shown.view for shown in lists] == ["urgent"] * 4 + ["home"]
    assert [shown["header/title"]["text"] for shown in lists[:4]] == [f"Viktig beskjed {n} av 2" for n in (1, 2, 1, 2)]

with case("night: the dim clock; the touch that wakes does nothing else; then it sleeps again"):
    replay = Replay(centre(), time=f"{DAY}T21:58").look(1000).look(180000).add(1000, "tap", px=[400, 800])
    replay.t += 80
    (evening, night, awake, asked, again), events = replay.look(10).look(91000).look(30000).play()
    assert [shown.view for shown in (evening, night, awake, asked, again)] == ["home", "night", "home", "still", "night"]
    assert night["night/clock"]["text"] == "22.01" and night.says("Tirsdag") and night.says("24. november")
    assert states(events, "night") == ["began", "ended", "began"] and not taps(events)

with case("night by the clock, never, or black"):
    (shown,), _ = Replay(centre(), time=f"{DAY}T19:59", night="20:00-06:00").look(120000).play()
    assert shown.view == "night"
    (shown,), _ = Replay(centre(), time=f"{DAY}T23:59", night="off").look(120000).play()
    assert shown.view == "home"
    replay = Replay(centre(), time=f"{DAY}T21:59", **{"night-black": "yes"}).look(120000).add(10, "down", px=[5, 5]).look()
    (black, awake), _ = replay.play()
    assert black.view == "night" and not black.texts() and awake.view == "home"

with case("cleaning: thirty seconds, counted down, in which nothing answers"):
    replay = Replay(centre()).tap("help").tap("clean").look(10).look(1000).add(5000, "tap", px=[300, 1000]).look(1000).look(22000).look(2000)
    (begin, second, later, last, after), events = replay.play()
    assert [shown.view for shown in (begin, second, later, last, after)] == ["cleaning"] * 4 + ["help"]
    assert [shown["cleaning/left"]["text"] for shown in (begin, second, later, last)] == ["30", "29", "23", "1"]
    assert not any(item["hit_px"] for item in begin.items)
    assert states(events, "cleaning") == ["began", "ended"] and taps(events) == ["help", "clean"]

with case("a clock that nobody trusts: no time, no today; the days by name"):
    replay = Replay(centre()).add(100, "clock", time=f"{DAY}T11:50", sure=False).look(10).add(100, "clock", time=f"{DAY}T11:50").look(10)
    (unsure, sure), _ = replay.play()
    assert (unsure.view, sure.view) == ("unsure", "home")
    assert unsure["clock"]["text"] == "Klokken er usikker" and unsure.says("Se på en annen klokke")
    assert unsure.says("Tirsdag 24. november kl. 10.15") and not unsure.says("I dag") and not any(i["state"] == "now" for i in unsure.items)
    assert sure["clock"]["text"] == "11.50"

with case("the technician sees the state, and each finger where it is"):
    replay = Replay(centre()).tap("help").tap("technical").look(10)
    for n in range(12):
        replay.add(10, "down", finger=n + 50, px=[150 * n, 80 * n])
    replay.look(10).add(10, "up", finger=52).look(10)
    (shown, fingers, fewer), _ = replay.play()
    assert shown.view == "technician" and shown.says("solbakken") and not any(i["id"].startswith("raw/") for i in shown.items)
    assert sum(i["id"].count("/") == 1 and i["id"].startswith("raw/") for i in fingers.items) == 10
    assert "300, 160" in fingers["raw/2/place"]["text"] and "raw/2" not in fewer and "raw/3" in fewer

with case("a screen that feels no touch says so, in every view, until it does again"):
    replay = Replay(centre()).look().add(100, "panel", on=False).look(10).tap("help").look(10).add(100, "panel", on=True).look(10)
    (before, without, view, after), events = replay.play("--lang", "nb")
    assert "untouchable" not in before and "untouchable" not in after
    assert without.says("Berøring virker ikke") and view.view == "help" and "untouchable" in view
    assert without["untouchable"]["action"] is None
    assert [event["on"] for event in events if event["kind"] == "panel"] == [False, True]

with case("which key is typed stands nowhere in the events"):
    feed = centre()
    feed["centre"]["seal_key"] = "A" * 42 + "E"
    replay = Replay(feed).tap(next(i["id"] for i in Replay(feed).look().play()[0][0].items if i["action"] == "open need:turvenn"))
    (need,), _ = replay.look(10).play()
    ring = next((i["id"] for i in need.items if i["action"] == "open callback"), None)
    assert ring, "no way to be called"
    replay = Replay(feed).tap("card:turvenn").tap(ring).look(10)
    (pad,), _ = replay.play()
    keys = {i["action"][4:]: i["id"] for i in pad.items if (i["action"] or "").startswith("key ")}
    for digit in "41":
        replay.tap(keys[digit])
    _, events = replay.look(10).play()
    typed = [event for event in events if event["kind"] == "tap"][-2:]
    assert [{k: v for k, v in event.items() if k != "t_ms"} for event in typed] == [{"kind": "tap", "item": "key:*"}] * 2
    assert keys["4"] not in json.dumps(events) and "key 4" not in json.dumps(events)

with case("the idle picture moves, and stands still while somebody is here"):
    replay = Replay(centre())
    for _ in range(11):
        replay.look(180000)
    replay.add(10, "tap", px=[900, 2])
    replay.t += 80
    lists, _ = replay.look(60000).add(10, "tap", px=[900, 2]).look(60000).add(10, "tap", px=[900, 2]).look(80000).play()
    places = [tuple(shown["help"]["rect_px"]) for shown in lists]
    assert all(a[0] != b[0] and a[1] != b[1] for a, b in zip(places[:10], places[1:11], strict=True)), places
    assert max(p[0] for p in places) - min(p[0] for p in places) <= 8 and max(p[1] for p in places) - min(p[1] for p in places) <= 8
    assert len(set(places[10:])) == 1

sys.exit(verdicts.code())
