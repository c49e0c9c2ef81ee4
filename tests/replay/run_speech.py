#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""Visits with eyes closed, to the real program, by replays: three zones and keys go in, the log of speech comes out."""
import subprocess
import sys

from kiosk_process import KIOSK, Replay, Verdicts, activity, centre, texts

verdicts = Verdicts()
case = verdicts.case

NUMBER = "46813579"
KEY = "DBgLd9wXIUljNaMwFO1kxI2y1bZCYGsjbNS9QmbW6j8"
SLOW = 800  # ms between touches: the same control is deaf for half a second


def feed():
    document = centre(activities=2)
    document["centre"] |= {"languages": ["nb", "en", "pl", "ti"], "seal_key": KEY, "callback_days": 2, "phone": "00 00 12 00"}
    document["activities"].append(activity("kaffe", "12:00", 9, place=texts("Stua", "The living room")) | {"name": {"pl": "Kawa i ciasto"}})
    return document


def blind(**headset):
    """A visit that begins in speech mode."""
    replay = Replay(feed())
    return replay.add(1000, "headset", on=True) if headset.get("headset") else replay.add(1000, "speech_key")


def copy(replay):
    again = Replay(feed())
    again.lines, again.t = [dict(line) for line in replay.lines if line["kind"] != "list"], replay.t
    for line in again.lines:
        if line["kind"] == "feed":
            line["file"] = str(replay.folder / line["file"])
    return again


def nodes(replay):
    """What each node does, in order: forward once round."""
    tour = copy(replay)
    for _ in range(70):
        tour.look(1).tap("speech/forward", ms=SLOW)
    lists, _ = tour.play()
    actions, focus = [], None
    for shown in lists:
        focus = shown["speech/forward"]["action"]
        actions.append(shown["speech/choose"]["action"])
        if focus == "focus 0":
            return actions
    raise AssertionError(f"forward never comes back to the first: {actions}")


def choose(replay, action):
    """Forward from the first node until that one, then chooses it."""
    there = nodes(replay)
    assert action in there, f"no node does {action!r}: {there}"
    for _ in range(there.index(action)):
        replay.tap("speech/forward", ms=SLOW)
    return replay.tap("speech/choose", ms=SLOW)


def spoken(events):
    return [event for event in events if event["kind"] == "speech"]


def said(events):
    return " | ".join(event.get("text", "-") for event in spoken(events))


def check_log(events):
    """No two at once: each utterance ends before the next one begins, and says why."""
    sounding = False
    for event in events:
        if event["kind"] == "speech":
            assert not sounding, f"two at once at {event['t_ms']}"
            sounding = True
            assert event["lang"] in {"nb", "en", "pl"}, event
            assert event["sink"] in {"speaker", "headset"}
            assert event["words_a_minute"] == 140 and event["volume"] == 2
        elif event["kind"] == "speech_end":
            assert sounding and event["cause"] in {"end", "user", "new", "visit_ended"}
            sounding = False
    assert spoken(events)


with case("home, an activity, back and another language, by three zones alone"):
    visit = blind()
    choose(visit, "open activity:samling1/20261124T1015")
    (activity_shown,), events = copy(visit).look(10).play()
    assert activity_shown.view == "activity"
    assert "Valgt: " in said(events) and "Samling1" in said(events)
    choose(visit, "back")
    choose(visit, "open language")
    choose(visit, "language en")
    (home,), events = visit.look(10).play()
    assert (home.view, home.lang) == ("home", "en")
    check_log(events)
    assert spoken(events)[-1]["lang"] == "en"
    assert "tre store felt" in said(events)

with case("every node is reached from every other, forward and back"):
    for place in (None, "open activities", "open help"):
        visit = blind()
        if place:
            choose(visit, place)
        there = nodes(visit)
        actions = {a for a in there if not a.startswith(("say ", "voice ", "adjust "))}
        assert {"home", "open help", "open language", "open adjust"} <= actions, actions
        back = copy(visit).tap("speech/back", ms=SLOW).look(10)
        (shown,), _ = back.play()
        assert shown["speech/choose"]["action"] == there[-1]

