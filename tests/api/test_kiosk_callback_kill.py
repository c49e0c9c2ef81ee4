#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""The plug is pulled (kill -9) while a call-back is typed, sealed, kept and sent: what was promised comes to the central once, nothing
twice. ROUNDS says how many moments are tried; `make torture` tries them all."""
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

from callback_visit import BETWEEN, Relay, Visitor, an_hour_passes, delivered, find_places, found_in_files, letters, number_of
from central_process import Central, until
from display import Display
from kiosk_process import TMP, Verdicts, write_json

# Before the number is sent, then ever later after that finger, thickest while it is sealed, kept and sent.
MOMENTS = [(-1, n / 12) for n in range(5)] + [(0, 0.11 * n / 45) for n in range(45)] + [(0, 0.11 + n / 30) for n in range(10)]
ROUNDS = min(int(os.environ.get("ROUNDS", "20")), len(MOMENTS))
LANES = 4  # displays that pull plugs side by side
verdicts = Verdicts()
case = verdicts.case


def finger_of(kiosk, touch):
    """A window that goes while the finger is on its way ends xdotool; as long as it is there it does not."""
    try:
        touch()
    except subprocess.CalledProcessError:
        kiosk.process.wait(5)


def pull_plugs(central, feed_url, relay, display, places, lane, report):
    """Each round: a number, kill -9 at some moment after its last digit, and what was said of it until then."""
    visitor, data = Visitor(display, places), TMP / f"lane-{lane}"
    for n in range(lane, ROUNDS, LANES):
        number = number_of(n + 1)
        stage, wait = MOMENTS[n * len(MOMENTS) // ROUNDS]
        waiting = len(letters(data))
        with visitor.at("--feed", feed_url, "--set", f"central={relay.url}", data=data) as kiosk:
            visitor.stand_before(kiosk, waiting)
            assert not letters(data), f"round {n}: still in the outbox"
            display.tap(*(places[f"key/{c}"] for c in number), after=BETWEEN)
            plug = threading.Timer(wait, kiosk.process.send_signal, [signal.SIGKILL])
            if stage < 0:
                plug.start()
            finger_of(kiosk, visitor.review)
            if stage == 0:
                plug.start()
            finger_of(kiosk, visitor.send)
            kiosk.wait()
            said = [e["end"] for e in list(kiosk.events.queue) if e["kind"] == "callback"]
        report.append((n, number, said, len(letters(data))))
    with visitor.at("--feed", feed_url, "--set", f"central={relay.url}", data=data) as kiosk:
        until(lambda: not letters(data), what="in the end the outbox empty")
        kiosk.end()


def hindered(relay, n):
    """Every third answer is late, before or after the central has taken it; now and then it is away."""
    if n % 11 == 5:
        return 503, {"Retry-After": "1"}, b""
    time.sleep((n % 3) * 0.012)
    reply = relay.forward(*relay.posts[n - 1][1::-1])
    time.sleep((n % 4) * 0.012)
    return reply


def plugs(central, feed_url, places):
    report, faults = [], []

    def lane(number, display, relay):
        try:
            pull_plugs(central, feed_url, relay, display, places, number, report)
        except Exception as fault:  # noqa: BLE001, told below
            faults.append(f"{type(fault).__name__}: {fault}")

    with contextlib.ExitStack() as stack:
        relay = stack.enter_context(Relay(central, hindered))
        displays = [stack.enter_context(Display()) for _ in range(LANES)]
        threads = [threading.Thread(target=lane, args=(n, display, relay)) for n, display in enumerate(displays)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.3)
            an_hour_passes(central)
        posts = len(relay.posts)
    assert not faults, faults
    assert len(report) == ROUNDS
    counts = {"sent": 0, "kept": 0, "nothing said": 0}
    for n, number, said, kept in sorted(report):
        got = delivered(central, number)
        promised = "sent" in said or "kept" in said
        counts["sent" if "sent" in said else "kept" if promised else "nothing said"] += 1
        assert got == 1 if promised else got <= 1, f"round {n}: {said} was said, {kept} on disk, and {got} at the central"
        hits = found_in_files(number, *TMP.glob("lane-*"), *TMP.glob("stderr-*"))
        assert not hits, hits
    print(f"# {posts} requests; said before the end: {counts}; at the central {sum(delivered(central, r[1]) for r in report)}")


def main():
    with Central() as central, case(f"kill -9 at {ROUNDS} of {len(MOMENTS)} moments: once where it was promised, never twice"):
        plugs(central, f"http://127.0.0.1:{central.port}/feed/v1/solbakken", find_places(write_json("sealed.json", central.feed())))
    return verdicts.code()


sys.exit(main())
