/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Ring meg": a telephone number that a visitor left at the screen, for the centre's staff to call. A number is kept
 * until a day after somebody has called, or a month after the promised day; after that nothing but the audit's
 * lines says that there was one. The screen's Idempotency-Key is kept a month, as a hash, with what was promised. */
#pragma once

#include "central/store_signups.h"

enum {
	CALLBACK_UNDO = 24 * 3600,          /* a done one stays so long, and can be put back */
	CALLBACK_KEEP_DAYS = 30,            /* after the promised day */
	CALLBACK_KEY_KEEP = 30 * 24 * 3600, /* of Idempotency-Keys */
	CALLBACKS_AN_HOUR = 60,             /* that a centre takes */
};

struct callback_order {
	const char *centre, *key, *sealed; /* as they were sent */
	const char *phone;                 /* "00001234", "+4700001234" */
	const char *lang;                  /* that the visitor read */
	enum item_kind about_kind;
	const char *about;     /* id of the item that the visitor came from; NULL: none */
	struct civil promised; /* the day by which somebody calls */
	int64_t expires_at;
};

/* What was promised to KEY. ERR_NOT_FOUND: it is new; ERR_DUPLICATE: it came with another body. */
CHECKED enum err store_callback_known(struct db *db, struct arena *arena, const char *key, const char *centre,
				      const char *sealed, struct civil *promised);
/* PROMISED and FIRST: a key that is there already gets what it was promised then, and nothing is added. ERR_DUPLICATE
 * as above. ERR_LIMIT: the centre has had too many (WAIT_S says for how long). ERR_NOT_FOUND: no such centre. */
CHECKED enum err store_callback_add(struct db *db, struct arena *arena, int64_t now, const struct callback_order *order,
				    struct civil *promised, bool *first, int64_t *wait_s);

/* ---- for staff ---------------------------------------------------------- */

struct callback {
	const char *id, *phone, *lang;
	enum item_kind about_kind;
	const char *about; /* NULL: none */
	int64_t created_at;
	struct civil promised;
	int64_t expires_at;
	int64_t done_at;     /* 0: not called yet */
	const char *done_by; /* login name */
};
struct callbacks {
	size_t n;
	const struct callback *v;
};
/* Those that wait by their promised day, then those that are done, newest first. */
CHECKED enum err store_callbacks(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				 struct callbacks *out);
/* How many wait, and how many of them were promised a day before TODAY. */
CHECKED enum err store_callbacks_count(struct db *db, struct arena *arena, struct actor actor, const char *centre,
				       struct civil today, int64_t *waiting, int64_t *late);
/* Somebody has called, or has not after all. A second press changes nothing. ERR_NOT_FOUND. */
CHECKED enum err store_callback_done(struct db *db, struct actor actor, const char *centre, const char *id, bool done);
CHECKED enum err store_callback_remove(struct db *db, struct actor actor, const char *centre, const char *id);

/* Deletes what is past its time; N gets how many numbers, MISSED how many of them nobody had called. */
CHECKED enum err store_callbacks_expire(struct db *db, int64_t now, int64_t *n, int64_t *missed);
