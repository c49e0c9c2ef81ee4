/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a calendar made fit for a wall: plain text, a kind, an id. For
 * ics_activity.c. NULL where memory is out. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/centre.h"

/* S (NULL: "") as a text of the feed, at most MAX characters; Google's HTML becomes plain. May be "". */
char *ics_plain(struct arena *arena, const char *s, size_t max, bool lines);
/* What the words of TITLE, else CATEGORIES (both may be NULL), say; KIND_OTHER. False: out of memory. */
bool ics_kind(const char *title, const char *categories, enum kind *out);
/* UID made safe: as it is if it can be an id, else its safe beginning and a hash. The same for the same UID. */
char *ics_id(struct arena *arena, const char *uid);
/* FNV-1a, for ids and short links; no secret. */
uint64_t ics_hash(uint64_t hash, const char *s);
#define ICS_HASH_START UINT64_C(0xcbf29ce484222325)
