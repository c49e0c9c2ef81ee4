/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every maximum of both programs, in one place. Sizes are bytes, lengths of
 * texts are characters, times seconds, unless the line says otherwise. Those
 * of the feed are part of its format (config/feed.schema.json). */
#pragma once

enum {
	/* feed */
	LIMIT_FEED_BYTES = 10 * 1000 * 1000,
	LIMIT_FEED_DEPTH = 16,
	LIMIT_FEED_ARENA = 128 << 20,
	LIMIT_ACTIVITIES = 10000,
	LIMIT_NEEDS = 2000,
	LIMIT_NOTICES = 100,
	LIMIT_ORGANISATIONS = 2000,
	LIMIT_CONTACTS = 500,
	LIMIT_LANGUAGES = 40,
	LIMIT_NAME = 200,
	LIMIT_TEXT = 4000,
	LIMIT_ID = 64,
	LIMIT_RRULE = 500,
	LIMIT_DATES = 500, /* exdates, rdates or overrides of one activity */
	LIMIT_DURATION_DAYS = 366,
	LIMIT_SEATS = 100000,
	LIMIT_SHORT = 500, /* place, when, bring, reason, role, address */
	LIMIT_PHONE = 32,
	LIMIT_EMAIL = 254, /* RFC 5321 4.5.3.1.3 without its brackets */
	LIMIT_WEB = 500,
	LIMIT_HOURS = 8, /* opening hours of one weekday */
	LIMIT_ANSWER_DAYS = 60,
	LIMIT_CALLBACK_DAYS = 30,
	LIMIT_JSON_VALUES = 1000000, /* of one JSON document: bounds what its tree takes (some 80 bytes each) */

	/* calendars */
	LIMIT_ICS_BYTES = 5 * 1000 * 1000,
	LIMIT_ICS_EVENTS = 5000,
	LIMIT_ICS_DATES = 100000,   /* in all events of one file: starts, ends, exceptions */
	LIMIT_ICS_STEPS = 5000000,  /* days looked at to find where COUNT ends, in one file */
	LIMIT_OCCURRENCES = 100000, /* of one expansion */

	/* screen */
	LIMIT_ITEMS = 1000, /* of one display list */
	LIMIT_DAY_OCCURRENCES = 500,
	LIMIT_PICTURE_ARENA = 8 << 20,
	LIMIT_BACK = 16,                    /* steps that Back remembers */
	LIMIT_OUTBOX = 200,                 /* call-backs that wait on one screen for the network */
	LIMIT_OUTBOX_MS = 72 * 3600 * 1000, /* how long; then they are erased, and counted */
	LIMIT_ANSWER_BYTES = 2000,          /* of the central's answer to a call-back */

	/* files and settings */
	LIMIT_SETTINGS_BYTES = 64 * 1024,
	LIMIT_SETTING = 1000,
	LIMIT_SETTING_FAULTS = 50, /* kept to be shown; the others are counted */
	LIMIT_REPLAY_BYTES = 64 << 20,

	/* central */
	LIMIT_FORM_BYTES = 64 * 1024,
	LIMIT_FORM_FIELDS = 200,
	LIMIT_CALLBACK_BYTES = 2000,   /* of one POST of a screen */
	LIMIT_CALLBACKS_WAITING = 500, /* of one centre */
	LIMIT_UPLOAD_BYTES = LIMIT_ICS_BYTES + 64 * 1024,
	LIMIT_PAGE_BYTES = 4 << 20,
	LIMIT_REQUEST_ARENA = 64 << 20,
	LIMIT_WAIT = 55, /* of one long poll */
	LIMIT_WAITING_SCREENS = 20000,
	LIMIT_BROWSERS = 1000, /* connections of the browsers' daemon */
};
