#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""man.py PROGRAM PAGE.in OUT   writes a manual page (mdoc) from its prose and from what the program says of itself.

A line of PAGE.in that is one of these words becomes
    @DATE@       .Dd with the day of packaging/changelog
    @OPTIONS@    a list of the options that PROGRAM --help names
    @COMMANDS@   a list of the commands that PROGRAM --help names
    @SETTINGS@   a list of every setting: its help, what it may be, its default
so that a page cannot tell of an option that is gone, nor be silent of a new one. An example of a command or an option that the program
does not have is a fault.
"""
import email.utils
import pathlib
import re
import subprocess
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent


class Wrong(Exception):
    pass


def said(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{program} {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def text(line):
    """A line of words that is no request to the typesetter."""
    line = line.replace("\\", "\\e").replace("…", "...").replace("`", "\\(ga").replace("~", "\\(ti").replace("^", "\\(ha")
    return "\\&" + line if line[:1] in (".", "'") else line


def literal(words):
    """The same where each sign is typed: a minus is a minus."""
    return text(words).replace("-", "\\-")


def item(tag, lines):
    # As one argument in quotes, so that no word of it is taken for a macro.
    quoted = literal(tag).replace('"', "\\(dq")
    return [f'.It Sy "{quoted}"', *(text(one) for line in sentences(lines) for one in textwrap.wrap(line, 78, break_on_hyphens=False))]


def sentences(lines):
    """Each on a line of its own, where the typesetter may choose the space behind it."""
    return re.split(r"(?<=[.:;?]) (?=[A-Z])", " ".join(lines))


def listed(items):
    return [".Bl -tag -width Ds", *(line for one in items for line in one), ".El"]


def options(program):
    """`  --name ARG     what it does`"""
    found = re.findall(r"^  (--\S+(?: \S+)*?)(?:  +(\S.*))?$", said(program, "--help"), re.MULTILINE)
    if not found:
        raise Wrong(f"{program} --help names no option")
    return [item(name, [help_text] if help_text else []) for name, help_text in found]


def commands(program):
    """`  name ARG …` and below it, further in, what it does."""
    found = re.findall(r"^  ([a-z].*)\n((?:      \S.*\n)+)", said(program, "--help"), re.MULTILINE)
    if not found:
        raise Wrong(f"{program} --help names no command")
    return [item(name, [line.strip() for line in lines.splitlines()]) for name, lines in found]


def settings(program):
    """Blocks of a sample file: `# help` lines, then `;key = default`. A `[section]` holds for what follows."""
    sample = said(program, "settings") if program.name == "oppslag-central" else said(program, "--set", "help")
    found, help_lines, section = [], [], ""
    for line in sample.splitlines():
        key = re.match(r";?([\w.-]+)\s*=\s*(.*)$", line)
        if line.startswith("#"):
            help_lines.append(line[1:].strip())
        elif key:
            default = key[2].strip()
            shown = f"{section}{key[1]} = {default}".rstrip() if default else f"{section}{key[1]} ="
            # The last line says what may be written, unless it ends the help's own sentence.
            if len(help_lines) > 1 and help_lines[-2].endswith(".") and not help_lines[-1][:1].isupper():
                help_lines[-1] = f"({help_lines[-1]})"
            found.append(item(shown, help_lines))
            help_lines = []
        elif line.startswith("["):
            section = line.strip() + " "
            help_lines = []
        else:
            help_lines = []
    if not found:
        raise Wrong(f"{program} names no setting")
    return found


def date():
    last = (HERE / "changelog").read_text(encoding="utf-8").split(" -- ", 1)[1].split("\n", 1)[0].split("  ", 1)[1]
    day = email.utils.parsedate_to_datetime(last)
    return [f".Dd {day.strftime('%B')} {day.day}, {day.year}"]


def known(program, page, source):
    """Every --option in an example, and every command behind the program's name, is one that the program's help names."""
    help_text = said(program, "--help")
    for number, line in enumerate(page.splitlines(), 1):
        if line.startswith(".\\\""):
            continue
        plain = line.replace("\\-", "-")
        for option in re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", plain):
            if program.name in plain and option not in help_text:
                raise Wrong(f"{source}:{number}: {program.name} has no {option}")
        for command in re.findall(rf"{program.name} ([a-z]+)", plain):
            if not re.search(rf"^  {command}\b", help_text, re.MULTILINE) and "--set help" not in plain:
                raise Wrong(f"{source}:{number}: {program.name} has no command {command}")


def main():
    program, source, out = (pathlib.Path(word) for word in sys.argv[1:4])
    program = program.resolve()
    page = source.read_text(encoding="utf-8")
    known(program, page, source)
    makers = {"@DATE@": date, "@OPTIONS@": lambda: listed(options(program)), "@COMMANDS@": lambda: listed(commands(program)),
              "@SETTINGS@": lambda: listed(settings(program))}
    lines = []
    for line in page.splitlines():
        lines += makers[line]() if line in makers else [line]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


try:
    main()
except Wrong as fault:
    sys.exit(f"man.py: {fault}")
