/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rows to the structs of core/centre.h. */
#include "central/store_common.h"

#include <string.h>

/* Ids are made of A-Z a-z 0-9 . _ - and sort before '~': one range is one item or all, and uses the primary key. */
static const char *lowest(const char *id)
{
	return id ? id : "";
}

static const char *highest(const char *id)
{
	return id ? id : "~";
}

/* Whose rows: of the public ($4 NULL), or of a user that may. T is the table's letter. */
#define RANGE(t)                                                                                                     \
	" WHERE " t ".centre_id = $1 AND " t ".id >= $2 AND " t ".id <= $3 AND (CAST($4 AS TEXT) IS NULL OR EXISTS " \
	"(SELECT 1 FROM may WHERE may.user_id = CAST($4 AS TEXT) AND may.centre_id = " t ".centre_id))"
#define STORED(t) ", " t ".revision, " t ".created_at, " t ".changed_at, " t ".changed_by"
#define SIGNUPS(t, kind)                                                                           \
	", (SELECT COUNT(*) FROM signups s WHERE s.centre_id = " t ".centre_id AND s.kind = " kind \
	" AND s.item_id = " t ".id AND s.state = 0)"

static struct stored take_stored(struct row *row)
{
	struct stored stored = { 0 };

	stored.revision = take_number(row);
	stored.created_at = take_number(row);
	stored.changed_at = take_number(row);
	stored.changed_by = take_text(row);
	return stored;
}

/* ---- activities --------------------------------------------------------- */

static void read_activity(struct row *row, struct activity_row *out)
{
	struct activity *a = &out->item;

	a->id = take_text(row);
	a->code = take_text(row);
	a->number = take_text(row);
	a->name = take_texts(row);
	a->description = take_texts(row);
	a->kind = kind_parse(take_text(row));
	a->start = take_civil(row, NULL);
	a->duration = take_duration(row, NULL);
	a->zone = take_text(row);
	a->rrule = take_text(row);
	a->place = take_texts(row);
	a->organisation = take_text(row);
	a->contact = take_text(row);
	a->picture = take_text(row);
	a->signup = take_number(row);
	a->seats = (int32_t)take_optional(row, &a->has_seats);
	a->status = (enum status)take_number(row);
	out->stored = take_stored(row);
	out->stored.signups = take_number(row);
	out->stored.calendar = take_text(row);
	out->stored.uid = take_text(row);
}

/* Rows that belong to activities come in the activities' order: those of V[*I] begin at row *R. */
static size_t same_owner(const struct db_rows *rows, size_t from, const char *id)
{
	size_t n = 0;

	while (from + n < rows->n && strcmp(db_text(rows, from + n, 0), id) == 0)
		n++;
	return n;
}

static enum err load_dates(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			   struct activity_row *v, size_t n)
{
	struct db_rows rows;
	enum err err = db_query(db, arena, &rows,
				"SELECT d.activity_id, d.extra, d.day FROM activities a JOIN activity_dates d ON "
				"d.centre_id = a.centre_id AND d.activity_id = a.id" RANGE(
					"a") " ORDER BY a.position, a.id, d.extra, d.day",
				centre, lowest(id), highest(id), user);

	for (size_t i = 0, r = 0; i < n && !err; i++) {
		size_t count = same_owner(&rows, r, v[i].item.id), extra = 0;
		struct civil *days = count ? ARENA_ARRAY(arena, count, struct civil) : NULL;
		if (count && !days)
			return ERR_MEMORY;
		for (size_t d = 0; d < count && !err; d++, r++) {
			struct row row = { .rows = &rows, .r = r, .c = 1, .arena = arena };
			extra += take_number(&row) != 0;
			days[d] = take_civil(&row, NULL);
			err = row.err;
		}
		v[i].item.exdates = (struct civils){ count - extra, days };
		v[i].item.rdates = (struct civils){ extra, days + (count - extra) };
	}
	return err;
}

static struct override take_override(struct row *row)
{
	struct override o = { 0 };

