#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of accessibility is whole: every row that there is to be stands in it once, is tested, measured by a person or left out
with a reason; what is law or "shall" is never left out; every test that a row names exists, and every test serves a row."""
import ast
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import rows  # noqa: E402

# How many rows each part has.
PARTS = {"LAW": 8, "CF": 19, "ACT": 2, "OP": 6, "W": 11, "R": 11, "T": 12, "D": 8, "SPK": 6, "LNG": 10, "Q": 8, "PX": 1, "S": 4, "P": 11}
PERSON = {"LAW1", "LAW2", "LAW3", "LAW5", "LAW7", "CF3", "OP6", "R3", "R4", "R10", "P8"}
LEFT_OUT = {"LNG3", "LNG4"}
ARTEFACTS = {"DL", "SS", "EV", "SP", "FS", "CFG", "WEB", "TXT", "MAN"}
faults = []


def check(good, what):
    if not good:
        faults.append(what)


def names_of(path):
    """What a module says that it tests, without running it: its TESTS, and functions that begin lists of rows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("[a-z_]+", node.value)}
    return found


def main():
    wanted = {f"{part}{n}" for part, most in PARTS.items() for n in range(1, most + 1)}
    ids = [row.id for row in rows.ROWS]
    check(len(ids) == len(set(ids)), "a row stands twice")
    check(set(ids) == wanted, f"missing {sorted(wanted - set(ids))}, unknown {sorted(set(ids) - wanted)}")
    known = set().union(*(names_of(path) for path in HERE.glob("*_rows.py")), names_of(HERE / "lists.py"))
    for row in rows.ROWS:
        kind = "person" if row.id in PERSON else "left out" if row.id in LEFT_OUT else "machine"
        check(row.kind == kind, f"{row.id} is {row.kind}, not {kind}")
        check(row.force in ("L", "N", "n", "E"), f"{row.id}: force {row.force}")
        check(set(row.artefact.split()) <= ARTEFACTS, f"{row.id}: {row.artefact}")
        check(bool(row.tests) == (kind == "machine"), f"{row.id}: {row.tests}")
        check(kind != "left out" or bool(row.why) and row.force not in "LN", f"{row.id} is left out")
        for test in row.tests:
            check(test.removeprefix("longer/") in known, f"{row.id}: there is no test {test}")
    check(len(LEFT_OUT) <= 10, "more than ten are left out")
    for fault in faults:
        print(f"not ok {fault}")
    print(f"{'not ok' if faults else 'ok'} {len(ids)} rows")
    return 1 if faults else 0


sys.exit(main())
