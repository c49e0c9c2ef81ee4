#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gen_lang.py LANG_DIR OUT   turns the message files LANG_DIR/CODE.json into OUT/text_ids.h and OUT/lang_table.c.

Every language has every text, with the same arguments, but for those that only staff read (staff.*), which a language has all of or
none; what ICU would swallow in silence (a named argument, a plural form that the
language has not, an apostrophe that hides a brace) is refused here, with its file and key, and the exit code 1.
src/core/README.md says how to add a text or a language.
"""
import json
import pathlib
import re
import sys
import unicodedata

# In the order in which people see them; nb first, it is what others fall back to. With the cardinal plural forms of CLDR.
PLURALS = {
    "nb": "one other",
    "nn": "one other",
    "se": "one two other",
    "en": "one other",
    "uk": "one few many other",
    "ar": "zero one two few many other",
    "ru": "one few many other",
    "pl": "one few many other",
    "ti": "one other",
    "so": "one other",
    "lt": "one few many other",
    "ur": "one other",
    "fa": "one other",
    "tr": "one other",
    "vi": "other",
    "ckb": "one other",
    "ps": "one other",
    "de": "one other",
    "fr": "one many other",
    "es": "one many other",
}
# Only from a million on ("1 million de …"), or for fractions: may be left out.
RARE = {"fr": {"many"}, "es": {"many"}, "lt": {"many"}}
REGION = {"en": "en_GB"}  # English dates as they are written in Europe
RTL = {"ar", "ur", "fa", "ckb", "ps"}
# The names of enum date_form (src/core/lang.h), in its order.
DATE_FORMS = ["weekday", "weekday_short", "day_month", "weekday_day_month", "full", "day_month_year", "day", "time", "weekday_time"]
# Names that may stand in "date" where ICU's are none, or not those that people write; weekdays from Monday.
DATE_NAMES = {"months": 12, "weekdays": 7, "weekdays_short": 7}
REFERENCE = "nb"  # what the others are compared with
STAFF = "staff."  # keys of the texts that only staff read
NAME = "screen.tongue."  # and the code: what a language is called
ARGUMENTS = 5
KEY = re.compile(r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)*")


class Wrong(Exception):
    pass


class Pattern:
    """One text, read as ICU MessageFormat reads it, but with less allowed: {0}, {0, number} and {0, plural, …}."""

    def __init__(self, text, code):
        self.text, self.code, self.at = text, code, 0
        self.kinds = {}  # argument number: "string" or "number"
        self.places = []  # where the argument numbers stand
        self.message(0)

    def peek(self):
        return self.text[self.at : self.at + 1]

    def message(self, depth):
        while c := self.peek():
            if c == "}" and depth:
                return
            if c == "}":
                raise Wrong("a } that closes nothing")
            if c == "{":
                self.argument(depth)
                continue
            if c == "'" and self.text[self.at + 1 : self.at + 2] in ("'", "{", "}", "#", "|"):
                raise Wrong("an apostrophe before ' { } # or | quotes in ICU: write \u2019")
            self.at += 1
        if depth:
            raise Wrong("a { that is never closed")

    def word(self, what):
        found = re.compile(r"\s*([^\s{},]*)\s*").match(self.text, self.at)
        self.at = found.end()
        if not found[1]:
            raise Wrong(f"{what} expected at character {self.at + 1}")
        return found[1], found.start(1)

    def expect(self, wanted):
        if not self.peek() or self.peek() not in wanted:
            raise Wrong(f"{' or '.join(wanted)} expected at character {self.at + 1}")
        self.at += 1
        return self.text[self.at - 1]

    def argument(self, depth):
        self.at += 1
        name, place = self.word("the number of an argument")
        if not re.fullmatch(rf"[0-{ARGUMENTS - 1}]", name):
            raise Wrong(f"argument {{{name}}}: arguments are numbered, {{0}} to {{{ARGUMENTS - 1}}}")
        self.places.append(place)
        if self.expect("},") == "}":
            self.use(int(name), "string")
            return
        kind, _ = self.word("number or plural")
        if kind not in ("number", "plural"):
            raise Wrong(f"argument {{{name}}} is a {kind}: only {{{name}}}, {{{name}, number}} and {{{name}, plural, …}} are known")
        self.use(int(name), "number")
        if kind == "plural":
            self.expect(",")
            self.plural(name, depth)
        self.expect("}")

    def use(self, number, kind):
        if self.kinds.setdefault(number, kind) != kind:
            raise Wrong(f"argument {{{number}}} is both a string and a number: inside plural, # is the number")

    def plural(self, name, depth):
        forms = set()
        while self.peek() != "}":
            form, _ = self.word("a plural form")
            if form in forms:
                raise Wrong(f"argument {{{name}}}: the plural form {form} stands twice")
            forms.add(form)
            self.expect("{")
            self.message(depth + 1)
            self.expect("}")
            self.at = re.compile(r"\s*").match(self.text, self.at).end()
        has = set(PLURALS[self.code].split())
        extra = sorted(f for f in forms - has if not re.fullmatch(r"=\d+", f))
        if extra:
            raise Wrong(f"argument {{{name}}}: {self.code} has no plural form {extra[0]}, only {PLURALS[self.code]} and =0, =1 …")
        missing = [f for f in PLURALS[self.code].split() if f not in forms | RARE.get(self.code, set())]
        if missing:
            raise Wrong(f"argument {{{name}}}: the plural form {missing[0]} is missing")

    def renumbered(self, order):
        """The text with its arguments in ORDER: C's varargs are read in sequence, so numbers go first (core/icu_format.c)."""
        letters = list(self.text)
        for place in self.places:
            letters[place] = str(order.index(int(letters[place])))
        return "".join(letters)


