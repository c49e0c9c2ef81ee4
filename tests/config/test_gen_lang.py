#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What config/gen_lang.py refuses, and how it says so; what it writes; and that its plural forms are ICU's."""
import copy
import ctypes
import json
import os
import pathlib
import re
import runpy
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", pathlib.Path(__file__).resolve().parent.parent.parent))
GENERATOR = ROOT / "config/gen_lang.py"
GOOD = {
    "nb": {
        "language": {"code": "nb", "autonym": "Norsk bokmål", "dir": "ltr", "proofread": True},
        "date": {
            "weekday": "EEEE", "weekday_short": "ccc", "day_month": "d. MMMM", "weekday_day_month": "EEEE d. MMMM",
            "full": "EEEE d. MMMM y", "day_month_year": "d. MMMM y", "day": "d.", "time": "HH.mm",
            "weekday_time": "EEEE d. MMMM 'kl.' HH.mm",
        },
        "texts": {
            "screen.guest": "{0} kom",
            "screen.home": "Hjem",
            "screen.mixed": "{0} har {2, plural, =0 {ingen} one {# plass} other {# plasser}} av {1, number}",
            "screen.places": "{0, plural, one {# plass} other {# plasser}}",
            "screen.tongue.nb": "norsk",
            "screen.tongue.pl": "polsk",
        },
    },
    "pl": {
        "language": {"code": "pl", "autonym": "Polski", "dir": "ltr", "proofread": False},
        "date": {
            "weekday": "EEEE", "weekday_short": "ccc", "day_month": "d MMMM", "weekday_day_month": "EEEE, d MMMM",
            "full": "EEEE, d MMMM y", "day_month_year": "d MMMM y", "day": "d", "time": "HH:mm", "weekday_time": "EEEE, d MMMM, HH:mm",
        },
        "texts": {
            "screen.guest": "{0} jest tutaj",
            "screen.home": "Dom",
            "screen.mixed": "{2, plural, one {#} few {#} many {#} other {#}} z {1, number}: {0}",
            "screen.places": "{0, plural, one {# miejsce} few {# miejsca} many {# miejsc} other {# miejsca}}",
            "screen.tongue.nb": "norweski",
            "screen.tongue.pl": "polski",
        },
    },
}
ONE_OTHER = "{0, plural, one {#} other {#}}"
MISSING = object()
MONTHS = [f"m{n}" for n in range(1, 13)]