	o.original = take_civil(row, NULL);
	o.status = (enum status)take_number(row);
	o.start = take_civil(row, &o.has_start);
	o.duration = take_duration(row, &o.has_duration);
	o.name = take_texts(row);
	o.place = take_texts(row);
	o.reason = take_texts(row);
	return o;
}

/* Of a calendar's word and staff's about the same occurrence staff's comes last and counts. */
static enum err read_overrides(const struct db_rows *rows, size_t from, size_t count, struct arena *arena,
			       struct overrides *out)
{
	struct override *v = count ? ARENA_ARRAY(arena, count, struct override) : NULL;
	size_t n = 0;

	if (count && !v)
		return ERR_MEMORY;
	for (size_t r = from; r < from + count; r++) {
		struct row row = { .rows = rows, .r = r, .c = 1, .arena = arena };
		struct override o = take_override(&row);
		if (row.err)
			return row.err;
		if (n && civil_compare(v[n - 1].original, o.original) == 0)
			n--;
		v[n++] = o;
	}
	*out = (struct overrides){ n, v };
	return OK;
}

static enum err load_overrides(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			       struct activity_row *v, size_t n)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT o.activity_id, o.original, o.status, o.start, o.duration, o.name, o.place, o.reason "
		"FROM activities a JOIN overrides o ON o.centre_id = a.centre_id AND o.activity_id = a.id" RANGE(
			"a") " ORDER BY a.position, a.id, o.original, o.by_staff",
		centre, lowest(id), highest(id), user);

	for (size_t i = 0, r = 0; i < n && !err; i++) {
		size_t count = same_owner(&rows, r, v[i].item.id);
		err = read_overrides(&rows, r, count, arena, &v[i].item.overrides);
		r += count;
	}
	return err;
}

enum err load_activities(struct db *db, struct arena *arena, const char *user, const char *centre, const char *id,
			 struct activity_rows *out)
{
	struct db_rows rows;
	enum err err = db_query(
		db, arena, &rows,
		"SELECT a.id, k.code, k.number, a.name, a.description, a.kind, a.start, a.duration, a.zone, a.rrule, a.place, "
		"a.organisation_id, a.contact_id, a.picture, a.signup, a.seats, a.status" STORED("a") SIGNUPS(
			"a",
			"0") ", a.calendar_id, a.uid FROM activities a JOIN codes k ON k.centre_id = a.centre_id AND k.kind = 0 "
			     "AND k.item_id = a.id" RANGE("a") " ORDER BY a.position, a.id",
		centre, lowest(id), highest(id), user);
	struct activity_row *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct activity_row);

	if (err || !v)
		return err ? err : ERR_MEMORY;
	for (size_t i = 0; i < rows.n && !err; i++) {
		struct row row = { .rows = &rows, .r = i, .arena = arena };
		read_activity(&row, &v[i]);
		err = row.err;
	}
	if (!err)
		err = load_dates(db, arena, user, centre, id, v, rows.n);
	if (!err)
		err = load_overrides(db, arena, user, centre, id, v, rows.n);
	*out = (struct activity_rows){ rows.n, v };
	return err;
}

/* ---- the others --------------------------------------------------------- */

