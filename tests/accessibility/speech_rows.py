# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on what is said, by replays: each utterance stands in the log of events with its words, its language and where it is heard."""
import json
import re

import crawl
import kiosk_process
import shot
from event_rows import CALLBACK, NUMBER, Finder, Visit, taps

VOICES = {"nb": "nb", "nn": "nb", "en": "en", "uk": "uk", "ar": "ar", "ru": "ru", "pl": "pl", "lt": "lt", "ur": "ur", "fa": "fa", "tr": "tr", "vi": "vi",
          "de": "de", "fr": "fr", "es": "es"}
VOICELESS = ["se", "ti", "so", "ckb", "ps"]
VIEWS = {"home": (), "activities": ("open activities",), "need": ("open needs", "open need:turvenn"), "needs": ("open needs",),
         "help": ("open help",), "language": ("open language",), "adjust": ("open adjust",), "callback": CALLBACK}


def panel(lang):
    return ("--diagonal", "24", "--size", "1920x1080", "--lang", lang)


class Said:
    """One utterance."""

    def __init__(self, event):
        self.began, self.ended, self.why = event["t_ms"], None, None
        self.lang, self.cause, self.sink, self.text = event["lang"], event["cause"], event["sink"], event.get("text") or ""
        self.volume, self.rate, self.private = event["volume"], event["words_a_minute"], event["private"]


def utterances(events):
    said = []
    for event in events:
        if event["kind"] == "speech":
            said.append(Said(event))
        elif event["kind"] == "speech_end" and said:
            said[-1].ended, said[-1].why = event["t_ms"], event["cause"]
    return said


class Blind(Visit):
    """A visit in speech mode, led by its three zones. What lies where is looked up in the lists of scenes.c, which takes no time."""
    ways = {}  # language: crawl.Visitor

    def __init__(self, lang="nb", headset=False):
        super().__init__()
        self.lang, self.way = lang, crawl.Way()
        if headset:
            self.add(1000, "headset", on=True)
        else:
            self.add(1000, "speech_key")

    @classmethod
    def visitor(cls, lang):
        if lang not in cls.ways:
            cls.ways[lang] = crawl.Visitor(cls.made, shot.Panel(), lang, "speech")
        return cls.ways[lang]

    def zone(self, which, ms):
        """A touch on one of the zones; keeps count of where that leads."""
        action = self.visitor(self.lang).look(self.way).by_id[f"speech/{which}"].action
        self.way = self.way.plus(crawl.Step(f"speech/{which}", action))
        return self.tap(f"speech/{which}", ms=ms)

    def forward(self, n=1, ms=700):
        for _ in range(n):
            self.zone("forward", ms)
        return self

    def choose(self, action):
        """Goes on until the middle zone does ACTION, and chooses it."""
        before = len(self.way.steps)
        self.way = self.visitor(self.lang).do(self.way, action)
        for step in self.way.steps[before:]:
            self.tap(step.item, ms=700)
        return self

    def choose_all(self, *actions):
        for action in actions:
            self.choose(action)
        return self

    def now(self):
        lines, files, at = list(self.lines), list(self.files), self.t
        shown = self.look(100).play(*panel(self.lang))[0][-1]
        self.lines, self.files, self.t = lines, files, at
        return shown

    def heard(self, ms=100):
        lists, events = self.look(ms).play(*panel(self.lang))
        return lists[-1], utterances(events), events


def wishes(said, events):
    """Utterances of one wish together: what is said from one touch to the next."""
    touched, groups = [e["t_ms"] for e in events if e["kind"] in ("tap", "speech_key", "headset")], {}
    for one in said:
        groups.setdefault(max((at for at in touched if at <= one.began), default=0), []).append(one)
    return [" ".join(one.text for one in group) for _, group in sorted(groups.items())]


def letters(text):
    """Words as one compares them: without figures, marks and the isolates of right-to-left text."""
    return re.findall(r"[^\W\d_]{3,}", text.lower())


# ---- beginning and end ----

