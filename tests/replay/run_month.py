#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""A month on the wall: visits in all languages, a new feed each day. Memory must not grow from the third day to the thirtieth."""
import datetime
import json
import os
import subprocess
import sys

from kiosk_process import TMP, Verdicts, centre

PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]  # under the sanitizers freed memory is kept, and counts
START = datetime.datetime(2026, 11, 24, 8, 0)
LANGUAGES = "nb nn se en uk ar ru pl ti so lt ur fa tr vi ckb ps de fr es".split()
FIRST_VISITS, VISITS = 40, 4  # on the first day, so that each language has been on the screen twice, and on each
GROWTH = 1.05
verdicts = Verdicts()
case = verdicts.case


class Month:
    """The lines of a replay; every day has as many, whatever the calendar says."""

    def __init__(self, name, days, lines_of):
        self.folder, self.t, self.lines, self.visits = TMP / name, 0, [], 0
        self.folder.mkdir()
        self.add(0, "start", time=START.strftime("%Y-%m-%dT%H:%M"), size="1920x1080")
        for day in range(days):
            self.day(day)
        # The lines themselves are kept in memory: both replays have as many.
        while len(self.lines) < lines_of:
            self.add(1, "feed_state", state="fresh")

    def add(self, ms, kind, **fields):
        self.t += ms
        self.lines.append(json.dumps({"t_ms": self.t, "kind": kind, **fields}))

    def tap(self, on):
        self.add(1200, "tap", on=on)
        self.t += 80

    def day(self, day):
        file = f"feed-{day}.json"
        feed = centre(activities=8, version=day + 1, generated=(START + datetime.timedelta(days=day)).strftime("%Y-%m-%dT07:%M:00Z"))
        for i, activity in enumerate(feed["activities"]):
            activity["name"] = {"nb": f"Sangstund nummer {day * 8 + i}, for alle som vil synge med oss", "en": f"Sing along, number {day * 8 + i}"}
        (self.folder / file).write_text(json.dumps(feed), encoding="utf-8")
        for visit in range(VISITS if day else FIRST_VISITS):
            time = START + datetime.timedelta(days=day, minutes=30 + visit * 15)
            self.add(1000, "clock", time=time.strftime("%Y-%m-%dT%H:%M"))
            if visit == 1:
                self.add(100, "feed", file=file)
            self.visit(LANGUAGES[self.visits % len(LANGUAGES)])

    def visit(self, lang):
        self.visits += 1
        for on in ("language", f"language/{lang}", "week", "back", "help", "home", "adjust", "home"):
            self.tap(on)
        self.add(150_000, "feed_state", state="fresh")  # the visitor has gone

    def play(self):
        """The most memory that it took, in KB, how many visits there were, and the seconds on a processor."""
        path, events = self.folder / "month.jsonl", self.folder / "events.jsonl"
        path.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        process = subprocess.Popen([PLAIN, "--replay", path, "--feed", self.folder / "feed-0.json", "--events", events], stderr=subprocess.PIPE)
        said = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"ended with {process.returncode}: {said}"
        kinds = [json.loads(line)["kind"] for line in events.read_text(encoding="utf-8").splitlines()]
        return used.ru_maxrss, kinds.count("visit_ended"), used.ru_utime + used.ru_stime


with case("thirty days take no more memory than three"):
    month = Month("month", 30, 0)
    few_kb, few_visits, _ = Month("days", 3, len(month.lines)).play()
    kb, visits, seconds = month.play()
    assert (few_visits, visits) == (FIRST_VISITS + 2 * VISITS, FIRST_VISITS + 29 * VISITS), (few_visits, visits)
    print(f"# {few_kb} KB after 3 days, {kb} KB after 30 with {visits} visits; {seconds:.1f} s")
    assert kb <= GROWTH * few_kb, f"{kb} KB after 30 days, {few_kb} after 3"

sys.exit(verdicts.code())
