#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py --out O [ROW…]   every row of rows.py that a machine can test: one line each (id, tried, failed), 1 if any failed.

With names of rows only those. What fails is told with where it is seen first.
"""
import argparse
import concurrent.futures
import importlib
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "crawl"), str(HERE.parent / "qr"), str(ROOT / "config")]
SHOWN = 4  # failures told of each row
MODULES = ["event_rows", "speech_rows", "crawl_rows", "picture_rows", "qr_rows", "words_rows", "page_rows", "settings_rows", "file_rows",
           "glass_rows", "finger_rows"]


def environment(out):
    os.environ.update(
        O=str(out), OPPSLAG_KIOSK=str(out / "oppslag-kiosk"), OPPSLAG_KIOSK_SAN=str(out / "san/oppslag-kiosk"),
        OPPSLAG_CENTRAL=str(out / "oppslag-central"), OPPSLAG_DATADIR=str(out / "share"), OPPSLAG_SOURCE=str(ROOT), SDL_VIDEODRIVER="dummy",
        SDL_AUDIODRIVER="dummy", TZ="UTC", LANG="C.UTF-8", LC_ALL="C.UTF-8", PYTHONPATH=f"{HERE}:{HERE.parent}", PYTHONDONTWRITEBYTECODE="1",
        ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1", UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
        LSAN_OPTIONS=f"suppressions={HERE.parent / 'lsan.supp'}:print_suppressions=0")
    os.environ.pop("DISPLAY", None)


def run_module(job):
    """One module's part PART, with its wanted TESTS, in a folder of its own."""
    name, part, tests, folder, out = job
    import kiosk_process  # with the environment as it is now
    import lists
    kiosk_process.TMP = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}.", dir=folder))
    tallies, began = lists.Tallies(), time.monotonic()
    module = importlib.import_module(name)
    try:
        module.run(tallies, tests, part, out)
    except Exception as fault:  # whatever ended it, the rows that it answers for have failed
        for test in tests:
            if not tallies[test].tried:
                tallies[test].add(False, f"{name} ended: {type(fault).__name__}: {fault}")
    return f"{name} {part}" if part else name, 0, dict(tallies), time.monotonic() - began


def run_lists(job):
    import lists
    began = time.monotonic()
    count, tallies = lists.share(job)
    if job[0].name == "scenes_longer":
        longer = lists.Tallies()
        longer.join({f"longer/{name}": tally for name, tally in tallies.items()})
        tallies = longer
    return f"lists {job[2]}", count, dict(tallies), time.monotonic() - began


def jobs(out, folder, tests):
    import list_rows
    import lists
    import shot
    for name in MODULES:
        module = importlib.import_module(name)
        wanted = [t for t in module.TESTS if t in tests]
        if wanted:
            for part in getattr(module, "PARTS", [None]):
                yield run_module, (name, part, wanted, folder, out)
    names = {code: json.loads((ROOT / f"assets/lang/{code}.json").read_text(encoding="utf-8"))["language"]["autonym"] for code in shot.LANGUAGES}
    listed = set(list_rows.LIST_ROWS) | lists.ACROSS
    if any(t.removeprefix("longer/") in listed for t in tests):
        for job in lists.jobs(out, str(folder), names, {t.removeprefix("longer/") for t in tests}):
            yield run_lists, job


def tell(row, tallies, times):
    parts = [tallies[t] for t in row.tests if t in tallies]
    tried, failed = sum(t.tried for t in parts), sum(t.failed for t in parts)
    missing = [t for t in row.tests if t not in tallies or not tallies[t].tried]
    failed += len(missing)
    print(f"{row.id:<6}{row.force}  tried {tried:>8}  failed {failed:>7}  {row.statement} ({row.number})", flush=True)
    for name in missing:
        print(f"        nothing was tried: {name}")
    for name in row.tests:
        if name in tallies and tallies[name].failed:
            print(f"        {name}: {tallies[name].failed} of {tallies[name].tried}" + spread(tallies[name]))
            for what in tallies[name].first[:SHOWN]:
                print(f"          {what}")
    return failed


def spread(tally):
    return ", in " + ", ".join(f"{scene} {n}" for scene, n in tally.kinds.most_common(5)) if tally.kinds else ""


def main():
    options = argparse.ArgumentParser(description="the rows of accessibility")
    options.add_argument("--out", required=True)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("rows", nargs="*")
    args = options.parse_args()
    out = pathlib.Path(args.out).resolve()
    environment(out)
    import lists
    import rows
    wanted = [row for row in rows.ROWS if row.kind == "machine" and (not args.rows or row.id in args.rows)]
    tests = {t for row in wanted for t in row.tests}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="oppslag-accessibility."))
    began, tallies, count = time.monotonic(), lists.Tallies(), 0
    try:
        with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
            running = [pool.submit(function, job) for function, job in jobs(out, folder, tests)]
            for done in concurrent.futures.as_completed(running):
                name, n, found, seconds = done.result()
                count += n
                tallies.join(found)
                print(f"# {name}: {seconds:.0f} s", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    failed = [row.id for row in wanted if tell(row, tallies, None)]
    people = [row.id for row in rows.ROWS if row.kind == "person"]
    print(f"{count} lists; {len(wanted)} rows in {time.monotonic() - began:.0f} s, {len(failed)} failed: {' '.join(failed) or 'none'}")
    print(f"measured by a person (docs/installation.md): {' '.join(people)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
