/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every view has one row here, one file with its builder, one golden screen.
 * Names are those of --view; they are kept stable. */
#pragma once

#include "base/err.h"

struct builder;

enum view_id_rule {
	ID_NONE,     /* "home" */
	ID_REQUIRED, /* "need:turvenn" */
	ID_MAY_BE,   /* "activities", "activities:2026-11-25" (a day) or "activities:song" (a kind) */
};

/* NAME, name, builder, id */
#define VIEWS(X)                                                        \
	X(HOME, "home", view_home, ID_NONE)                             \
	X(ACTIVITIES, "activities", view_activities, ID_MAY_BE)         \
	X(ACTIVITY, "activity", view_activity, ID_REQUIRED)             \
	X(NEEDS, "needs", view_needs, ID_NONE)                          \
	X(NEED, "need", view_need, ID_REQUIRED)                         \
	X(NOTICES, "notices", view_notices, ID_NONE)                    \
	X(NOTICE, "notice", view_notice, ID_REQUIRED)                   \
	X(ORGANISATIONS, "organisations", view_organisations, ID_NONE)  \
	X(ORGANISATION, "organisation", view_organisation, ID_REQUIRED) \
	X(CONTACTS, "contacts", view_contacts, ID_NONE)                 \
	X(KINDS, "kinds", view_kinds, ID_NONE)                          \
	X(HELP, "help", view_help, ID_NONE)                             \
	X(LANGUAGE, "language", view_language, ID_NONE)                 \
	X(ADJUST, "adjust", view_adjust, ID_NONE)                       \
	X(CALLBACK, "callback", view_callback, ID_NONE)                 \
	X(URGENT, "urgent", view_urgent, ID_REQUIRED)                   \
	X(STILL, "still", view_still, ID_NONE)                          \
	X(CLEANING, "cleaning", view_cleaning, ID_NONE)                 \
	X(NIGHT, "night", view_night, ID_NONE)                          \
	X(VOICE, "voice", view_voice, ID_NONE)                          \
	X(SETTINGS, "settings", view_settings, ID_NONE)                 \
	X(TECHNICIAN, "technician", view_technician, ID_NONE)           \
	X(UNSURE, "unsure", view_unsure, ID_NONE)                       \
	X(EMPTY, "empty", view_empty, ID_NONE)

enum view {
#define X(name, s, build, id) VIEW_##name,
	VIEWS(X)
#undef X
		VIEW_COUNT
};

#define X(name, s, build, id) enum err build(struct builder *b);
VIEWS(X)
#undef X

const char *view_name(enum view view);
/* VIEW_COUNT for a name that is none. */
enum view view_parse(const char *name);
enum view_id_rule view_id_rule(enum view view);
