#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py O   writes pictures of every view of the sample centre, in each language, lying and standing, into O/pictures."""
import json
import pathlib
import sys

import views

SAMPLE = views.ROOT / "assets/sample/centre.json"
PANELS = {"": ["--size", "1920x1080"], "standing": ["--size", "1080x1920"]}


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    feed = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for folder, options in PANELS.items():
        for path in views.draw(out / "oppslag-kiosk", SAMPLE, feed, out / "pictures" / folder, options=[*options, "--time", "2026-11-24T09:30"]):
            print(path)


main()
