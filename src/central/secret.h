/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Randomness, hashes and passwords, by libsodium. secret_init first; it fails
 * only where the system has no randomness. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

CHECKED enum err secret_init(void);

/* 26 letters and digits, 130 random bits: ids of rows, form tokens, sessions.
 * OUT has ID_SIZE bytes. */
enum { ID_SIZE = 27 };
void id_new(char *out);
/* True if S has the form that id_new gives. */
bool id_is_made(const char *s);

/* An id that follows from S for one PURPOSE: the same each time, of no use for finding S. */
void id_derive(const char *purpose, const char *s, char *out);

/* Below N, evenly. */
unsigned random_below(unsigned n);

/* BLAKE2b-256 of S for one PURPOSE, as 64 hex digits: kept instead of a secret,
 * or derived from one. OUT has HASH_SIZE bytes. */
enum { HASH_SIZE = 65 };
void hash_hex(const char *purpose, const char *s, char *out);
void hash_bytes_hex(const char *purpose, const void *bytes, size_t len, char *out);
/* Takes the same time wherever the first difference is. */
bool secret_equal(const char *a, const char *b);

/* argon2id, libsodium's "interactive" cost: 64 MB, about 0.1 s. OUT has PASSWORD_HASH_SIZE bytes. */
enum { PASSWORD_HASH_SIZE = 128 };
CHECKED enum err password_hash(const char *password, char *out);
/* HASH NULL: the same work for a user who does not exist, and false. */
bool password_matches(const char *hash, const char *password);
