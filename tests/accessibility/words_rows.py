# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on words: the message files, and what a feed can hold."""
import json
import re

import kiosk_process
import shot

PLAIN = ("nb", "nn")  # the languages whose readability index is known
RESIDENTS = ("screen.", "date.")
# In nb, nn and en: what would have to be seen to be followed.
SIDES = {"nb": r"\btil (venstre|høyre)\b|\b(grønne?|røde?|blåe?|gule?) (knapp\w*|felt\w*|ring\w*|kort\w*)",
         "nn": r"\btil (venstre|høgre)\b|\b(grøne?|raude?|blåe?|gule?) (knapp\w*|felt\w*|ring\w*|kort\w*)",
         "en": r"\b(on|to) the (left|right)\b|\b(green|red|blue|yellow) (button|box|circle|card)"}
SHORTENED = re.compile(r"\b(f\.eks|bl\.a|osv|dvs|ca|tlf|nr|evt|pga|mht|jf|m\.m|mnd|min|tir|ons|tor|fre|jan|feb|okt|nov|des)\.", re.I)
BLAME = {"nb": r"\b(ugyldig\w*|feil nummer|forbudt|ulovlig|advarsel|du har gjort|mislyktes|avbrutt|nekte\w*)\b",
         "nn": r"\b(ugyldig\w*|feil nummer|forbode|ulovleg|åtvaring|du har gjort|mislykka|avbroten|nekt\w*)\b",
         "en": r"\b(invalid|wrong number|forbidden|illegal|warning|failed|error|denied|you have done)\b"}
# Who is responsible, the purpose, what is stored, how long, who sees it, how to withdraw, where to complain.
SEVEN = {"purpose": r"for å (ringe|avtale)", "what": r"nummer|navnet", "how long": r"slettes|dager", "who sees": r"[Bb]are ansatte", "withdraw": r"trekke deg|Angrer du",
         "complain": "Datatilsynet"}
# Every field that a feed may have. None says who lives here, or what ails anybody.
FIELDS = set("""about activities address answer_days bring centre certificate closes code confirmed confirmed_by contact contacts description duration
email exdates feed first_timer friday from generated id kind kinds languages languages_helpful legal_basis level meets monday name needs notices
number opening opens organisation organisations original overrides phone picture place rdates reason role rrule saturday seal_key seats signup
signup_host start status sunday taken text thursday tuesday until version web wednesday when zone""".split())


def texts(lang, *prefixes):
    document = json.loads((shot.ROOT / f"assets/lang/{lang}.json").read_text(encoding="utf-8"))
    return {key: text for key, text in document["texts"].items() if not prefixes or key.startswith(prefixes)}


def said(text):
    """A pattern with example values for its arguments; of a plural its last form."""
    while True:
        plural = re.search(r"\{\d, plural,((?:[^{}]|\{[^{}]*\})*)\}", text)
        if not plural:
            break
        text = text[:plural.start()] + re.findall(r"\{([^{}]*)\}", plural[1])[-1].replace("#", "7") + text[plural.end():]
    return re.sub(r"\{\d[^}]*\}", "Solbakken", text)


def sentences(text):
    protected = re.sub(r"\bkl\.|(\d)\.", lambda m: m[0].replace(".", "\u2024"), text)
    return [s for s in re.split(r"(?<=[.!?:])\s+|\n+", protected) if re.search(r"\w", s)]


def words_of(text):
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)


def words_lix(t):
    """Björnsson's index over what residents read: words a sentence, and the share of words of more than six letters."""
    for lang in PLAIN:
        whole = [said(text) for text in texts(lang, "screen.").values()]
        running = [text for text in whole if len(words_of(text)) >= 5]
        n = sum(len(words_of(text)) for text in running)
        lix = n / sum(len(sentences(text)) for text in running) + 100 * sum(len(w) > 6 for text in running for w in words_of(text)) / n
        t.add(lix <= 35, f"{lang}: LIX {lix:.1f} of {n} words")


def words_sentences(t):
    for lang in PLAIN:
        for key, text in texts(lang, "screen.").items():
            for sentence in sentences(said(text)):
                many = len(words_of(sentence))
                t.add(many <= 15, f"{lang} {key}: {many} words: {sentence!r}")


