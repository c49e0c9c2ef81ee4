/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call-backs under seal: what a visitor typed goes to the centre as a text of
 * one length, which only the centre's secret key opens (libsodium's sealed
 * boxes: X25519, XSalsa20-Poly1305, a sender's key made for this one message).
 * The screen cannot open again what it sealed. Whoever holds a clear text or a
 * secret key wipes it. Nothing here needs to be started. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	SEAL_CLEAR = 256,  /* bytes before sealing; shorter ones are filled up with spaces, so that the length tells
			      nothing */
	SEAL_SEALED = 304, /* crypto_box_SEALBYTES more */
	SEAL_TEXT = 406,   /* the same in base64url (RFC 4648 section 5) without padding */
	SEAL_KEY = 32,
	SEAL_KEY_TEXT = 43,
	SEAL_RANDOM_HEX = 32,
};

/* A new pair of keys. ERR_DEVICE: the system has no randomness. */
CHECKED enum err seal_new_key(unsigned char public_key[SEAL_KEY], unsigned char secret_key[SEAL_KEY]);

/* A public key as the feed carries it, and back; false for what is none (feed_is_seal_key says the same of its form).
 */
void seal_key_text(const unsigned char public_key[SEAL_KEY], char out[SEAL_KEY_TEXT + 1]);
CHECKED bool seal_key_read(const char *text, unsigned char out[SEAL_KEY]);

/* CLEAR sealed to the key. ERR_VALUE: no key that one can seal to; ERR_LIMIT: longer than SEAL_CLEAR, or ends with a
 * space; ERR_DEVICE: no randomness. OUT is "" on failure. */
CHECKED enum err seal_message(const char *public_key_text, const char *clear, char out[SEAL_TEXT + 1]);

/* The clear text without what filled it up. ERR_SYNTAX: not SEAL_TEXT letters of base64url; ERR_VALUE: it does not open
 * with this key, or holds a NUL. OUT is "" on failure. */
CHECKED enum err seal_open(const unsigned char public_key[SEAL_KEY], const unsigned char secret_key[SEAL_KEY],
			   const char *text, char out[SEAL_CLEAR + 1]);

/* Zeroes that the compiler may not leave out. */
void seal_wipe(void *at, size_t size);

/* 16 random bytes in lower-case hex digits: an Idempotency-Key. ERR_DEVICE: no randomness, OUT is "". */
CHECKED enum err seal_random_hex(char out[SEAL_RANDOM_HEX + 1]);
