#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""The kiosk beside a server that behaves, misbehaves, dies and comes back. Every step awaits an event; nothing sleeps."""
import gzip
import json
import pathlib
import signal
import socket
import subprocess
import sys
import time

from kiosk_process import KIOSK, TMP, Central, FeedServer, Kiosk, Verdicts, centre, minutes_ago, write_json

verdicts = Verdicts()
case = verdicts.case

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//NONSGML//EN
X-WR-CALNAME:Solbakken
BEGIN:VEVENT
UID:song@example.no
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Oslo:20260106T110000
DURATION:PT1H
RRULE:FREQ=DAILY
SUMMARY:Sangstund
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def first(**more):
    return centre(generated=minutes_ago(100), **more)


def newer(version, need=None, **more):
    feed = centre(version=version, generated=minutes_ago(100 - version), **more)
    if need:
        feed["needs"][0]["name"] = {"nb": need}
    return feed


def ok(body, **headers):
    return 200, {"Content-Type": "application/json", **headers}, body if isinstance(body, bytes) else json.dumps(body).encode()


with case("the first feed is fetched at once, then the poll is held and an edit is shown at once"):
    central = Central(first())
    with FeedServer(central) as server, Kiosk("--feed", server.url()) as kiosk:
        request = server.next_request()
        assert "If-None-Match" not in request["headers"] and "Prefer" not in request["headers"]
        assert request["headers"]["User-Agent"].startswith("oppslag-kiosk/")
        event = kiosk.await_event("feed", state="fresh")
        assert event["from"] == "central" and event["version"] == 1 and event["centre"] == "solbakken"
        kiosk.await_event("picture", view="home")
        second = server.next_request()
        assert second["headers"]["If-None-Match"] == '"v1"' and second["headers"]["Prefer"] == "wait=50"
        began = time.monotonic()
        central.publish(newer(2, need="Strikkehjelp"))
        assert kiosk.await_event("feed")["version"] == 2
        kiosk.await_event("picture", view="home")
        took = time.monotonic() - began
        assert took < 1, f"{took:.3f} s from the edit to the picture"
        assert server.next_request()["headers"]["If-None-Match"] == '"v2"'
        assert kiosk.end() == 0

with case("SIGTERM and SIGINT end it at once and in good order, also in the middle of a long poll"):
    for sig in (signal.SIGTERM, signal.SIGINT):
        with FeedServer(Central(first())) as server, Kiosk("--feed", server.url()) as kiosk:
            server.next_request()
            kiosk.await_event("feed")
            server.next_request()
            began = time.monotonic()
            assert kiosk.end(sig) == 0, kiosk.said()
            assert time.monotonic() - began < 2, "slow to end"
            assert "ERROR" not in kiosk.said()

with case("a second start shows the feed from the disk before the network, and a 304 makes it fresh"):
    data = TMP / "restart"
    central = Central(first())
    with FeedServer(central) as server:
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            kiosk.await_event("feed", state="fresh")
            kiosk.end()
        while not server.requests.empty():
            server.requests.get()
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            event = kiosk.await_event("feed")
            assert event["from"] == "disk" and event["state"] == "waiting", event
            assert 0 <= event["age_s"] < 60, event
            request = server.next_request()
            assert request["headers"]["If-None-Match"] == '"v1"' and "Prefer" not in request["headers"], request
            kiosk.await_event("feed_state", state="fresh")
            kiosk.end()

with case("the central dies: the screen goes on, knows its feed's age, and is fresh within seconds of its return"):
    central = Central(first())
    server = FeedServer(central)
    port = server.port
    with Kiosk("--feed", server.url()) as kiosk:
        kiosk.await_event("picture", view="home")
        server.close()
        event = kiosk.await_event("feed_state", state="failed")
        assert event["age_s"] >= 0 and event["why"], event
        assert kiosk.process.poll() is None
        central.publish(newer(2))
        with FeedServer(central, port=port) as server:
            began = time.monotonic()
            assert kiosk.await_event("feed", timeout=15)["version"] == 2
            assert time.monotonic() - began < 11, "more than its longest rest"
            kiosk.end()

with case("nobody has answered yet, nothing is on the disk: it waits with an empty screen, and takes the first feed"):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Kiosk("--feed", f"http://127.0.0.1:{port}/feed/v1/solbakken") as kiosk:
        kiosk.await_event("feed_state", state="failed")
        with FeedServer(Central(first()), port=port):
            kiosk.await_event("feed", state="fresh", timeout=15)
            kiosk.await_event("picture", view="home")
            kiosk.end()

