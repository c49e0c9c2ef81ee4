# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that one display list answers. Each function takes a Shot and yields (good, what): what was looked at, and what is wrong with it."""
import functools
import json
import re

from shot import ALONE, ROOT, contrast, inside, weber

CAP_PER_DISTANCE = 0.01222  # tan(0.7 degrees)
SMALLEST_CAP_MM = 4.8
CONTROL_MM, PRIMARY_MM, FLOOR_MM = 20, 25, 16
# A 15.6-inch panel that lies is 194 mm high: six controls above each other, 6 mm apart and 10 from the bezel, have 23.7 each.
COLUMN_MM = 23.5
KNOWN_ROLES = {"panel", "heading", "text", "picture", "icon", "qr", "clock", "button", "card", "key"}
KNOWN_ACTIONS = {"home", "back", "open", "day", "page", "language", "adjust", "key", "callback", "say", "focus", "voice", "stay", "read", "clean"}
LATIN_CAPITALS = re.compile(r"\b[A-ZÀ-ÞŁŠŽČĐ]{5,}\b")
PX = 0.75  # a pixel's rounding


def mm(shot, px):
    return px * shot.mm


# ---- sizes of type ----

def type_size(shot):
    """CF17, D1: each text's capital H is 0.7 degrees at the viewing distance, and never under 4.8 mm."""
    least = max(CAP_PER_DISTANCE * shot.panel.view_mm, SMALLEST_CAP_MM)
    for item in shot.texts:
        got = mm(shot, item.cap_px)
        yield (ok := got >= least - 0.005), ok or f"{item.name()}: capitals of {got:.2f} mm, {least:.2f} wanted"


def headings(shot):
    """D1: the largest heading of a view is 1.4 times its body (1.25 where the panel is too small for more than a card).

    A number that is being typed is no body: it is what the view is for, and as large as the room allows."""
    bodies = [i.font_px for i in shot.texts if i.role == "text" and i.id != "callback/number"]
    tops = [i.font_px for i in shot.texts if i.role in ("heading", "clock")]
    if bodies and tops and shot.view not in ALONE:
        ratio = max(tops) / min(bodies)
        compact = shot.panel.diagonal < 20 or shot.panel.scale > 1 or shot.panel.reach
        yield (ok := ratio >= (1.24 if compact else 1.39)), ok or f"headings {ratio:.2f} times the body"


def type_style(shot):
    """D2: weight 500 at least; no word in capitals; at most 55 letters a line; baselines 1.4 sizes apart; paragraphs level at their start."""
    for item in shot.texts:
        lines = item.words["lines"]
        yield (ok := item.words["weight"] >= 500), ok or f"{item.name()}: weight {item.words['weight']}"
        if not (item.id.startswith("ways/host") or item.payload):
            shouted = LATIN_CAPITALS.search(item.text)
            yield (ok := not shouted), ok or f"{item.name()}: {shouted and shouted[0]}"
        longest = max((line[3] for line in lines), default=0)
        yield (ok := longest <= 55), ok or f"{item.name()}: a line of {longest} letters"
        for above, below in zip(lines, lines[1:]):
            if above[1] == below[1]:
                continue  # digits that stand side by side, each a line of its own
            apart = (below[1] - above[1]) / item.font_px
            yield (ok := apart >= 1.375), ok or f"{item.name()}: lines {apart:.2f} sizes apart"
        if len(lines) >= 3 and item.role == "text" and len({line[1] for line in lines}) == len(lines):
            starts = {line[0] + line[2] if shot.rtl else line[0] for line in lines}
            yield (ok := max(starts) - min(starts) <= 2), ok or f"{item.name()}: lines begin at {sorted(starts)}"


# ---- room ----

def nothing_cut(shot):
    """LNG10, W11: no text is cut, leaves its rectangle or the picture, nothing is left out, nothing scrolls."""
    yield (ok := shot.dropped == 0), ok or f"{shot.dropped} items left out"
    for item in shot.items:
        x, y, w, h = item.rect
        yield (ok := 0 <= x and 0 <= y and x + w <= shot.w and y + h <= shot.h), ok or f"{item.name()}: {item.rect} leaves the picture"
        if item.text:
            yield (ok := not item.truncated), ok or f"{item.name()}: cut"
            widest = max((line[0] + line[2] for line in item.words["lines"]), default=0)
            lowest = max((line[1] for line in item.words["lines"]), default=0)
            yield (ok := widest <= w + 1 and lowest <= h), ok or f"{item.name()}: {widest} wide and {lowest} down in {w} x {h}"


