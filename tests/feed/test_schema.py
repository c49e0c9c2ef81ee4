#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema in config/ says what the reader does: it takes the sample and each good fixture, refuses each one that is wrong by its
shape, and takes those that are wrong only by their meaning, which it cannot see (tests/fixtures/feed/README.md)."""
import json
import os
import pathlib
import sys

import jsonschema

ROOT = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", pathlib.Path(__file__).resolve().parent.parent.parent))
FIXTURES = ROOT / "tests/fixtures/feed"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    schema = load(ROOT / "config/feed.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    expected = [(ROOT / "assets/sample/centre.json", True)]
    for path in sorted(FIXTURES.glob("*.json")):
        kind = path.name.split("-")[0]
        if kind != "json":
            expected.append((path, kind in ("good", "meaning")))
    failed = 0
    for path, is_good in expected:
        faults = [f"{fault.json_path}: {fault.message[:120]}" for fault in validator.iter_errors(load(path))]
        right = is_good == (not faults)
        failed += not right
        print("ok" if right else "not ok", path.name, "" if right else faults or "should have been refused")
    counts = [sum(good is g for _, good in expected) for g in (True, False)]
    assert min(counts) > 10, f"fixtures are missing: {counts}"
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