def check_characters(text):
    if not text.strip():
        raise Wrong("empty")
    if text != text.strip():
        raise Wrong("begins or ends with a space")
    if text != unicodedata.normalize("NFC", text):
        raise Wrong("not in Unicode normalization form NFC")
    for c in text:
        if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c != "\n":
            raise Wrong(f"holds the character U+{ord(c):04X}")


def no_duplicates(pairs):
    seen = set()
    for key, _ in pairs:
        if key in seen:
            raise Wrong(f"{key}: stands twice")
        seen.add(key)
    return dict(pairs)


KIND_WORDS = {str: "a text", bool: "true or false", dict: "an object", list: "a list"}


def check_table(where, table, kinds, optional=()):
    """TABLE has the keys of KINDS, with values of those kinds, and no others; those of OPTIONAL it may lack."""
    if not isinstance(table, dict):
        raise Wrong(f"{where}: not an object")
    for key in kinds:
        if key not in table and key not in optional:
            raise Wrong(f"{where}.{key}: missing")
    for key in table:
        if key not in kinds:
            raise Wrong(f"{where}.{key}: unknown")
        if not isinstance(table[key], kinds[key]):
            raise Wrong(f"{where}.{key}: not {KIND_WORDS[kinds[key]]}")


def check_date(form, pattern):
    """Gregorian, Latin digits, 24 hours: none of ICU's letters for other calendars, eras, halves of the day or zones."""
    check_characters(pattern)
    if pattern.count("'") % 2:
        raise Wrong("an apostrophe that is never closed")
    letters = set(re.sub(r"'[^']*'", "", pattern)) & set(map(chr, [*range(65, 91), *range(97, 123)]))
    if letters - set("EcdMLyHm"):
        raise Wrong(f"the letter {min(letters - set('EcdMLyHm'))} is none of E c d M L y H m: other words stand between apostrophes")
    if ("time" in form) != bool(letters & set("Hm")):
        raise Wrong("hours and minutes belong to time and weekday_time, and to them only")


def check_names(names, wanted):
    if len(names) != wanted or len(set(names)) != wanted:
        raise Wrong(f"{len(set(names))} names, {wanted} are wanted")
    for name in names:
        if not isinstance(name, str):
            raise Wrong("a name that is not a text")
        check_characters(name)


