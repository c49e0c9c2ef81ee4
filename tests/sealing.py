# SPDX-License-Identifier: GPL-3.0-or-later
"""What src/io/seal.c does, once more and by libsodium itself: so that a test can stand at either end of the wire."""
import base64
import ctypes
import ctypes.util
import json
import secrets

CLEAR, EXTRA = 256, 48
sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
assert sodium.sodium_init() >= 0


def to_text(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def to_bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_pair():
    """(public key as the feed carries it, secret key in bytes)"""
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
    sodium.crypto_box_keypair(public, secret)
    return to_text(public.raw), secret.raw


def seal(key, clear):
    """CLEAR (bytes, or something that becomes JSON) sealed to KEY, as the wire carries it."""
    if not isinstance(clear, bytes):
        clear = json.dumps(clear, separators=(",", ":")).encode().ljust(CLEAR)
    out = ctypes.create_string_buffer(len(clear) + EXTRA)
    assert sodium.crypto_box_seal(out, clear, ctypes.c_ulonglong(len(clear)), to_bytes(key)) == 0
    return to_text(out.raw)


def unseal(key, secret, text):
    """The clear text as a value, or None if it does not open."""
    sealed = to_bytes(text)
    out = ctypes.create_string_buffer(len(sealed) - EXTRA)
    if sodium.crypto_box_seal_open(out, sealed, ctypes.c_ulonglong(len(sealed)), to_bytes(key), secret):
        return None
    return json.loads(out.raw)


def message(phone="00001234", lang="nb", about="", **other):
    return {"v": 1, "phone": phone, "lang": lang, "about": about, **other}


def new_key():
    return secrets.token_hex(16)