def no_overlap(shot):
    """LNG8: no line of text stands in another's."""
    boxes = [(i, i.rect) for i in shot.texts]
    for n, (a, (ax, ay, aw, ah)) in enumerate(boxes):
        for b, (bx, by, bw, bh) in boxes[n + 1:]:
            over = min(ax + aw, bx + bw) - max(ax, bx), min(ay + ah, by + bh) - max(ay, by)
            if over[0] > 1 and over[1] > max(2, 0.3 * min(a.font_px, b.font_px)) and not inside(b.rect, a.rect):
                yield False, f"{a.name()} {a.rect} and {b.name()} {b.rect} overlap"
    yield True, ""


# ---- touch ----

def primary(item):
    return item.role == "card" or item.furniture() or (item.action or "").startswith(("callback", "stay", "read"))


def target_size(shot):
    """T1: 25 mm for what matters most, 20 mm for any control and key."""
    for item in shot.controls:
        least = PRIMARY_MM if primary(item) else CONTROL_MM
        if item.furniture() and shot.h * shot.mm < 6 * PRIMARY_MM + 5 * 6 + 2 * 10:
            least = COLUMN_MM
        w, h = mm(shot, item.rect[2] + PX), mm(shot, item.rect[3] + PX)
        yield (ok := min(w, h) >= least), ok or f"{item.name()}: {w:.1f} x {h:.1f} mm, {least} wanted"


def target_floor(shot):
    """T2, LAW8: nothing that can be touched is under 16 mm (nor under 24 CSS pixels, 6.35 mm)."""
    for item in shot.controls:
        w, h = shot.hit_mm(item)
        yield (ok := min(w, h) >= FLOOR_MM), ok or f"{item.name()}: answers on {w:.1f} x {h:.1f} mm"


def apart(a, b):
    """The gap between two rectangles in px, negative when they overlap."""
    dx = max(a[0], b[0]) - min(a[0] + a[2], b[0] + b[2])
    dy = max(a[1], b[1]) - min(a[1] + a[3], b[1] + b[3])
    return max(dx, dy)


def target_gaps(shot):
    """T3: 6 mm between controls; what sends and what goes back to change 15 mm."""
    controls = shot.controls
    for n, a in enumerate(controls):
        for b in controls[n + 1:]:
            least = 15 if {a.action, b.action} == {"callback send", "callback change"} else 6
            got = mm(shot, apart(a.rect, b.rect) + PX)
            yield (ok := got >= least), ok or f"{a.name()} and {b.name()}: {got:.1f} mm apart, {least} wanted"


def hit_areas(shot):
    """T4: what answers a touch is the picture and at least 3 mm around it (2 towards the bezel, which stays free), and never another's."""
    # Where the idle picture moves by 4 px, what answers keeps away from the bezel as well.
    bezel = 10 / shot.mm + 4
    for item in shot.controls:
        if item.id == "speech/again" and shot.panel.reach:
            continue  # what stands above the band is only read
        (x, y, w, h), (hx, hy, hw, hh) = item.rect, item.hit
        yield (ok := inside(item.rect, item.hit)), ok or f"{item.name()}: {item.hit} does not hold {item.rect}"
        grown = {"left": (x - hx, hx), "top": (y - hy, hy), "right": (hx + hw - x - w, shot.w - hx - hw), "bottom": (hy + hh - y - h, shot.h - hy - hh)}
        for side, (by, free) in grown.items():
            yield (ok := mm(shot, by + PX) >= 3 or free <= bezel + 2), ok or f"{item.name()}: only {mm(shot, by):.1f} mm more on the {side}"
    for n, a in enumerate(shot.controls):
        for b in shot.controls[n + 1:]:
            yield (ok := apart(a.hit, b.hit) >= 0), ok or f"{a.name()} and {b.name()} answer in the same place"


def bezel(shot):
    """R11: 10 mm to the panel's edge."""
    for item in shot.controls:
        if item.everywhere(shot):
            continue
        x, y, w, h = item.hit
        least = mm(shot, min(x, y, shot.w - x - w, shot.h - y - h) + PX)
        yield (ok := least >= 10), ok or f"{item.name()}: {least:.1f} mm from the edge"


