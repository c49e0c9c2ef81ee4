# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hands that know nothing: seeded contacts that come down, wander, rest and leave, ten fingers at once at most, through the real
program. What must hold: it ends well, no view without a way home, memory that does not grow, nothing leaked."""
import json
import os
import pathlib
import random
import subprocess
import time

import kiosk_process
import shot

LOOK_EVERY = 400  # events between two display lists
GROWN_KB = 12 * 1024  # what the second half may take more than the first: caches that fill late


class Hand:
    """Five fingers around a palm that moves over the glass."""

    def __init__(self, rng, first):
        self.rng, self.first = rng, first
        self.x, self.y = rng.random(), rng.random()
        self.down = {}

    def place(self):
        return [min(1, max(0, c + self.rng.gauss(0, 0.05))) for c in (self.x, self.y)]

    def event(self):
        """(kind, finger, x, y)"""
        rng = self.rng
        if not self.down or (len(self.down) < 5 and rng.random() < 0.25):
            if rng.random() < 0.6:
                self.x, self.y = rng.random(), rng.random() if rng.random() < 0.6 else 0.8 + 0.2 * rng.random()
            finger = next(f for f in range(self.first, self.first + 5) if f not in self.down)
            self.down[finger] = self.place()
            return "down", finger, *self.down[finger]
        finger = rng.choice(sorted(self.down))
        if rng.random() < 0.45:
            x, y = self.down.pop(finger)
            return "up", finger, x, y
        self.down[finger] = [min(1, max(0, c + rng.gauss(0, 0.02))) for c in self.down[finger]]
        return "move", finger, *self.down[finger]


def script(seed, n, folder, extras=()):
    """A replay of N finger events; the lists that it asks for."""
    rng = random.Random(seed)
    hands = [Hand(rng, 0), Hand(rng, 5)]
    path, lists, t = folder / f"fingers-{seed}.jsonl", [], 1000
    with open(path, "w", encoding="utf-8") as out:
        out.write(json.dumps({"t_ms": 0, "kind": "start", "time": shot.NOW}) + "\n")
        for number in range(n):
            # From a flutter to a pause; now and then long enough for the question, for the end of the visit, for the night.
            t += round(rng.expovariate(1 / 120)) + (rng.choice([400, 1500, 11000]) if rng.random() < 0.05 else 0)
            if rng.random() < 0.0008:
                t += rng.choice([95_000, 130_000, 230_000])
            if extras and rng.random() < 0.0015:
                out.write(json.dumps({"t_ms": t, **rng.choice(extras)}) + "\n")
            kind, finger, x, y = rng.choice(hands).event()
            out.write(f'{{"t_ms":{t},"kind":"{kind}","finger":{finger},"x":{x:.4f},"y":{y:.4f}}}\n')
            if number % LOOK_EVERY == LOOK_EVERY - 1:
                lists.append(folder / f"fingers-{seed}-{len(lists)}.json")
                out.write(json.dumps({"t_ms": t, "kind": "list", "file": str(lists[-1])}) + "\n")
        out.write(json.dumps({"t_ms": t + 1, "kind": "end"}) + "\n")
    return path, lists


def memory_kb(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    except OSError:
        pass
    return None


def way_home(path):
    """What is wrong with the list in PATH, or None."""
    document = json.loads(path.read_text(encoding="utf-8"))
    actions = [i["action"] for i in document["items"] if i["hit_px"]]
    if document["view"] == "home" or document["view"] in shot.ALONE or "home" in actions:
        return None
    if any((i["id"] or "").startswith("speech/") for i in document["items"]):
        return None if {"speech/forward", "speech/choose"} <= {i["id"] for i in document["items"]} else f"{document['view']}: no zones"
    return f"{document['view']}: no way home among {actions[:8]}"


def run(program, seed, n, tally, options=(), extras=(), measure=False):
    """N events from SEED through PROGRAM; TALLY counts the events, and what is wrong."""
    folder = kiosk_process.TMP
    replay, lists = script(seed, n, folder, extras)
    events, said = folder / f"fingers-{seed}.events", folder / f"fingers-{seed}.stderr"
    sizes, began = [], time.monotonic()
    with open(said, "wb") as err:
        process = subprocess.Popen([program, "--replay", replay, "--feed", shot.SAMPLE, "--lang", "nb", "--events", events, "--data", folder / "data", *options],
                                   stderr=err, stdout=subprocess.DEVNULL, env=os.environ)
        while process.poll() is None:
            sizes.append((events.stat().st_size if events.exists() else 0, memory_kb(process.pid)))
            try:
                process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
    tally.tried += n
    text = said.read_text(encoding="utf-8", errors="replace")
    tally.add(process.returncode == 0, f"seed {seed}: it ended with {process.returncode}: {text[-400:]}")
    for path in lists:
        wrong = way_home(path) if path.exists() else "the list was never written"
        tally.add(wrong is None, f"seed {seed}: {wrong}")
    if measure:
        flat(sizes, tally, seed)
    views = {json.loads(line)["view"].split(":")[0] for line in open(events, encoding="utf-8") if '"kind":"view"' in line}
    for path in (*lists, replay, events):
        path.unlink(missing_ok=True)
    return views, time.monotonic() - began


def flat(sizes, tally, seed):
    """Of the samples after the start (the script itself is read first), the last quarter against the second."""
    taken = [kb for written, kb in sizes if written > 4000 and kb]
    if len(taken) < 8:
        return
    quarter = len(taken) // 4
    before, after = max(taken[quarter:2 * quarter]), max(taken[3 * quarter:])
    tally.add(after - before <= GROWN_KB, f"seed {seed}: memory grew from {before} to {after} kB")