# What is changed, to what, and the line that has to come. A path of three is a text's or a date's; in.json is the file.
REFUSED = [
    # the set of keys
    ("pl texts screen.home", MISSING, "pl.json: screen.home: missing (nb.json has it)"),
    ("both texts screen.tongue.pl", MISSING, "nb.json: screen.tongue.pl: missing, what the language is called"),
    ("pl texts screen.zoo", "Zoo", "pl.json: screen.zoo: extra (nb.json has it not)"),
    ("pl date time", MISSING, "pl.json: date.time: missing"),
    ("pl date era", "G", "pl.json: date.era: unknown"),
    ("pl language proofread", MISSING, "pl.json: language.proofread: missing"),
    ("pl language voice", "pl", "pl.json: language.voice: unknown"),
    ("pl texts", MISSING, "pl.json: file.texts: missing"),
    ("pl texts screen.home", ["Dom"], "pl.json: texts.screen.home: not a text"),
    ("pl texts", [], "pl.json: file.texts: not an object"),
    ("nb texts screen.aaa", "A", "nb.json: screen.aaa: not sorted, it belongs before screen.tongue.pl"),
    ("nb texts screen_home", "Hjem", "nb.json: screen_home: a key is words of a-z 0-9 with . or _ between them, one . at least"),
    ("nb texts Screen.zoo", "Zoo", "nb.json: Screen.zoo: a key is words"),
    ("nb texts screen.zoo.at_a", "Zoo", None),
    # arguments
    ("nb texts screen.guest", "{name} kom", "nb.json: screen.guest: argument {name}: arguments are numbered, {0} to {4}"),
    ("nb texts screen.guest", "{5} kom", "nb.json: screen.guest: argument {5}: arguments are numbered, {0} to {4}"),
    ("nb texts screen.guest", "{00} kom", "argument {00}"),
    ("nb texts screen.guest", "{} kom", "nb.json: screen.guest: the number of an argument expected at character 2"),
    ("nb texts screen.guest", "{0 kom", "nb.json: screen.guest: } or , expected at character 4"),
    ("nb texts screen.guest", "{0", "nb.json: screen.guest: } or , expected at character 3"),
    ("nb texts screen.guest", "0} kom", "nb.json: screen.guest: a } that closes nothing"),
    ("nb texts screen.guest", "{0, date} kom", "nb.json: screen.guest: argument {0} is a date: only {0}, {0, number} and {0, plural, …} are known"),
    ("nb texts screen.guest", "{0, select, other {x}}", "argument {0} is a select"),
    ("nb texts screen.guest", "{0, number, integer}", "nb.json: screen.guest: } expected at character 11"),
    ("nb texts screen.guest", "{0} " + ONE_OTHER, "nb.json: screen.guest: argument {0} is both a string and a number: inside plural, # is the number"),
    ("pl texts screen.guest", "{0} {1}", "pl.json: screen.guest: has the arguments {0} string, {1} string, nb.json has {0} string"),
    ("pl texts screen.guest", "Jest", "pl.json: screen.guest: has the arguments none, nb.json has {0} string"),
    ("pl texts screen.guest", "{0, number}", "pl.json: screen.guest: has the arguments {0} number, nb.json has {0} string"),
    ("both texts screen.guest", "{1} x", "nb.json: screen.guest: argument {0} is not used, {1} is"),
    # plurals
    ("nb texts screen.places", "{0, plural, one {#} few {#} other {#}}",
     "nb.json: screen.places: argument {0}: nb has no plural form few, only one other and =0, =1 …"),
    ("pl texts screen.places", ONE_OTHER, "pl.json: screen.places: argument {0}: the plural form few is missing"),
    ("nb texts screen.places", "{0, plural, one {#}}", "nb.json: screen.places: argument {0}: the plural form other is missing"),
    ("nb texts screen.places", "{0, plural, other {#}}", "nb.json: screen.places: argument {0}: the plural form one is missing"),
    ("nb texts screen.places", "{0, plural}", "nb.json: screen.places: , expected at character 11"),
    ("nb texts screen.places", "{0, plural, }", "nb.json: screen.places: a plural form expected at character 13"),
    ("nb texts screen.places", "{0, plural,}", "nb.json: screen.places: argument {0}: the plural form one is missing"),
    ("nb texts screen.places", "{0, plural, one {#} one {#} other {#}}", "nb.json: screen.places: argument {0}: the plural form one stands twice"),
    ("nb texts screen.places", "{0, plural, offset:1 one {#} other {#}}", "nb.json: screen.places: { expected at character 22"),
    ("nb texts screen.places", "{0, plural, one {#} other {#}", "nb.json: screen.places: a plural form expected at character 30"),
    ("nb texts screen.places", "{0, plural, one {#} other {#", "nb.json: screen.places: a { that is never closed"),
    ("nb texts screen.places", "{0, plural, one # other {#}}", "nb.json: screen.places: { expected at character 17"),
    # quotes and characters
    ("nb texts screen.guest", "Kari's '{0}' kom", "nb.json: screen.guest: an apostrophe before ' { } # or | quotes in ICU: write ’"),
    ("nb texts screen.guest", "{0} kom'", None),
    ("nb texts screen.guest", "Kari''s {0}", "nb.json: screen.guest: an apostrophe before '"),
    ("nb texts screen.guest", "Kari's {0}", None),
    ("nb texts screen.home", "", "nb.json: screen.home: empty"),
    ("nb texts screen.home", " \n", "nb.json: screen.home: empty"),
    ("nb texts screen.home", "Hjem ", "nb.json: screen.home: begins or ends with a space"),
    ("nb texts screen.home", "A\u030apent", "nb.json: screen.home: not in Unicode normalization form NFC"),
    ("nb texts screen.home", "Hjem\tnå", "nb.json: screen.home: holds the character U+0009"),
    ("nb texts screen.home", "Hjem\ud800", "nb.json: screen.home: holds the character U+D800"),
    # months and days
    ("pl date months", MONTHS, None),
    ("pl date weekdays", MONTHS[:7], None),
    ("pl date weekdays_short", MONTHS[:7], None),
    ("pl date weekdays", MONTHS[:6], "pl.json: date.weekdays: 6 names, 7 are wanted"),
    ("pl date weekdays", MONTHS[:6] + MONTHS[:1], "pl.json: date.weekdays: 6 names, 7 are wanted"),
    ("pl date months", [*MONTHS[:11], ""], "pl.json: date.months: empty"),
    ("pl date months", [*MONTHS[:11], 12], "pl.json: date.months: a name that is not a text"),
    ("pl date months", "januar", "pl.json: date.months: not a list"),
    # the language and its dates
    ("pl language code", "pt", 'pl.json: language.code: "pt" in a file named pl.json'),
    ("pl language dir", "rtl", "pl.json: language.dir: pl is written left to right"),
    ("pl language proofread", "yes", "pl.json: language.proofread: not true or false"),
    ("pl language autonym", "", "pl.json: language.autonym: empty"),
    ("pl language autonym", True, "pl.json: language.autonym: not a text"),
    ("pl date time", "h:mm a", "pl.json: date.time: the letter a is none of E c d M L y H m"),
    ("pl date full", "EEEE d MMMM Y", "pl.json: date.full: the letter Y is none of"),
    ("pl date full", "EEEE d MMMM y HH", "pl.json: date.full: hours and minutes belong to time and weekday_time"),
    ("pl date time", "d", "pl.json: date.time: hours and minutes belong to time"),
    ("pl date full", "EEEE 'd", "pl.json: date.full: an apostrophe that is never closed"),
    ("pl date day", "", "pl.json: date.day: empty"),
    ("nb", MISSING, "nb.json: missing"),
    ("xx", GOOD["pl"], "xx.json: xx is not in the list of languages"),
]
failures = 0
cases = 0


