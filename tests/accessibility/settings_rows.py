# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on how a screen hangs: the setting for the height of its lower edge, and the guide for whoever hangs it."""
import json
import pathlib
import re
import subprocess

import kiosk_process
import rows
import shot

TESTS = ["settings_height", "guide"]
GUIDE = shot.ROOT / "docs/installation.md"
MEASURES = ["380", "1220", "1120", "1170", "760", "1500", "1015", "700", "750", "65 dBA", "180", "150", "120"]


def listed(panel, *settings):
    """The list of home on PANEL with SETTINGS; None if they are refused."""
    path = kiosk_process.TMP / "height.json"
    command = [kiosk_process.KIOSK, "--feed", shot.SAMPLE, "--time", shot.NOW, "--view", "needs", "--lang", "nb", "--list", path, *panel.options()]
    for setting in settings:
        command += ["--set", setting]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        return None, done
    return json.loads(path.read_text(encoding="utf-8")), done


def highest(document, bottom):
    """How high above the floor something answers a touch, in mm."""
    h = document["size_px"][1]
    return max(bottom + (h - item["hit_px"][1]) * document["mm_per_px"] for item in document["items"] if item["hit_px"])


def settings_height(t):
    for bottom in (871, 1101, -1):
        document, done = listed(shot.Panel(), f"bottom-mm={bottom}")
        t.add(document is None and done.returncode in (1, 2) and "bottom-mm" in done.stderr, f"bottom-mm={bottom} is taken: {done.stderr.strip()}")
    for diagonal in shot.DIAGONALS:
        for orientation in shot.ORIENTATIONS:
            panel = shot.Panel(diagonal, orientation)
            for bottom in (380, 700, 750, 870):
                document, done = listed(panel, f"bottom-mm={bottom}")
                if document is None:
                    t.add(False, f"{panel} at {bottom} mm: {done.stderr.strip()}")
                    continue
                top, tall = highest(document, bottom), panel.h * panel.mm
                t.add(top <= 1220, f"{panel} at {bottom} mm: something to touch {top:.0f} mm above the floor")
                plain, _ = listed(panel)
                if bottom + tall <= 1220:
                    t.add(document["items"] == plain["items"], f"{panel} at {bottom} mm: in reach mode without need")


def guide(t):
    text = pathlib.Path(GUIDE).read_text(encoding="utf-8") if GUIDE.exists() else ""
    t.add(bool(text), f"{GUIDE.name} is not there")
    for row in rows.ROWS:
        if row.kind == "person" or "CFG" in row.artefact:
            t.add(re.search(rf"\b{row.id}\b", text) is not None, f"{row.id} is not in the guide")
    for measure in MEASURES:
        t.add(measure in text, f"the guide does not have {measure}")


def run(tallies, wanted, part, out):
    for row in (settings_height, guide):
        if row.__name__ in wanted:
            row(tallies[row.__name__])
