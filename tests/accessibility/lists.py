# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows on display lists: every scene in every language on every panel, large and not, in reach mode and not, and with longer words."""
import collections
import os
import pathlib

import list_rows
import shot

FIRST = 6  # failures that are kept of a row, from each share of the work
# Whose words are made 60 % longer: those that the others are translated from, and one from right to left. The others come as long as they are.
LENGTHENED = ["nb", "en", "ar"]
# What class Across and the program itself tell, beside list_rows.
ACROSS = {"same_place", "weekday", "languages_in_order", "no_warnings", "large_grows", "all_panels"}


class Tally:
    """How often a row was tried, how often it failed, and the first failures."""

    def __init__(self):
        self.tried, self.failed, self.first = 0, 0, []
        self.kinds = collections.Counter()

    def add(self, good, what):
        self.tried += 1
        if not good:
            self.failed += 1
            if len(self.first) < FIRST:
                self.first.append(what)

    def join(self, other):
        self.tried += other.tried
        self.failed += other.failed
        self.kinds.update(other.kinds)
        self.first += other.first


class Tallies(collections.defaultdict):
    def __init__(self):
        super().__init__(Tally)

    def join(self, others):
        for name, tally in others.items():
            self[name].join(tally)
        return self


def judge(one, tallies, rows):
    where = one.where()
    for name, row in rows.items():
        tally = tallies[name]
        for good, what in row(one):
            tally.tried += 1
            if not good:
                tally.failed += 1
                tally.kinds[one.scene.split(" ")[0]] += 1
                if len(tally.first) < FIRST:
                    tally.first.append(f"{where}: {what}")


class Across:
    """What only several lists together can say: places that stay, sizes that grow, languages in their order."""

    def __init__(self, tallies):
        self.tallies, self.places, self.bodies, self.dates, self.languages = tallies, {}, {}, {}, {}

    def see(self, one):
        if one.view in shot.ALONE or one.model.get("speech"):
            return
        adjusted = one.scene.startswith("adjust-")
        for item in one.items:
            if item.furniture() and not adjusted:
                mirrored = one.w - item.rect[0] - item.rect[2] if one.rtl else item.rect[0]
                self.same_place(one, item.id, (mirrored, *item.rect[1:]))
        if one.scene in ("home", "home-next-year"):
            self.date(one)
        if one.view == "language":
            self.language_view(one)

    def same_place(self, one, name, rect):
        first = self.places.setdefault((str(one.panel), name), (rect, one.where()))
        moved = max(abs(a - b) for a, b in zip(first[0], rect))
        self.tallies["same_place"].add(moved <= 2, f"{one.where()}: {name} {rect}, in {first[1]} {first[0]}")

    def date(self, one):
        text = one.by_id["header/date"].text if "header/date" in one.by_id else ""
        other = self.dates.setdefault(one.lang, {})
        other[one.scene] = text
        if len(other) == 2:
            self.tallies["weekday"].add(len(set(other.values())) == 2, f"{one.where()}: {text!r} on a Tuesday and on a Wednesday")

    def language_view(self, one):
        seen = self.languages.setdefault((str(one.panel), one.lang, one.scene.split(" page")[0]), [])
        for item in one.controls:
            if (item.action or "").startswith("language "):
                seen.append((item.action.split(" ")[1], item.text or " ".join(i.text for i in one.within(item) if i.text)))

    def end(self, names):
        for (panel, lang, scene), seen in self.languages.items():
            if scene != "language":
                continue
            codes = [code for code, _ in seen]
            self.tallies["languages_in_order"].add(codes == list(names), f"{panel} {lang}: {codes}")
            for code, text in seen:
                self.tallies["languages_in_order"].add(names.get(code, "?") in text, f"{panel} {lang}: {code} is called {text!r}")


def large_grows(made, panel, tally):
    """D1: large text is 1.4 times the normal, where the panel has the room (from 21.5 inches on); it is never smaller."""
    bodies = []
    for scale in (1.0, panel.scale):
        made.say(shot.Panel(panel.diagonal, panel.orientation, scale, False, panel.theme).command())
        one = next(made.shots(panel, ("home", "sample", shot.NOW, []), "nb", pages=False))
        bodies.append(min(i.font_px for i in one.texts))
    ratio = bodies[1] / bodies[0]
    tally.add(ratio >= (1.0 if panel.diagonal < 20 else 1.37), f"{panel}: large text is {ratio:.2f} times the normal")


def share(job):
    """All scenes on one panel."""
    program, folder, panel, languages, rows, names = job
    folder = pathlib.Path(folder) / f"lists-{os.getpid()}"  # two shares write the same names
    folder.mkdir(exist_ok=True)
    tallies = Tallies()
    across = Across(tallies)
    feeds = shot.write_feeds(folder)
    log = folder / f"scenes.{os.getpid()}.log"
    made = shot.Scenes(program, feeds, log)
    made.say(panel.command())
    if panel.scale > 1 and not panel.reach:
        large_grows(made, panel, tallies["large_grows"])
    functions = {name: list_rows.LIST_ROWS[name] for name in rows}
    tallies["all_panels"].add(True, "")
    lists = 0
    # Words that are 60 % longer are tried at the normal size.
    scenes = [scene for scene in shot.scenes() if pathlib.Path(program).name == "scenes" or scene[0] != "adjust-large"]
    for lang in languages:
        for scene in scenes:
            for one in made.shots(panel, scene, lang):
                lists += 1
                judge(one, tallies, functions)
                across.see(one)
    across.end(names)
    code = made.close()
    said = sorted(set(log.read_text(encoding="utf-8").splitlines()))
    tallies["no_warnings"].add(code == 0 and not said, f"{panel}: it ended with {code} and said: {said[:3]}")
    return lists, tallies


def panels():
    for diagonal in shot.DIAGONALS:
        for orientation in shot.ORIENTATIONS:
            for scale in (1.0, 1.4):
                for reach in (False, True):
                    yield shot.Panel(diagonal, orientation, scale, reach)


def jobs(out, folder, names, only=None):
    everything = [name for name in list_rows.LIST_ROWS if not only or name in only]
    colours = [name for name in ("text_contrast", "text_weber", "edges", "states_in_words") if not only or name in only]
    room = [name for name in ("nothing_cut", "no_overlap", "target_gaps", "bezel") if not only or name in only]
    for panel in panels():
        yield out / "scenes", folder, panel, shot.LANGUAGES, everything, names
        if panel.scale == 1.0 and not panel.reach:
            yield out / "scenes_longer", folder, panel, LENGTHENED, room, names
    for theme in ("contrast", "night"):
        for orientation in shot.ORIENTATIONS:
            yield out / "scenes", folder, shot.Panel(24, orientation, theme=theme), ["nb", "ar"], colours, names
