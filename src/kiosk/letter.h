/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call-back under seal: what goes to the central, byte for byte the same however often it is sent, and the one
 * file on disk that holds it until then. Only the central can open it. */
#pragma once

#include <stdint.h>

#include "base/limits.h"
#include "core/centre.h"
#include "io/seal.h"
#include "screen/model.h"

struct letter {
	char key[SEAL_RANDOM_HEX + 1]; /* Idempotency-Key, and the file's name */
	int64_t sealed_ms;             /* UTC, as far as the machine knew */
	char body[LIMIT_CALLBACK_BYTES + 1];
};

/* Seals what CALLBACK holds, at once and without the disk: the caller wipes the number next. UTC_MS: now.
 * ERR_VALUE: CENTRE takes none; ERR_DEVICE: no randomness. */
CHECKED enum err letter_seal(const struct callback *callback, const struct centre *centre, const char *lang,
			     int64_t utc_ms, struct letter *out);

/* One file of FOLDER, there whole or not at all, also when the plug is pulled. ERR_FILE, ERR_LIMIT. */
CHECKED enum err letter_store(const char *folder, const struct letter *letter, struct fault *fault);
/* ERR_NOT_FOUND, ERR_SYNTAX: no letter of ours, ERR_FILE. */
CHECKED enum err letter_load(const char *folder, const char *key, struct letter *out, struct fault *fault);
/* False: it is still there. */
bool letter_erase(const char *folder, const char *key);

/* Calls FOUND with the key of each letter in FOLDER, and clears away what a pulled plug left half written. */
void letters_find(const char *folder, void (*found)(void *context, const char *key), void *context);
