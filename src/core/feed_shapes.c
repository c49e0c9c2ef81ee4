/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "core/centre.h"
#include "core/feed_shape.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define REQUIRED .required = true
#define OPTIONAL .required = false

/* A value in its own member; one with a flag beside it; a list with its count. */
#define ROW(s, m, type_, ...)                                                               \
	{                                                                                   \
		.name = #m, .type = FIELD_##type_, .at = offsetof(struct s, m), __VA_ARGS__ \
	}
#define FLAGGED(s, m, type_, ...) ROW(s, m, type_, .has = offsetof(struct s, has_##m), __VA_ARGS__)
#define LIST(s, name_, v_, n_, type_, ...)                                                                      \
	{                                                                                                       \
		.name = name_, .type = FIELD_LIST, .at = offsetof(struct s, v_), .has = offsetof(struct s, n_), \
		.size = sizeof(type_), __VA_ARGS__                                                              \
	}

static const struct field civil_item = { .type = FIELD_CIVIL };
static const struct field language_item = { .type = FIELD_LANGUAGE };
static const struct field kind_item = { .type = FIELD_KIND };

/* ---- opening hours ---- */

static const struct field hours_fields[] = {
	ROW(hours, opens, CLOCK, REQUIRED),
	ROW(hours, closes, CLOCK, REQUIRED),
};
static const struct shape hours_shape = { hours_fields, COUNT(hours_fields), finish_hours };
static const struct field hours_item = { .type = FIELD_OBJECT, .shape = &hours_shape };

#define WEEKDAY(name_, i) \
	LIST(centre, name_, opening[i].v, opening[i].n, struct hours, .item = &hours_item, .max = LIMIT_HOURS)
static const struct field opening_fields[] = {
	WEEKDAY("monday", 0), WEEKDAY("tuesday", 1),  WEEKDAY("wednesday", 2), WEEKDAY("thursday", 3),
	WEEKDAY("friday", 4), WEEKDAY("saturday", 5), WEEKDAY("sunday", 6),
};
static const struct shape opening_shape = { opening_fields, COUNT(opening_fields), NULL };

/* ---- the centre itself ---- */