def speech_begins(t):
    for headset in (False, True):
        for lang in ("nb", "en", "ar", "ru"):
            _, said, _ = Blind(lang, headset).heard()
            t.add(bool(said) and said[0].began <= 2000 and said[0].cause == "welcome", f"{lang}: nothing is said within a second")
            t.add(bool(said) and len(letters(said[0].text)) >= 30, f"{lang}: the welcome does not tell how it works: {said[0].text if said else ''}")
            t.add(bool(said) and said[0].sink == ("headset" if headset else "speaker"), f"{lang}: it is heard on the {said[0].sink if said else '-'}")


def speech_ends(t):
    shown, said, events = Blind("en", True).forward(2).add(500, "headset", on=False).add(400, "clock", time=shot.NOW).heard()
    t.add("visit_ended" in [e["kind"] for e in events], "unplugging does not end the visit")
    t.add(shown.view == "home" and "speech/choose" not in shown, f"after unplugging stands {shown.view}")
    t.add(said[-1].why == "visit_ended" and said[-1].ended <= events[-1]["t_ms"], "it goes on speaking")


def speech_volume_reset(t):
    visit = Blind("nb", True)
    for _ in range(3):
        visit.choose("voice louder")
    visit.add(1000, "headset", on=False).add(2000, "headset", on=True)
    _, said, _ = visit.heard()
    t.add(max(s.volume for s in said) > said[0].volume, "the volume never rose")
    t.add(said[-1].cause == "welcome" and said[-1].volume == said[0].volume, f"the next visitor hears step {said[-1].volume}, not {said[0].volume}")


def speech_volume(t):
    steps = set()
    for action in ("voice louder", "voice quieter"):
        visit = Blind("nb")
        for _ in range(6):
            visit.choose(action)
        steps |= {s.volume for s in visit.heard()[1]}
    t.add(len(steps) >= 5, f"steps of volume: {sorted(steps)}")


def speech_rate(t):
    rates = set()
    for action in ("voice faster", "voice slower"):
        visit = Blind("nb")
        for _ in range(4):
            visit.choose(action)
        rates |= {s.rate for s in visit.heard()[1]}
    t.add(Blind("nb").heard()[1][0].rate in range(120, 161), "it does not begin at about 140 words a minute")
    t.add(min(rates) <= 0.6 * 140 and max(rates) >= 2 * 140, f"rates from {min(rates)} to {max(rates)} words a minute")


# ---- what is said, and when it stops ----

def tour(lang, ways):
    visit = Blind(lang)
    visit.choose_all(*ways)
    return visit


def speech_place(t):
    """Each thing with its place among how many, and what it is."""
    for lang in ("nb", "en", "ar", "pl"):
        shown = Blind(lang).now()
        total = int(re.findall(r"\d+", shown["speech/place"]["text"])[-1])
        # Two languages in one thing take their time: nothing is cut.
        _, said, events = Blind(lang).forward(total, ms=9000).heard(9000)
        t.add(total >= 8, f"{lang}: home has {total} things")
        for n, text in enumerate(wishes(said, events)[1:], start=2):
            wanted = {str((n - 1) % total + 1), str(total)}
            t.add(wanted <= set(re.findall(r"\d+", text)), f"{lang}: {text!r} does not tell {sorted(wanted)}")


def speech_no_trap(t):
    """Forward from the first to the last and round to the first again, and back the other way; all that touch can do is on the way."""
    for name, ways in VIEWS.items():
        visit = Visit().open(*ways) if ways else Visit()
        touch = {i["action"] for i in visit.look(400).play(*panel("nb"))[0][-1].items if i["hit_px"] and not i["action"].startswith("say ")}
        blind = tour("nb", ways)
        first = blind.now()
        found, place = set(), first["speech/place"]["text"]
        total = int(re.findall(r"\d+", place)[-1])
        for _ in range(total):
            blind.look(50).forward(ms=700)
        lists, _ = blind.look(50).play(*panel("nb"))
        found = {one["speech/choose"]["action"] for one in lists}
        t.add(lists[0]["speech/place"]["text"] == lists[-1]["speech/place"]["text"], f"{name}: {total} steps do not come round")
        missing = touch - found
        t.add(not missing, f"{name}: {sorted(missing)} cannot be reached with eyes closed")
        backwards = tour("nb", ways).tap("speech/back").tap("speech/forward")
        t.add(backwards.now()["speech/place"]["text"] == place, f"{name}: back and forward is another place")


