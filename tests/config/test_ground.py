#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts that the build stands on: package lists, their installer, npm's lock file, the data folder."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CONFIG = ROOT / "config"
FLOOR = "18.19.0"
FAILED = []


def check(name, good, note=""):
    print(f"{'ok' if good else 'not ok'} - {name}{'' if good else f': {note}'}")
    if not good:
        FAILED.append(name)


def lists_give_reasons():
    row = re.compile(r"^[a-z0-9][a-z0-9+.-]+( \| [a-z0-9+.-]+)?( \?\w+)?  # \S")
    for path in sorted(CONFIG.glob("packages-*.txt")):
        wrong = [line for line in path.read_text().splitlines() if not line.startswith("#") and not row.match(line)]
        check(f"{path.name}: each package with its reason", not wrong, wrong)


def lock_allows_the_floor():
    lock = json.loads((CONFIG / "package-lock.json").read_text())
    check("the lock file names no registry", "resolved" not in json.dumps(lock))
    ranges = {name: row["engines"]["node"] for name, row in lock["packages"].items() if row.get("engines", {}).get("node")}
    script = ("const s = require('semver'); const r = JSON.parse(process.argv[1]);"
              f"console.log(Object.keys(r).filter(n => !s.satisfies('{FLOOR}', r[n])).join(' '))")
    done = subprocess.run(["node", "-e", script, json.dumps(ranges)], capture_output=True, text=True, check=False)
    check(f"every npm package runs on Node {FLOOR}", done.returncode == 0 and not done.stdout.strip(), done.stdout + done.stderr)


FAKES = {
    "dpkg-query": 'case "$*" in --version) exit 0 ;; *" here") echo installed ;; *) [ ! -e "$STATE/$4" ] || echo installed ;; esac',
    "apt-cache": 'shift; for p; do echo "$p:"; case $p in ghost) echo "  Candidate: (none)" ;; *) echo "  Candidate: 1" ;; esac; done',
    "apt-get": 'echo "$*" >>"$STATE/log"; for p; do case $p in -*|install|update|*=*) ;; *) : >"$STATE/$p" ;; esac; done',
    "sudo": '[ "$SUDO_WORKS" = yes ] || exit 1; shift_n=; [ "$1" != -n ] || { shift; [ "$1" != true ] || exit 0; }; exec "$@"',
}


class Machine:
    """A pretended machine: dpkg, apt, sudo and id are ours."""

    def __init__(self, rows, uid="0", sudo="no"):
        self.tmp = pathlib.Path(tempfile.mkdtemp())
        (self.tmp / "bin").mkdir()
        for name, script in {**FAKES, "id": f"echo {uid}"}.items():
            path = self.tmp / "bin" / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        (self.tmp / "config").mkdir()
        installer = self.tmp / "config/packages.sh"
        installer.write_text((CONFIG / "packages.sh").read_text())
        installer.chmod(0o755)
        (self.tmp / "config/packages-build.txt").write_text("\n".join(rows) + "\n")
        self.env = dict(os.environ, PATH=f"{self.tmp / 'bin'}:{os.environ['PATH']}", STATE=str(self.tmp), SUDO_WORKS=sudo)

    def install(self, **env):
        return subprocess.run([self.tmp / "config/packages.sh", self.tmp / "out", "build"], env={**self.env, **env}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, check=False)

    def log(self):
        path = self.tmp / "log"
        return path.read_text() if path.exists() else ""


def installer_installs():
    machine = Machine(["here  # there already", "absent  # why", "ghost | other  # why", "never ?sh  # sh does it"])
    done = machine.install()
    check("missing packages are named and installed", done.returncode == 0 and "absent ghost" in done.stderr, done.stderr)
    check("of two names the one that apt knows is taken", "install --no-install-recommends absent other" in machine.log(), machine.log())
    check("what is installed, or done by a command, is left alone", not re.search(r"\b(here|never)\b", machine.log()), machine.log())
    before = machine.log()
    check("the second time there is nothing to do", machine.install().returncode == 0 and machine.log() == before)


def installer_without_rights():
    for name, machine, env in (("without rights", Machine(["absent  # why"], uid="1000"), {}),
                               ("when told not to", Machine(["absent  # why"]), {"OPPSLAG_INSTALL": "no"})):
        done = machine.install(**env)
        check(f"{name}: the one line to type, and 3", done.returncode == 3 and
              "\napt-get install --no-install-recommends absent" in done.stderr and not machine.log(), done.stderr)
    machine = Machine(["absent  # why"], uid="1000", sudo="yes")
    check("by sudo where that works", machine.install().returncode == 0 and "absent" in machine.log(), machine.log())


def installer_says_what_apt_does_not_know():
    done = Machine(["ghost  # why"]).install()
    check("an unknown package is named, and 3", done.returncode == 3 and "apt knows no: ghost" in done.stderr, done.stderr)


def share_names_what_is_missing():
    with tempfile.TemporaryDirectory() as tmp:
        assets = pathlib.Path(tmp) / "assets"
        assets.mkdir()
        (assets / "icons.txt").write_text("# icons\nback NoSuchArrow\n")
        done = subprocess.run([sys.executable, CONFIG / "share.py", ROOT / "nowhere", pathlib.Path(tmp) / "out"], cwd=tmp, capture_output=True,
                              text=True, check=False)
        check("an icon that Aksel lacks is named with its place", done.returncode == 1 and "assets/icons.txt:2: " in done.stderr and
              "NoSuchArrow" in done.stderr, done.stderr)


def one_test_by_its_whole_name():
    listed = []
    for exact in ([], ["--exact"]):
        done = subprocess.run([sys.executable, ROOT / "tests/run.py", "--out", ROOT / "nowhere", "--list", *exact, "unit/test_feed"],
                              capture_output=True, text=True, check=False)
        listed.append(done.stdout.split())
    check("a name stands for all tests that begin so", len(listed[0]) > 1 and "unit/test_feed" in listed[0], listed[0])
    check("and a whole one for itself (make unit-feed)", listed[1] == ["unit/test_feed"], listed[1])


for part in (lists_give_reasons, lock_allows_the_floor, installer_installs, installer_without_rights,
             installer_says_what_apt_does_not_know, share_names_what_is_missing,
             one_test_by_its_whole_name):
    part()
sys.exit(1 if FAILED else 0)
