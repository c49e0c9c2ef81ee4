#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pseudo.py LANG_DIR OUT   the message files with every text of the screen 60 % longer, as OUT/lang_table.c.

A text of one word becomes a longer word, a text of several gets more of its own words: both happen to translations.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MORE = 0.6


def longer_words(literal):
    """A stretch of plain text, 60 % longer."""
    words = literal.split()
    missing = round(MORE * sum(map(len, words)))
    if not words or missing == 0:
        return literal
    if len(words) == 1:
        word = re.match(r"(\W*)(.*?)(\W*)$", literal, re.S)
        return word[1] + word[2] + (word[2] * 2)[:missing].lower() + word[3] if word[2] else literal
    added = []
    for word in reversed(words * 2):
        if missing <= 0:
            break
        bare = word.strip(".,:;!?»«()").lower()
        if bare:
            added.insert(0, bare[:missing] if len(bare) > missing else bare)
            missing -= len(bare) + 1
    ending = re.search(r"\W*$", literal)[0]
    return literal[:len(literal) - len(ending)] + " " + " ".join(added) + ending


def closing(text, at):
    """Where the brace that opens at AT is closed."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if depth == 0:
            return i
    raise ValueError(text)


def longer(text):
    """An ICU pattern; what stands in braces keeps its meaning."""
    out, at, literal = "", 0, ""
    while at < len(text):
        if text[at] != "{":
            literal += text[at]
            at += 1
            continue
        end = closing(text, at)
        out += longer_words(literal) + argument(text[at:end + 1])
        literal, at = "", end + 1
    return out + longer_words(literal)


def argument(text):
    plural = re.match(r"\{\d,\s*plural,\s*", text)
    if not plural:
        return text
    out, at = plural[0], plural.end()
    while text[at] != "}":
        opens = text.index("{", at)
        end = closing(text, opens)
        out += text[at:opens] + "{" + longer(text[opens + 1:end]) + "}"
        at = end + 1
        while text[at].isspace():
            out += text[at]
            at += 1
    return out + "}"


def main():
    source, out = map(pathlib.Path, sys.argv[1:])
    folder = out / "lang"
    folder.mkdir(parents=True, exist_ok=True)
    for path in source.glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        document["texts"] = {key: longer(text) if key.startswith("screen.") else text for key, text in document["texts"].items()}
        (folder / path.name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "config/gen_lang.py", folder, out], check=True)


main()
