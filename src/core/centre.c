/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/centre.h"

#include <string.h>

static const struct text *find_text(struct texts texts, const char *lang)
{
	for (size_t i = 0; i < texts.n; i++)
		if (strcmp(texts.v[i].lang, lang) == 0)
			return &texts.v[i];
	return NULL;
}

const char *texts_pick(const struct centre *centre, struct texts texts, const char *lang, const char **lang_out)
{
	const struct text *found = lang ? find_text(texts, lang) : NULL;

	if (!found && centre->n_languages > 0)
		found = find_text(texts, centre->languages[0]);
	if (!found && texts.n > 0)
		found = &texts.v[0];
	if (lang_out)
		*lang_out = found ? found->lang : NULL;
	return found ? found->s : NULL;
}

#define FIND_BY_ID(list, count, wanted)                          \
	do {                                                     \
		for (size_t i = 0; (wanted) && i < (count); i++) \
			if (strcmp((list)[i].id, (wanted)) == 0) \
				return &(list)[i];               \
		return NULL;                                     \
	} while (0)

const struct activity *centre_activity(const struct centre *centre, const char *id)
{
	FIND_BY_ID(centre->activities, centre->n_activities, id);
}

const struct need *centre_need(const struct centre *centre, const char *id)
{
	FIND_BY_ID(centre->needs, centre->n_needs, id);
}

const struct notice *centre_notice(const struct centre *centre, const char *id)
{
	FIND_BY_ID(centre->notices, centre->n_notices, id);
}

const struct organisation *centre_organisation(const struct centre *centre, const char *id)
{
	FIND_BY_ID(centre->organisations, centre->n_organisations, id);
}

const struct contact *centre_contact(const struct centre *centre, const char *id)
{
	FIND_BY_ID(centre->contacts, centre->n_contacts, id);
}

static const char *const kind_names[] = {
#define X(name, s) [KIND_##name] = s,
	KINDS(X)
#undef X
};

const char *kind_name(enum kind kind)
{
	return kind_names[kind];
}

enum kind kind_parse(const char *s)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++)
		if (strcmp(kind_names[kind], s) == 0)
			return kind;
	return KIND_COUNT;
}
