# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that are read off one file's text. Each takes (path from the top, text) and yields (line, what is wrong)."""
import fnmatch
import pathlib
import re

import c_source

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent

MAX_LINES = {".c": 600, ".h": 200}
MAX_FUNCTION = 60
MAX_COMPLEXITY = 15
NO_WORDS = {"tests/lint/words.txt", "tests/lint/test_rules.py", "LICENSE"}
GENERATED = {"text_ids.h"}
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
SPDX_SUFFIXES = {".c", ".h", ".py", ".sh", ".mjs", ".js", ".css"}


def matches(path, globs):
    return any(fnmatch.fnmatchcase(path, g) for g in globs)


def list_lines(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


class Includes:
    """config/includes.txt."""

    def __init__(self, path=ROOT / "config/includes.txt"):
        self.folders, self.libraries, self.never = {}, [], []
        for number, line in list_lines(path):
            kind, _, rest = line.partition(" ")
            parts = [p.strip() for p in rest.split(":")]
            if kind == "folder" and len(parts) == 2:
                self.folders[parts[0]] = set(parts[1].split()) | {parts[0]}
            elif kind == "library" and len(parts) == 3:
                self.libraries.append((parts[0], parts[1].split(), parts[2].split()))
            elif kind == "never" and len(parts) == 3:
                self.never.append((parts[0].split(), parts[1].split(), parts[2]))
            else:
                raise SystemExit(f"{path}:{number}: not a row of the include table")

    def check(self, path, text):
        if not path.startswith("src/"):
            return
        inside = path.removeprefix("src/")
        folder = inside.split("/")[0]
        for line, quoted, header in c_source.includes(text):
            if quoted:
                yield from self.check_quoted(folder, line, header)
            else:
                yield from self.check_angle(inside, line, header)

    def check_quoted(self, folder, line, header):
        target = header.split("/")[0]
        if header in GENERATED:
            return
        if "/" not in header or target not in self.folders:
            yield line, f'"{header}": includes are written from src, as "folder/file.h"'
        elif target not in self.folders.get(folder, set()):
            yield line, f'{folder} may not include {target} ("{header}")'

    def check_angle(self, inside, line, header):
        for name, files, headers in self.libraries:
            if matches(header, headers) and not matches(inside, files):
                yield line, f"<{header}>: {name} lives in {' '.join(files)} alone"
        for files, headers, why in self.never:
            if matches(inside, files) and matches(header, headers):
                yield line, f"<{header}>: {why}"


class Banned:
    """tests/lint/banned.txt."""

    def __init__(self, path=HERE / "banned.txt"):
        self.rows = {}
        for _, line in list_lines(path):
            names, _, why = line.partition(":")
            why, _, files = why.partition("except ")
            for name in names.split():
                self.rows[name] = (why.strip(" ."), files.split())
        self.call = re.compile(r"(?<![\w.>])(" + "|".join(map(re.escape, self.rows)) + r")\s*\(")

    def check(self, path, text):
        code = c_source.code_only(text)
        for match in self.call.finditer(code):
            why, files = self.rows[match.group(1)]
            if not matches(path, files):
                yield c_source.line_of(code, match.start()), f"{match.group(1)}: {why}"


def sizes(path, text):
    lines = text.count("\n")
    most = MAX_LINES[pathlib.PurePath(path).suffix]
    if lines > most:
        yield most, f"{lines} lines; at most {most}"
    for function in c_source.functions(text):
        if function.lines > MAX_FUNCTION:
            yield function.line, f"{function.name}: {function.lines} lines; at most {MAX_FUNCTION}"
        if function.complexity > MAX_COMPLEXITY:
            yield function.line, f"{function.name}: complexity {function.complexity}; at most {MAX_COMPLEXITY}"


def header_guard(path, text):
    if path.endswith(".h") and "#pragma once" not in text:
        yield 1, "no #pragma once"


def spdx(path, text):
    lines = text.split("\n", 2)
    first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
    executable = text.startswith("#!")
    if (pathlib.PurePath(path).suffix in SPDX_SUFFIXES or executable) and SPDX not in first:
        yield 1, f"does not begin with `{SPDX}`"


def whitespace(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip() and not path.endswith(".md"):
            yield number, "white space at the end of the line"
    if text and not text.endswith("\n"):
        yield text.count("\n") + 1, "no line break at the end"


class Words:
    """tests/lint/words.txt."""

    def __init__(self, path=HERE / "words.txt"):
        self.path, self.rows = path, []
        for _, line in list_lines(path):
            pattern, _, why = line.partition("\t")
            self.rows.append((re.compile(pattern, re.I), why))

    def check(self, path, text):
        if path in NO_WORDS:
            return
        for number, line in enumerate(text.split("\n"), 1):
            for pattern, why in self.rows:
                match = pattern.search(line)
                if match:
                    yield number, f"`{match.group(0)}`: {why}"


def readmes(paths):
    """Each folder of sources, tests and assets says what lives there."""
    folders = {str(pathlib.PurePath(p).parent) for p in paths if p.startswith("src/")} | {"tests", "assets"}
    for folder in sorted(folders):
        if f"{folder}/README.md" not in paths:
            yield f"{folder}/README.md", "every folder says what lives in it"
