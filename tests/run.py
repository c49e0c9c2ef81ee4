#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py --out O [NAME...]   runs the tests, two at a time and beside them two that only wait, one line each; the last line is `N passed, N failed`.

A test is a program that ends with 0. If it prints `ok …` and `not ok …` lines (TAP), each of them counts, else the program counts as
one. NAME is the beginning of a test's name (`unit`, `e2e/loop`). tests/README.md says how to add one.

Each test gets a TMPDIR of its own, and is led in a session of its own: what it leaves running is a fault, and is ended.
A line near the top of its file may say `test: alone` (it measures time: nothing runs beside it), `test: waits` (nearly all of its time
goes by without the processor: it runs beside the others) or `test: timeout=SECONDS`.
"""
import argparse
import ctypes
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
OWN_FOLDERS = {"unit", "fuzz", "torture", "bench", "lint", "fixtures"}
SCRIPT = re.compile(r"^(run.*|test_.*\.(sh|py|mjs))$")
NOT_TESTS = re.compile(r"^(_|lib|common|support)")
TAP = re.compile(r"^(not ok|ok)\b(?!:)", re.M)
DIRECTIVE = re.compile(rb"test: ([a-z0-9=, ]+)")
TIMEOUTS = {"unit": 60, "fuzz": 60, "torture": 240}
TIMEOUT = 180
GRACE = 2.0
WAITING = 2  # tests that wait, at a time
FUZZ_SECONDS = 4


class Test:
    def __init__(self, name, command, source=None):
        self.name, self.command = name, [str(c) for c in command]
        self.alone, self.waits, self.timeout = False, False, TIMEOUTS.get(name.split("/")[0], TIMEOUT)
        if source:
            with open(source, "rb") as f:
                for words in DIRECTIVE.findall(f.read(3000)):
                    self.direct(words.decode())

    def direct(self, words):
        for word in re.split(r"[, ]+", words.strip()):
            if word == "alone":
                self.alone = True
            elif word == "waits":
                self.waits = True
            elif word.startswith("timeout="):
                self.timeout = int(word[8:])


def interpreter(path):
    # A script that needs Debian's own packages says so in its first line.
    with open(path, "rb") as script:
        if script.readline().strip() == b"#!/usr/bin/python3":
            return ["/usr/bin/python3", path]
    known = {".py": [sys.executable], ".mjs": ["node"], ".sh": ["bash"]}
    return known.get(path.suffix, []) + [path]


def unit_tests(out):
    for source in sorted((TESTS / "unit").glob("test_*.c")):
        yield Test(f"unit/{source.stem}", [out / "san/unit" / source.stem], source)


def scripts():
    for folder in sorted(p for p in TESTS.iterdir() if p.is_dir() and p.name not in OWN_FOLDERS):
        for path in sorted(folder.iterdir()):
            wanted = SCRIPT.match(path.name) or (folder.name == "e2e" and path.suffix == ".mjs")
            if path.is_file() and wanted and not NOT_TESTS.match(path.name):
                yield Test(f"{folder.name}/{path.stem}", interpreter(path), path)


def smoke_runs(out):
    for source in sorted((TESTS / "fuzz").glob("fuzz_*.c")):
        which = source.stem.removeprefix("fuzz_")
        yield Test(f"fuzz/{which}", [sys.executable, TESTS / "fuzz/run.py", "--out", out, "--seconds", FUZZ_SECONDS, which])
    for source in sorted((TESTS / "unit").glob("test_*.c")):
        yield Test(f"torture/{source.stem}", [sys.executable, TESTS / "torture/run.py", "--out", out, "--smoke", source.stem])


def own_checks():
    for path in sorted((TESTS / "lint").glob("test_*.py")):
        yield Test(f"lint/{path.stem}", interpreter(path), path)


def environment(out):
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "OPPSLAG_FAIL_ALLOC"):
        env.pop(name, None)
    for name in ("kiosk", "central"):
        env[f"OPPSLAG_{name.upper()}"] = str(out / "san" / f"oppslag-{name}")
        env[f"OPPSLAG_{name.upper()}_PLAIN"] = str(out / f"oppslag-{name}")
    env.update(
        O=str(out), OPPSLAG_DATADIR=str(out / "share"), OPPSLAG_SOURCE=str(ROOT), NODE_PATH=str(out / "npm/node_modules"),
        PYTHONPATH=str(TESTS), PYTHONDONTWRITEBYTECODE="1", LANG="C.UTF-8", LC_ALL="C.UTF-8", TZ="UTC", HOME=str(out / "test/home"),
        SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", CMOCKA_MESSAGE_OUTPUT="TAP",
        ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1",
        UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
        LSAN_OPTIONS=f"suppressions={TESTS / 'lsan.supp'}:print_suppressions=0")
    return env


def of_test(session, tmp):
    """Processes that belong to a test: those of the session that it was started in, and those that were given its TMPDIR."""
    found, mark = [], f"TMPDIR={tmp}\0".encode()
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="latin-1") as f:
                fields = f.read().rpartition(") ")[2].split()
            with open(f"/proc/{entry}/environ", "rb") as f:
                ours = int(fields[3]) == session or mark in f.read() + b"\0"
        except OSError:
            continue
        if ours and fields[0] not in "ZX":
            found.append(int(entry))
    return found


def end_leftovers(session, tmp):
    """Ends what a test left running, and says how much that was."""
    until = time.monotonic() + GRACE
    left = of_test(session, tmp)
    while left and time.monotonic() < until:
        time.sleep(0.02)
        left = of_test(session, tmp)
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return len(left)


class Result:
    def __init__(self, test, code, text, seconds, left):
        self.test, self.text, self.seconds = test, text, seconds
        oks = TAP.findall(text)
        self.passed, self.failed, self.why = oks.count("ok"), oks.count("not ok"), ""
        if code is None:
            self.why = f"not finished after {test.timeout} s"
        elif code != 0 and not self.failed:
            self.why = f"ended by signal {-code}" if code < 0 else f"ended with {code}"
        elif left:
            self.why = f"left {left} processes running"
        if self.why:
            self.failed += 1
        elif not oks:
            self.passed = 1

    def line(self):
        word = "FAIL" if self.failed else "ok  "
        count = self.passed + self.failed
        many = f" ({count} cases)" if count > 1 else ""
        return f"{word} {self.test.name}{many} {self.seconds:.1f} s{': ' + self.why if self.why else ''}"


def run(test, env, logs):
    tmp = tempfile.mkdtemp(prefix="oppslag-test.")
    log = logs / (test.name.replace("/", ".") + ".log")
    began, code, left = time.monotonic(), None, 0
    try:
        with open(log, "wb") as out:
            process = subprocess.Popen(test.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                       env=dict(env, TMPDIR=tmp), start_new_session=True)
            try:
                code = process.wait(test.timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(GRACE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            left = end_leftovers(process.pid, tmp)
    except OSError as fault:
        log.write_text(f"cannot be run: {fault}\n", encoding="utf-8")
        code = 127
    finally:
        shutil.rmtree(tmp, ignore_errors=True)
    return Result(test, code, log.read_text(encoding="utf-8", errors="replace"), time.monotonic() - began, left)


def show(result):
    print(result.line(), flush=True)
    if result.failed:
        lines = result.text.rstrip().splitlines()
        if len(lines) > 80:
            lines = lines[:30] + [f"… {len(lines) - 80} lines …"] + lines[-50:]
        print("".join(f"     | {line}\n" for line in lines), end="", flush=True)


def run_all(lanes, env, logs):
    """LANES: (tests, how many of them at a time). All lanes run side by side."""
    results, lock = [], threading.Lock()

    def work(todo):
        while True:
            try:
                test = todo.get_nowait()
            except queue.Empty:
                return
            result = run(test, env, logs)
            with lock:
                results.append(result)
                show(result)

    threads = []
    for tests, jobs in lanes:
        todo = queue.Queue()
        for test in tests:
            todo.put(test)
        threads += [threading.Thread(target=work, args=[todo]) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def become_subreaper():
    # Grandchildren whose parent has died come to us, so that no zombie of theirs stays behind (PR_SET_CHILD_SUBREAPER is 36).
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def wanted(test, names, exact):
    return not names or any(test.name == n if exact else test.name.startswith(n) for n in names)


def main():
    options = argparse.ArgumentParser(description="run the tests")
    options.add_argument("--out", required=True)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--list", action="store_true", help="only name them")
    options.add_argument("--exact", action="store_true", help="NAMES are whole, not beginnings")
    options.add_argument("names", nargs="*")
    args = options.parse_args()
    out = pathlib.Path(args.out).resolve()

    tests = [t for group in (unit_tests(out), own_checks(), scripts(), smoke_runs(out)) for t in group if wanted(t, args.names, args.exact)]
    if args.list:
        print("\n".join(t.name for t in tests))
        return 0
    logs = out / "test"
    (logs / "home").mkdir(parents=True, exist_ok=True)
    times_file = logs / "times.json"
    times = json.loads(times_file.read_text()) if times_file.exists() else {}
    tests.sort(key=lambda t: -times.get(t.name, 1000))
    become_subreaper()
    began, env = time.monotonic(), environment(out)
    busy, waiting = [t for t in tests if not t.waits and not t.alone], [t for t in tests if t.waits]
    results = run_all([(busy, args.jobs), (waiting, WAITING)], env, logs)
    results += run_all([([t for t in tests if t.alone], 1)], env, logs)
    times.update({r.test.name: r.seconds for r in results})
    times_file.write_text(json.dumps(times, indent=1))

    passed, failed = sum(r.passed for r in results), sum(r.failed for r in results)
    print(f"{len(results)} test programs in {time.monotonic() - began:.0f} s")
    for result in results:
        if result.failed:
            print(result.line())
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