def taps_only(shot):
    """W7, T10, OP1, LAW8: every control is a tap with a known meaning; what goes on has buttons for the pages."""
    for item in shot.controls:
        yield (ok := (item.action or "").split(" ")[0] in KNOWN_ACTIONS), ok or f"{item.name()}: does {item.action!r}"
    pages = [i for i in shot.controls if (i.action or "").startswith("page ")]
    shown = [i for i in shot.items if i.id.startswith("page") and i.text and re.search(r"\d\D+\d", i.text)]
    if shown and not pages and shot.view not in ALONE:
        yield False, f"{shown[0].name()} and no button to turn the page"


def only_known_roles(shot):
    """CF8, CF19: no moving pictures, no sound to listen to, nothing to speak into, nothing to type but keys."""
    for item in shot.items:
        yield (ok := item.role in KNOWN_ROLES), ok or f"{item.name()}: {item.role}"
        if (item.action or "").startswith("key "):
            yield (ok := re.fullmatch(r"key [0-9+e]", item.action) is not None), ok or f"{item.name()}: {item.action}"


# ---- colours ----

def colours(shot, least, measure, disabled):
    for item in shot.texts:
        if item.fg and item.bg:
            wanted = least if item.enabled else disabled
            got = measure(item.fg, item.bg)
            yield (ok := got >= wanted), ok or f"{item.name()}: {item.fg} on {item.bg} is {got:.2f}, {wanted} wanted"


def text_contrast(shot):
    """W1: 7:1; what cannot be touched now 4.5:1."""
    yield from colours(shot, 7, contrast, 4.5)


def text_weber(shot):
    """LAW4: luminance contrast of 0.8 (TEK17 12-18)."""
    yield from colours(shot, 0.8, weber, 0.8)


def edges(shot):
    """W2: each control differs 3:1 from what is beside it, by its edge or its paper; each sign from what it stands on."""
    for item in shot.controls:
        if item.everywhere(shot):
            continue
        around = shot.background
        for other in shot.items:
            if other is item:
                break
            if other.bg and inside(item.rect, other.rect) and other.role == "panel":
                around = other.bg
        border = item.words["border"]
        candidates = [item.bg] if item.bg else []
        if border >= 0 and item.words["border_px"] > 0:
            candidates.append(f"#{border:06x}")
        best = max((contrast(c, around) for c in candidates), default=0)
        yield (ok := best >= 3), ok or f"{item.name()}: {candidates} on {around} is {best:.2f}"
    for item in shot.items:
        if item.role == "icon" and item.fg and item.bg:
            yield (ok := contrast(item.fg, item.bg) >= 3), ok or f"{item.name()}: {item.fg} on {item.bg}"


def states_in_words(shot):
    """W3, OP3: a control's state is also in what it says, in a mark of its own or in a line through it, not in colour alone."""
    for item in shot.controls:
        if not item.state or item.state in ("selected", "pressed"):
            continue
        inner = shot.within(item)
        marked = item.words["struck"] or any(i.words["struck"] or "chip" in i.id or i.role == "icon" and "state" in i.id for i in inner)
        said = (item.spoken or "") != " ".join(i.text for i in inner if i.text)
        yield (ok := marked or any(i.id.endswith(("/seats", "/state", "/note")) for i in inner)), ok or f"{item.name()}: state {item.state} only by colour"
        yield (ok := said or marked), ok or f"{item.name()}: state {item.state} is not said"


def toggles(shot):
    """OP3: a switch shows its state in words or by a sign, and says it without being touched."""
    for item in shot.items:
        if item.action and item.action.startswith("adjust ") and item.role in ("button", "card"):
            inner = [i for i in shot.within(item) if i.text or i.role == "icon"]
            yield (ok := item.state is not None), ok or f"{item.name()}: no state"
            yield (ok := len([i for i in inner if i.text]) >= 2 or (item.text or "").count("\n") or any("state" in i.id for i in inner)), ok or \
                f"{item.name()}: shows no state in words"
            own = item.text or ""
            yield (ok := (item.spoken or "") not in ("", own) or len(own.split()) > 1), ok or f"{item.name()}: says no state: {item.spoken!r}"


# ---- what is always there ----

