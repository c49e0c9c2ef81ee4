#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen at its start, where one allocation fails: what cannot be started is said and ends it; a first picture that cannot be made
does not, since the next feed may be one that can."""
import sys

from kiosk_process import TMP, Kiosk, Verdicts, centre, write_json

WANTED, MOST = 6, 60  # first pictures that fail; starts
verdicts = Verdicts()
case = verdicts.case


class Start:
    """The start in which allocation N fails, up to its first picture, its failing or its end."""

    def __init__(self, n):
        self.n, self.folder = n, TMP / f"start-{n}"
        self.feed = write_json(f"start-{n}/centre.json", centre())
        self.kiosk = Kiosk("--feed", str(self.feed), "--time", "2026-11-24T09:30", env={"OPPSLAG_FAIL_ALLOC": str(n)})

    def kinds(self):
        """What happened until it was ready, or ended."""
        kiosk, kinds = self.kiosk, []
        while "ready" not in kinds and not (kiosk.process.poll() is not None and kiosk.events.empty()):
            try:
                kinds.append(kiosk.events.get(timeout=0.05)["kind"])
            except Exception:  # noqa: BLE001, queue.Empty: nothing yet
                continue
        return kinds

    def says(self):
        return self.kiosk.said()

    def draws_the_next(self):
        new = self.feed.with_suffix(".new")
        new.write_text(write_json(f"next-{self.n}.json", centre(version=2, activities=2)).read_text(encoding="utf-8"), encoding="utf-8")
        new.rename(self.feed)
        self.kiosk.await_event("feed", version=2, timeout=20)
        self.kiosk.await_event("picture", view="home", timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.kiosk.process.poll() is None:
            assert self.kiosk.end() == 0, f"allocation {self.n}: {self.says()}"
        self.kiosk.__exit__()
        assert "Sanitizer" not in self.says(), f"allocation {self.n}: {self.says()}"


def first_that_matters_not():
    n = 64
    while True:
        with Start(n) as start:
            if "picture" in start.kinds() and not start.says():
                return n
        n *= 2
        assert n < 1 << 20, "some allocation always fails"


with case("a first picture that cannot be made ends nothing: the next feed is drawn"):
    top, failed = first_that_matters_not(), 0
    for i in range(1, MOST):
        if failed == WANTED:
            break
        with Start(top - i * max(1, top // MOST)) as start:
            kinds = start.kinds()
            if "error: picture: " in start.says():
                failed += 1
                assert "ready" in kinds, f"allocation {start.n}: {kinds}: {start.says()}"
                start.draws_the_next()
            elif "ready" not in kinds:
                assert start.kiosk.process.wait() == 3 and "out of memory" in start.says(), f"allocation {start.n}: {start.says()}"
    assert failed == WANTED, f"{failed} first pictures failed below allocation {top}"

sys.exit(verdicts.code())
