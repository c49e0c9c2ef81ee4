#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""`oppslag-central occurrences` on calendars as others write them: each tests/fixtures/ics/NAME.ics has a NAME.txt with the command's
arguments and all that must come out. Then calendars that mean no good: any file takes less than 2 s of the processor. Then the command line itself."""
import os
import pathlib
import resource
import subprocess
import sys

import api.ics_hostile as hostile

ROOT = pathlib.Path(os.environ["OPPSLAG_SOURCE"])
FIXTURES = ROOT / "tests/fixtures/ics"
WINDOW = ["--from", "2026-11-24", "--to", "2026-11-25"]
SECONDS = 2.0
failed = 0


def ok(good, name, why=""):
    global failed
    failed += not good
    print("ok" if good else "not ok", name, "" if good else f"- {why}", flush=True)


def run(program, *args):
    done = subprocess.run([os.environ[program], "occurrences", *args], capture_output=True, timeout=60, cwd=FIXTURES)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def blocks(text):
    """"$ ARGS" begins a block; "= N" is its exit code (0 if left out), "! LINE" goes to stderr, other lines to stdout."""
    for block in text.split("$ ")[1:]:
        args, *lines = block.splitlines()
        code = [int(line[2:]) for line in lines if line.startswith("= ")]
        err = "".join(line[2:] + "\n" for line in lines if line.startswith("! "))
        out = "".join(line + "\n" for line in lines if line and line[:2] not in ("= ", "! "))
        yield args.split(), (code or [0])[0], out, err


def difference(want, got):
    for name, a, b in zip(("exit code", "stdout", "stderr"), want, got):
        if a == b:
            continue
        if isinstance(a, int):
            return f"{name} {b}, not {a}"
        pairs = zip(a.splitlines() + ["(end)"], b.splitlines() + ["(end)"])
        return name + ": " + next((f"{y!r}, not {x!r}" for x, y in pairs if x != y), "one is longer")
    return ""


def fixtures():
    calendars = sorted(FIXTURES.glob("*.ics"))
    assert len(calendars) >= 15, "fixtures are missing"
    for path in calendars:
        for args, *want in blocks(path.with_suffix(".txt").read_text(encoding="utf-8")):
            got = run("OPPSLAG_CENTRAL", path.name, *args)
            why = difference(want, got)
            ok(not why, f"{path.name} {' '.join(args)}", why)


def processor_seconds():
    """Of the programs that have ended: what others do beside them does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def hostile_files():
    path = pathlib.Path(os.environ["TMPDIR"]) / "hostile.ics"
    for name, make in hostile.MAKERS.items():
        path.write_bytes(make().encode())
        assert path.stat().st_size <= hostile.MAX, name
        begun = processor_seconds()
        code, out, err = run("OPPSLAG_CENTRAL_PLAIN", str(path), *WINDOW)
        took = processor_seconds() - begun
        ok(code == 0 and took < SECONDS, f"hostile: {name}", f"exit {code} after {took:.2f} s: {(out + err)[:200]}")
    path.write_bytes(hostile.events(3, "DTSTART:19700101T100000", "RRULE:FREQ=DAILY").encode())
    code, out, err = run("OPPSLAG_CENTRAL", str(path), "--from", "1970-01-01", "--to", "2199-12-31")
    ok(code == 1 and not out and "100000" in err, "more occurrences than are printed are said", f"{code} {err}")
    path.write_bytes(b"\n" * (hostile.MAX + 1))
    code, out, err = run("OPPSLAG_CENTRAL", str(path), *WINDOW)
    ok(code == 1 and "5000000" in err, "a file above the cap is said", f"{code} {err}")


def command_line():
    rows = [
        ("no file", [*WINDOW], 2, "FILE.ics"),
        ("two files", ["google.ics", "apple.ics", *WINDOW], 2, "FILE.ics"),
        ("no --from", ["google.ics", "--to", "2026-11-25"], 2, "--from"),
        ("no --to", ["google.ics", "--from", "2026-11-25"], 2, "--to"),
        ("a value is missing", ["google.ics", "--from", "2026-11-25", "--to"], 2, "--to"),
        ("no date", ["google.ics", "--from", "tomorrow", "--to", "2026-11-25"], 2, "tomorrow"),
        ("no such date", ["google.ics", "--from", "2026-02-30", "--to", "2026-11-25"], 2, "2026-02-30"),
        ("a time", ["google.ics", "--from", "2026-11-24T10:00", "--to", "2026-11-25"], 2, "--from"),
        ("the wrong way round", ["google.ics", "--from", "2026-11-25", "--to", "2026-11-24"], 2, "--to"),
        ("no zone", ["google.ics", *WINDOW, "--zone", "Mars/Olympus"], 2, "Mars/Olympus"),
        ("no such option", ["google.ics", *WINDOW, "--loud"], 2, "--loud"),
        ("no such file", ["nowhere.ics", *WINDOW], 1, "nowhere.ics"),
    ]
    for name, args, want, says in rows:
        code, out, err = run("OPPSLAG_CENTRAL", *args)
        ok(code == want and not out and says in err, f"command line: {name}", f"exit {code}: {err}")


def main():
    fixtures()
    command_line()
    hostile_files()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
