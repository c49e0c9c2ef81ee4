# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every view, by the real program: what `make pictures` and `make run` without a display write."""
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r'^\s*X\(\w+, "(\w+)", \w+, (ID_\w+)\)', re.M)
# Where the feed has what a view of one thing shows.
LISTS = {"activity": "activities", "need": "needs", "notice": "notices", "organisation": "organisations", "urgent": "notices"}


def views(feed):
    """(file name, --view) of every view that src/screen/views.h has a row for; those of one thing show the feed's most telling one."""
    for name, rule in ROW.findall((ROOT / "src/screen/views.h").read_text(encoding="utf-8")):
        if rule != "ID_REQUIRED":
            yield name, name
            continue
        things = [t for t in feed[LISTS[name]] if name != "urgent" or t["level"] == "urgent"]
        if things:
            yield name, f"{name}:{max(things, key=lambda t: len(json.dumps(t)))['id']}"


def one(kiosk, feed_address, view, path, options=(), env=None):
    """Writes the picture of VIEW to PATH."""
    path.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([kiosk, "--feed", feed_address, "--view", view, "--picture", path, *options], stdin=subprocess.DEVNULL, env=env, check=False)
    if done.returncode:
        raise SystemExit(f"{kiosk} --view {view} {' '.join(map(str, options))} ended with {done.returncode}")
    return path


def led(kiosk, feed_address, time, lines, path, options=(), env=None):
    """The picture that stands after LINES of a replay, each (milliseconds after the one before, kind, fields)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    script, t, rows = path.with_suffix(".jsonl"), 0, [{"t_ms": 0, "kind": "start", "time": time}]
    for ms, kind, fields in [*lines, (700, "picture", {"file": str(path)})]:
        t += ms
        rows.append({"t_ms": t, "kind": kind, **fields})
        t += 80 if kind == "tap" else 0
    script.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = subprocess.run([kiosk, "--feed", feed_address, "--replay", script, *options], stdin=subprocess.DEVNULL, env=env, check=False)
    script.unlink()
    if done.returncode:
        raise SystemExit(f"{kiosk} --replay for {path.name} ended with {done.returncode}")
    return path


def draw(kiosk, feed_address, feed, out, languages=("nb", "en"), options=(), env=None):
    """Writes OUT/NAME-LANGUAGE.png and yields their paths. FEED is the document behind FEED_ADDRESS."""
    for name, view in views(feed):
        for language in languages:
            yield one(kiosk, feed_address, view, out / f"{name}-{language}.png", ["--lang", language, *options], env)