static const struct field centre_fields[] = {
	ROW(centre, id, ID, REQUIRED),
	ROW(centre, name, TEXTS, REQUIRED, .max = LIMIT_NAME),
	ROW(centre, zone, ZONE, REQUIRED),
	LIST(centre, "languages", languages, n_languages, const char *, .item = &language_item, REQUIRED, .min = 1,
	     .max = LIMIT_LANGUAGES),
	ROW(centre, address, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
	ROW(centre, phone, PHONE, OPTIONAL),
	{ .name = "opening", .type = FIELD_OBJECT, .shape = &opening_shape },
	ROW(centre, signup_host, HOST, OPTIONAL),
	ROW(centre, seal_key, SEAL_KEY, OPTIONAL),
	ROW(centre, answer_days, INTEGER, OPTIONAL, .min = 1, .max = LIMIT_CALLBACK_DAYS),
};
static const struct shape centre_shape = { centre_fields, COUNT(centre_fields), finish_centre };

/* ---- activities ---- */

static const struct field override_fields[] = {
	ROW(override, original, CIVIL, REQUIRED),
	ROW(override, status, STATUS, OPTIONAL),
	FLAGGED(override, start, CIVIL, OPTIONAL),
	FLAGGED(override, duration, DURATION, OPTIONAL),
	ROW(override, name, TEXTS, OPTIONAL, .max = LIMIT_NAME),
	ROW(override, place, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
	ROW(override, reason, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
};
static const struct shape override_shape = { override_fields, COUNT(override_fields), NULL };
static const struct field override_item = { .type = FIELD_OBJECT, .shape = &override_shape };

static const struct field activity_fields[] = {
	ROW(activity, id, ID, REQUIRED),
	ROW(activity, code, CODE, REQUIRED),
	ROW(activity, number, NUMBER, REQUIRED),
	ROW(activity, name, TEXTS, REQUIRED, .max = LIMIT_NAME),
	ROW(activity, description, TEXTS, OPTIONAL, .max = LIMIT_TEXT),
	ROW(activity, kind, KIND, REQUIRED),
	ROW(activity, start, CIVIL, REQUIRED),
	ROW(activity, duration, DURATION, REQUIRED),
	ROW(activity, zone, ZONE, OPTIONAL),
	ROW(activity, rrule, RULE, OPTIONAL, .max = LIMIT_RRULE),
	LIST(activity, "exdates", exdates.v, exdates.n, struct civil, .item = &civil_item, .max = LIMIT_DATES),
	LIST(activity, "rdates", rdates.v, rdates.n, struct civil, .item = &civil_item, .max = LIMIT_DATES),
	LIST(activity, "overrides", overrides.v, overrides.n, struct override, .item = &override_item,
	     .max = LIMIT_DATES),
	ROW(activity, place, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
	ROW(activity, organisation, ID, OPTIONAL),
	ROW(activity, contact, ID, OPTIONAL),
	ROW(activity, picture, HEX64, OPTIONAL),
	ROW(activity, signup, BOOL, OPTIONAL),
	FLAGGED(activity, seats, INTEGER, OPTIONAL, .min = 1, .max = LIMIT_SEATS),
	ROW(activity, taken, INTEGER, OPTIONAL, .max = LIMIT_SEATS),
	ROW(activity, status, STATUS, OPTIONAL),
};
static const struct shape activity_shape = { activity_fields, COUNT(activity_fields), finish_activity };
static const struct field activity_item = { .type = FIELD_OBJECT, .shape = &activity_shape };

/* ---- needs ---- */

static const struct field certificate_fields[] = {
	ROW(need, legal_basis, TEXTS, REQUIRED, .max = LIMIT_TEXT),
};
static const struct shape certificate_shape = { certificate_fields, COUNT(certificate_fields), NULL };

static const struct field need_fields[] = {
	ROW(need, id, ID, REQUIRED),
	ROW(need, code, CODE, REQUIRED),
	ROW(need, number, NUMBER, REQUIRED),
	ROW(need, name, TEXTS, REQUIRED, .max = LIMIT_NAME),
	ROW(need, description, TEXTS, OPTIONAL, .max = LIMIT_TEXT),
	ROW(need, when, TEXTS, REQUIRED, .max = LIMIT_SHORT),
	FLAGGED(need, start, CIVIL, OPTIONAL),
	FLAGGED(need, duration, DURATION, OPTIONAL),
	ROW(need, rrule, RULE, OPTIONAL, .max = LIMIT_RRULE),
	ROW(need, meets, ID, OPTIONAL),
	ROW(need, bring, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
	ROW(need, seats, INTEGER, REQUIRED, .min = 1, .max = LIMIT_SEATS),
	ROW(need, taken, INTEGER, REQUIRED, .max = LIMIT_SEATS),
	LIST(need, "languages_helpful", languages_helpful, n_languages_helpful, const char *, .item = &language_item,
	     .max = LIMIT_LANGUAGES),
	{ .name = "certificate", .type = FIELD_OBJECT, .shape = &certificate_shape },
	FLAGGED(need, answer_days, INTEGER, OPTIONAL, .min = 1, .max = LIMIT_ANSWER_DAYS),
	ROW(need, contact, ID, REQUIRED),
	ROW(need, organisation, ID, OPTIONAL),
	FLAGGED(need, until, DATE, OPTIONAL),
	ROW(need, first_timer, BOOL, OPTIONAL),
};
static const struct shape need_shape = { need_fields, COUNT(need_fields), finish_need };
static const struct field need_item = { .type = FIELD_OBJECT, .shape = &need_shape };

/* ---- notices, organisations, contacts ---- */

static const struct field notice_fields[] = {
	ROW(notice, id, ID, REQUIRED),
	ROW(notice, level, LEVEL, REQUIRED),
	ROW(notice, name, TEXTS, REQUIRED, .max = LIMIT_NAME),
	ROW(notice, text, TEXTS, OPTIONAL, .max = LIMIT_TEXT),
	ROW(notice, from, CIVIL, REQUIRED),
	FLAGGED(notice, until, CIVIL, OPTIONAL),
};
static const struct shape notice_shape = { notice_fields, COUNT(notice_fields), finish_notice };
static const struct field notice_item = { .type = FIELD_OBJECT, .shape = &notice_shape };

static const struct field organisation_fields[] = {
	ROW(organisation, id, ID, REQUIRED),
	ROW(organisation, name, TEXTS, REQUIRED, .max = LIMIT_NAME),
	ROW(organisation, about, TEXTS, OPTIONAL, .max = LIMIT_TEXT),
	LIST(organisation, "kinds", kinds, n_kinds, enum kind, .item = &kind_item, .max = KIND_COUNT),
	ROW(organisation, web, WEB, OPTIONAL),
	ROW(organisation, phone, PHONE, OPTIONAL),
	ROW(organisation, email, EMAIL, OPTIONAL),
	FLAGGED(organisation, confirmed, DATE, OPTIONAL),
	ROW(organisation, confirmed_by, LINE, OPTIONAL, .max = LIMIT_NAME),
};
static const struct shape organisation_shape = { organisation_fields, COUNT(organisation_fields), NULL };
static const struct field organisation_item = { .type = FIELD_OBJECT, .shape = &organisation_shape };

static const struct field contact_fields[] = {
	ROW(contact, id, ID, REQUIRED),
	ROW(contact, name, LINE, REQUIRED, .max = LIMIT_NAME),
	ROW(contact, role, TEXTS, OPTIONAL, .max = LIMIT_SHORT),
	ROW(contact, phone, PHONE, OPTIONAL),
	ROW(contact, email, EMAIL, OPTIONAL),
	FLAGGED(contact, confirmed, DATE, OPTIONAL),
};
static const struct shape contact_shape = { contact_fields, COUNT(contact_fields), NULL };
static const struct field contact_item = { .type = FIELD_OBJECT, .shape = &contact_shape };

/* ---- the document ---- */

#define TOP_LIST(m, item_, max_) LIST(centre, #m, m, n_##m, struct item_, .item = &item_##_item, REQUIRED, .max = max_)
static const struct field top_fields[] = {
	{ .name = "feed", .type = FIELD_FORMAT, REQUIRED },
	ROW(centre, version, VERSION, REQUIRED),
	ROW(centre, generated, TIMESTAMP, REQUIRED),
	{ .name = "centre", .type = FIELD_OBJECT, REQUIRED, .shape = &centre_shape },
	TOP_LIST(activities, activity, LIMIT_ACTIVITIES),
	TOP_LIST(needs, need, LIMIT_NEEDS),
	TOP_LIST(notices, notice, LIMIT_NOTICES),
	TOP_LIST(organisations, organisation, LIMIT_ORGANISATIONS),
	TOP_LIST(contacts, contact, LIMIT_CONTACTS),
};
const struct shape feed_shape = { top_fields, COUNT(top_fields), finish_document };
