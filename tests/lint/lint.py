#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""lint.py --out O   every check of the house, on the files that git knows (and those it does not ignore).

What a program can check is checked here; what passed once is not checked again until the file, a header that it includes, the check
or its settings change (O/lint/passed). Prints `file:line: what` for each fault and one line per check; ends with 1 on any fault.
"""
import argparse
import ast
import concurrent.futures
import hashlib
import json
import pathlib
import subprocess
import sys
import time

import c_source
import rules

ROOT = rules.ROOT
SCRIPTS = {".mjs": ["node", "--check"], ".js": ["node", "--check"], ".sh": ["bash", "-n"]}


def run(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


class Files:
    def __init__(self):
        code, listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"])
        if code:
            raise SystemExit(listed)
        self.paths = sorted(p for p in set(listed.split("\n")) if (ROOT / p).is_file() and not (ROOT / p).is_symlink())
        self.texts, self.headers, self.digests = {}, {}, {}
        for path in self.paths:
            try:
                self.texts[path] = (ROOT / path).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue

    def of(self, *suffixes):
        return [p for p in self.texts if p.endswith(suffixes)]

    def included(self, path):
        """Our own headers that PATH includes, at any depth."""
        if path not in self.headers:
            self.headers[path] = set()
            for _, quoted, header in c_source.includes(self.texts.get(path, "")):
                for place in (f"src/{header}", str(pathlib.PurePath(path).parent / header)):
                    if quoted and place in self.texts:
                        self.headers[path] |= {place} | self.included(place)
        return self.headers[path]

    def digest(self, path, deep):
        key = (path, deep)
        if key not in self.digests:
            h = hashlib.sha256(self.texts[path].encode())
            for header in sorted(self.included(path)) if deep else ():
                h.update(header.encode() + self.texts[header].encode())
            self.digests[key] = h.hexdigest()
        return self.digests[key]


class Check:
    """One check: NAME, the files it reads, WORK(path) -> list of faults, and what besides the file decides its answer (KEY)."""

    def __init__(self, name, paths, work, key="", deep=False):
        self.name, self.paths, self.work, self.key, self.deep = name, paths, work, key, deep


def text_rule(rule, files):
    return lambda path: [f"{path}:{line}: {what}" for line, what in rule(path, files.texts[path])]


def tool(command, pick=lambda out: out.split("\n")):
    def work(path):
        code, out = run(command + [path])
        return [line for line in pick(out) if line] or [f"{path}:1: {command[0]} ended with {code}"] if code else []
    return work


def cppcheck_tool(command):
    """Debian 12's cppcheck dies of some files with lists inside lists: said, but no fault of the file. clang-tidy sees it all the same."""
    checked = tool(command)

    def work(path):
        faults = checked(path)
        if len(faults) == 1 and "cppcheck ended with -" in faults[0]:
            print(f"  note: {path}: cppcheck itself fell over", flush=True)
            return []
        return faults
    return work


def version(program):
    return run([program, "--version"])[1]


def read(*paths):
    return "".join((ROOT / p).read_text(encoding="utf-8") for p in paths)


def python_syntax(files):
    def work(path):
        try:
            ast.parse(files.texts[path], path)
        except SyntaxError as fault:
            return [f"{path}:{fault.lineno}: {fault.msg}"]
        return []
    return work


def json_syntax(files):
    def work(path):
        try:
            json.loads(files.texts[path])
        except ValueError as fault:
            return [f"{path}:{getattr(fault, 'lineno', 1)}: {fault}"]
        return []
    return work


def tidy_faults(out):
    """clang-tidy's faults without the source lines beneath them, places from the top."""
    for line in out.split("\n"):
        if ": error: " in line or ": warning: " in line or line.startswith("error:"):
            yield line.replace(f"{ROOT}/", "")


def first_faults(out):
    """A file that is laid out otherwise has many places; three of them say enough."""
    return [line for line in out.split("\n") if "error:" in line][:3]