with case("each node says its place, once all of it is heard"):
    visit = blind()
    count = len(nodes(visit))
    for _ in range(count):
        visit.tap("speech/forward", ms=15000)
    _, events = visit.add(15000, "clock", time="2026-11-24T09:40").play()
    places = [event["text"].rsplit(" ", 3)[-3:] for event in spoken(events) if event["text"].endswith(f"av {count}")]
    assert [int(p[0]) for p in places] == [*range(1, count + 1), 1], places
    check_log(events)

with case("a touch silences at once, and a zone says what is new"):
    visit = blind().add(500, "down", on="speech/forward").add(80, "up")
    _, events = visit.add(5000, "clock", time="2026-11-24T09:31").play()
    first_end = next(event for event in events if event["kind"] == "speech_end")
    assert (first_end["t_ms"], first_end["cause"]) == (1500, "user")
    check_log(events)

with case("only the zone that chooses does anything; the top says it again"):
    (shown,), _ = blind().look(10).play()
    does = {i["id"]: i["action"] for i in shown.items if i["action"]}
    assert all(a.startswith("focus ") or a == "say focus" for i, a in does.items() if i != "speech/choose"), does
    _, events = blind().tap("speech/forward", ms=40000).tap("speech/again", ms=5000).play()
    assert spoken(events)[-1]["text"] == spoken(events)[-2]["text"]

with case("a text in another language is read by that language's voice"):
    visit = blind()
    choose(visit, "open activity:kaffe/20261124T1200")
    _, events = visit.add(9000, "clock", time="2026-11-24T09:32").play()
    kawa = [event for event in spoken(events) if "Kawa" in event["text"]]
    assert kawa and all(event["lang"] == "pl" for event in kawa), spoken(events)

with case("a language without a voice: said so in both that are offered, and then read by the chosen one"):
    visit = blind()
    choose(visit, "open language")
    choose(visit, "language ti")
    visit.add(20000, "clock", time="2026-11-24T09:33")
    (shown,), events = copy(visit).look(10).play()
    assert shown.view == "voice"
    assert {"nb", "en"} <= {event["lang"] for event in spoken(events)[-4:]}
    choose(visit, "voice en")
    (shown,), events = visit.look(10).play()
    assert (shown.view, shown.lang, spoken(events)[-1]["lang"]) == ("home", "en", "en")


def type_number(headset):
    """Types the number by the zones, from a need's page, as far as the question whether it is right."""
    visit = blind(headset=headset)
    choose(visit, "open need:turvenn")
    choose(visit, "open callback")
    order, at = nodes(visit), 0
    for wanted in [f"key {digit}" for digit in NUMBER] + ["callback review"]:
        to = order.index(wanted)
        for _ in range(abs(to - at)):
            visit.tap("speech/forward" if to > at else "speech/back", ms=SLOW)
        visit.tap("speech/choose", ms=SLOW)
        at = to
    return visit


with case("a number is typed, confirmed and read back to a headset only; a room hears how many digits"):
    for headset in (False, True):
        visit = type_number(headset)
        (review,), events = visit.look(30000).play()
        text = said(events)
        assert review.view == "callback" and "Siffer skrevet. 8 av 8" in text
        # Neither the log nor the lists hold it, whoever listens.
        everything = (visit.folder / "events.jsonl").read_text() + visit.files[-1].read_text()
        for form in (NUMBER, "46 81 35 79", "4 6, 8 1", "4 6 8 1"):
            assert form not in everything, form
        assert ("Andre kan høre" in text) == (not headset)
        assert {event["sink"] for event in spoken(events)} == {"headset" if headset else "speaker"}
        # Which key has the focus, and what a headset hears, leave no text.
        assert all("text" not in event for event in spoken(events) if event["private"])
        secret = [event for event in spoken(events) if event["private"] and event["cause"] == "typed"]
        assert len(secret) == (8 if headset else 0)
        # Nor how far it went from one key to the next: that would tell which they are.
        assert {event["cause"] for event in spoken(events) if event["private"]} <= {"typed", "view"}
        typed = [i for i, event in enumerate(events) if event["kind"] == "tap" and event["item"] == "key:*"]
        assert len(typed) == 8
        between = {event["kind"] for event in events[typed[0]:typed[-1]]}
        assert between <= {"tap", "speech", "speech_end"}, between
        assert all(event["item"] == "key:*" for event in events[typed[0]:typed[-1]] if event["kind"] == "tap")

