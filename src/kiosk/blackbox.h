/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to this screen, in plain words for whoever comes to mend it:
 * "2026-11-24 14.05  Nettet borte 2 t 10 min, tilbake 14.05". One file of at
 * most 256 KB and the one before it, kept through power cuts and written as
 * little as a memory card likes. Never personal data. A folder that takes
 * nothing is no fault of the screen's: the newest lines are kept in memory. */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BOX_FILE_BYTES = 256 * 1024, /* then it becomes the older file, in place of that */
	BOX_LINE = 240,              /* bytes, with its NUL; longer ones are cut */
	BOX_LINES = 12,              /* that are kept to be looked at */
	BOX_KINDS = 48,
	BOX_AN_HOUR = 6, /* lines of one kind; what comes more often is counted */
	BOX_HOUR_MS = 60 * 60 * 1000,
};

struct box_kind {
	int64_t since_ms; /* when its hour began */
	unsigned written, left_out;
	char newest[BOX_LINE]; /* of those that were left out */
};
struct blackbox {
	char path[PATH_MAX], older[PATH_MAX]; /* "": nothing is kept */
	bool refused;                         /* the disk took nothing the last time */
	struct box_kind kinds[BOX_KINDS];
	size_t n; /* lines, the newest last */
	char lines[BOX_LINES][BOX_LINE];
};

/* Reads the newest lines in FOLDER (NULL or "": none), and takes away a last one that a power cut has torn. */
void blackbox_open(struct blackbox *box, const char *folder);
/* The newest line, "" before the first. */
const char *blackbox_newest(const struct blackbox *box);
/* Adds "STAMP  TEXT". KIND, below BOX_KINDS, is what is counted by. */
void blackbox_write(struct blackbox *box, unsigned kind, int64_t now_ms, const char *stamp, const char *text);
/* Of a kind whose hour is over: how many were left out, and the newest of them; 0: none. Asked of all, now and then. */
unsigned blackbox_left_out(struct blackbox *box, unsigned kind, int64_t now_ms, char newest[BOX_LINE]);