def words_dates(t):
    """Dates in full, and nothing shortened but the hour's "kl."."""
    for lang in PLAIN:
        document = json.loads((shot.ROOT / f"assets/lang/{lang}.json").read_text(encoding="utf-8"))
        pattern = document["date"]["weekday_time"]
        t.add(all(part in pattern for part in ("EEEE", "d.", "MMMM", "kl.", "HH")), f"{lang}: {pattern}")
        for key, text in texts(lang, "screen.", "public.").items():
            found = SHORTENED.search(said(text))
            t.add(not found, f"{lang} {key}: {found and found[0]}")


def words_sides(t):
    for lang, pattern in SIDES.items():
        for key, text in texts(lang, "screen.").items():
            found = re.search(pattern, text, re.I)
            t.add(not found, f"{lang} {key}: {text!r}")


def words_blame(t):
    for lang, pattern in BLAME.items():
        for key, text in texts(lang, "screen.").items():
            found = re.search(pattern, text, re.I)
            t.add(not found, f"{lang} {key}: {text!r}")
            if "_bad_" in key or key.startswith("screen.empty_") and key != "screen.empty_title":
                t.add(len(sentences(said(text))) >= 2 or bool(re.match(r"Trykk|Touch|Press|Skriv", text)), f"{lang} {key} does not say what to do: {text!r}")


def words_complete(t):
    """Every language has every text, and no text that was left in another language unmarked."""
    reference, english = texts("nb", "screen.", "public.", "form.", "page.", "date."), texts("en")
    for lang in shot.LANGUAGES:
        own = texts(lang)
        missing = [key for key in reference if key not in own]
        t.add(not missing, f"{lang}: {missing[:5]} missing")
        if lang in ("nb", "en"):
            continue
        long = [key for key in reference if len(words_of(said(reference[key]))) >= 4]
        left = [key for key in long if own.get(key) == english[key] or (lang not in ("nn", "se") and own.get(key) == reference[key])]
        t.add(not left, f"{lang}: {len(left)} texts are English or Norwegian: {left[:6]}")


def words_asked_for(t):
    for lang in ("uk", "ar", "ru", "pl", "ti", "so"):
        t.add(lang in shot.LANGUAGES and (shot.ROOT / f"assets/lang/{lang}.json").exists(), f"{lang} is missing")


def words_privacy(t):
    """On the screen and on the sign-up page: seven things in 80 words."""
    for lang in shot.LANGUAGES:
        own = texts(lang)
        screen = " ".join(said(own[f"screen.callback_{part}"]) for part in ("who", "sees", "until", "withdraw", "complain"))
        for name, text in (("call-back", screen), ("sign-up", said(own["public.consent_words"])), ("sign-up", said(own["public.consent_words_open"]))):
            many = len(words_of(text))
            # Vietnamese writes each syllable as a word.
            t.add(many <= (110 if lang == "vi" else 80), f"{lang} {name}: {many} words")
            t.add("Solbakken" in text, f"{lang} {name}: who is responsible is not named")
            if lang == "nb":
                for part, pattern in SEVEN.items():
                    t.add(re.search(pattern, text) is not None, f"nb {name}: {part} is not told: {text}")


def every_glyph(t, out):
    """Each text of each language is shaped with the program's fonts."""
    log = kiosk_process.TMP / "shape.log"
    made = shot.Scenes(out / "scenes", {}, log)
    made.say(shot.Panel().command())
    for lang in shot.LANGUAGES:
        for text in texts(lang).values():
            made.say(f"shape {lang} {said(text)}".replace("\n", " ")[:3900])
            t.tried += 1
    code = made.close()
    faults = sorted(set(log.read_text(encoding="utf-8").splitlines()))
    for fault in faults or ([] if code == 0 else [f"it ended with {code}"]):
        t.add(False, fault)


def feed_fields(t):
    found = set()

    def walk(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "properties":
                    found.update(inner)
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(json.loads((shot.ROOT / "config/feed.schema.json").read_text(encoding="utf-8")))
    for name in sorted(found):
        t.add(name in FIELDS, f"the feed has a field {name}: it is not among those that were found to name no resident")


ROWS = [words_lix, words_sentences, words_dates, words_sides, words_blame, words_complete, words_asked_for, words_privacy, feed_fields]
TESTS = [row.__name__ for row in ROWS] + ["every_glyph"]


def run(tallies, wanted, part, out):
    for row in ROWS:
        if row.__name__ in wanted:
            try:
                row(tallies[row.__name__])
            except (KeyError, ValueError, ZeroDivisionError) as fault:
                tallies[row.__name__].add(False, f"{type(fault).__name__}: {fault}")
    if "every_glyph" in wanted:
        every_glyph(tallies["every_glyph"], out)
