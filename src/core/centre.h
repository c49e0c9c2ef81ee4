/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A centre as data: all that a screen needs to show it, as plain structs. They
 * and all they point to live in one arena (whoever read the feed owns it) and
 * are never changed in place. Field names are those of the feed
 * (config/feed.schema.json). Optional strings are NULL, optional lists empty. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/civil.h"

/* One text in several languages; at least one, in the order of the document. */
struct text {
	const char *lang; /* BCP 47, lower case: "nb", "ckb" */
	const char *s;    /* valid UTF-8, 1 to LIMIT_NAME (names), LIMIT_SHORT or LIMIT_TEXT (description, about, text,
			   * legal_basis) characters; line breaks and soft hyphens may stand in it, see feed_rules.h */
};
struct texts {
	size_t n;
	const struct text *v;
};

/* The kinds of activity: name in the feed, name of the pictogram. */
/* clang-format off */
#define KINDS(X)                                                            \
	X(SONG, "song") X(MUSIC, "music") X(COFFEE, "coffee") X(MEAL, "meal")   \
	X(GARDEN, "garden") X(WALK, "walk") X(CRAFT, "craft") X(GAME, "game")   \
	X(READING, "reading") X(FAITH, "faith") X(DANCE, "dance") X(FILM, "film") \
	X(CULTURE, "culture") X(TRAINING, "training") X(TALK, "talk") X(OTHER, "other")
/* clang-format on */
enum kind {
#define X(name, s) KIND_##name,
	KINDS(X)
#undef X
		KIND_COUNT
};

enum status { STATUS_SCHEDULED, STATUS_CANCELLED };

struct civils {
	size_t n;
	const struct civil *v;
};

/* What one occurrence has otherwise than its series. ORIGINAL says which one:
 * its local start by the rule. */
struct override {
	struct civil original; /* required */
	enum status status;
	bool has_start, has_duration;
	struct civil start;
	struct duration duration;
	struct texts name, place, reason;
};
struct overrides {
	size_t n;
	const struct override *v;
};

/* A weekly or single event; the rule stays a rule (RFC 5545 3.3.10). */
struct activity {
	const char *id;     /* required, 1 to LIMIT_ID of A-Z a-z 0-9 . _ - */
	const char *code;   /* required, five of CODE_LETTERS */
	const char *number; /* required, six digits */
	struct texts name;  /* required */
	struct texts description;
	enum kind kind;           /* required */
	struct civil start;       /* required; date_only: all day */
	struct duration duration; /* required; of an all-day one: whole days, at least 1 */
	const char *zone;         /* IANA; NULL: the centre's */
	const char *rrule;        /* "FREQ=WEEKLY;BYDAY=TU", NULL: once */
	struct civils exdates, rdates;
	struct overrides overrides;
	struct texts place;
	const char *organisation, *contact; /* ids */
	const char *picture;                /* 64 hex digits, lower case: SHA-256 of the picture */
	bool signup;
	bool has_seats;
	int32_t seats, taken; /* of the next occurrence, if signup and has_seats; taken is at most seats */
	enum status status;   /* of the whole series */
};

enum certificate { CERTIFICATE_NONE, CERTIFICATE_REQUIRED };

/* Help that is wanted. */
struct need {
	const char *id, *code, *number;
	struct texts name, description;
	struct texts when; /* in words, required */
	bool has_start, has_duration, has_answer_days;
	struct civil start;
	struct duration duration;
	const char *rrule; /* needs a start */
	const char *meets; /* contact id: who meets you at the door */
	struct texts bring;
	int32_t seats, taken;
	size_t n_languages_helpful;
	const char *const *languages_helpful;
	enum certificate certificate;
	struct texts legal_basis; /* present exactly when the certificate is required */
	int32_t answer_days;      /* an answer is promised within so many days, 1 to 60 */
	const char *contact;      /* required */
	const char *organisation;
	bool has_until;
	struct civil until; /* date: the last day it is shown */
	bool first_timer;   /* suits somebody who has never done it */
};

enum level { LEVEL_NORMAL, LEVEL_IMPORTANT, LEVEL_URGENT };

struct notice {
	const char *id;
	enum level level;
	struct texts name; /* required */
	struct texts text;
	struct civil from; /* required, local date or time */
	bool has_until;
	struct civil until; /* a date counts to its end */
};

struct organisation {
	const char *id;
	struct texts name; /* required */
	struct texts about;
	size_t n_kinds;
	const enum kind *kinds;
	const char *web, *phone, *email;
	bool has_confirmed;
	struct civil confirmed; /* date when its entry was last confirmed */
	const char *confirmed_by;
};

struct contact {
	const char *id;
	const char *name; /* required; a person's or a desk's, not translated */
	struct texts role;
	const char *phone, *email;
	bool has_confirmed;
	struct civil confirmed;
};

/* Opening hours of one weekday; none: closed. 24:00 is written 23:59. */
struct hours {
	int16_t opens, closes; /* minutes from midnight, opens < closes */
};
struct opening {
	size_t n;
	const struct hours *v;
};

enum { ANSWER_DAYS_USUAL = 2 };
struct centre {
	int64_t version;   /* changes with the content, 0 to 2^53 - 1 */
	int64_t generated; /* unix seconds */
	const char *id;
	struct texts name;
	const char *zone; /* IANA */
	size_t n_languages;
	const char *const *languages; /* the first is the centre's own */
	struct texts address;
	const char *phone;
	struct opening opening[7]; /* Monday first */
	/* Host of the short links, "solbakken.example.no", lower case, port
	 * allowed; "http://127.0.0.1:8080" only for loopback. NULL: no sign-up. */
	const char *signup_host;
	/* X25519 public key that call-backs are sealed to (io/seal.h), 43 letters of
	 * base64url. NULL: the screen offers none. */
	const char *seal_key;
	int32_t answer_days; /* calls back within so many, 1 to LIMIT_CALLBACK_DAYS; a feed need not say */

	size_t n_activities, n_needs, n_notices, n_organisations, n_contacts;
	const struct activity *activities;
	const struct need *needs;
	const struct notice *notices;
	const struct organisation *organisations;
	const struct contact *contacts;
};

/* The letters of a short link's code: no vowels, nothing that looks like another. */
#define CODE_LETTERS "23456789BCDFGHJKMNPQRSTVWXYZ"
enum { CODE_LENGTH = 5, NUMBER_LENGTH = 6 };

/* The text in LANG, else in the centre's first language, else the first there
 * is; never NULL for a required text, NULL for an empty list. LANG_OUT (may be
 * NULL) gets the language that it is in. */
const char *texts_pick(const struct centre *centre, struct texts texts, const char *lang, const char **lang_out);

/* By id; NULL if there is none, or ID is NULL. */
const struct activity *centre_activity(const struct centre *centre, const char *id);
const struct need *centre_need(const struct centre *centre, const char *id);
const struct notice *centre_notice(const struct centre *centre, const char *id);
const struct organisation *centre_organisation(const struct centre *centre, const char *id);
const struct contact *centre_contact(const struct centre *centre, const char *id);

/* "song" …; KIND_COUNT for a name that is none. */
const char *kind_name(enum kind kind);
enum kind kind_parse(const char *s);
