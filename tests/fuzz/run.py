#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py --out O --seconds N [FUZZER...]   runs fuzzers, each for N seconds; ends with 1 if one found a fault.

Seeds are tests/fixtures of the fuzzer's kind (SEEDS); what it learns is kept in O/fuzz/corpus, what it finds in O/fuzz/found, with the
command that shows it again.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SEEDS = {
    "callback": ["tests/fuzz/seeds/callback/*"],
    "feed": ["tests/fixtures/**/*.json", "assets/sample/*.json"],
    "ics": ["tests/fuzz/seeds/ics/*", "tests/fixtures/**/*.ics"],
    "form": ["tests/fuzz/seeds/form/*", "tests/fixtures/**/*.form"],
    "settings": ["tests/fuzz/seeds/settings/*", "tests/fixtures/**/*.ini", "config/*.ini"],
}
SEED_BYTES = 64 * 1024


def seeds(which):
    return [str(p) for glob in SEEDS.get(which, []) for p in sorted(ROOT.glob(glob)) if p.is_file() and p.stat().st_size <= SEED_BYTES]


def fuzz(out, which, seconds):
    program = out / "fuzz" / f"fuzz_{which}"
    corpus, found = out / "fuzz/corpus" / which, out / "fuzz/found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    # Seeds are copied into the corpus by content, so that a file list of any length fits.
    for number, seed in enumerate(seeds(which)):
        (corpus / f"seed-{number}").write_bytes(pathlib.Path(seed).read_bytes())
    command = [str(program), f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=3000", f"-max_len={SEED_BYTES}",
               f"-artifact_prefix={found}/{which}-", "-print_final_stats=1", "-verbosity=1"]
    words = ROOT / f"tests/fuzz/{which}.dict"
    command += ([f"-dict={words}"] if words.exists() else []) + [str(corpus)]
    env = dict(os.environ, ASAN_OPTIONS="allocator_may_return_null=1:detect_leaks=1",
               LSAN_OPTIONS=f"suppressions={ROOT / 'tests/lsan.supp'}:print_suppressions=0", UBSAN_OPTIONS="print_stacktrace=1")
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                          timeout=seconds + 120, check=False)
    runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    print(f"{'ok' if done.returncode == 0 else 'not ok'} - {which}: {runs.group(1) if runs else 0} inputs, "
          f"{covered[-1] if covered else 0} edges, {len(seeds(which))} seeds", flush=True)
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-60:]))
        print(f"again: {program} FILE   (the files: {found}/{which}-*)", flush=True)
    return done.returncode != 0


def main():
    options = argparse.ArgumentParser(description="run the fuzzers")
    options.add_argument("--out", required=True)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("fuzzers", nargs="*")
    args = options.parse_args()
    names = args.fuzzers or [p.stem.removeprefix("fuzz_") for p in sorted((ROOT / "tests/fuzz").glob("fuzz_*.c"))]
    out = pathlib.Path(args.out).resolve()
    return 1 if sum(fuzz(out, name, args.seconds) for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
