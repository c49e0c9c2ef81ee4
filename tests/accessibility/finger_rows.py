# SPDX-License-Identifier: GPL-3.0-or-later
"""A million finger events of two hands: a tenth under the sanitizers, all through the program as installed."""
import os

import fingers

TESTS = ["fingers"]
SHARES = 10
PARTS = [f"plain-{n}" for n in range(SHARES)] + ["sanitized-0", "sanitized-1"]
EXTRAS = ({"kind": "speech_key"}, {"kind": "headset", "on": True}, {"kind": "headset", "on": False})


def run(tallies, wanted, part, out):
    variant, _, number = part.partition("-")
    program = os.environ["OPPSLAG_KIOSK"] if variant == "plain" else os.environ["OPPSLAG_KIOSK_SAN"]
    n = 1_000_000 // SHARES if variant == "plain" else 50_000
    size = ["--size", "960x540"] if variant == "plain" else ["--size", "800x480"]
    fingers.run(program, 1000 * (variant == "sanitized") + int(number), n, tallies["fingers"], [*size, "--diagonal", "24"], EXTRAS, measure=variant == "plain")
