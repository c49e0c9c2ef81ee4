# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor who does not know the screen: finds the way to every task by what the controls say that they do, then goes it through the
real program by fingers alone. Twice: by touch, and with eyes closed by the three zones of speech mode.

The way is looked for in the display lists that tests/accessibility/scenes.c prints, where a try costs a millisecond; the real program
then has to show the same.
"""
import collections

import shot
from kiosk_process import Replay

NUMBER = "00001234"
SPEECH = {"back": "speech/back", "choose": "speech/choose", "forward": "speech/forward"}
DEPTH = 4  # touches from home that are tried
STATES = 600

Step = collections.namedtuple("Step", "item action")


class Task:
    """NAME; REACHED says of a list and the last action that it is there; within NEAR touches from home (0: any)."""

    def __init__(self, name, reached, near=3, then=()):
        self.name, self.reached, self.near, self.then = name, reached, near, then


def has_code(one):
    """With eyes closed its address and number are heard instead."""
    return any(i.role == "qr" for i in one.items) or "speech/choose" in one.by_id


def tasks(lang):
    other = "en" if lang != "en" else "nb"
    return [
        Task("today's activities", lambda one, last: one.view == "activities", near=1),
        Task("an activity", lambda one, last: one.view == "activity", near=2),
        Task("another day", lambda one, last: one.view == "activities" and last.startswith("day ")),
        Task("a kind", lambda one, last: one.view == "activities" and last.startswith("open activities:"), near=3),
        Task("a need and its code", lambda one, last: one.view == "need" and has_code(one), near=3),
        Task("a notice", lambda one, last: one.view == "notice", near=2),
        Task("an organisation", lambda one, last: one.view == "organisation", near=3),
        Task("a contact", lambda one, last: one.view in ("contacts", "contact"), near=3),
        Task("help", lambda one, last: one.view == "help", near=1),
        Task("another language", lambda one, last: one.lang == other and last == f"language {other}", near=3),
        Task("larger text", lambda one, last: last == "adjust large", near=2),
        Task("contrast", lambda one, last: last == "adjust contrast", near=2),
        Task("reach", lambda one, last: last == "adjust reach", near=2),
        Task("home again", lambda one, last: one.view == "home" and last == "home", near=0),
        Task("a call-back that is sent", lambda one, last: one.view == "callback", near=3, then="sent"),
        Task("a call-back that is kept", lambda one, last: one.view == "callback", near=3, then="kept"),
    ]


# What is not tried on the way: typing, dials, and what the tasks do not ask for.
SKIPPED = ("key ", "voice ", "say ", "focus ", "callback ", "clean", "read", "stay", "adjust speech")


class Way:
    """A place in the screen: what one has done to be there."""

    def __init__(self, steps=()):
        self.steps = tuple(steps)

    def plus(self, *steps):
        return Way((*self.steps, *steps))

    def last(self):
        return self.steps[-1].action if self.steps else ""


class Visitor:
    """Looks for ways. HAND is "touch" or "speech"."""

    def __init__(self, made, panel, lang, hand):
        self.made, self.panel, self.lang, self.hand = made, panel, lang, hand
        self.homeless, self.seen_states = [], 0

    def look(self, way):
        self.made.begin("sample", self.lang)
        if self.hand == "speech":
            self.made.say("speech_key")
        self.made.say(*[line for step in way.steps for line in ("wait 600", f"tap {step.action}")])
        return shot.Shot(self.made.look(), self.panel, "crawl", self.lang)

    def options(self, way):
        """What can be done here: (steps, the list that one chooses from)."""
        if self.hand == "touch":
            one = self.look(way)
            return one, [(Step(i.id, i.action),) for i in one.controls]
        one, found, turned = self.look(way), [], []
        first, start = one, f"focus {one.model['focus']}"
        for _ in range(80):
            choose, forward = one.by_id.get(SPEECH["choose"]), one.by_id.get(SPEECH["forward"])
            if not choose or not forward:
                break
            if not choose.action.startswith("say "):
                found.append((*turned, Step(choose.id, choose.action)))
            turned.append(Step(forward.id, forward.action))
            if forward.action == start:
                break
            self.made.say("wait 600", f"tap {forward.action}")
            one = shot.Shot(self.made.look(), self.panel, "crawl", self.lang)
        return first, found

    def whole(self, one):
        """What the state is known by: in speech mode the view itself is not in the list."""
        return one.view, one.lang, tuple(sorted((i.action or "") for i in one.controls if i.action)), one.words()[:200]

    def find(self, wanted):
        """The shortest ways to the tasks WANTED, by name. Each state on the way must have a way home."""
        ways, queue, seen = {}, collections.deque([Way()]), set()
        while queue and len(ways) < len(wanted) and self.seen_states < STATES:
            way = queue.popleft()
            one, options = self.options(way)
            for task in wanted:
                if task.name not in ways and task.reached(one, way.last()):
                    ways[task.name] = way
            state = (self.whole(one), tuple(steps[-1].action for steps in options))
            if state in seen:
                continue
            seen.add(state)
            self.seen_states += 1
            actions = [steps[-1].action for steps in options]
            if one.view != "home" and "home" not in actions and one.view not in shot.ALONE:
                self.homeless.append(f"{one.view} after {[s.action for s in way.steps]}")
            if sum(not s.action.startswith("focus ") for s in way.steps) < DEPTH:
                queue.extend(way.plus(*steps) for steps in self.narrow(options))
        return ways

    def narrow(self, options):
        """Of many of a kind (days, kinds, cards, languages) the first few: the others are no different."""
        kinds = collections.Counter()
        for steps in options:
            action = steps[-1].action
            if action.startswith(SKIPPED):
                continue
            kind = action.split(":")[0] if action.startswith("open") else action.split(" ")[0]
            if action.startswith("language "):
                if action not in ("language en", "language nb"):
                    continue
            elif action.startswith("adjust"):
                kind = action
            elif kinds[kind] >= (6 if kind.startswith(("open need", "page")) else 2):
                continue
            kinds[kind] += 1
            yield steps

    def do(self, way, action):
        """WAY with ACTION done there, which must be on offer; in a list of several pages on whichever."""
        for _ in range(8):
            _, options = self.options(way)
            for steps in options:
                if steps[-1].action == action:
                    return way.plus(*steps)
            onwards = [steps for steps in options if steps[-1].action.startswith("page ")]
            if not onwards:
                break
            way = way.plus(*onwards[-1])
        raise LookupError(f"{self.hand} {self.lang}: nothing does {action!r} after {[s.action for s in way.steps]}")

    def call_back(self, way):
        for digit in NUMBER:
            way = self.do(way, f"key {digit}")
        return self.do(self.do(way, "callback review"), "callback send")


def touches(way):
    """How many times something was chosen."""
    return sum(not step.action.startswith("focus ") for step in way.steps)


def play(visitor, way, then, arguments):
    """The way through the real program: the list at its end, and its events."""
    replay = Replay(time=shot.NOW)
    if visitor.hand == "speech":
        replay.add(1000, "speech_key")
    for step in way.steps:
        replay.tap(step.item, ms=620)
    if then == "sent":
        replay.add(500, "callback", end="sent", promised="2026-11-26")
    elif then == "kept":
        replay.add(500, "callback", end="kept")
    replay.look(700)
    lists, events = replay.play("--feed", str(shot.SAMPLE), "--lang", visitor.lang, *visitor.panel.options(), *arguments)
    return lists[-1], events


def crawl(made, panel, lang, hand, tally, depth, arguments=()):
    """Every task in LANG by HAND; what is not there is counted in TALLY, ways that are too long in DEPTH."""
    visitor = Visitor(made, panel, lang, hand)
    wanted = tasks(lang)
    ways = visitor.find(wanted)
    for homeless in visitor.homeless:
        tally.add(False, f"{hand} {lang}: no way home from {homeless}")
    for task in wanted:
        if task.name not in ways:
            tally.add(False, f"{hand} {lang}: no way to {task.name}")
            continue
        way = ways[task.name]
        if depth is not None and task.near:
            depth.add(touches(way) <= task.near, f"{lang}: {task.name} is {touches(way)} touches away: {[s.action for s in way.steps]}")
        go(visitor, task, way, tally, arguments)


def go(visitor, task, way, tally, arguments):
    try:
        whole = visitor.call_back(way) if task.then else way
        shown, events = play(visitor, whole, task.then, arguments)
    except (AssertionError, LookupError) as fault:
        tally.add(False, f"{visitor.hand} {visitor.lang}: {task.name}: {fault}")
        return
    expected = visitor.look(whole)
    # What is touched while a number is typed, and how far the focus goes from digit to digit, stands in no log.
    done = [e["action"] for e in events if e["kind"] == "tap" and e.get("action") and not e["action"].startswith("focus ")]
    asked = [step.action for step in whole.steps if not step.action.startswith(("focus ", "key "))]
    what = f"{visitor.hand} {visitor.lang}: {task.name}"
    tally.add(shown.view == expected.view and shown.lang == expected.lang, f"{what}: shows {shown.view} {shown.lang}, not {expected.view} {expected.lang}")
    tally.add(done == asked, f"{what}: {done} was done, not {asked}")
    if task.then:
        before, silent = play(visitor, whole, None, arguments)
        told = len(spoken(events)) > len(spoken(silent)) if visitor.hand == "speech" else not shown.same(before)
        tally.add(shown.view == "callback" and told, f"{what}: nothing tells that it is {task.then}")


def spoken(events):
    return [e for e in events if e["kind"] == "speech"]
