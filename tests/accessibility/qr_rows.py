# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on codes: every activity and need that has one, in every theme, size and rotation, read by two decoders."""
import itertools
import json
import pathlib

import codes
import kiosk_process
import shot

TESTS = ["qr_plain", "qr_worse", "qr_quiet", "qr_modules"]
PARTS = ["landscape", "portrait"]


def views_with_codes(made, panel, feed, lang):
    """(view, how many pages further the code stands, the control that turns each page), as the list says."""
    document = json.loads(pathlib.Path(made.feeds[feed]).read_text(encoding="utf-8"))
    for name in [f"need:{n['id']}" for n in document["needs"]] + [f"activity:{a['id']}" for a in document["activities"]]:
        turns = []
        for number, one in enumerate(made.shots(panel, (name, feed, shot.NOW, [f"tap open {name}"]), lang)):
            if any(i.role == "qr" for i in one.items):
                yield name, number, list(turns)
            turns.append(next((i.id for i in one.controls if i.action == f"page {number + 1}"), None))


def judge(code, what, tallies, seen):
    """Each picture as it is; a symbol whose very pixels have been spoilt in each way before, not again."""
    unread = code.unread(code.picture)
    tallies["qr_plain"].add(not unread, f"{what}: not read by {unread}")
    faults = code.faults_of_modules()
    tallies["qr_modules"].add(not faults, f"{what}: {faults}")
    tallies["qr_quiet"].add(not [f for f in faults if "quiet" in f], f"{what}: {faults}")
    close = code.close_up()
    if close.tobytes() in seen:
        return
    seen.add(close.tobytes())
    for name, change in codes.WORSE.items():
        unread = code.unread(change(close))
        tallies["qr_worse"].add(not unread, f"{what}, {name}: not read by {unread}")


def combinations(orientation, diagonals, themes, rotations):
    """Each theme and each rotation on each size; on 24 inches each theme in each rotation."""
    for diagonal, theme, rotation in itertools.product(diagonals, themes, rotations):
        if diagonal != 24 and theme != themes[0] and rotation != rotations[0]:
            continue
        # Turned by a quarter, a panel that stands shows a picture that lies.
        native = orientation if rotation % 180 == 0 else ("portrait" if orientation == "landscape" else "landscape")
        w, h = shot.ORIENTATIONS[native]
        options = ["--size", f"{w}x{h}", "--diagonal", str(diagonal), "--theme", theme, "--rotate", str(rotation)]
        yield shot.Panel(diagonal, orientation, theme=theme), rotation, options


def survey(tallies, out, orientation, diagonals=tuple(shot.DIAGONALS), themes=("light", "contrast", "night"), rotations=(0, 90, 180, 270), lang="nb"):
    folder = kiosk_process.TMP
    feeds = {**shot.write_feeds(folder), **codes.longest_hosts(shot.SAMPLE, folder)}
    made, seen = shot.Scenes(out / "scenes", feeds, folder / "qr-scenes.log"), set()
    for panel, rotation, options in combinations(orientation, diagonals, themes, rotations):
        made.say(panel.command())
        # The longest hosts once for each size; their modules do not depend on the theme, nor on how the panel hangs.
        wanted = ["sample"] + (["longest", "digits"] if panel.theme == themes[0] and rotation == rotations[0] else [])
        for feed in wanted:
            for view, page, turns in views_with_codes(made, panel, feed, lang):
                what = f"{feed} {view} {panel} turned {rotation}"
                for code in codes.draw(feeds[feed], view, [*options, "--lang", lang], page, turns):
                    judge(code, what, tallies, seen)
    made.close()


def run(tallies, wanted, part, out):
    survey(tallies, out, part)
    if part == "landscape":  # in another language its code is in the address too: longer
        survey(tallies, out, part, diagonals=(24,), themes=("light",), rotations=(0,), lang="ckb")