with case("the headset is pulled out: silence, home, and nothing kept"):
    visit = blind(headset=True).tap("speech/forward", ms=SLOW).add(100, "headset", on=False)
    (shown,), events = visit.look(10).play()
    assert shown.view == "home" and "speech/choose" not in shown
    end = [event for event in events if event["kind"] == "speech_end"][-1]
    assert end["cause"] == "visit_ended" and end["t_ms"] == visit.t - 10
    assert any(event["kind"] == "visit_ended" for event in events)

with case("keys do what zones do; the same key is deaf for half a second"):
    visit = blind().add(30000, "key", key="Right").add(400, "key", key="Right").look(10)
    visit.add(600, "key", key="Right").add(10, "key", key="Left").look(10).add(600, "key", key="+")
    (first, second), events = visit.play()
    assert first["speech/forward"]["action"] == "focus 2"
    assert second["speech/forward"]["action"] == "focus 2"
    assert spoken(events)[-1]["volume"] == 3 and spoken(events)[-1]["cause"] == "sample"
    (shown,), _ = blind().add(1000, "key", key="Escape").look(10).play()
    assert "speech/choose" not in shown

with case("any key begins it"):
    (shown,), events = Replay(feed()).add(1000, "key", key="F5").look(10).play()
    assert "speech/choose" in shown and spoken(events)[0]["cause"] == "welcome"

with case("nobody does anything: asked aloud, then home"):
    visit = blind()
    (asked, home), events = visit.look(225000).look(31000).play()
    assert (asked.view, home.view) == ("still", "home") and "speech/choose" not in home
    assert spoken(events)[-1]["cause"] == "view"
    check_log(events)

with case("Les opp reads what is shown, and the same button stops it"):
    visit = Replay(feed()).tap("read").add(2000, "clock", time="2026-11-24T09:30")
    (reading,), events = copy(visit).look(10).play()
    assert spoken(events)[0]["cause"] == "view" and "Samling1" in said(events)
    assert "knapp" not in said(events)
    assert reading["read"]["action"] == "say stop"
    visit.tap("read").look(10)
    (shown,), events = visit.play()
    assert shown["read"]["action"] == "say view"
    ends = [event for event in events if event["kind"] == "speech_end"]
    assert ends[-1]["cause"] == "user" and ends[-1]["t_ms"] == visit.t - 90
    # And once more.
    _, events = visit.tap("read").look(10).play()
    assert len([e for e in spoken(events) if "Samling1" in e.get("text", "")]) == 2

with case("Les opp in a language without a voice asks who is to read"):
    visit = Replay(feed(), lang="ti").tap("read").look(10)
    visit.tap("voice/nb").look(10)
    (asked, read), events = visit.play()
    assert (asked.view, asked.lang, read.view, read.lang) == ("voice", "ti", "home", "ti")
    assert spoken(events)[0]["lang"] == "nb" and "Samling1" in said(events)

with case("the same replay says the same"):
    one, two = (blind().tap("speech/forward", ms=9000).tap("speech/choose", ms=9000).play()[1] for _ in range(2))
    assert one == two

with case("lines that are wrong are named"):
    for line, why in (({"kind": "headset"}, "on"), ({"kind": "headset", "on": "yes"}, "not true or false"),
                      ({"kind": "key"}, "key"), ({"kind": "key", "key": "Nothing"}, "no key is called")):
        replay = Replay(feed())
        replay.lines.append({"t_ms": replay.t, **line})
        done = subprocess.run([KIOSK, "--replay", str(replay.write())], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1 and why in done.stderr, (line, done.returncode, done.stderr)

sys.exit(verdicts.code())