def with_furniture(shot):
    return shot.view not in ALONE and not shot.model.get("speech")


def way_home(shot):
    """D4, D8, ACT1: every view has a title, a way home, help, language, adjust and read aloud; where nothing can be done, it is said what comes."""
    if not with_furniture(shot):
        yield bool(shot.controls) or shot.view in ("night", "cleaning", "technician"), "nothing to touch"
        return
    for name in ("home", "help", "language", "adjust", "read"):
        item = shot.by_id.get(name)
        yield (ok := item is not None and (item.hit is not None or name == shot.view)), ok or f"no {name}"
    yield any(i.role == "heading" and i.text for i in shot.items), "no title"


def furniture_in_reach(shot):
    """ACT1: the furniture stands under 1100 mm when the screen hangs as the guide says, its words of 0.7 degrees."""
    if not with_furniture(shot) or (shot.panel.needs_reach() and not shot.panel.reach):
        return  # such a panel is always in reach mode (R9)
    for item in shot.items:
        if item.furniture():
            top = 700 + (shot.h - item.rect[1]) * shot.mm
            yield (ok := top <= 1100), ok or f"{item.name()}: up to {top:.0f} mm above the floor"


def reach(shot):
    """R1, R7: with the lower edge at 700 mm, what can be touched is between 380 and 1220 mm; in reach mode at most 1100."""
    panel = shot.panel
    in_reach_mode = panel.reach or shot.scene == "adjust-reach"
    if panel.needs_reach() and not in_reach_mode:
        return  # this panel is always in reach mode (R9)
    most = 1100 if in_reach_mode else 1220
    for item in (i for i in shot.controls if not i.everywhere(shot)):
        high = 700 + (shot.h - item.hit[1]) * shot.mm
        low = 700 + (shot.h - item.hit[1] - item.hit[3]) * shot.mm
        yield (ok := high <= most and low >= 380), ok or f"{item.name()}: from {low:.0f} to {high:.0f} mm above the floor"


def sight(shot):
    """R5: words of controls are between 700 and 1300 mm above the floor; what is above is large enough from an eye at 1015 mm."""
    panel = shot.panel
    if panel.needs_reach() and not panel.reach:
        return
    for item in shot.texts:
        high = 700 + (shot.h - item.rect[1]) * shot.mm
        if high <= 1300:
            yield True, ""
            continue
        controls = [c for c in shot.controls if inside(item.rect, c.hit)]
        yield (ok := not controls), ok or f"{item.name()}: a control's words {high:.0f} mm above the floor"
        # The eye is farther away and looks up: what is left of the height of an H.
        up = (high - 1015) / panel.view_mm
        degrees = mm(shot, item.cap_px) / (panel.view_mm * (1 + up * up)) * 57.3
        yield (ok := degrees >= 0.35), ok or f"{item.name()}: {degrees:.2f} degrees from a chair"


def choices(shot):
    """D3: six choices at most besides the furniture; a row of days, the keys of a number and the languages count as one question each."""
    if shot.view in ("language", "technician") or shot.model.get("speech"):
        return
    n = [i for i in shot.controls if not i.furniture() and not (i.action or "").startswith(("page ", "day ", "key ", "voice "))]
    yield (ok := len(n) <= 6), ok or f"{len(n)} choices: {[i.id for i in n]}"
    for item in n:
        yield (ok := any(i.text for i in (item, *shot.within(item)))), ok or f"{item.name()}: no words on it"
    for item in (i for i in shot.items if i.furniture()):
        yield (ok := bool(item.text) and any(i.role == "icon" for i in shot.within(item))), ok or f"{item.name()}: not both text and sign"


def start_view(shot):
    """D6: weekday, date, time, place and what comes next."""
    if shot.view != "home" or shot.scene != "home" or shot.model.get("speech"):
        return
    date = shot.by_id.get("header/date")
    yield date is not None and "24" in (date.text or "") and len(date.text.split()) >= 3, "no date with its weekday"
    clock = shot.by_id.get("clock")
    yield clock is not None and re.search(r"09[.:]41", clock.text or "") is not None, "no time"
    yield "Solbakken" in shot.words(), "no place"
    yield any((i.action or "").startswith("open activity:") for i in shot.controls), "nothing that comes"


