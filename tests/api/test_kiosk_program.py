#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk's words on the command line, as people script against them: output, messages, exit codes."""
import json
import os
import pathlib
import subprocess
import sys

from kiosk_process import KIOSK, NOW, TMP, Verdicts, centre, write_json

SOURCE = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", "."))
FIXTURES = SOURCE / "tests/fixtures/feed"
SAMPLE = SOURCE / "assets/sample/centre.json"
verdicts = Verdicts()
case = verdicts.case


def run(*words, program=KIOSK, env=None):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **(env or {})})


def ends(code, words, *arguments, env=None):
    done = run(*arguments, env=env)
    assert done.returncode == code and words in done.stdout + done.stderr, f"{arguments}: {done.returncode}: {done.stdout}{done.stderr}"


with case("--check-feed names the fault and its place for each bad feed, and takes each good one"):
    rows = [line.split("\t") for line in (FIXTURES / "bad.tsv").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert len(rows) > 100
    for name, fault in ((row[0], row[1]) for row in rows):
        # As installed: under the sanitizers each of these files is read by tests/unit/test_feed.c.
        done = run("--check-feed", FIXTURES / name, program=os.environ["OPPSLAG_KIOSK_PLAIN"])
        assert done.returncode == 1 and fault in done.stderr, f"{name}: {done.returncode}: {done.stderr}"
    for path in [SAMPLE, *FIXTURES.glob("good-*.json")]:
        ends(0, ": good, a feed with ", "--check-feed", path)

with case("--check-feed: what no file of the folder can hold"):
    ends(1, "nested deeper than 16 levels", "--check-feed", write_json("brackets.json", "[" * 100_000))
    ends(1, "larger than 10000000 bytes", "--check-feed", write_json("large.json", " " * 11_000_000))
    nul = TMP / "nul.json"
    nul.write_bytes(json.dumps(centre()).encode() + b"\0")
    ends(1, "line 1, column ", "--check-feed", nul)
    ends(3, "cannot be opened", "--check-feed", TMP / "nowhere.json")
    ends(3, "cannot be read", "--check-feed", TMP)

with case("--check-feed takes calendars too, and says what it skips"):
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T110000\nRRULE:FREQ=HOURLY\nSUMMARY:Klokka\nEND:VEVENT\n"
    calendar = write_json("calendar.txt", f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n".replace("\n", "\r\n"))
    ends(0, "good, a calendar with 0 activities", "--check-feed", calendar)
    ends(0, "Klokka", "--check-feed", calendar)

with case("the same picture and list each time, with the size that was asked for"):
    common = ("--feed", SAMPLE, "--time", "2026-11-24T09:30", "--lang", "nb", "--data", TMP / "none")
    for view in ("home", "activities", "needs", "need:turvenn", "contacts"):
        written = []
        for n in range(2):
            files = TMP / f"{n}.png", TMP / f"{n}.json"
            ends(0, "", *common, "--view", view, "--picture", files[0], "--list", files[1])
            written.append((files[0].read_bytes(), files[1].read_bytes()))
        assert written[0] == written[1], f"{view}: not the same bytes"
        assert written[0][0].startswith(b"\x89PNG")
        assert json.loads(written[0][1])["view"] == view.split(":")[0]
    ends(0, "", *common, "--size", "1920x1080", "--rotate", "90", "--list", TMP / "turned.json")
    assert json.loads((TMP / "turned.json").read_text())["size_px"] == [1080, 1920]
    assert not (TMP / "none").exists(), "a file feed for a picture keeps nothing"

with case("scale, theme, language and diagonal are seen"):
    def listed(*more):
        out = TMP / "look.json"
        ends(0, "", "--feed", SAMPLE, "--time", NOW, "--list", out, *more)
        return json.loads(out.read_text())

    plain = listed()
    assert listed("--scale", "1.4")["items"] != plain["items"]
    assert {i["bg"] for i in listed("--theme", "contrast")["items"]} != {i["bg"] for i in plain["items"]}
    assert {i["bg"] for i in listed("--theme", "night")["items"]} != {i["bg"] for i in plain["items"]}
    assert listed("--lang", "en")["lang"] == "en" and plain["lang"] == "nb"
    assert listed("--diagonal", "43")["mm_per_px"] > plain["mm_per_px"]
    assert listed("--set", "view-mm=1000")["items"] != plain["items"]
    settings = write_json("oppslag.ini", "lang = en\nscale = 1.2\n")
    assert listed("--config", settings)["lang"] == "en"
    assert listed("--config", settings, "--lang", "nb")["lang"] == "nb"

with case("exit 1: the input is wrong, said with its place"):
    ends(1, "activities[0].start: not a date", "--feed", write_json("bad.json", json.dumps(centre()).replace("2026-11-24T10", "noon")),
         "--picture", TMP / "p.png")
    ends(1, 'the feed has no need with the id "none"', "--feed", SAMPLE, "--view", "need:none", "--picture", TMP / "p.png")
    ends(1, "bad.ini:2: there is no setting", "--config", write_json("bad.ini", "lang = nb\nlnag = en\n"), "--feed", SAMPLE)
    assert not (TMP / "p.png").exists()

with case("exit 2: the command line is wrong"):
    ends(2, "there is no such option", "--pictures", "x")
    ends(2, "is needed", "--picture", "x")
    ends(2, "not an http, https or webcal address", "--feed", "ftp://example.no/x", "--picture", "x")
    ends(2, "which centre?", "--feed", "http://127.0.0.1:9", "--picture", "x")
    ends(2, "a replay knows no network", "--replay", write_json("r.jsonl", '{"t_ms":0,"kind":"start","time":"2026-11-24T09:30"}\n'),
         "--feed", "http://127.0.0.1:9/feed/v1/x")

with case("exit 3: the surroundings failed"):
    ends(3, "cannot be opened", "--feed", TMP / "nowhere.json", "--picture", TMP / "p.png")
    ends(3, "cannot be made", "--feed", SAMPLE, "--picture", TMP / "nowhere/p.png")
    ends(3, "cannot be opened", "--config", TMP / "nowhere.ini")
    ends(3, "cannot be opened", "--replay", TMP / "nowhere.jsonl")
    ends(3, "http://127.0.0.1:9: ", "--feed", "http://127.0.0.1:9/feed/v1/x", "--picture", TMP / "p.png", "--data", TMP / "d")
    ends(3, "cannot be written", "--feed", SAMPLE, "--events", TMP / "nowhere/e", "--picture", TMP / "p.png")

with case("exit 3: what was to be installed with it is not there"):
    data = TMP / "half"
    data.mkdir()
    picture = ("--feed", SAMPLE, "--picture", TMP / "p.png")
    ends(3, "half/fonts.txt: is missing", *picture, env={"OPPSLAG_DATADIR": str(data)})
    (data / "fonts.txt").write_bytes((SOURCE / "fonts/fonts.txt").read_bytes())
    ends(3, ".svg: is missing", *picture, env={"OPPSLAG_DATADIR": str(data)})
    (data / "fonts.txt").write_text("family inter 100 Latn * fonts-inter\n  regular /nowhere/Inter.otf\n")
    ends(3, "/nowhere/Inter.otf: is missing: install the Debian package fonts-inter", *picture, env={"OPPSLAG_DATADIR": str(data)})

with case("help, version and the sample of settings"):
    ends(0, "--check-feed FILE", "--help")
    ends(0, "oppslag-kiosk ", "--version")
    ends(0, ";rotate = 0", "--set", "help")
    sample = write_json("sample.ini", run("--set", "help").stdout)
    ends(0, "", "--config", sample, "--feed", SAMPLE, "--list", TMP / "l.json")

sys.exit(verdicts.code())
