#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs ask of the kernel, traced, is what their units let them ask: a service that is refused a call fails where nobody looks."""
import json
import os
import re
import shlex
import subprocess
import sys
import threading

import sealing
from central_process import CENTRAL_PLAIN, SOURCE, Browser, Central
from kiosk_process import TMP, FeedServer, Kiosk, Verdicts, centre
from kiosk_process import Central as Feed

verdicts = Verdicts()
case = verdicts.case
KIOSK_PLAIN = os.environ["OPPSLAG_KIOSK_PLAIN"]
UNITS = {"oppslag-central": "oppslag-central", "oppslag-kiosk": "oppslag-kiosk", "oppslag-settings": "oppslag-kiosk"}
# Refused, and the program knows it: clock_is_synchronised asks systemd-timesyncd first; SQLite gives files to their owner where it is root.
EXPECTED = {"oppslag-kiosk": {"adjtimex", "clock_adjtime"}, "oppslag-central": {"fchown"}, "oppslag-settings": set()}


def calls_of(group):
    """The system calls of a group, as this systemd knows them."""
    told = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True).stdout
    names = [line.strip() for line in told.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*(calls_of(name) if name.startswith("@") else {name} for name in names))


def unit_text(unit):
    return (SOURCE / f"packaging/{UNITS[unit]}/{unit}.service").read_text(encoding="utf-8")


def allowed(unit):
    text, found = unit_text(unit), set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", text, re.M):
        calls = set().union(*(calls_of(word) if word.startswith("@") else {word} for word in line.lstrip("~").split()))
        found = found - calls if line.startswith("~") else found | calls
    # systemd.exec(5): with ProtectClock= these are refused whatever the list says.
    assert "ProtectClock=yes" in text
    return found - calls_of("@clock")


class Traced:
    """A program that tells on a FIFO which calls it makes, itself and all its threads."""

    def __init__(self, name, program):
        self.fifo, self.program = TMP / f"{name}.calls", TMP / f"{name}.sh"
        self.names, self.families, self.writable_code = set(), set(), []
        os.mkfifo(self.fifo)
        # -D: the tracer is the one that is forked off, so that signals and exit codes are the program's.
        self.program.write_text(f'#!/bin/sh\nexec strace -D -f -q -o {shlex.quote(str(self.fifo))} {shlex.quote(program)} "$@"\n')
        self.program.chmod(0o755)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        with open(self.fifo, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                call = re.match(r"\d+ +([a-z_0-9]+)\(", line)
                if call:
                    self.names.add(call[1])
                    self.families |= set(re.findall(r"^\d+ +socket(?:pair)?\((AF_[A-Z0-9]+)", line))
                if "PROT_WRITE|PROT_EXEC" in line:
                    self.writable_code.append(line)

    def judge(self, unit):
        self.thread.join(60)
        assert not self.thread.is_alive() and len(self.names) > 20, self.names
        refused = self.names - allowed(unit) - EXPECTED[unit]
        assert not refused, f"{unit}.service refuses {sorted(refused)}"
        strangers = self.families - set(re.search(r"^RestrictAddressFamilies=(.*)$", unit_text(unit), re.M)[1].split())
        assert not strangers, f"{unit}.service has no {sorted(strangers)}"
        assert not self.writable_code, f"{unit}.service forbids code that can be written: {self.writable_code[0]}"


def kiosk_case():
    with case("oppslag-kiosk: fetching, drawing, keeping"):
        traced = Traced("kiosk", KIOSK_PLAIN)
        box = TMP / "box"
        box.mkdir()
        with FeedServer(Feed(centre())) as server, Kiosk("--feed", server.url(), "--keep-going", "--set", "clock=synchronised", "--set", f"black-box={box}",
                                                         program=traced.program) as kiosk:
            kiosk.await_event("feed", state="fresh")
            kiosk.await_event("picture")
            assert kiosk.end() == 0, kiosk.said()
        traced.judge("oppslag-kiosk")
        assert {"openat", "poll"} & traced.names and list(box.iterdir())


def settings_case():
    with case("oppslag-settings: the caretaker's file becomes what the machine needs"):
        traced, out, ini = Traced("settings", KIOSK_PLAIN), TMP / "system", TMP / "oppslag.ini"
        ini.write_text("feed = https://oppslag.example.no/feed/v1/solbakken\nname = inngang\n[wifi]\nname = Solbakken\npassword = hemmelig-ord\n")
        done = subprocess.run([traced.program, "--config", ini, "--system", out], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        traced.judge("oppslag-settings")
        assert (out / "oppslag.ini").exists()


def central_case():
    with case("oppslag-central: pages, passwords, the feed, call-backs, a calendar"):
        traced = Traced("central", CENTRAL_PLAIN)
        central = Central(CENTRAL_PLAIN)
        central.user("admin")
        central.program = str(traced.program)
        with central:
            staff = Browser(central.port).log_in("admin")
            feed = staff.get("/feed/v1/solbakken")
            key = json.loads(feed.text)["centre"]["seal_key"]
            body = json.dumps({"centre": "solbakken", "sealed": sealing.seal(key, sealing.message())})
            left = staff.ask("POST", "/callbacks/v1", body, Content_Type="application/json", Idempotency_Key=sealing.new_key())
            assert left.status == 201, left.text
            assert staff.submit("/staff/c/nordlia/new/calendar", name="Kultur", address="http://calendar.invalid/a.ics", lang="nb").status in (303, 422)
        traced.judge("oppslag-central")


kiosk_case()
settings_case()
central_case()
sys.exit(verdicts.code())
