#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py --out O [--smoke] [--seconds N] [TEST...]   makes allocations of the unit tests fail, one a run.

First a run that lists the allocations with distinct call stacks (tests/torture/hook.c), then one run for each of them in which it
fails. Such a run may report failed cases, since the caller was told that memory is out; it may not crash, not hang, and where all cases
still pass, not leak. --smoke takes as many, evenly spread, as fit into --seconds. Prints `ok`/`not ok` per test program.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SMOKE_SECONDS = 3
RUN_TIMEOUT, TIMES_ITS_OWN = 60, 20  # seconds that a run may take: so many, or so many times what the program takes by itself
ASAN = "detect_stack_use_after_return=0:allocator_may_return_null=1:handle_segv=2:handle_abort=2:handle_sigbus=2:handle_sigfpe=2"
FATAL = re.compile(r"ERROR: AddressSanitizer|runtime error:|DEADLYSIGNAL")
FRAME = re.compile(r"^\s*#\d+ 0x[0-9a-f]+ in (\S+) (\S+?):\d+", re.M)


def run(program, n, patience, listing=None, leaks=True):
    env = dict(os.environ, OPPSLAG_SOURCE=str(ROOT), OPPSLAG_DATADIR=str(program.parents[2] / "share"), LANG="C.UTF-8",
               ASAN_OPTIONS=f"{ASAN}:detect_leaks={int(leaks)}", UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
               LSAN_OPTIONS=f"suppressions={ROOT / 'tests/lsan.supp'}:print_suppressions=0")
    for name in ("OPPSLAG_FAIL_ALLOC", "OPPSLAG_TORTURE_LIST"):
        env.pop(name, None)
    env.update({"OPPSLAG_TORTURE_LIST": listing} if listing else {"OPPSLAG_FAIL_ALLOC": str(n)})
    with tempfile.TemporaryDirectory(prefix="oppslag-torture.") as tmp:
        try:
            done = subprocess.run([program], cwd=ROOT, env=dict(env, TMPDIR=tmp), stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, errors="replace", timeout=patience, check=False)
        except subprocess.TimeoutExpired:
            return None, f"hangs: not finished after {patience:.0f} s"
    return done.returncode, done.stdout + done.stderr


def in_test_itself(text):
    """A crash in the test's own lines: it used what it was told it did not get. That is not the program's fault."""
    for _, file in FRAME.findall(text):
        place = os.path.relpath(file, ROOT) if file.startswith("/") else file
        if place.startswith("tests/"):
            return True
        if place.startswith("src/"):
            return False
    return False


def fault_of(program, n, patience):
    code, text = run(program, n, patience)
    if code is None:
        return text
    if FATAL.search(text):
        return None if in_test_itself(text) else text
    if code < 0:
        return f"ended by signal {-code}\n{text}"
    # A failed case leaves its function by a long jump, and with it what it held: only a run where all cases passed can leak.
    if "LeakSanitizer" in text and not re.search(r"^not ok|\[  (FAILED|ERROR) +\]", text, re.M):
        return text
    return None


def allocations(program):
    with tempfile.NamedTemporaryFile(prefix="oppslag-torture.") as listing:
        code, text = run(program, 0, TIMES_ITS_OWN * RUN_TIMEOUT, listing.name, leaks=False)
        if code == 0:
            return [int(line) for line in listing.read().split()]
    print(f"not ok - {program.name}: does not pass by itself\n{text}", flush=True)
    return None


def spread(numbers):
    """From end to end and ever denser: wherever one stops, what was taken is evenly spread (van der Corput's order)."""
    bits = max(1, (len(numbers) - 1).bit_length())
    order = (int(f"{i:0{bits}b}"[::-1], 2) for i in range(1 << bits))
    return [numbers[i] for i in order if i < len(numbers)]


def some_faults(program, numbers, patience, until):
    """Of as many as there is time for, and of one at least: (how many were tried, faults)."""
    faults, tried = [], 0
    for n in spread(numbers):
        if tried and time.monotonic() >= until:
            break
        tried += 1
        faults.append((n, fault_of(program, n, patience)))
    return tried, faults


def torture(program, seconds, pool):
    if not program.exists():
        print(f"not ok - {program.name}: not built: {program}")
        return 1
    began = time.monotonic()
    numbers = allocations(program)
    if numbers is None:
        return 1
    patience = max(RUN_TIMEOUT, TIMES_ITS_OWN * (time.monotonic() - began))
    if seconds:
        tried, faults = some_faults(program, numbers, patience, began + seconds)
    else:
        tried, faults = len(numbers), zip(numbers, pool.map(lambda n: fault_of(program, n, patience), numbers))
    faults = [(n, fault) for n, fault in faults if fault]
    print(f"{'not ok' if faults else 'ok'} - {program.name}: {tried} of {len(numbers)} allocation sites failed once, "
          f"{len(faults)} faults, {time.monotonic() - began:.1f} s", flush=True)
    for n, fault in faults[:3]:
        print(f"OPPSLAG_FAIL_ALLOC={n} {program}")
        print("\n".join(f"  {line}" for line in fault.splitlines()[-60:]), flush=True)
    return len(faults)


def main():
    options = argparse.ArgumentParser(description="make allocations fail")
    options.add_argument("--out", required=True)
    options.add_argument("--smoke", action="store_true")
    options.add_argument("--seconds", type=float, default=SMOKE_SECONDS, help="of one smoke run")
    options.add_argument("tests", nargs="*")
    args = options.parse_args()
    units = pathlib.Path(args.out).resolve() / "san/unit"
    names = args.tests or [p.stem for p in sorted((ROOT / "tests/unit").glob("test_*.c"))]
    with concurrent.futures.ThreadPoolExecutor(1 if args.smoke else 2) as pool:
        faults = sum(torture(units / name, args.seconds if args.smoke else 0, pool) for name in names)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
