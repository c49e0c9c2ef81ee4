/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What visitors' pages show: what hangs on the wall anyway, so nobody acts. */
#include "central/store_make.h"

static enum err add_activity(struct db *db, struct arena *arena, const char *id, struct centre *c)
{
	struct activity_rows rows;
	enum err err = load_activities(db, arena, NULL, c->id, id, &rows);

	if (err || rows.n == 0)
		return err ? err : ERR_NOT_FOUND;
	struct activity *item = ARENA_NEW(arena, struct activity);
	if (!item)
		return ERR_MEMORY;
	*item = rows.v[0].item;
	c->activities = item;
	c->n_activities = 1;
	return OK;
}

static enum err add_needs(struct db *db, struct arena *arena, const char *id, struct centre *c)
{
	struct need_rows rows;
	enum err err = load_needs(db, arena, NULL, c->id, id, &rows);
	struct need *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct need);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n; i++)
		if (id || rows.v[i].item.taken < rows.v[i].item.seats)
			v[c->n_needs++] = rows.v[i].item;
	c->needs = v;
	return id && c->n_needs == 0 ? ERR_NOT_FOUND : OK;
}

static enum err add_people(struct db *db, struct arena *arena, struct centre *c)
{
	struct contact_rows contacts;
	struct organisation_rows organisations = { 0 };
	enum err err = load_contacts(db, arena, NULL, c->id, NULL, &contacts);

	if (!err)
		err = load_organisations(db, arena, NULL, c->id, NULL, &organisations);
	if (err)
		return err;
	struct contact *people = ARENA_ARRAY(arena, contacts.n, struct contact);
	struct organisation *groups = ARENA_ARRAY(arena, organisations.n, struct organisation);
	if (!people || !groups)
		return ERR_MEMORY;
	for (size_t i = 0; i < contacts.n; i++)
		people[i] = contacts.v[i].item;
	for (size_t i = 0; i < organisations.n; i++)
		groups[i] = organisations.v[i].item;
	c->contacts = people;
	c->n_contacts = contacts.n;
	c->organisations = groups;
	c->n_organisations = organisations.n;
	return OK;
}

enum err store_public_item(struct db *db, struct arena *arena, const struct item_ref *ref, struct centre **centre)
{
	struct centre *c = ARENA_NEW(arena, struct centre);
	enum err err = c ? load_centre(db, arena, ref->centre, c) : ERR_MEMORY;

	*centre = c;
	if (!err)
		err = ref->kind == ITEM_ACTIVITY ? add_activity(db, arena, ref->id, c)
						 : add_needs(db, arena, ref->id, c);
	return err ? err : add_people(db, arena, c);
}

enum err store_public_needs(struct db *db, struct arena *arena, const char *centre, struct centre **out)
{
	struct centre *c = ARENA_NEW(arena, struct centre);
	enum err err = c ? load_centre(db, arena, centre, c) : ERR_MEMORY;

	*out = c;
	if (!err)
		err = add_needs(db, arena, NULL, c);
	return err ? err : add_people(db, arena, c);
}
