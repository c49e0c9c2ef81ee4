# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen against Chromium in kiosk mode showing an equal page: start, memory, idle; and from finger to picture."""
import html
import json
import pathlib
import subprocess
import tempfile
import time

from measure import (HEIGHT, WIDTH, Finger, Screen, await_content, await_still, busy, descendants, emit, median, memory_mb, running)

RUNS, IDLE_SECONDS, TAPS = 5, 12, 60
FRAME_MS = 1000 / 60
CHROMIUM = ["chromium", "--kiosk", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-features=Translate",
            "--password-store=basic", "--noerrdialogs", f"--window-size={WIDTH},{HEIGHT}", "--window-position=0,0"]


def display_list(kiosk, feed, folder, *options):
    out = folder / "list.json"
    subprocess.run([kiosk, "--feed", feed, "--size", f"{WIDTH}x{HEIGHT}", "--list", out, *options], check=True, stdin=subprocess.DEVNULL)
    return json.loads(out.read_text(encoding="utf-8"))


def equal_page(picture, share, path):
    """The display list as a page: the same boxes, words, sizes and icons in the same places."""
    parts = []
    for item in picture["items"]:
        x, y, w, h = item["rect_px"]
        style = f"left:{x}px;top:{y}px;width:{w}px;height:{h}px;color:{item.get('fg') or '#000'}"
        if item.get("bg") and item["role"] in ("panel", "button", "card", "key"):
            style += f";background:{item['bg']}"
        if item.get("font_px"):
            style += f";font-size:{item['font_px']}px"
        inner = html.escape(item.get("text") or "")
        if item["role"] == "icon" and (share / "icons" / f"{item.get('text')}.svg").exists():
            inner = (share / "icons" / f"{item['text']}.svg").read_text(encoding="utf-8")
        parts.append(f'<div style="{style}">{inner}</div>')
    path.write_text("<!doctype html><meta charset=utf-8><title>Oppslag</title><style>body{margin:0;background:#fff;font-family:Inter}"
                    "div{position:absolute;overflow:hidden;line-height:1.2}svg{width:100%;height:100%}</style>" + "".join(parts), encoding="utf-8")


def content_region(picture):
    """Where the first card with words is."""
    for item in picture["items"]:
        if item["role"] in ("card", "button") and item["rect_px"][2] * item["rect_px"][3] > 40000:
            return item["rect_px"]
    return [40, 180, 600, 310]


def one_start(command, region):
    screen = Screen()
    try:
        began = time.monotonic()
        with running(command, env=screen.environment()) as process:
            seen = await_content(screen, region, process)
            if seen is None:
                raise SystemExit(f"bench: {command[0]} shows nothing")
            await_still(screen)
            pids = descendants(process.pid)
            cpu, wakes = busy(pids)
            time.sleep(IDLE_SECONDS)
            cpu2, wakes2 = busy(pids)
            return dict(start_ms=(seen - began) * 1e3, pss_mb=memory_mb(pids), processes=len(pids),
                        idle_cpu_percent=100 * (cpu2 - cpu) / IDLE_SECONDS, wakes_per_minute=60 * (wakes2 - wakes) / IDLE_SECONDS)
    finally:
        screen.close()


def beside_chromium(feed_command, picture, share, tmp):
    page, region = tmp / "page.html", content_region(picture)
    equal_page(picture, share, page)
    peer = CHROMIUM + [f"--user-data-dir={tmp / 'profile'}", page.as_uri()]
    one_start(peer, region)
    ours, theirs = [], []
    for turn in range(RUNS):
        for mine in ((True, False) if turn % 2 else (False, True)):
            (ours if mine else theirs).append(one_start(feed_command if mine else peer, region))
    for what, unit, budget in (("start", "start_ms", 8), ("memory", "pss_mb", 10), ("idle", "idle_cpu_percent", None), ("wakes", "wakes_per_minute", None)):
        a, b = median([r[unit] for r in ours]), median([r[unit] for r in theirs])
        figures = {unit: a, f"chromium_{unit}": b, "times_better": b / a if a else None}
        emit(what=what, runs=RUNS, **figures, **({"budget_times": budget} if budget else {}))
    emit(what="processes", oppslag=ours[-1]["processes"], chromium=theirs[-1]["processes"])


def middle(item):
    x, y, w, h = item["hit_px"]
    return x + w // 2, y + h // 2


def await_change(screen, before, timeout=2.0):
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if screen.sample() != before:
            return time.monotonic()
    return None


def tap_ms(screen, finger, where):
    """Milliseconds from the finger's leaving the glass to the first changed pixel."""
    finger.move(*where)
    finger.button(True)
    time.sleep(0.12)
    before = screen.sample()
    left = time.monotonic()
    finger.button(False)
    seen = await_change(screen, before)
    await_still(screen, quiet=0.25)
    return None if seen is None else (seen - left) * 1e3


def finger_to_picture(feed_command, home, inside):
    card = next(i for i in home["items"] if i["hit_px"] and (i.get("action") or "").startswith("open activity:"))
    back = next(i for i in inside["items"] if i["hit_px"] and i.get("action") in ("home", "back"))
    screen, took = Screen(), []
    try:
        with running(feed_command, env=screen.environment()) as process:
            await_content(screen, card["rect_px"], process)
            await_still(screen)
            finger = Finger(screen.name)
            for _ in range(TAPS):
                for where in (middle(card), middle(back)):
                    took.append(tap_ms(screen, finger, where))
                    time.sleep(0.25)
            finger.close()
    finally:
        screen.close()
    good = sorted(t for t in took if t is not None)
    if not good:
        raise SystemExit("bench: a tap changes nothing on the screen")
    emit(what="finger_to_picture", taps=len(took), missed=len(took) - len(good), p50_ms=median(good),
         p99_ms=good[min(len(good) - 1, int(len(good) * 0.99))], budget_p99_ms=FRAME_MS)


def bench(kiosk, share, central_feed, sample):
    """KIOSK's program on CENTRAL_FEED's address, its last good feed already on disk."""
    with tempfile.TemporaryDirectory(prefix="oppslag-bench.") as folder:
        tmp = pathlib.Path(folder)
        data = tmp / "data"
        command = [kiosk, "--feed", central_feed, "--data", data, "--size", f"{WIDTH}x{HEIGHT}"]
        home = display_list(kiosk, sample, tmp, "--view", "home")
        first_run(command, content_region(home))
        beside_chromium(command, home, share, tmp)
        activity = next(i["action"].split(":", 1)[1] for i in home["items"] if (i.get("action") or "").startswith("open activity:"))
        inside = display_list(kiosk, sample, tmp, "--view", f"activity:{activity}")
        finger_to_picture(command, home, inside)


def first_run(command, region):
    """Lays the feed on disk, as on a screen that has run before."""
    screen = Screen()
    try:
        with running(command, env=screen.environment()) as process:
            if await_content(screen, region, process) is None:
                raise SystemExit("bench: the screen shows nothing")
            await_still(screen)
    finally:
        screen.close()