def speech_stop(t):
    """Whatever one touches, it is silent within 200 ms."""
    spot = [960, 30]
    for on in ({"on": "read"}, {"px": spot}, {"on": "home"}):
        visit = Visit().open("open help").tap("read").add(2000, "tap", **on).look(600)
        _, events = visit.play(*panel("nb"))
        said, at = utterances(events), visit.t - 600 - 80
        t.add(len(said) >= 1 and said[0].ended is not None and said[0].ended <= at + 200, f"{on}: it falls silent at {said and said[0].ended}, touched at {at}")
        t.add(said[0].why in ("user", "new"), f"{on}: it ended by {said[0].why}")


def speech_repeat(t):
    for n in (0, 3, 5):
        _, said, _ = Blind("nb").forward(n).add(300, "tap", on="speech/again").heard()
        t.add(len(said) == n + 2, f"after {n} steps {len(said)} utterances")
        again, before = letters(said[-1].text), letters(said[-2].text)
        t.add(again == before or n == 0 and set(again) <= set(before), f"again: {said[-1].text!r}, before: {said[-2].text!r}")


def speech_alone(t):
    for lang in ("nb", "ar"):
        for name, ways in VIEWS.items():
            _, said, events = tour(lang, ways).forward(3, ms=900).heard()
            for a, b in zip(said, said[1:]):
                t.add(a.ended is not None and a.ended <= b.began, f"{lang} {name}: {a.text!r} is still heard when {b.text!r} begins")
            for one in said[:-1]:
                t.add(one.why in ("user", "new", "end"), f"{lang} {name}: ended by {one.why}")
            touched = [e["t_ms"] for e in events if e["kind"] == "tap"]
            running = [one for one in said for at in touched if one.began < at - 80 and (one.ended is None or one.ended > at)]
            t.add(not running, f"{lang} {name}: {len(running)} utterances go on while the screen is touched")


def speech_aloud(t):
    for name, ways in VIEWS.items():
        visit = Visit().open(*ways) if ways else Visit()
        _, events = visit.tap("read").look(60000).play(*panel("nb"))
        said = utterances(events)
        t.add(len(said) >= 1 and said[0].cause == "view" and said[-1].why == "end", f"{name}: Les opp says {[s.text[:40] for s in said]}")


