#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The message files as texts: nothing left in another language, in the language's own letters, digits Latin, consent short.

config/gen_lang.py sees to keys, arguments and plural forms. tests/config/same_texts.txt lists the texts that may be the same in two
languages, each with its reason.
"""
import json
import os
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", pathlib.Path(__file__).resolve().parent.parent.parent))
FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "assets/lang").glob("*.json"))}
TEXTS = {code: data["texts"] for code, data in FILES.items()}
EXCEPTIONS = ROOT / "tests/config/same_texts.txt"
SCRIPTS = {"uk": "CYRILLIC", "ru": "CYRILLIC", "ti": "ETHIOPIC", **dict.fromkeys(("ar", "ur", "fa", "ckb", "ps"), "ARABIC")}
MANY_WORDS = 3
CONSENT = ("public.consent_words", "public.consent_words_open")
CONSENT_WORDS = 80
SYLLABLES = {"vi": 110}  # Vietnamese puts a space between syllables; about three of four words have one, the others two
cases = failures = 0


def check(name, faults):
    global cases, failures
    cases += 1
    failures += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {cases} - {name}")
    for fault in faults:
        print(f"# {fault}")


def bare(text):
    """The words alone: without arguments, and without the names of plural forms."""
    text = re.sub(r"\{\d, plural,|\{\d(, number)?\}", " ", text)
    text = re.sub(r"(^|[\s}])(=\d|zero|one|two|few|many|other)\s*\{", r"\1 ", text)
    return " ".join(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text))


def exceptions():
    """{(code, key): reason}, from lines "code key reason"; the code * stands for every language."""
    found = {}
    for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, key, reason = line.split(None, 2)
            found[code, key] = reason
    return found


def same(code):
    """Keys of the texts of three words or more that stand in bokmål or English."""
    for key, text in TEXTS[code].items():
        words = bare(text)
        if len(words.split()) >= MANY_WORDS and any(code != other and words == bare(TEXTS[other][key]) for other in ("nb", "en")):
            yield key


def other_letters(code):
    """Keys of the texts that have words, but no letter of the language's own script."""
    for key, text in TEXTS[code].items():
        letters = [c for c in bare(text) if c.isalpha()]
        if letters and not any(unicodedata.name(c, "").startswith(SCRIPTS[code]) for c in letters):
            yield key


def but(code, keys, needed):
    """The KEYS that have no exception, with their texts; those that have one are NEEDED."""
    for key in keys:
        for exception in ((code, key), ("*", key)):
            if exception in allowed:
                needed.add(exception)
                break
        else:
            yield f"{key}: {TEXTS[code][key]}"


def digits(code):
    return [f"{key}: {text}" for key, text in TEXTS[code].items() if any(c.isdigit() and not c.isascii() for c in text)]


def consent(code):
    for key in CONSENT:
        words = TEXTS[code][key].split()
        if len(words) > SYLLABLES.get(code, CONSENT_WORDS):
            yield f"{key}: {len(words)} words"


allowed = exceptions()
needed = set()
for code in TEXTS:
    if code not in ("nb", "en"):
        check(f"{code}: nothing left in another language", list(but(code, same(code), needed)))
    if code in SCRIPTS:
        check(f"{code}: its own letters", list(but(code, other_letters(code), needed)))
    check(f"{code}: Latin digits", digits(code))
    check(f"{code}: consent in words", list(consent(code)))
check("every exception is needed", sorted(" ".join(exception) for exception in allowed.keys() - needed))
if failures:
    print("# what is rightly the same belongs into tests/config/same_texts.txt, with a reason; all else has to be translated")
print(f"1..{cases}")
sys.exit(failures != 0)
