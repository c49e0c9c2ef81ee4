#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits, timeout=300
"""The plug is pulled at any moment (kill -9): at the next start the last good feed is there, whole, and never an older one."""
import os
import random
import signal
import sys
import threading
import time

from kiosk_process import TMP, Central, FeedServer, Kiosk, Verdicts, centre, minutes_ago

TIMES = 30
verdicts = Verdicts()
case = verdicts.case
SEED = int(os.environ.get("SEED", random.randrange(1 << 30)))
chance = random.Random(SEED)


def feed(version):
    """About half a megabyte, so that writing it takes a while."""
    document = centre(activities=200, version=version, generated=minutes_ago(100000 - version))
    for n, one in enumerate(document["activities"]):
        one["description"] = {"nb": f"{version}/{n} " + "Vi møtes og har det hyggelig. " * 80}
    return document


class Publisher(threading.Thread):
    """Publishes a new version as soon as a screen has asked for the next one, and counts them."""

    def __init__(self, central, server):
        super().__init__(daemon=True)
        self.central, self.server, self.version, self.ending = central, server, 1, threading.Event()

    def run(self):
        while not self.ending.is_set():
            try:
                self.server.next_request(timeout=0.2)
            except Exception:  # noqa: BLE001, queue.Empty: nobody asks just now
                continue
            self.version += 1
            self.central.publish(feed(self.version))


with case(f"kill -9 at {TIMES} moments, seed {SEED}"):
    data = TMP / "data"
    central = Central(feed(1))
    newest, torn = 0, 0
    with FeedServer(central) as server:
        publisher = Publisher(central, server)
        publisher.start()
        for n in range(TIMES + 1):
            with Kiosk("--feed", server.url(), data=data) as kiosk:
                if newest:
                    event = kiosk.await_event("feed")
                    assert event["from"] == "disk", f"round {n}: no feed on the disk: {event}; {kiosk.said()}"
                    assert event["version"] >= newest, f"round {n}: version {event['version']} after {newest}"
                    assert event["version"] <= publisher.version
                    newest = event["version"]
                # One that has been followed by another was on the disk before the other was asked for.
                seen = [kiosk.await_event("feed", **{"from": "central"})["version"] for _ in range(2)]
                newest = max(newest, seen[0])
                # Half of the moments right after a delivery, which is when the disk is written.
                time.sleep(chance.uniform(0, 0.15 if n % 2 else 0.008))
                kiosk.process.send_signal(signal.SIGKILL)
                kiosk.wait()
                torn += any(path.suffix == ".new" for path in data.iterdir())
                assert "not whole" not in kiosk.said(), kiosk.said()
        publisher.ending.set()
        publisher.join()
    print(f"# {publisher.version} versions published, {torn} of {TIMES + 1} ends in the middle of a write")

with case("what a pulled plug left of a write is passed over, and so is a file that is not whole"):
    central = Central(centre(generated=minutes_ago(10)))
    data = TMP / "torn"
    with FeedServer(central) as server:
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            kiosk.await_event("feed", state="fresh")
            kiosk.end()
        kept = next(path for path in data.iterdir() if path.name.startswith("feed-"))
        whole = kept.read_bytes()
        kept.with_name(kept.name + ".new").write_bytes(whole[: len(whole) // 2])
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            assert kiosk.await_event("feed")["from"] == "disk"
            kiosk.end()
        kept.write_bytes(whole[: len(whole) // 2])
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            assert kiosk.await_event("feed")["from"] == "central"
            kiosk.end()
            assert "not whole" in kiosk.said(), kiosk.said()
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            assert kiosk.await_event("feed")["from"] == "disk", "it was not mended"
            kiosk.end()

with case("the age is carried across a restart"):
    central = Central(centre(generated=minutes_ago(10)))
    data = TMP / "age"
    with FeedServer(central) as server:
        with Kiosk("--feed", server.url(), data=data) as kiosk:
            kiosk.await_event("feed", state="fresh")
            kiosk.end()
    for name, kept in ((path.name, path) for path in data.iterdir() if path.is_file()):
        if name.startswith("feed-"):
            head, body = kept.read_bytes().split(b"\n", 1)
            words = head.split(b" ")
            words[4] = str(int(words[4]) - 3 * 3600 * 1000).encode()  # as if it had been confirmed three hours ago
            kept.write_bytes(b" ".join(words) + b"\n" + body)
        else:
            kept.unlink()
    with Kiosk("--feed", server.url(), data=data) as kiosk:  # the central is gone
        event = kiosk.await_event("feed")
        assert event["from"] == "disk" and 10800 <= event["age_s"] < 10860, event
        event = kiosk.await_event("feed_state", state="failed")
        assert 10800 <= event["age_s"] < 10860, event
        kiosk.end()

sys.exit(verdicts.code())