def list_checks(files, out):
    c = files.of(".c")
    c_and_h = files.of(".c", ".h")
    sources = [p for p in c if p.startswith(("src/", "tests/"))]
    scripts = "".join(p.read_text(encoding="utf-8") for p in sorted(rules.HERE.glob("*.py")))
    database = out / "compile_commands.json"
    cppcheck = ["cppcheck", "--quiet", "--std=c11", "--language=c", "--enable=warning,performance,portability", "--inline-suppr",
                "--error-exitcode=1", "--template={file}:{line}: {message} [{id}]", "--suppressions-list=tests/lint/cppcheck.txt",
                "-D_GNU_SOURCE", "-DOPPSLAG_VERSION=\"0\"", "-Isrc", f"-I{out / 'gen'}"]
    tidy = ["clang-tidy", "--quiet", "-p", str(out)]
    # A fifth of the analyzer's usual effort finds nearly all that it finds and takes a tenth of the time; tests are run, not analysed.
    effort = [f"--extra-arg={word}" for word in ("-Xclang", "-analyzer-config", "-Xclang", "max-nodes=40000")]
    settings = version("clang-tidy") + read(".clang-tidy") + json.loads(database.read_text())[0]["command"].rpartition(" -c ")[0]
    yield Check("layout", c_and_h, tool(["clang-format", "--dry-run", "--Werror"], first_faults),
                version("clang-format") + read(".clang-format"))
    yield Check("includes", c_and_h, text_rule(rules.Includes().check, files), scripts + read("config/includes.txt"))
    yield Check("banned calls", c_and_h, text_rule(rules.Banned().check, files), scripts + read("tests/lint/banned.txt"))
    yield Check("sizes", c_and_h, text_rule(rules.sizes, files), scripts)
    yield Check("header guards", files.of(".h"), text_rule(rules.header_guard, files), scripts)
    yield Check("licence lines", list(files.texts), text_rule(rules.spdx, files), scripts)
    yield Check("white space", [p for p in files.texts if not p.startswith(("tests/fixtures/", "tests/fuzz/seeds/"))],
                text_rule(rules.whitespace, files), scripts)
    yield Check("words", list(files.texts), text_rule(rules.Words().check, files), scripts + read("tests/lint/words.txt"))
    yield Check("python", files.of(".py"), python_syntax(files), scripts)
    yield Check("json", [p for p in files.of(".json") if not p.startswith("tests/fixtures/")], json_syntax(files), scripts)
    for suffix, command in SCRIPTS.items():
        yield Check(suffix.lstrip("."), files.of(suffix), tool(command), version(command[0]))
    yield Check("cppcheck", sources, cppcheck_tool(cppcheck), version("cppcheck") + read("tests/lint/cppcheck.txt"), deep=True)
    yield Check("clang-tidy", [p for p in sources if p.startswith("src/")], tool(tidy + effort, tidy_faults), settings + str(effort), deep=True)
    yield Check("clang-tidy tests", [p for p in sources if p.startswith("tests/")],
                tool(tidy + ["--checks=-clang-analyzer-*"], tidy_faults), settings, deep=True)


def run_check(check, files, passed, pool):
    began = time.monotonic()
    keys = {p: hashlib.sha256("\0".join((check.name, p, files.digest(p, check.deep), check.key)).encode()).hexdigest() for p in check.paths}
    todo = [p for p in check.paths if keys[p] not in passed]
    faults = []
    for path, found in zip(todo, pool.map(check.work, todo)):
        if found:
            faults += found
        else:
            passed.add(keys[path])
    seen = list(dict.fromkeys(faults))
    for fault in seen:
        print(f"  {fault}")
    print(f"{'FAIL' if seen else 'ok  '} {check.name}: {len(check.paths)} files, {len(todo)} read, {len(seen)} faults, "
          f"{time.monotonic() - began:.1f} s", flush=True)
    return len(seen), {keys[p] for p in check.paths} & passed


def main():
    options = argparse.ArgumentParser(description="check the house rules")
    options.add_argument("--out", required=True)
    options.add_argument("--only", help="one check's name")
    options.add_argument("paths", nargs="*", help="only these files")
    args = options.parse_args()
    out = pathlib.Path(args.out).resolve()
    store = out / "lint/passed"
    store.parent.mkdir(parents=True, exist_ok=True)
    passed = set(store.read_text().split()) if store.exists() else set()

    files, faults, kept = Files(), 0, set()
    for path, what in rules.readmes(set(files.paths)):
        print(f"  {path}:1: {what}")
        faults += 1
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for check in list_checks(files, out):
            if args.only and check.name != args.only:
                continue
            if args.paths:
                check.paths = [p for p in check.paths if p in args.paths]
            count, good = run_check(check, files, passed, pool)
            faults += count
            kept |= good
    store.write_text("\n".join(sorted(kept if not (args.only or args.paths) else passed | kept)))
    print(f"{faults} faults" if faults else "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