def speech_complete(t):
    """Les opp: every word that the view shows, but for the furniture and the names of buttons and keys."""
    for lang in ("nb", "en", "ru", "ar"):
        for name, ways in VIEWS.items():
            visit = Visit().open(*ways) if ways else Visit()
            (shown,), events = visit.tap("read").look(90000).play(*panel(lang))
            heard = set(letters(" ".join(s.text for s in utterances(events))))
            boxes = [i["rect_px"] for i in shown.items if i["role"] in ("button", "key")]
            for item in shown.items:
                x, y, w, h = item["rect_px"]
                on_button = any(bx <= x and by <= y and x + w <= bx + bw and y + h <= by + bh for bx, by, bw, bh in boxes)
                if item["id"].startswith("card:activities:") and item["id"].endswith("/more"):
                    continue  # "3 more": the card says all of them
                if not item["text"] or item["decorative"] or on_button or item["role"] in ("clock", "button", "key") or "host" in item["id"]:
                    continue
                missing = [w for w in letters(item["spoken"] or item["text"]) if w not in heard]
                t.add(len(missing) <= len(letters(item["text"])) // 4, f"{lang} {name}: {item['id']} {item['text']!r} is not said: {missing}")


def speech_language(t):
    for lang, voice in VOICES.items():
        for ways in ((), ("open help",)):
            visit = Visit().open(*ways) if ways else Visit()
            _, events = visit.tap("read").look(90000).play(*panel(lang))
            said = utterances(events)
            t.add(voice in {s.lang for s in said}, f"{lang}: said by the voices of {sorted({s.lang for s in said})}")
            # Names and what nobody has translated is said in its own language.
            others = {s.lang for s in said} - {voice, "nb", "en"}
            t.add(not others, f"{lang}: also by {others}")
            own = sum(len(s.text) for s in said if s.lang == voice)
            t.add(lang in ("nb", "nn") or not ways or own > 0.5 * sum(len(s.text) for s in said), f"{lang}: help is mostly said in another language")


# ---- what is typed ----

def typed_aloud(text):
    """Whether the number that was typed can be heard in TEXT."""
    digits = re.sub(r"\D", "", text.replace("0 0, 0 0, 1 2, 0 0", "").replace("00 00 12 00", ""))
    return NUMBER in digits or NUMBER[-4:] in digits


def speech_private(t):
    """Typed digit by digit, reviewed, read aloud: on the loudspeaker never, on a headset in pairs; and in no log."""
    for lang in VOICES:
        for sink in ("speaker", "headset"):
            made = Blind.made
            made.begin("sample", lang)
            made.say("headset on" if sink == "headset" else "speech_key", "tap open callback")
            heard = []
            for action in [*(f"key {d}" for d in NUMBER), "say view", "callback review", "say focus", "say view", "focus 1", "focus 2"]:
                made.say("wait 600", f"tap {action}")
                heard.append((action, made.said()))
            for action, said in heard:
                loud = " ".join(text for text, _, secret in said)
                if sink == "speaker":
                    t.add(not any(secret for _, _, secret in said), f"{lang} {action}: private words on the loudspeaker")
                    t.add(not typed_aloud(loud), f"{lang} {action}: {loud!r} on the loudspeaker")
            if sink == "headset":
                whole = " ".join(text for _, said in heard for text, _, _ in said)
                t.add(NUMBER in re.sub(r"\D", "", whole), f"{lang}: with a headset the number is not said back")
    for mode in ("touch", "speaker", "headset"):
        if mode == "touch":
            visit = Visit().open(*CALLBACK).type(NUMBER).tap("read").look(12000).open_here("callback review").tap("read")
            events = visit.look(30000).play(*panel("nb"))[1]
        else:
            visit = Blind("nb", mode == "headset").choose_all(*CALLBACK)
            for digit in NUMBER:
                visit.choose(f"key {digit}")
            events = visit.choose("callback review").forward(2, ms=9000).look(9000).play(*panel("nb"))[1]
        for one in utterances(events):
            t.add(not typed_aloud(one.text), f"{mode}: the log holds what was typed: {one.text!r}")


def speech_error(t):
    """Too few digits: the view says so, and so does the voice, with what to do."""
    for lang in ("nb", "en", "pl"):
        visit = Blind(lang).choose_all(*CALLBACK)
        for digit in NUMBER[:5]:
            visit.choose(f"key {digit}")
        shown, said, _ = visit.choose("callback review").heard()
        told = [one.text for one in said[-2:]]
        t.add(any("5" in text and "8" in text for text in told), f"{lang}: after five digits it says {told}")
        t.add(shown.view == "callback", f"{lang}: it goes on to {shown.view}")


def speech_receipt(t):
    for lang in ("nb", "en", "ar"):
        for end, more in (("sent", {"promised": "2026-11-26"}), ("kept", {}), ("refused", {})):
            visit = Blind(lang).choose_all(*CALLBACK)
            for digit in NUMBER:
                visit.choose(f"key {digit}")
            visit.choose("callback review").choose("callback send").add(1000, "callback", end=end, **more)
            visit.add(15000, "clock", time=shot.NOW)
            _, said, _ = visit.heard()
            touched = Visit().open(*CALLBACK).type(NUMBER).open_here("callback review").open_here("callback send")
            shown = touched.add(1000, "callback", end=end, **more).look(600).play(*panel(lang))[0][-1]
            heard = set(letters(" ".join(one.text for one in said[-3:])))
            wanted = [w for i in shown.items if i["text"] and i["role"] in ("heading", "text") and not i["id"].startswith(
                ("header", "language")) for w in letters(i["text"])]
            missing = [w for w in wanted if w not in heard]
            t.add(len(wanted) >= 4 and len(missing) <= len(wanted) // 10, f"{lang} {end}: of {wanted} is not said: {missing}")


def speech_digits(t):
    _, events = Visit().open("open needs", "open need:turvenn").tap("read").look(90000).play(*panel("nb"))
    text = " ".join(one.text for one in utterances(events))
    for number in ("40 71 93", "00 00 12 34"):
        paired = ", ".join(" ".join(pair) for pair in number.split(" "))
        t.add(paired in text, f"{number} is not said as {paired!r}: {text[-160:]!r}")


# ---- hands ----

def speech_touch(t):
    """Nothing but the middle zone chooses: wherever else one touches, it speaks."""
    shown = Blind("nb").now()
    for item in shown.items:
        if item["hit_px"] and item["id"] != "speech/choose":
            _, _, events = Blind("nb").tap(item["id"]).heard()
            done = [a for a in taps(events) if a]
            t.add(all(a.startswith(("focus ", "say ")) for a in done), f"{item['id']} does {done}")
    for x in range(160, 1920, 320):
        for y in (60, 200, 340, 480):
            _, _, events = Blind("nb").add(900, "tap", px=[x, y]).heard()
            done = [a for a in taps(events) if a]
            t.add(all(a.startswith(("focus ", "say ")) for a in done), f"a touch at {x} {y} does {done}")
    # The first touch after another zone only tells: a key is named before it types.
    _, _, events = Blind("nb").choose_all(*CALLBACK).forward(2).heard()
    t.add("key:*" not in [e.get("item") for e in events if e["kind"] == "tap" and e.get("action", "").startswith("key")], "a digit was typed by going on")


def speech_no_voice(t):
    """Without a voice the screen says so in that language, names its offers in their own, and reads in the one that was chosen."""
    for lang in VOICELESS:
        (shown,), events = Visit().tap("read").look(900).play(*panel(lang))
        texts = json.loads((shot.ROOT / f"assets/lang/{lang}.json").read_text(encoding="utf-8"))["texts"]
        offers = [i["action"] for i in shown.items if (i["action"] or "").startswith("voice ") and i["hit_px"]]
        t.add({"voice nb", "voice en"} <= set(offers), f"{lang}: Les opp offers {offers}")
        own = [i["text"] for i in shown.items if i["text"] and i["lang"] == lang and i["text"] in texts.values()]
        t.add(len(own) >= 2 and shown.lang == lang, f"{lang}: it is not told in that language")
        t.add(not utterances(events), f"{lang}: something was said before a language was chosen")
        chosen = next((i["id"] for i in shown.items if i["action"] == "voice en"), None)
        if chosen:
            _, events = Visit().tap("read").tap(chosen).look(20000).play(*panel(lang))
            said = utterances(events)
            t.add(bool(said) and said[0].lang == "en", f"{lang}: after English was chosen it speaks {said and said[0].lang}")


ROWS = [speech_begins, speech_ends, speech_volume_reset, speech_volume, speech_rate, speech_place, speech_no_trap, speech_stop, speech_repeat,
        speech_alone, speech_aloud, speech_complete, speech_language, speech_private, speech_error, speech_receipt, speech_digits, speech_touch,
        speech_no_voice]
TESTS = [row.__name__ for row in ROWS]
PARTS = [0, 1, 2, 3]


def run(tallies, wanted, part, out):
    Visit.finder = Finder()
    folder = kiosk_process.TMP
    Blind.made = shot.Scenes(out / "scenes", shot.write_feeds(folder), folder / "speech-scenes.log")
    Blind.made.say(shot.Panel().command())
    Blind.ways = {}
    for row in ROWS[part::len(PARTS)]:
        if row.__name__ not in wanted:
            continue
        try:
            row(tallies[row.__name__])
        except (AssertionError, LookupError, ValueError, IndexError, kiosk_process.subprocess.SubprocessError) as fault:
            tallies[row.__name__].add(False, f"{type(fault).__name__}: {fault}")
    Blind.made.close()
