/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/staff_choices.h"

#include <string.h>

#include "core/centre.h"

/* field, value, words */
#define REPEAT_CHOICES(X)                                           \
	X("repeat", "none", TEXT_STAFF_REPEAT_NONE)                 \
	X("repeat", "weekly", TEXT_STAFF_REPEAT_WEEKLY)             \
	X("repeat", "fortnightly", TEXT_STAFF_REPEAT_FORTNIGHTLY)   \
	X("repeat", "daily", TEXT_STAFF_REPEAT_DAILY)               \
	X("repeat", "workdays", TEXT_STAFF_REPEAT_WORKDAYS)         \
	X("repeat", "monthly-nth", TEXT_STAFF_REPEAT_MONTHLY_NTH)   \
	X("repeat", "monthly-date", TEXT_STAFF_REPEAT_MONTHLY_DATE) \
	X("repeat", "yearly", TEXT_STAFF_REPEAT_YEARLY)             \
	X("repeat", "own", TEXT_STAFF_REPEAT_OWN)
#define WEEKDAY_CHOICES(X, field)                   \
	X(field, "monday", TEXT_STAFF_MONDAY)       \
	X(field, "tuesday", TEXT_STAFF_TUESDAY)     \
	X(field, "wednesday", TEXT_STAFF_WEDNESDAY) \
	X(field, "thursday", TEXT_STAFF_THURSDAY)   \
	X(field, "friday", TEXT_STAFF_FRIDAY)       \
	X(field, "saturday", TEXT_STAFF_SATURDAY)   \
	X(field, "sunday", TEXT_STAFF_SUNDAY)
#define NTH_CHOICES(X)                  \
	X("nth", "1", TEXT_STAFF_NTH_1) \
	X("nth", "2", TEXT_STAFF_NTH_2) \
	X("nth", "3", TEXT_STAFF_NTH_3) \
	X("nth", "4", TEXT_STAFF_NTH_4) \
	X("nth", "-1", TEXT_STAFF_NTH_LAST)
#define LEVEL_CHOICES(X)                                    \
	X("level", "normal", TEXT_STAFF_LEVEL_NORMAL)       \
	X("level", "important", TEXT_STAFF_LEVEL_IMPORTANT) \
	X("level", "urgent", TEXT_STAFF_LEVEL_URGENT)
#define LANGUAGE_CHOICES(X)                                    \
	X("languages_helpful", "en", TEXT_STAFF_LANGUAGE_EN)   \
	X("languages_helpful", "pl", TEXT_STAFF_LANGUAGE_PL)   \
	X("languages_helpful", "uk", TEXT_STAFF_LANGUAGE_UK)   \
	X("languages_helpful", "ru", TEXT_STAFF_LANGUAGE_RU)   \
	X("languages_helpful", "ar", TEXT_STAFF_LANGUAGE_AR)   \
	X("languages_helpful", "ti", TEXT_STAFF_LANGUAGE_TI)   \
	X("languages_helpful", "so", TEXT_STAFF_LANGUAGE_SO)   \
	X("languages_helpful", "fa", TEXT_STAFF_LANGUAGE_FA)   \
	X("languages_helpful", "ur", TEXT_STAFF_LANGUAGE_UR)   \
	X("languages_helpful", "tr", TEXT_STAFF_LANGUAGE_TR)   \
	X("languages_helpful", "vi", TEXT_STAFF_LANGUAGE_VI)   \
	X("languages_helpful", "lt", TEXT_STAFF_LANGUAGE_LT)   \
	X("languages_helpful", "de", TEXT_STAFF_LANGUAGE_DE)   \
	X("languages_helpful", "fr", TEXT_STAFF_LANGUAGE_FR)   \
	X("languages_helpful", "es", TEXT_STAFF_LANGUAGE_ES)   \
	X("languages_helpful", "se", TEXT_STAFF_LANGUAGE_SE)   \
	X("languages_helpful", "ckb", TEXT_STAFF_LANGUAGE_CKB) \
	X("languages_helpful", "ps", TEXT_STAFF_LANGUAGE_PS)
/* Nobody asks for volunteers who speak these; but people read in them. */
#define LANGUAGE_READ(X)                                  \
	X("languages_read", "nb", TEXT_STAFF_LANGUAGE_NB) \
	X("languages_read", "nn", TEXT_STAFF_LANGUAGE_NN)
#define ROLE_CHOICES(X)                             \
	X("role", "editor", TEXT_STAFF_ROLE_EDITOR) \
	X("role", "administrator", TEXT_STAFF_ROLE_ADMINISTRATOR)

#define VALUE(field, value, words) value,
#define KIND_VALUE(name, s) s,
const char *const choices_kind[] = { KINDS(KIND_VALUE) NULL };
const char *const choices_repeat[] = { REPEAT_CHOICES(VALUE) NULL };
const char *const choices_weekday[] = { WEEKDAY_CHOICES(VALUE, "") NULL };
const char *const choices_nth[] = { NTH_CHOICES(VALUE) NULL };
const char *const choices_level[] = { LEVEL_CHOICES(VALUE) NULL };
const char *const choices_language[] = { LANGUAGE_CHOICES(VALUE) NULL };
const char *const choices_role[] = { ROLE_CHOICES(VALUE) NULL };

static const struct choice {
	const char *field, *value;
	enum text_id words;
} choices[] = {
#define ROW(field, value, words) { field, value, words },
#define KIND_ROW(name, s) { "kind", s, TEXT_STAFF_KIND_##name },
#define KINDS_ROW(name, s) { "kinds", s, TEXT_STAFF_KIND_##name },
	KINDS(KIND_ROW) KINDS(KINDS_ROW) REPEAT_CHOICES(ROW) WEEKDAY_CHOICES(ROW, "weekdays")
		WEEKDAY_CHOICES(ROW, "weekday") NTH_CHOICES(ROW) LEVEL_CHOICES(ROW) LANGUAGE_CHOICES(ROW)
			LANGUAGE_READ(ROW) ROLE_CHOICES(ROW)
};
enum { N_CHOICES = sizeof choices / sizeof choices[0] };

struct option *choice_options(struct request *req, const char *name, size_t *n)
{
	struct option *options = ARENA_ARRAY(req->arena, N_CHOICES + 1, struct option);

	*n = 0;
	for (size_t i = 0; options && i < N_CHOICES; i++)
		if (strcmp(choices[i].field, name) == 0)
			options[(*n)++] = (struct option){ choices[i].value, req_text(req, choices[i].words) };
	return options;
}

const char *choice_words(const struct request *req, const char *name, const char *value)
{
	for (size_t i = 0; i < N_CHOICES; i++)
		if (strcmp(choices[i].field, name) == 0 && strcmp(choices[i].value, value) == 0)
			return req_text(req, choices[i].words);
	return value;
}
