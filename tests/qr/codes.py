# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes as telephones see them: drawn by the real program, read by two decoders, also when small, blurred, turned, dim and slanted."""
import json
import pathlib
import subprocess

import kiosk_process
import numpy as np
import zxingcpp
from PIL import Image, ImageEnhance, ImageFilter
from pyzbar import pyzbar

QUIET = 4


def by_zbar(image):
    return {found.data.decode("ascii", "replace") for found in pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])}


def by_zxing(image):
    return {found.text for found in zxingcpp.read_barcodes(np.asarray(image.convert("L")), formats=zxingcpp.BarcodeFormat.QRCode)}


DECODERS = {"zbar": by_zbar, "zxing": by_zxing}


def photograph(image):
    """Held aslant before a telephone: perspective, and a small picture."""
    w, h = image.size
    dx, dy = w * 0.08, h * 0.05
    corners = [(0, 0), (w, 0), (w, h), (0, h)]
    to = [(dx, dy), (w - dx / 3, 0), (w - dx, h - dy), (dx / 2, h)]
    rows = []
    for (x, y), (u, v) in zip(to, corners):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows, dtype=float), np.array([c for corner in corners for c in corner], dtype=float))
    seen = image.transform(image.size, Image.Transform.PERSPECTIVE, solved, Image.Resampling.BILINEAR, fillcolor=128)
    return seen.resize((w * 2 // 3, h * 2 // 3), Image.Resampling.BILINEAR)


WORSE = {
    "half": lambda image: image.resize((image.width // 2, image.height // 2), Image.Resampling.BILINEAR),
    "blurred": lambda image: image.filter(ImageFilter.BoxBlur(1.5)),
    "turned": lambda image: image.rotate(15, Image.Resampling.BILINEAR, expand=True, fillcolor=255),
    "dim": lambda image: ImageEnhance.Brightness(image).enhance(0.5),
    "photographed": photograph,
}


class Code:
    """One code on one screen: the picture, and the item of the list that it stands for."""

    def __init__(self, picture, item, mm):
        self.picture, self.item, self.mm = picture, item, mm

    def close_up(self):
        """What a telephone holds of it: the code with a little of what is around."""
        x, y, w, h = self.item["rect_px"]
        more = w // 12
        return self.picture.crop((max(0, x - more), max(0, y - more), min(self.picture.width, x + w + more), min(self.picture.height, y + h + more)))

    def unread(self, image):
        return [name for name, decode in DECODERS.items() if decode(image) != {self.item["payload"]}]

    def modules(self):
        """The symbol with its quiet zone, a row a line, as light."""
        x, y, w, h = self.item["rect_px"]
        return np.asarray(self.picture.convert("RGB"))[y:y + h, x:x + w]

    def faults_of_modules(self):
        """Each module one colour, pure black or white; four white ones around."""
        px, side = self.item["module_px"], 17 + 4 * self.item["version"] + 2 * QUIET
        light = self.modules()
        if light.shape[:2] != (side * px, side * px):
            return [f"{light.shape[:2]} for {side} modules of {px} px"]
        cells = light.reshape(side, px, side, px, 3).transpose(0, 2, 1, 3, 4).reshape(side, side, px * px * 3)
        low, high = cells.min(axis=2), cells.max(axis=2)
        faults = []
        if (low != high).any() or not np.isin(low, (0, 255)).all():
            faults.append("modules that are not of one colour, black or white")
        ring = low.copy()
        ring[QUIET:-QUIET, QUIET:-QUIET] = 255
        if (ring != 255).any():
            faults.append("the quiet zone is not white")
        return faults


def draw(feed, view, options, pages, next_page):
    """The code of VIEW, which stands PAGES pages further on (the controls NEXT_PAGE are touched one after the other)."""
    folder = kiosk_process.TMP
    picture, listed, replay = folder / "code.png", folder / "code.json", folder / "code.jsonl"
    lines, t = [{"t_ms": 0, "kind": "start", "time": "2026-11-24T09:41"}], 1000
    for number in range(pages):
        lines.append({"t_ms": t, "kind": "tap", "on": next_page[number]})
        t += 1000
    lines += [{"t_ms": t + 500, "kind": "list", "file": str(listed)}, {"t_ms": t + 500, "kind": "picture", "file": str(picture)}]
    replay.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = subprocess.run([kiosk_process.KIOSK, "--feed", feed, "--replay", replay, "--view", view, *options], capture_output=True, text=True, timeout=60,
                          check=False)
    if done.returncode:
        raise AssertionError(f"{view} {options}: {done.stderr.strip()}")
    document = json.loads(listed.read_text(encoding="utf-8"))
    items = [i for i in document["items"] if i["role"] == "qr"]
    with Image.open(picture) as image:
        return [Code(image.convert("RGB"), item, document["mm_per_px"]) for item in items]


def longest_hosts(sample, folder):
    """The sample with the longest address that fits (62 characters with code, occurrence and language), and with digits and hyphens."""
    feeds = {}
    # HTTPS:// + host + /A/7F3K2/20261125T1100 + ?L=CKB
    room = 62 - len("https://") - len("/A/7F3K2/20261125T1100") - len("?L=CKB")
    label = "pamelding-til-aktiviteter-og-oppdrag-i-solbakken"
    host = f"{label[:room - len('.no')].rstrip('-')}.no"
    for name, address in (("longest", host), ("digits", "x1-2-3.example.no:8443")):
        document = json.loads(pathlib.Path(sample).read_text(encoding="utf-8"))
        document["centre"]["signup_host"] = address
        feeds[name] = folder / f"{name}.json"
        feeds[name].write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return feeds