/* Defines load_NOUNS: runs the query that stands in it and reads each row by read_NOUN. */
#define LOAD(noun, nouns, sql)                                                                          \
	enum err load_##nouns(struct db *db, struct arena *arena, const char *user, const char *centre, \
			      const char *id, struct noun##_rows *out)                                  \
	{                                                                                               \
		struct db_rows rows;                                                                    \
		enum err err = db_query(db, arena, &rows, sql, centre, lowest(id), highest(id), user);  \
		struct noun##_row *v = err ? NULL : ARENA_ARRAY(arena, rows.n, struct noun##_row);      \
                                                                                                        \
		if (err || !v)                                                                          \
			return err ? err : ERR_MEMORY;                                                  \
		for (size_t i = 0; i < rows.n && !err; i++) {                                           \
			struct row row = { .rows = &rows, .r = i, .arena = arena };                     \
			read_##noun(&row, &v[i]);                                                       \
			err = row.err;                                                                  \
		}                                                                                       \
		*out = (struct noun##_rows){ rows.n, v };                                               \
		return err;                                                                             \
	}

static void read_need(struct row *row, struct need_row *out)
{
	struct need *n = &out->item;

	n->id = take_text(row);
	n->code = take_text(row);
	n->number = take_text(row);
	n->name = take_texts(row);
	n->description = take_texts(row);
	n->when = take_texts(row);
	n->start = take_civil(row, &n->has_start);
	n->duration = take_duration(row, &n->has_duration);
	n->rrule = take_text(row);
	n->meets = take_text(row);
	n->bring = take_texts(row);
	n->seats = (int32_t)take_number(row);
	n->taken = (int32_t)take_number(row);
	n->languages_helpful = take_words(row, &n->n_languages_helpful);
	n->legal_basis = take_texts(row);
	n->certificate = n->legal_basis.n ? CERTIFICATE_REQUIRED : CERTIFICATE_NONE;
	n->answer_days = (int32_t)take_optional(row, &n->has_answer_days);
	n->contact = take_text(row);
	n->organisation = take_text(row);
	n->until = take_civil(row, &n->has_until);
	n->first_timer = take_number(row);
	out->stored = take_stored(row);
	out->stored.signups = take_number(row);
}

LOAD(need, needs,
     "SELECT n.id, k.code, k.number, n.name, n.description, n.when_words, n.start, n.duration, n.rrule, n.meets_id, n.bring, "
     "n.seats, n.taken, n.languages_helpful, n.legal_basis, n.answer_days, n.contact_id, n.organisation_id, n.until, "
     "n.first_timer" STORED("n")
	     SIGNUPS("n", "1") " FROM needs n JOIN codes k ON k.centre_id = n.centre_id "
			       "AND k.kind = 1 AND k.item_id = n.id" RANGE("n") " ORDER BY n.position, n.id")

static void read_notice(struct row *row, struct notice_row *out)
{
	struct notice *n = &out->item;

	n->id = take_text(row);
	n->level = (enum level)take_number(row);
	n->name = take_texts(row);
	n->text = take_texts(row);
	n->from = take_civil(row, NULL);
	n->until = take_civil(row, &n->has_until);
	out->stored = take_stored(row);
}

LOAD(notice, notices,
     "SELECT n.id, n.level, n.name, n.words, n.from_at, n.until" STORED("n") " FROM notices n" RANGE(
	     "n") " ORDER BY n.position, n.id")

static void read_organisation(struct row *row, struct organisation_row *out)
{
	struct organisation *o = &out->item;
	const char *const *words;

	o->id = take_text(row);
	o->name = take_texts(row);
	o->about = take_texts(row);
	words = take_words(row, &o->n_kinds);
	enum kind *kinds = o->n_kinds ? ARENA_ARRAY(row->arena, o->n_kinds, enum kind) : NULL;
	if (o->n_kinds && !kinds)
		row->err = ERR_MEMORY;
	for (size_t i = 0; i < o->n_kinds && kinds; i++)
		kinds[i] = kind_parse(words[i]);
	o->kinds = kinds;
	o->web = take_text(row);
	o->phone = take_text(row);
	o->email = take_text(row);
	o->confirmed = take_civil(row, &o->has_confirmed);
	o->confirmed_by = take_text(row);
	out->stored = take_stored(row);
}

LOAD(organisation, organisations,
     "SELECT o.id, o.name, o.about, o.kinds, o.web, o.phone, o.email, o.confirmed, o.confirmed_by" STORED(
	     "o") " FROM organisations o" RANGE("o") " ORDER BY o.position, o.id")

static void read_contact(struct row *row, struct contact_row *out)
{
	struct contact *c = &out->item;

	c->id = take_text(row);
	c->name = take_text(row);
	c->role = take_texts(row);
	c->phone = take_text(row);
	c->email = take_text(row);
	c->confirmed = take_civil(row, &c->has_confirmed);
	out->stored = take_stored(row);
}

LOAD(contact, contacts,
     "SELECT c.id, c.name, c.role, c.phone, c.email, c.confirmed" STORED("c") " FROM contacts c" RANGE(
	     "c") " ORDER BY c.position, c.id")
