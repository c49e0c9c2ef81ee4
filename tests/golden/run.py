#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden screens: the display list of every view, as the real program prints it (--list), against the files beside this script.

One file a screen, one line an item: id, role, rectangle, what it says, what a touch does, and what is remarkable. They hold for
one set of libraries: other fonts measure otherwise. UPDATE=1 writes them anew; look at the pictures before you believe them.
test: timeout=300
"""
import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests/golden"
SAMPLE, CROWDED = "assets/sample/centre.json", "tests/fixtures/screen/crowded.json"
TUESDAY = "2026-11-24T09:41"
SIZES = {"landscape": "1920x1080", "portrait": "1080x1920"}
LANGUAGES = ("nb", "en")

# name, feed, time, view
VIEWS = [
    ("home", SAMPLE, TUESDAY, "home"),
    ("activities", SAMPLE, TUESDAY, "activities"),
    ("day", SAMPLE, TUESDAY, "activities:2026-11-24"),
    ("kinds", SAMPLE, TUESDAY, "kinds"),
    ("kind", SAMPLE, TUESDAY, "activities:coffee"),
    ("activity", SAMPLE, TUESDAY, "activity:sangstund/20261124T1100"),
    ("activity-signup", SAMPLE, TUESDAY, "activity:onsdagsturen/20261125T1100"),
    ("needs", SAMPLE, TUESDAY, "needs"),
    ("need", SAMPLE, TUESDAY, "need:turvenn"),
    ("notices", SAMPLE, TUESDAY, "notices"),
    ("notice", SAMPLE, TUESDAY, "notice:inngang"),
    ("organisations", SAMPLE, TUESDAY, "organisations"),
    ("organisation", SAMPLE, TUESDAY, "organisation:strandkoret"),
    ("contacts", SAMPLE, TUESDAY, "contacts"),
    ("help", SAMPLE, TUESDAY, "help"),
    ("language", SAMPLE, TUESDAY, "language"),
    ("adjust", SAMPLE, TUESDAY, "adjust"),
    ("callback", SAMPLE, TUESDAY, "callback"),
    ("empty", SAMPLE, TUESDAY, "empty"),
    ("settings", SAMPLE, TUESDAY, "settings"),
]
# Moments and states, once each: name, feed, time, view, language, orientation
MOMENTS = [
    ("cancelled", SAMPLE, "2026-11-26T12:30", "activity:strikkekafe/20261126T1300", "nb", "landscape"),
    ("cancelled-home", SAMPLE, "2026-11-26T12:30", "home", "en", "portrait"),
    ("moved", SAMPLE, TUESDAY, "activity:hagegruppa/20261124T1300", "nb", "landscape"),
    ("moved-day", SAMPLE, TUESDAY, "activities:2026-11-25", "en", "landscape"),
    ("full", SAMPLE, "2026-11-25T17:00", "activity:filmkveld", "nb", "portrait"),
    ("full-need", SAMPLE, TUESDAY, "need:vaffelsteker", "nb", "landscape"),
    ("all-day", SAMPLE, TUESDAY, "activities:2026-11-26", "nb", "portrait"),
    ("two-days", SAMPLE, TUESDAY, "activity:julemarked/20261128", "nb", "landscape"),
    ("night", SAMPLE, "2026-11-27T22:40", "home", "nb", "landscape"),
    ("after-midnight", SAMPLE, "2026-11-28T00:10", "home", "nb", "landscape"),
    ("evening", SAMPLE, "2026-11-24T20:00", "home", "nb", "portrait"),
    ("empty-day", CROWDED, "2026-11-29T10:00", "activities:2026-11-29", "nb", "landscape"),
    ("empty-day-home", CROWDED, "2026-11-29T10:00", "home", "nb", "landscape"),
    ("crowded-day", CROWDED, TUESDAY, "activities:2026-11-24", "nb", "landscape"),
    ("crowded-week", CROWDED, TUESDAY, "activities", "nb", "landscape"),
    ("crowded-home", CROWDED, TUESDAY, "home", "en", "portrait"),
    ("long-name", CROWDED, TUESDAY, "activity:lang", "nb", "portrait"),
    ("home-ar", SAMPLE, TUESDAY, "home", "ar", "landscape"),
    ("need-ar", SAMPLE, TUESDAY, "need:turvenn", "ar", "landscape"),
    ("week-fa", SAMPLE, TUESDAY, "activities", "fa", "portrait"),
    ("day-ur", SAMPLE, TUESDAY, "activities:2026-11-24", "ur", "landscape"),
    ("contacts-ur", SAMPLE, TUESDAY, "contacts", "ur", "portrait"),
    ("help-ti", SAMPLE, TUESDAY, "help", "ti", "portrait"),
    ("kinds-de", SAMPLE, TUESDAY, "kinds", "de", "landscape"),
    ("adjust-pl", SAMPLE, TUESDAY, "adjust", "pl", "landscape"),
    ("home-vi", SAMPLE, TUESDAY, "home", "vi", "portrait"),
    ("urgent", CROWDED, TUESDAY, "urgent:vann", "nb", "landscape"),
    ("urgent-pl", CROWDED, TUESDAY, "urgent:vann", "pl", "portrait"),
    ("still", SAMPLE, TUESDAY, "still", "nb", "landscape"),
    ("cleaning", SAMPLE, TUESDAY, "cleaning", "nb", "portrait"),
    ("clock-by-night", SAMPLE, "2026-11-24T23:30", "night", "nb", "landscape"),
    ("clock-by-night-ur", SAMPLE, "2026-11-24T23:30", "night", "ur", "portrait"),
    ("vanished", SAMPLE, TUESDAY, "activity:sangstund/20261125T1100", "nb", "landscape"),
]

# Otherwise than usual, nb: name, view, orientation, what the command line says
WAYS = [
    ("reach-home-landscape", "home", "landscape", "--reach"),
    ("reach-home-portrait", "home", "portrait", "--reach"),
    ("reach-activities-landscape", "activities:2026-11-24", "landscape", "--reach"),
    ("reach-activities-portrait", "activities:2026-11-24", "portrait", "--reach"),
    ("reach-week-portrait", "activities", "portrait", "--reach"),
    ("reach-need-landscape", "need:turvenn", "landscape", "--reach"),
    ("reach-language-portrait", "language", "portrait", "--reach"),
    ("large-need", "need:turvenn", "landscape", "--scale=1.4"),
    ("reach-needs-portrait", "needs", "portrait", "--reach"),
    ("reach-help-portrait", "help", "portrait", "--reach"),
    ("contrast-home", "home", "landscape", "--theme=contrast"),
    ("night-theme-need", "need:turvenn", "portrait", "--theme=night"),
    ("large-home", "home", "landscape", "--scale=1.4"),
]

# What is wrong in the settings: name, view, language, orientation, the file, the feed ("": none)
SETTINGS = [
    ("settings-wrong", "settings", "nb", "landscape", "faulty", SAMPLE),
    ("settings-wrong-portrait", "settings", "en", "portrait", "faulty", SAMPLE),
    ("settings-home", "home", "nb", "landscape", "faulty", SAMPLE),
    ("settings-home-reach", "home", "nb", "portrait", "faulty", SAMPLE, "--reach"),
    ("settings-help", "help", "en", "portrait", "faulty", SAMPLE),
    ("settings-unset", "home", "nb", "portrait", "unset", ""),
    ("settings-unset-ar", "home", "ar", "landscape", "unset", ""),
]


def cases():
    for name, feed, time, view in VIEWS:
        for lang in LANGUAGES:
            for turned in SIZES:
                yield f"{name}-{lang}-{turned}", feed, time, view, lang, turned
    yield from MOMENTS
    for name, view, turned, said in WAYS:
        yield name, SAMPLE, TUESDAY, view, "nb", turned, said
    for name, view, lang, turned, settings, feed, *said in SETTINGS:
        yield name, feed, TUESDAY, view, lang, turned, "--keep-going", f"--config=tests/fixtures/settings/{settings}.ini", *said


def line(item):
    words = [item["id"], item["role"], ",".join(map(str, item["rect_px"]))]
    if item["text"]:
        words.append(json.dumps(item["text"], ensure_ascii=False))
    if item["font_px"]:
        words.append(f"{item['font_px']}px {item['fg']}")
    if item.get("payload"):
        words.append(f"{item['payload']} v{item['version']} {item['module_px']}px")
    if item["action"]:
        words.append(f"-> {item['action']}")
    for key in ("state",):
        if item.get(key):
            words.append(f"({item[key]})")
    if item["text"] and item["lang"] not in (None, line.lang):
        words.append(f"[{item['lang']}]")
    return "  ".join(words)


def screen(folder, feed, time, view, lang, turned, *said):
    out = pathlib.Path(folder) / "list.json"
    command = [os.environ["OPPSLAG_KIOSK"], "--feed", feed, "--time", time, "--lang", lang, "--view", view, "--size", SIZES[turned],
               "--diagonal", "24", "--list", str(out), "--data", folder, *said]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"exit {done.returncode}: {done.stderr.strip()}")
    document = json.loads(out.read_text(encoding="utf-8"))
    line.lang = document["lang"]
    head = f"{document['view']}  {document['size_px'][0]}x{document['size_px'][1]}  {document['lang']}  {document['dir']}"
    return "\n".join([head] + [line(item) for item in document["items"]]) + "\n"


def compare(name, text):
    path = HERE / f"{name}.txt"
    if os.environ.get("UPDATE") == "1":
        path.write_text(text, encoding="utf-8")
        return True
    wanted = path.read_text(encoding="utf-8") if path.exists() else ""
    if text != wanted:
        sys.stdout.writelines("# " + row + "\n" for row in difflib.unified_diff(
            wanted.splitlines(), text.splitlines(), f"{name}.txt", "now", lineterm="", n=0))
    return text == wanted


def main():
    good, names = True, set()
    with tempfile.TemporaryDirectory() as folder:
        for name, *case in cases():
            names.add(name)
            try:
                same = compare(name, screen(folder, *case))
            except (RuntimeError, subprocess.TimeoutExpired, ValueError) as fault:
                print(f"# {fault}")
                same = False
            print(f"{'ok' if same else 'not ok'} {name}", flush=True)
            good = good and same
    for path in sorted(HERE.glob("*.txt")):
        if path.stem not in names:
            print(f"# {path.name} belongs to no case")
            good = False
    return 0 if good else 1


sys.exit(main())