BAD = {
    "an empty 200": b"",
    "white space": b" \n ",
    "a web page": b"<!DOCTYPE html><title>Log in to the network</title>",
    "half a feed": json.dumps(newer(3)).encode()[:-100],
    "a feed with bytes after it": json.dumps(newer(3)).encode() + b"{}",
    "no UTF-8": json.dumps(newer(3)).encode().replace(b"Solbakken", b"Solb\xe5kken"),
    "another centre's feed": json.dumps(newer(3, centre_id="fjelltun")).encode(),
    "an older feed": json.dumps(centre(version=3, generated=minutes_ago(1000))).encode(),
    "a reference to nothing": json.dumps(newer(3, contacts=[])).encode(),
    "more than 10 MB": b'{"feed":1,' + b" " * 10_000_001 + b'"version":1}',
    "more than 10 MB, squeezed": gzip.compress(b'{"feed":1,' + b" " * 30_000_000 + b"}"),
}
for name, body in BAD.items():
    with case(f"{name} never replaces a good feed"):
        central = Central(first())
        state = {"bad": False}

        def answer(request):
            if state["bad"]:
                squeezed = {"Content-Encoding": "gzip"} if "squeezed" in name else {}
                return ok(body, ETag='"bad"', **squeezed)
            return central(request)

        data = TMP / f"bad-{list(BAD).index(name)}"
        with FeedServer(answer) as server:
            with Kiosk("--feed", server.url(), data=data) as kiosk:
                kiosk.await_event("feed", state="fresh")
                server.next_request()
                server.next_request()
                state["bad"] = True
                central.publish(newer(2))  # wakes the poll: 200 with version 2, and then the bad ones
                kiosk.await_event("feed", version=2)
                event = kiosk.await_event("feed_state", state="rejected")
                assert event["why"], event
                state["bad"] = False
                central.publish(newer(4))
                assert kiosk.await_event("feed", timeout=15)["version"] == 4
                state["bad"] = True
                kiosk.end()
            # And it is the good one that stands on the disk.
            with Kiosk("--feed", server.url(), data=data) as kiosk:
                event = kiosk.await_event("feed")
                assert event["from"] == "disk" and event["version"] == 4, event
                kiosk.end()

for status, state in ((404, "rejected"), (403, "rejected"), (500, "failed"), (502, "failed")):
    with case(f"status {status} leaves the good feed, and is no reason to stop asking"):
        central, answers = Central(first()), [status]

        def answer(request):
            if request.headers.get("Prefer") and answers:
                return answers.pop(), {}, json.dumps(newer(9)).encode()
            return central(request)

        with FeedServer(answer) as server, Kiosk("--feed", server.url()) as kiosk:
            kiosk.await_event("feed", state="fresh")
            assert str(status) in kiosk.await_event("feed_state", state=state)["why"]
            kiosk.await_event("feed_state", state="fresh", timeout=15)
            kiosk.end()

with case("Retry-After is kept to"):
    central, answers = Central(first()), [503]

    def answer(request):
        if request.headers.get("Prefer") and answers:
            return answers.pop(), {"Retry-After": "3"}, b""
        return central(request)

    with FeedServer(answer) as server, Kiosk("--feed", server.url()) as kiosk:
        server.next_request()
        refused = server.next_request()
        after = server.next_request()
        waited = after["at"] - refused["at"]
        assert 3 <= waited < 8, f"{waited:.1f} s"
        kiosk.end()

with case("a server that hangs holds nothing up: the last good feed is shown meanwhile"):
    data = TMP / "hang"
    with FeedServer(Central(first())) as server, Kiosk("--feed", server.url(), data=data) as kiosk:
        kiosk.await_event("feed", state="fresh")
        port = server.port
        kiosk.end()
    with FeedServer(lambda request: None, port=port) as server, Kiosk("--feed", server.url(), data=data) as kiosk:
        server.next_request()
        assert kiosk.await_event("feed")["from"] == "disk"
        kiosk.await_event("picture", view="home")
        began = time.monotonic()
        assert kiosk.end() == 0
        assert time.monotonic() - began < 2, "slow to end"

with case("a server that knows no long poll is not hammered"):
    def answer(request):
        if request.headers.get("If-None-Match") == '"static"':
            return 304, {"ETag": '"static"'}, b""
        return ok(centre(), ETag='"static"')

    with FeedServer(answer) as server, Kiosk("--feed", server.url()) as kiosk:
        kiosk.await_event("feed", state="fresh")
        server.next_request()
        server.next_request()
        try:
            third = server.next_request(timeout=3)
        except Exception:  # noqa: BLE001, queue.Empty: as it should be
            third = None
        assert third is None, "asked again within 3 s"
        kiosk.end()