def check(name, good, why=""):
    global failures, cases
    cases += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {cases} - {name}" + (f"\n# {why}" if why and not good else ""))


def changed(where, value):
    data = copy.deepcopy(GOOD)
    code, *path = where.split(" ")
    for each in ("nb", "pl") if code == "both" else (code,):
        table = data
        for step in [each, *path][:-1]:
            table = table[step]
        last = path[-1] if path else each
        if value is MISSING:
            del table[last]
        else:
            table[last] = value
    return data


def generate(folder, files):
    """Runs the generator on FILES (name to JSON text or bytes). Its exit code, stderr and output folder."""
    lang, out = pathlib.Path(folder) / "lang", pathlib.Path(folder) / "out"
    lang.mkdir()
    for name, text in files.items():
        (lang / f"{name}.json").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    done = subprocess.run([sys.executable, GENERATOR, lang, out], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, out


def as_files(data):
    return {name: json.dumps(table) for name, table in data.items()}


def refuses(name, files, wanted):
    with tempfile.TemporaryDirectory() as folder:
        code, said, out = generate(folder, files)
        if wanted is None:
            good = code == 0
        else:
            good = code == 1 and wanted in said and said.count("\n") == 1 and str(folder) in said and not out.exists()
        check(name, good, f"exit {code}, said: {said!r}, wanted: {wanted!r}")


def test_refusals():
    for where, value, wanted in REFUSED:
        data = changed(where, value)
        if wanted is None and " texts " in where:  # a change that is fine, once the other language has it
            last = where.split(" ")[-1]
            data["pl"]["texts"][last] = data["pl"]["texts"].get(last, "Zoo")
        shown = "removed" if value is MISSING else json.dumps(value)[:50]
        refuses(f"{where} {shown}", as_files(data), wanted)


def test_texts_for_staff():
    """A language has all of them or none."""
    wordy = copy.deepcopy(GOOD)
    wordy["nb"]["texts"] |= {"staff.hours": "Timer", "staff.users": "Brukere"}
    refuses("no texts for staff", as_files(wordy), None)
    wordy["pl"]["texts"]["staff.hours"] = "Godziny"
    refuses("some texts for staff", as_files(wordy), "pl.json: staff.users: missing (nb.json has it)")
    wordy["pl"]["texts"]["staff.users"] = "Osoby"
    refuses("all texts for staff", as_files(wordy), None)
    wordy["pl"]["texts"]["staff.zoo"] = "Zoo"
    refuses("one text for staff too many", as_files(wordy), "pl.json: staff.zoo: extra (nb.json has it not)")


def test_broken_files():
    text = as_files(GOOD)
    twice = text["nb"].replace('"screen.home": "Hjem"', '"screen.home": "Hjem", "screen.home": "Heim"')
    refuses("a key twice", dict(text, nb=twice), "nb.json: screen.home: stands twice")
    same = changed("both texts screen.guest_a", "A")
    for code in ("nb", "pl"):
        texts = dict(same[code]["texts"], **{"screen.guest.a": "B"})
        same[code]["texts"] = dict(sorted(texts.items()))
    refuses("two keys, one constant", as_files(same), "screen.guest_a: has the same constant as screen.guest.a, TEXT_SCREEN_GUEST_A")
    refuses("no JSON", dict(text, pl=text["pl"][:-1]), "pl.json: line 1, column ")
    refuses("not UTF-8", dict(text, pl=text["pl"].encode().replace(b"Dom", b"D\xf3m")), "not UTF-8")
    refuses("not an object", dict(text, pl="[]"), "pl.json: file: not an object")


def test_output():
    with tempfile.TemporaryDirectory() as folder:
        code, said, out = generate(folder, as_files(GOOD))
        check("good files", code == 0 and not said, said)
        ids, table = (out / "text_ids.h").read_text(), (out / "lang_table.c").read_text()
        order = re.findall(r"\t(TEXT_\w+)", ids)
        check("constants in the order of the keys", order == [f"TEXT_SCREEN_{n}" for n in ("GUEST", "HOME", "MIXED", "PLACES", "TONGUE_NB", "TONGUE_PL")] + ["TEXT_COUNT"])
        check("numbers first, then strings", "[TEXT_SCREEN_MIXED] = { 3, 2, { 1, 2, 0 } }" in table)
        check("arguments are renumbered", '"{2} har {1, plural, =0 {ingen} one {# plass} other {# plasser}} av {0, number}\\0"' in table)
        check("no bare byte beyond ASCII", table.isascii() and 'bokm\\303\\245l' in table)
        before = (out / "text_ids.h").stat().st_mtime_ns
        lang = pathlib.Path(folder) / "lang"
        lang.joinpath("nb.json").write_text(as_files(changed("nb texts screen.home", "Heim"))["nb"], encoding="utf-8")
        again = subprocess.run([sys.executable, GENERATOR, lang, out], check=False).returncode
        check("a new wording is written", again == 0 and "Heim" in (out / "lang_table.c").read_text())
        check("and leaves text_ids.h untouched", (out / "text_ids.h").stat().st_mtime_ns == before)
    usage = subprocess.run([sys.executable, GENERATOR], capture_output=True, text=True, check=False)
    check("usage", usage.returncode == 2 and usage.stderr.startswith("usage:"))


def test_plural_forms_are_those_of_icu():
    library = next((p for v in range(80, 66, -1) for p in [f"libicui18n.so.{v}"] if loads(p)), None)
    check("ICU is here", library is not None)
    if library is None:
        return
    icu, suffix = ctypes.CDLL(library), library.rsplit(".", 1)[1]
    common = ctypes.CDLL(library.replace("i18n", "uc"))
    opener, keywords = getattr(icu, f"uplrules_open_{suffix}"), getattr(icu, f"uplrules_getKeywords_{suffix}")
    following = getattr(common, f"uenum_next_{suffix}")
    opener.restype = keywords.restype = ctypes.c_void_p
    following.restype = ctypes.c_char_p
    for code, forms in runpy.run_path(str(GENERATOR))["PLURALS"].items():
        status = ctypes.c_int(0)
        rules = opener(code.encode(), ctypes.byref(status))
        words = keywords(ctypes.c_void_p(rules), ctypes.byref(status))
        found = []
        while word := following(ctypes.c_void_p(words), None, ctypes.byref(status)):
            found.append(word.decode())
        check(f"plural forms of {code}", sorted(found) == sorted(forms.split()), f"ICU: {found}, table: {forms}")


def loads(name):
    try:
        ctypes.CDLL(name)
        return True
    except OSError:
        return False


test_refusals()
test_texts_for_staff()
test_broken_files()
test_output()
test_plural_forms_are_those_of_icu()
sys.exit(failures != 0)
