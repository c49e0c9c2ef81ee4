# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every view, by the real program: what `make pictures` and `make run` without a display write."""
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r'^\s*X\(\w+, "(\w+)", \w+, (ID_\w+)\)', re.M)
LISTS = {"activity": "activities", "need": "needs", "notice": "notices", "organisation": "organisations"}


def views(feed):
    """(file name, --view) of every view that src/screen/views.h has a row for; those of one thing show the feed's most telling one."""
    for name, rule in ROW.findall((ROOT / "src/screen/views.h").read_text(encoding="utf-8")):
        if rule != "ID_REQUIRED":
            yield name, name
            continue
        things = feed[LISTS[name]]
        if things:
            yield name, f"{name}:{max(things, key=lambda t: len(json.dumps(t)))['id']}"


def draw(kiosk, feed_address, feed, out, languages=("nb", "en"), options=(), env=None):
    """Writes OUT/NAME-LANGUAGE.png and yields their paths. FEED is the document behind FEED_ADDRESS."""
    out.mkdir(parents=True, exist_ok=True)
    for name, view in views(feed):
        for language in languages:
            path = out / f"{name}-{language}.png"
            done = subprocess.run([kiosk, "--feed", feed_address, "--view", view, "--lang", language, "--picture", path, *options],
                                  stdin=subprocess.DEVNULL, env=env, check=False)
            if done.returncode:
                raise SystemExit(f"{kiosk} --view {view} ended with {done.returncode}")
            yield path