with case("a calendar's address is shown, by its content and not by its name"):
    with FeedServer(lambda request: (200, {"Content-Type": "text/plain"}, CALENDAR)) as server:
        with Kiosk("--feed", server.url("/private-8f3a/basic"), "--view", "activities") as kiosk:
            event = kiosk.await_event("feed", state="fresh")
            assert event["from"] == "calendar", event
            kiosk.await_event("picture")
            kiosk.end()
        with Kiosk("--feed", server.url("/private-8f3a/basic")) as kiosk:
            kiosk.end()
        out = TMP / "calendar.json"
        done = subprocess.run([KIOSK, "--feed", server.url("/private-8f3a/basic"), "--time", "2026-11-24T09:30", "--list", str(out),
                               "--data", str(TMP / "calendar")], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert any(i["text"] == "Sangstund" for i in json.loads(out.read_text())["items"])

with case("the path of an address is a secret and stays out of the log"):
    with FeedServer(lambda request: (500, {}, b"")) as server, Kiosk("--feed", server.url("/private-8f3a/basic.ics")) as kiosk:
        kiosk.await_event("feed_state", state="failed")
        kiosk.end()
        assert "private-8f3a" not in kiosk.said() and "127.0.0.1" in kiosk.said(), kiosk.said()

with case("only the central's address, and the centre by its own setting"):
    with FeedServer(Central(first())) as server:
        with Kiosk("--feed", f"http://127.0.0.1:{server.port}", "--set", "centre=solbakken") as kiosk:
            assert server.next_request()["path"] == "/feed/v1/solbakken"
            kiosk.await_event("feed", state="fresh")
            kiosk.end()

with case("a redirect is followed, one to a file is not"):
    secret = write_json("secret.json", centre())
    central = Central(first())

    def answer(request):
        if request.path == "/a":
            return 302, {"Location": "/feed/v1/solbakken"}, b""
        if request.path == "/b":
            return 302, {"Location": f"file://{secret}"}, b""
        return central(request)

    with FeedServer(answer) as server:
        with Kiosk("--feed", server.url("/a")) as kiosk:
            kiosk.await_event("feed", state="fresh")
            kiosk.end()
        with Kiosk("--feed", server.url("/b")) as kiosk:
            kiosk.await_event("feed_state", state="failed")
            kiosk.end()

with case("a record of a visit plays again to what was seen"):
    central = Central(first())
    record = TMP / "visit.jsonl"
    with FeedServer(central) as server, Kiosk("--feed", server.url(), "--record", str(record), "--view", "needs") as kiosk:
        kiosk.await_event("picture", view="needs")
        central.publish(newer(2, activities=2))
        kiosk.await_event("feed", version=2)
        kiosk.end()
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    assert [line["kind"] for line in lines if line["kind"] == "feed"] == ["feed", "feed"]
    assert lines[0]["kind"] == "start" and lines[-1]["kind"] == "end"
    out = TMP / "seen.json"
    look = {"t_ms": lines[-1]["t_ms"], "kind": "list", "file": str(out)}
    record.write_text("".join(json.dumps(line) + "\n" for line in [*lines[:-1], look, lines[-1]]))
    done = subprocess.run([KIOSK, "--replay", str(record)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(out.read_text())
    assert seen["view"] == "home" and not any(i["text"] == "Samling3" for i in seen["items"])

with case("a file is followed when it changes, and outlives its disappearance"):
    path = write_json("watched/centre.json", centre())
    data = TMP / "watched-data"

    def put(document):
        new = path.with_suffix(".tmp")
        new.write_text(json.dumps(document), encoding="utf-8")
        new.rename(path)

    with Kiosk("--feed", str(path), data=data) as kiosk:
        assert kiosk.await_event("feed")["from"] == "file"
        put(newer(2, activities=1))
        assert kiosk.await_event("feed")["version"] == 2
        path.write_text("{ half", encoding="utf-8")
        kiosk.await_event("feed_state", state="rejected")
        kiosk.end()
    path.unlink()
    with Kiosk("--feed", str(path), data=data) as kiosk:
        event = kiosk.await_event("feed")
        assert event["from"] == "disk" and event["version"] == 2, event
        kiosk.end()

with case("nowhere to keep the feed is said, and no reason not to show it"):
    blocked = pathlib.Path(write_json("blocked/file", "x"))
    with FeedServer(Central(first())) as server, Kiosk("--feed", server.url(), data=blocked / "below") as kiosk:
        kiosk.await_event("feed", state="fresh")
        kiosk.end()
        assert "the last good feed is not kept" in kiosk.said(), kiosk.said()

sys.exit(verdicts.code())