class Language:
    def __init__(self, path):
        self.path, self.code = path, path.stem
        if self.code not in PLURALS:
            raise Wrong(f"{self.code} is not in the list of languages (PLURALS in config/gen_lang.py)")
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_duplicates)
        check_table("file", data, {"language": dict, "date": dict, "texts": dict})
        self.about, self.dates, texts = data["language"], data["date"], data["texts"]
        self.check_about()
        check_table("date", self.dates, dict.fromkeys(DATE_FORMS, str) | dict.fromkeys(DATE_NAMES, list), DATE_NAMES)
        check_table("texts", texts, dict.fromkeys(texts, str))
        for form in DATE_FORMS:
            self.named(f"date.{form}", check_date, form, self.dates[form])
        for names in DATE_NAMES.keys() & self.dates.keys():
            self.named(f"date.{names}", check_names, self.dates[names], DATE_NAMES[names])
        self.check_keys(list(texts))
        self.patterns = {key: self.named(key, self.pattern, text) for key, text in texts.items()}
        self.has_staff = any(key.startswith(STAFF) for key in texts)

    def check_about(self):
        check_table("language", self.about, {"code": str, "autonym": str, "dir": str, "proofread": bool})
        if self.about["code"] != self.code:
            raise Wrong(f"language.code: \"{self.about['code']}\" in a file named {self.path.name}")
        if self.about["dir"] != ("rtl" if self.code in RTL else "ltr"):
            raise Wrong(f"language.dir: {self.code} is written {'right to left' if self.code in RTL else 'left to right'}")
        self.named("language.autonym", check_characters, self.about["autonym"])

    @staticmethod
    def named(key, check, *args):
        try:
            return check(*args)
        except Wrong as fault:
            raise Wrong(f"{key}: {fault}") from None

    def pattern(self, text):
        check_characters(text)
        return Pattern(text, self.code)

    @staticmethod
    def check_keys(keys):
        for key in keys:
            if not KEY.fullmatch(key) or "." not in key:
                raise Wrong(f"{key}: a key is words of a-z 0-9 with . or _ between them, one . at least")
        for before, key in zip(keys, keys[1:]):
            if key < before:
                raise Wrong(f"{key}: not sorted, it belongs before {before}")
        names = {}
        for key in keys:
            if names.setdefault(constant(key), key) != key:
                raise Wrong(f"{key}: has the same constant as {names[constant(key)]}, {constant(key)}")


def constant(key):
    return "TEXT_" + re.sub(r"[._]", "_", key).upper()


def compare(reference, other):
    for key in reference.patterns:
        if key not in other.patterns and (other.has_staff or not key.startswith(STAFF)):
            raise Wrong(f"{other.path}: {key}: missing ({reference.path.name} has it)")
    for key, pattern in other.patterns.items():
        if key not in reference.patterns:
            raise Wrong(f"{other.path}: {key}: extra ({reference.path.name} has it not)")
        wanted, kinds = reference.patterns[key].kinds, pattern.kinds
        if wanted != kinds:
            raise Wrong(f"{other.path}: {key}: has the arguments {show(kinds)}, {reference.path.name} has {show(wanted)}")


def show(kinds):
    return ", ".join(f"{{{n}}} {kinds[n]}" for n in sorted(kinds)) or "none"


def check_gaps(language):
    for key, pattern in language.patterns.items():
        for n in range(len(pattern.kinds)):
            if n not in pattern.kinds:
                raise Wrong(f"{language.path}: {key}: argument {{{n}}} is not used, {{{max(pattern.kinds)}}} is")


def read_all(folder):
    languages = {}
    for path in sorted(folder.glob("*.json")):
        try:
            languages[path.stem] = Language(path)
        except Wrong as fault:
            raise Wrong(f"{path}: {fault}") from None
        except json.JSONDecodeError as fault:
            raise Wrong(f"{path}: line {fault.lineno}, column {fault.colno}: no JSON: {fault.msg}") from None
        except UnicodeDecodeError as fault:
            raise Wrong(f"{path}: byte {fault.start}: not UTF-8") from None
    if REFERENCE not in languages:
        raise Wrong(f"{folder / REFERENCE}.json: missing")
    for language in languages.values():
        compare(languages[REFERENCE], language)
    check_gaps(languages[REFERENCE])
    for code in languages:
        if NAME + code not in languages[REFERENCE].patterns:
            raise Wrong(f"{languages[REFERENCE].path}: {NAME}{code}: missing, what the language is called")
    return [languages[code] for code in PLURALS if code in languages]


