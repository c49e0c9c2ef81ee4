# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on what the program opens and what it leaves behind, seen from outside."""
import json
import os
import re
import shutil
import signal
import subprocess
import time

import kiosk_process
import shot
from event_rows import CALLBACK, PANEL, Finder, Visit

TESTS = ["no_devices", "nothing_kept"]
# Cameras, recording, radio, and what would list the network's neighbours.
LISTENS = re.compile(r'"/dev/(video|media|snd/pcmC\d+D\d+c|rfkill|bus/usb|hidraw|dsp|audio)|AF_BLUETOOTH|AF_PACKET|"/sys/class/(bluetooth|ieee80211)')


def traced(command, seconds=None):
    """What COMMAND opened, by strace; it is ended after SECONDS, or ends by itself."""
    log = kiosk_process.TMP / "strace.log"
    process = subprocess.Popen(["strace", "-f", "-qq", "-e", "trace=open,openat,openat2,socket", "-o", log, *map(str, command)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    if seconds:
        until = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < until:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    process.wait(60)
    return log.read_text(encoding="utf-8", errors="replace").splitlines()


def no_devices(t):
    if not shutil.which("strace"):
        t.add(False, "strace is not installed")
        return
    tour = Visit().open("open needs", "open need:turvenn").tap("read").add(3000, "headset", on=True).tap("speech/forward")
    replay = traced([kiosk_process.KIOSK, "--replay", tour.write(), *PANEL])
    live = traced([kiosk_process.KIOSK, "--feed", shot.SAMPLE, "--data", kiosk_process.TMP / "traced", *PANEL], seconds=4)
    for name, lines in (("a visit", replay), ("the running program", live)):
        t.add(len(lines) > 20, f"{name}: strace saw {len(lines)} calls")
        opened = [line for line in lines if LISTENS.search(line) and "= -1" not in line]
        t.tried += len(lines)
        t.add(not opened, f"{name} opens {opened[:3]}")


NUMBER = "47110815"


def nothing_kept(t):
    """A number that is typed and sent, in a visit that is logged, recorded and ends: no file holds it. (tests/api has the program killed meanwhile.)"""
    folder = kiosk_process.TMP / "kept"
    folder.mkdir()
    visit = Visit().open(*CALLBACK).type(NUMBER).open_here("callback review").open_here("callback send")
    visit.add(1000, "callback", end="sent", promised="2026-11-26").add(260000, "clock", time=shot.NOW)
    _, events = visit.look(500).play(*PANEL, "--data", str(folder))
    t.add("visit_ended" in [e["kind"] for e in events], "the visit did not end")
    script = visit.folder / "replay.jsonl"
    spellings = [NUMBER, " ".join(re.findall("..", NUMBER)), "\u00a0".join(re.findall("..", NUMBER)), "".join(c + " " for c in NUMBER).strip()]
    searched = 0
    for place in (folder, visit.folder):
        for path in place.rglob("*"):
            if path.is_file() and path != script:
                searched += 1
                content = path.read_bytes()
                for spelling in spellings:
                    t.add(spelling.encode() not in content, f"{path.name} holds {spelling}")
    keys = json.dumps([e for e in events if e["kind"] == "tap"])
    t.add(not re.search(r"key[: /][0-9]", keys), "the log of events tells which keys were touched")
    t.add(searched >= 2, f"only {searched} files were searched")


def run(tallies, wanted, part, out):
    Visit.finder = Finder()
    for row in (no_devices, nothing_kept):
        if row.__name__ in wanted:
            row(tallies[row.__name__])
