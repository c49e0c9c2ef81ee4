# SPDX-License-Identifier: GPL-3.0-or-later
"""A touch panel that is not there, by the kernel's uinput, led by lines: `down CONTACT X Y`, `move CONTACT X Y` (0 to 1 of the panel), `up CONTACT`,
`wait SECONDS`. It is there until its input ends."""
import fcntl
import os
import struct
import sys
import time

EV_SYN, EV_KEY, EV_ABS, BTN_TOUCH = 0, 1, 3, 0x14a
ABS_X, ABS_Y, MT_SLOT, MT_X, MT_Y, MT_ID = 0, 1, 0x2f, 0x35, 0x36, 0x39
UI_SET_EVBIT, UI_SET_KEYBIT, UI_SET_ABSBIT, UI_SET_PROPBIT, UI_DEV_CREATE = 0x40045564, 0x40045565, 0x40045567, 0x4004556e, 0x5501
DIRECT, RANGE, CONTACTS = 1, 4095, 10

device = os.open("/dev/uinput", os.O_WRONLY)
for request, values in ((UI_SET_EVBIT, [EV_KEY, EV_ABS]), (UI_SET_KEYBIT, [BTN_TOUCH]), (UI_SET_PROPBIT, [DIRECT]),
                        (UI_SET_ABSBIT, [ABS_X, ABS_Y, MT_SLOT, MT_X, MT_Y, MT_ID])):
    for value in values:
        fcntl.ioctl(device, request, value)
most = [0] * 64
for axis, value in ((ABS_X, RANGE), (ABS_Y, RANGE), (MT_SLOT, CONTACTS - 1), (MT_X, RANGE), (MT_Y, RANGE), (MT_ID, 65535)):
    most[axis] = value
# struct uinput_user_dev: name, bus (USB), vendor, product, version, effects, then four rows of 64: most, least, fuzz, flat.
os.write(device, struct.pack("80s4HI256i", b"Made-up touch panel", 3, 0x1209, 1, 1, 0, *most, *[0] * 192))
fcntl.ioctl(device, UI_DEV_CREATE)


def tell(*events):
    for kind, code, value in (*events, (EV_SYN, 0, 0)):
        os.write(device, struct.pack("llHHi", 0, 0, kind, code, value))


down, serial = set(), 0
for line in sys.stdin:
    word, *rest = line.split()
    if word == "wait":
        time.sleep(float(rest[0]))
        continue
    slot = int(rest[0])
    events = [(EV_ABS, MT_SLOT, slot)]
    if word == "down":
        serial += 1
        events.append((EV_ABS, MT_ID, serial))
        down.add(slot)
    if word == "up":
        events.append((EV_ABS, MT_ID, -1))
        down.discard(slot)
    else:
        events += [(EV_ABS, code, round(float(at) * RANGE)) for code, at in ((MT_X, rest[1]), (MT_Y, rest[2]))]
    tell(*events, (EV_KEY, BTN_TOUCH, 1 if down else 0))