def c_string(text):
    # Octal: at most three digits, so nothing runs on; and no bidi control stands bare in the source.
    plain = "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode())
    return f'"{plain}"'


def orders(reference):
    """For each key: how many arguments are numbers, and all of them in the order of the table's patterns."""
    found = {}
    for key, pattern in reference.patterns.items():
        numbers = [n for n, kind in sorted(pattern.kinds.items()) if kind == "number"]
        found[key] = (len(numbers), numbers + [n for n, kind in sorted(pattern.kinds.items()) if kind == "string"])
    return found


HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* Made by config/gen_lang.py from assets/lang. */\n"


def text_ids(keys, n_languages):
    rows = "".join(f"\t{constant(key)},\n" for key in keys)
    return f"{HEAD}#pragma once\n\nenum text_id {{\n{rows}\tTEXT_COUNT\n}};\nenum {{ LANG_COUNT = {n_languages} }};\n"


def words(language, order):
    """All texts of a language in one array, and where each begins: nothing that the loader has to relocate. 0: it has not this one."""
    code, rows, starts, at = language.code, [], [], 1
    for key, pattern in language.patterns.items():
        text = pattern.renumbered(order[key][1])
        rows.append(f"\t{c_string(text)[:-1]}\\0\"\n")
        starts.append(f"\t[{constant(key)}] = {at},\n")
        at += len(text.encode()) + 1
    return f"\nstatic const char words_{code}[] =\n\t\"\\0\"\n{''.join(rows)};\nstatic const uint32_t starts_{code}[TEXT_COUNT] = {{\n{''.join(starts)}}};\n"


def date_names(language):
    return "".join(
        f"static const char *const {names}_{language.code}[] = {{ {', '.join(map(c_string, language.dates[names]))} }};\n"
        for names in DATE_NAMES
        if names in language.dates
    )


def language_row(language):
    about, code = language.about, language.code
    flags = {"rtl": code in RTL, "proofread": about["proofread"], "has_staff": language.has_staff}
    out = [f'\t{{ .code = "{code}", .locale = "{REGION.get(code, code)}@calendar=gregorian;numbers=latn",\n']
    out.append(f"\t  .autonym = {c_string(about['autonym'])}, .name = {constant(NAME + code)},\n")
    out.append(f"\t  {', '.join(f'.{flag} = {str(on).lower()}' for flag, on in flags.items())},\n\t  .dates = {{\n")
    for form in DATE_FORMS:
        out.append(f"\t\t[DATE_{form.upper()}] = {c_string(language.dates[form])},\n")
    names = ", ".join(f".{n} = {n}_{code}" for n in DATE_NAMES if n in language.dates)
    out.append(f"\t  }},\n\t  .names = {{ {names or '.months = NULL'} }},\n\t  .words = words_{code}, .starts = starts_{code} }},\n")
    return "".join(out)


def table(languages):
    order = orders(languages[0])
    out = [HEAD, '#include "core/lang_table.h"\n\n']
    out.append("/* C11 asks compilers for 4,095 characters in a string; ours take more. */\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n")
    out.append("const struct lang_signature lang_signatures[TEXT_COUNT] = {\n")
    for key, (n_numbers, args) in order.items():
        out.append(f"\t[{constant(key)}] = {{ {len(args)}, {n_numbers}, {{ {', '.join(map(str, args or [0]))} }} }},\n")
    out.append("};\n")
    out += [words(language, order) + date_names(language) for language in languages]
    out.append("\nconst struct lang lang_table[LANG_COUNT] = {\n")
    out += map(language_row, languages)
    out.append("};\n")
    return "".join(out)


def write(path, text):
    # Untouched when nothing changed, so that a new wording does not compile everything again.
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    if len(sys.argv) != 3:
        print("usage: gen_lang.py LANG_DIR OUT", file=sys.stderr)
        return 2
    folder, out = map(pathlib.Path, sys.argv[1:])
    try:
        languages = read_all(folder)
    except Wrong as fault:
        print(fault, file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    write(out / "text_ids.h", text_ids(languages[0].patterns, len(languages)))
    write(out / "lang_table.c", table(languages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