def dead_ends(shot):
    """LAW6: a view that has nothing to show, or a fault, says whom to ask, or has help one touch away."""
    if shot.view == "empty" or shot.scene.startswith(("gone-", "nothing-", "no-", "callback-lost", "unsure")):
        item = shot.by_id.get("help")
        phone = re.search(r"\d\d \d\d \d\d \d\d", shot.words())
        words = [i for i in shot.texts if i.role in ("text", "heading") and not i.id.startswith(("header", "clock"))]
        yield (item is not None and item.hit is not None or phone is not None) and bool(words), "no word of whom to ask, and no help"
        if shot.lang == "nb" and shot.view == "empty":
            yield re.search("resepsjon|ring", shot.words(), re.I) is not None, "neither reception nor telephone named"


def focus_order(shot):
    """W6: what is reached in turn stands in reading order: from the top, within a row as the language is read."""
    order = sorted((i for i in shot.items if i.focus is not None), key=lambda i: i.focus)
    yield (ok := [i.focus for i in order] == list(range(len(order)))), ok or f"places in the order: {[i.focus for i in order]}"
    for a, b in zip(order, order[1:]):
        (ax, ay, aw, ah), (bx, by, bw, bh) = a.rect, b.rect
        level = min(ay + ah, by + bh) - max(ay, by) > min(ah, bh) / 2
        # Digits stand from left to right in every language.
        backwards = shot.rtl and not a.role == b.role == "key"
        forwards = (ax + aw > bx + bw if backwards else ax < bx) if level else ay < by
        # A new column begins at its top.
        column = not level and ay > by and (bx + bw <= ax + 2 if shot.rtl else bx >= ax + aw - 2)
        # The furniture comes last wherever it stands.
        yield (ok := forwards or column or (b.furniture() and not a.furniture())), ok or f"{b.name()} {b.rect} comes after {a.name()} {a.rect}"


# ---- spoken ----

def everything_said(shot):
    """CF2, CF7, SPK2: every control, picture, code and text has words to be said, or is decoration."""
    for item in shot.items:
        if item.decorative or item.role == "panel":
            continue
        if item.focus is not None or item.role in ("icon", "picture", "qr") or item.text:
            yield (ok := bool((item.spoken or "").strip())), ok or f"{item.name()}: nothing to say"
        if item.role in ("icon", "picture") and item.focus is None:
            yield (ok := bool(item.spoken)), ok or f"{item.name()}: a sign that is neither said nor decoration"


# ---- languages ----

ISOLATE, END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
# Groups of digits that a right-to-left paragraph would put in another order.
LEFT_TO_RIGHT = re.compile(r"\d[\d.:]*[ \u2013-][\d.: \u2013-]*\d")


def right_to_left(shot):
    """LNG9: the furniture is mirrored; numbers, times and addresses in running text keep their order by isolates."""
    if not shot.rtl or shot.model.get("speech"):
        return
    home, back = shot.by_id.get("home"), shot.by_id.get("back")
    if home and back and home.rect[1] == back.rect[1]:
        yield home.rect[0] > back.rect[0], "furniture not mirrored"
    one, three = (next((i for i in shot.controls if i.action == f"key {n}"), None) for n in (1, 3))
    if one and three:
        yield one.rect[0] < three.rect[0], "keys mirrored"
    for item in shot.texts:
        if item.dir == "ltr":
            continue
        depth, outside = 0, ""
        for c in item.text:
            depth += (c in ISOLATE) - (c == END_ISOLATE)
            outside += c if depth == 0 and c not in END_ISOLATE else "\u0000"
        for found in LEFT_TO_RIGHT.findall(outside):
            yield False, f"{item.name()}: {found!r} is not isolated"
    yield True, ""


@functools.lru_cache(maxsize=None)
def tongue(lang, of):
    """What LANG calls the language OF."""
    texts = json.loads((ROOT / f"assets/lang/{lang}.json").read_text(encoding="utf-8"))["texts"]
    return texts.get(f"screen.tongue.{of}", "?")


def foreign_marked(shot):
    """LNG5: what has no translation stands in its own language and is marked as such."""
    if shot.view not in ("activity", "need", "notice") or shot.model.get("speech"):
        return
    foreign = {i.lang for i in shot.texts if i.lang and i.lang != shot.lang and not i.id.startswith(("header", "language", "who", "meets", "ways"))}
    if shot.lang == "nn":
        foreign -= {"nb"}  # who reads the one reads the other
    for lang in foreign & {"nb", "en"}:
        yield (ok := tongue(shot.lang, lang) in shot.words()), ok or f"words in {lang} are not marked “{tongue(shot.lang, lang)}”"


def speech_zones(shot):
    """SPK4: in speech mode three zones of 100 mm, always in the same order, that no finger can miss."""
    if not shot.model.get("speech") or shot.view in ALONE:
        return
    zones = [shot.by_id.get(f"speech/{name}") for name in ("back", "choose", "forward")]
    yield all(z is not None and z.hit for z in zones), "a zone is missing"
    for zone in (z for z in zones if z is not None):
        yield (ok := mm(shot, zone.rect[2]) >= 100 and mm(shot, zone.rect[3]) >= CONTROL_MM), ok or f"{zone.id}: {mm(shot, zone.rect[2]):.0f} x {mm(shot, zone.rect[3]):.0f} mm"


# ---- codes ----

PAYLOAD = re.compile(r"HTTPS?://[A-Z0-9.:-]+/[NA]/[2-9BCDFGHJKMNPQRSTVWXYZ]{5}(/\d{8}(T\d{4})?)?(\?L=[A-Z]{2,3})?")


def codes(shot):
    return [i for i in shot.items if i.role == "qr"]


def code_size(shot):
    """Q1: 80 mm without its quiet zone."""
    for item in codes(shot):
        side = (17 + 4 * item.version) * item.module_px * shot.mm
        yield (ok := side >= 80), ok or f"{item.name()}: {side:.1f} mm"


def code_quiet(shot):
    """Q2, Q3: 4 modules of white around it within its own rectangle, black on white; nothing else stands in it."""
    for item in codes(shot):
        yield (ok := item.rect[2] == item.rect[3] == (17 + 4 * item.version + 8) * item.module_px), ok or f"{item.rect} at {item.module_px} px a module"
        yield (ok := contrast(item.fg, item.bg) >= 15 and item.bg == "#ffffff"), ok or f"{item.fg} on {item.bg}"
        for other in shot.items:
            # What it stands on holds it whole.
            if other is not item and apart(other.rect, item.rect) < 0 and not inside(item.rect, other.rect):
                yield False, f"{other.name()} {other.rect} stands in the code's {item.rect}"


def code_modules(shot):
    """Q4: 6 px a module at least."""
    for item in codes(shot):
        yield (ok := item.module_px >= 6), ok or f"{item.module_px} px a module"


def code_content(shot):
    """Q5, Q7: version 4 at most, ASCII, an address that holds nothing personal."""
    for item in codes(shot):
        yield (ok := item.version <= 4), ok or f"version {item.version}"
        yield (ok := item.payload.isascii() and PAYLOAD.fullmatch(item.payload) is not None), ok or f"{item.payload}"


def code_words(shot):
    """Q7, Q8: beside it the address and six digits in pairs."""
    for item in codes(shot):
        words = shot.words()
        yield re.search(r"(?<!\d)\d\d \d\d \d\d(?! \d)", words) is not None, "no number of six digits"
        host = re.match(r"HTTPS?://([^/]+)", item.payload)[1].lower()
        yield (ok := host in words.replace("\u200b", "").lower()), ok or f"{host} is not written beside it"


def masked(shot):
    """P6: on the receipt a number is shown by its last two digits only."""
    if shot.scene.startswith(("callback-keeping", "callback-kept", "callback-sent", "callback-lost", "speech-sent")):
        typed = "00001234"
        digits = re.sub(r"\D", "", "".join(i.text for i in shot.texts if not i.id.startswith("clock")))
        yield typed not in digits, "the whole number stands on the receipt"


def languages_view(shot):
    """LNG6: the language view names each in its own script, always in the same order; every other view leads there in one touch."""
    if shot.model.get("speech") or not with_furniture(shot):
        return
    if shot.view == "language":
        return
    item = shot.by_id.get("language")
    yield item is not None and item.action == "open language" and bool(item.hit), "no way to the languages"


LIST_ROWS = {name: function for name, function in list(globals().items()) if callable(function) and getattr(function, "__doc__", None) and
             function.__module__ == __name__ and name not in ("apart", "mm", "primary", "tongue")}
