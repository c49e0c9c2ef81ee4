/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: who may see and change what, that nothing is lost or doubled, and that every statement runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "central/db.h"
#include "central/session.h"
#include "central/store_calendars.h"
#include "central/store_items.h"
#include "central/store_occurrences.h"
#include "central/store_signups.h"
#include "core/feed.h"

enum { NOW = 1795510800 /* 2026-11-24T09:00Z */ };

struct fixture {
	struct db *db;
	struct arena arena;
	char file[300];
	struct actor system, editor, other;
};

/* One text in Norwegian; it lives as long as the test program. */
static struct texts text_nb(struct text *place, const char *s)
{
	*place = (struct text){ "nb", s };
	return (struct texts){ 1, place };
}
static struct text places[20];
#define TEXT(string) text_nb(&places[__COUNTER__], string)

static const char *const nb[] = { "nb", "en" };

static struct centre plain_centre(const char *id)
{
	return (struct centre){
		.id = id, .name = TEXT("Solbakken"), .zone = "Europe/Oslo", .n_languages = 2, .languages = nb
	};
}

static struct activity song(const char *id)
{
	return (struct activity){ .id = id,
				  .code = "",
				  .number = "",
				  .name = TEXT("Allsang"),
				  .kind = KIND_SONG,
				  .start = { 2026, 11, 24, 11, 0, 0, false },
				  .duration = { 0, 3600 },
				  .rrule = "FREQ=WEEKLY;BYDAY=TU",
				  .signup = true,
				  .has_seats = true,
				  .seats = 2 };
}

static struct contact person(const char *id)
{
	return (struct contact){ .id = id, .name = "Randi Eksempel", .phone = "00 00 12 34" };
}

static struct need walk(const char *id, const char *contact)
{
	return (struct need){ .id = id,
			      .code = "",
			      .number = "",
			      .name = TEXT("Turvenn"),
			      .when = TEXT("Torsdager"),
			      .seats = 1,
			      .contact = contact };
}

/* Statements that a test expects to work. */
#define DO(call) assert_int_equal(call, OK)

static const char *editor_of(struct fixture *f, const char *name, const char *centre)
{
	struct fault fault = { 0 };
	struct users users;

	DO(user_add(f->db, NOW, name, USER_EDITOR, 1, &centre, "et langt passord", NULL, &fault));
	DO(user_list(f->db, &f->arena, &users));
	for (size_t i = 0; i < users.n; i++)
		if (strcmp(users.v[i].name, name) == 0)
			return users.v[i].id;
	return NULL;
}

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	const char *dir = getenv("TMPDIR");
	struct centre a = plain_centre("solbakken"), b = plain_centre("nordlia");
	struct fault fault = { 0 };
	char address[320];

	assert_non_null(f);
	DO(secret_init());
	snprintf(f->file, sizeof f->file, "%s/store.%d.db", dir ? dir : "/tmp", getpid());
	snprintf(address, sizeof address, "sqlite:%s", f->file);
	unlink(f->file);
	arena_init(&f->arena, LIMIT_FEED_ARENA);
	DO(db_open(address, &f->db, &fault));
	DO(db_migrate(f->db, &fault));
	DO(db_migrate(f->db, &fault));
	f->system = SYSTEM_ACTOR(NOW);
	DO(store_centre_add(f->db, f->system, &a));
	DO(store_centre_add(f->db, f->system, &b));
	f->editor = (struct actor){ editor_of(f, "randi", "solbakken"), NOW };
	f->other = (struct actor){ editor_of(f, "knut", "nordlia"), NOW };
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char side[320];

	db_close(f->db);
	arena_free(&f->arena);
	unlink(f->file);
	snprintf(side, sizeof side, "%s-wal", f->file);
	unlink(side);
	snprintf(side, sizeof side, "%s-shm", f->file);
	unlink(side);
	mem_free(f);
	return 0;
}

static int64_t version_of(struct fixture *f, const char *centre)
{
	struct centre_row row;

	DO(store_centre_public(f->db, &f->arena, centre, &row));
	return row.version;
}

static void an_item_comes_back_as_it_was_put(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct civil gone = { 2026, 12, 22, 11, 0, 0, false };
	struct activity_row out;

	in.exdates = (struct civils){ 1, &gone };
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &out));
	assert_string_equal(out.item.name.v[0].s, "Allsang");
	assert_string_equal(out.item.rrule, in.rrule);
	assert_int_equal(civil_compare(out.item.start, in.start), 0);
	assert_int_equal(out.item.exdates.n, 1);
	assert_int_equal(civil_compare(out.item.exdates.v[0], gone), 0);
	assert_int_equal(out.item.seats, 2);
	assert_int_equal(strlen(out.item.code), CODE_LENGTH);
	assert_int_equal(strlen(out.item.number), NUMBER_LENGTH);
	assert_string_equal(out.stored.changed_by, "randi");
}

static void a_double_press_is_one_row(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_rows rows;

	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	int64_t version = version_of(f, "solbakken");
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activities(f->db, &f->arena, f->editor, "solbakken", &rows));
	assert_int_equal(rows.n, 1);
	assert_int_equal(version_of(f, "solbakken"), version);
}

static void an_editor_reaches_no_other_centre(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct contact contact = person("c1");
	struct need need = walk("n1", "c1");
	struct activity_row row;
	struct activity_rows rows;
	struct signups signups;
	struct centre_row centre;
	struct audit_lines lines;
	struct override cancel = { .original = in.start, .status = STATUS_CANCELLED };

	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_contact_add(f->db, f->editor, "solbakken", &contact));
	int64_t version = version_of(f, "solbakken");
	assert_int_equal(store_activity(f->db, &f->arena, f->other, "solbakken", "a1", &row), ERR_NOT_FOUND);
	DO(store_activities(f->db, &f->arena, f->other, "solbakken", &rows));
	assert_int_equal(rows.n, 0);
	assert_int_equal(store_activity_add(f->db, f->other, "solbakken", &in), ERR_NOT_FOUND);
	assert_int_equal(store_activity_change(f->db, f->other, "solbakken", 1, &in), ERR_NOT_FOUND);
	assert_int_equal(store_activity_remove(f->db, f->other, "solbakken", "a1", 1), ERR_NOT_FOUND);
	assert_int_equal(store_activity_status(f->db, f->other, "solbakken", "a1", STATUS_CANCELLED), ERR_NOT_FOUND);
	assert_int_equal(store_override_set(f->db, f->other, "solbakken", "a1", &cancel), ERR_NOT_FOUND);
	assert_int_equal(store_need_add(f->db, f->other, "solbakken", &need), ERR_NOT_FOUND);
	assert_int_equal(store_contact_remove(f->db, f->other, "solbakken", "c1", 1), ERR_NOT_FOUND);
	assert_int_equal(store_centre(f->db, &f->arena, f->other, "solbakken", &centre), ERR_NOT_FOUND);
	DO(store_signups(f->db, &f->arena, f->other, "solbakken", ITEM_ACTIVITY, "a1", NULL, &signups));
	assert_int_equal(signups.n, 0);
	DO(store_audit(f->db, &f->arena, f->other, "solbakken", 10, &lines));
	assert_int_equal(lines.n, 0);
	assert_int_equal(version_of(f, "solbakken"), version);
	/* Nor may he hang his own centre's item on another's contact. */
	assert_int_equal(store_need_add(f->db, f->other, "nordlia", &need), ERR_REFERENCE);
	/* And nobody may do anything. */
	struct actor nobody = { .now = NOW };
	assert_int_equal(store_activity_add(f->db, nobody, "solbakken", &in), ERR_NOT_FOUND);
}

static void who_is_second_is_told(void **state)
{
	struct fixture *f = *state;
	struct contact in = person("c1"), out = person("c1");
	struct contact_row row;

	DO(store_contact_add(f->db, f->editor, "solbakken", &in));
	in.name = "Randi Prøve";
	DO(store_contact_change(f->db, f->editor, "solbakken", 1, &in));
	out.name = "Noe annet";
	assert_int_equal(store_contact_change(f->db, f->editor, "solbakken", 1, &out), ERR_CONFLICT);
	DO(store_contact(f->db, &f->arena, f->editor, "solbakken", "c1", &row));
	assert_string_equal(row.item.name, "Randi Prøve");
	assert_int_equal(row.stored.revision, 2);
	assert_int_equal(store_contact_remove(f->db, f->editor, "solbakken", "c1", 1), ERR_CONFLICT);
	DO(store_contact_remove(f->db, f->editor, "solbakken", "c1", 2));
	assert_int_equal(store_contact_remove(f->db, f->editor, "solbakken", "c1", 2), ERR_NOT_FOUND);
}

static void what_the_feed_would_refuse_is_refused_at_the_door(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");

	in.rrule = "FREQ=SECONDLY";
	assert_int_not_equal(store_activity_add(f->db, f->editor, "solbakken", &in), OK);
	in = song("a1");
	in.name = TEXT("\x01");
	assert_int_not_equal(store_activity_add(f->db, f->editor, "solbakken", &in), OK);
	in = song("not an id");
	assert_int_not_equal(store_activity_add(f->db, f->editor, "solbakken", &in), OK);
}

static struct signup_order order_of(const struct activity_row *row, const char *original, const char *token)
{
	return (struct signup_order){ .item = { "solbakken", row->item.id, row->item.code, row->item.number,
						ITEM_ACTIVITY },
				      .original = original,
				      .name = "Kari Prøve",
				      .contact = "00001234",
				      .lang = "nb",
				      .consent_version = 1,
				      .delete_after = NOW + 1000,
				      .form_token = token };
}

static void seats_are_taken_once_and_given_back(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_row row;
	struct signups list;
	struct signup mine;
	char secret[ID_SIZE], again[ID_SIZE], token[4][ID_SIZE];
	bool first;
	int64_t taken;

	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	for (int i = 0; i < 4; i++)
		id_new(token[i]);
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token[0]);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
	assert_true(first);
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	assert_false(first);
	assert_string_equal(secret, again);
	DO(store_taken(f->db, &order.item, order.original, &taken));
	assert_int_equal(taken, 1);
	order.form_token = token[1];
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	order.form_token = token[2];
	assert_int_equal(store_signup_add(f->db, NOW, &order, again, &first), ERR_CONFLICT);
	order.original = "2026-12-01T11:00";
	DO(store_signup_add(f->db, NOW, &order, again, &first));

	DO(store_signups(f->db, &f->arena, f->editor, "solbakken", ITEM_ACTIVITY, "a1", "2026-11-24T11:00", &list));
	assert_int_equal(list.n, 2);
	DO(store_signup_answered(f->db, f->editor, "solbakken", list.v[0].id, true));
	DO(store_signup_told(f->db, f->editor, "solbakken", list.v[0].id, true));
	assert_int_equal(store_signup_told(f->db, f->other, "solbakken", list.v[0].id, true), ERR_NOT_FOUND);
	assert_int_equal(store_signup_remove(f->db, f->other, "solbakken", list.v[0].id), ERR_NOT_FOUND);

	DO(store_signup_change(f->db, NOW, secret, "Kari P.", "kari@example.no"));
	DO(store_signup_by_secret(f->db, &f->arena, secret, &mine));
	assert_string_equal(mine.contact, "kari@example.no");
	DO(store_signup_withdraw(f->db, NOW, secret));
	DO(store_signup_withdraw(f->db, NOW, secret));
	DO(store_signup_by_secret(f->db, &f->arena, secret, &mine));
	assert_int_equal(mine.state, SIGNUP_WITHDRAWN);
	assert_null(mine.name);
	assert_null(mine.contact);
	order.original = "2026-11-24T11:00";
	DO(store_taken(f->db, &order.item, order.original, &taken));
	assert_int_equal(taken, 1);
	order.form_token = token[3];
	DO(store_signup_add(f->db, NOW, &order, again, &first));
	DO(store_signups_centre(f->db, &f->arena, f->editor, "solbakken", 10, &list));
	assert_int_equal(list.n, 4);

	int64_t deleted = 0;
	DO(store_signups_expire(f->db, NOW + 999, &deleted));
	assert_int_equal(deleted, 0);
	DO(store_signups_expire(f->db, NOW + 1000, &deleted));
	assert_int_equal(deleted, 4);
}

static void nobody_signs_up_for_what_is_cancelled(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_row row;
	struct override cancel = { .original = in.start, .status = STATUS_CANCELLED, .reason = TEXT("Sykdom") };
	char secret[ID_SIZE], token[ID_SIZE];
	bool first;

	id_new(token);
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	DO(store_override_set(f->db, f->editor, "solbakken", "a1", &cancel));
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token);
	assert_int_equal(store_signup_add(f->db, NOW, &order, secret, &first), ERR_NOT_FOUND);
	DO(store_override_clear(f->db, f->editor, "solbakken", "a1", in.start));
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
}

static void a_new_time_of_day_takes_single_occurrences_along(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct override cancel = { .original = in.start, .status = STATUS_CANCELLED };
	struct activity_row row;
	struct signups list;
	char secret[ID_SIZE], token[ID_SIZE];
	bool first;

	id_new(token);
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	struct signup_order order = order_of(&row, "2026-12-01T11:00", token);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
	DO(store_override_set(f->db, f->editor, "solbakken", "a1", &cancel));
	in.start.hour = 13;
	in.start.minute = 30;
	DO(store_activity_change(f->db, f->editor, "solbakken", 1, &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	assert_int_equal(row.item.overrides.n, 1);
	assert_int_equal(row.item.overrides.v[0].original.hour, 13);
	assert_int_equal(row.item.overrides.v[0].original.minute, 30);
	DO(store_signups(f->db, &f->arena, f->editor, "solbakken", ITEM_ACTIVITY, "a1", "2026-12-01T13:30", &list));
	assert_int_equal(list.n, 1);
}

static void a_need_keeps_its_contact(void **state)
{
	struct fixture *f = *state;
	struct contact contact = person("c1");
	struct need need = walk("n1", "c1");
	struct need_row row;
	struct item_ref ref;
	struct centre *centre;
	char lower[CODE_LENGTH + 1];

	DO(store_contact_add(f->db, f->editor, "solbakken", &contact));
	DO(store_need_add(f->db, f->editor, "solbakken", &need));
	assert_int_equal(store_contact_remove(f->db, f->editor, "solbakken", "c1", 1), ERR_REFERENCE);
	DO(store_need(f->db, &f->arena, f->editor, "solbakken", "n1", &row));
	for (int i = 0; i <= CODE_LENGTH; i++)
		lower[i] = row.item.code[i] >= 'A' ? (char)(row.item.code[i] | 0x20) : row.item.code[i];
	DO(store_by_code(f->db, &f->arena, lower, &ref));
	assert_string_equal(ref.id, "n1");
	DO(store_by_number(f->db, &f->arena, row.item.number, &ref));
	assert_int_equal(ref.kind, ITEM_NEED);
	DO(store_public_item(f->db, &f->arena, &ref, &centre));
	assert_int_equal(centre->n_needs, 1);
	assert_non_null(centre_contact(centre, "c1"));
	DO(store_public_needs(f->db, &f->arena, "solbakken", &centre));
	assert_int_equal(centre->n_needs, 1);
	need.seats = 3;
	DO(store_need_change(f->db, f->editor, "solbakken", 1, &need));
	DO(store_need_remove(f->db, f->editor, "solbakken", "n1", 2));
	assert_int_equal(store_by_code(f->db, &f->arena, lower, &ref), OK);
	assert_int_equal(store_public_item(f->db, &f->arena, &ref, &centre), ERR_NOT_FOUND);
}

static void notices_and_organisations_come_and_go(void **state)
{
	struct fixture *f = *state;
	struct notice notice = { .id = "o1",
				 .level = LEVEL_URGENT,
				 .name = TEXT("Vannet er stengt"),
				 .from = { 2026, 11, 24, 0, 0, 0, true } };
	enum kind kinds[] = { KIND_SONG, KIND_CRAFT };
	struct organisation group = { .id = "g1", .name = TEXT("Sanglaget"), .n_kinds = 2, .kinds = kinds };
	struct activity in = song("a1");
	struct notice_row notice_row;
	struct organisation_row group_row;
	struct activity_row activity_row;

	DO(store_notice_add(f->db, f->editor, "solbakken", &notice));
	notice.level = LEVEL_NORMAL;
	DO(store_notice_change(f->db, f->editor, "solbakken", 1, &notice));
	DO(store_notice(f->db, &f->arena, f->editor, "solbakken", "o1", &notice_row));
	assert_int_equal(notice_row.item.level, LEVEL_NORMAL);
	DO(store_notice_remove(f->db, f->editor, "solbakken", "o1", 2));
	DO(store_organisation_add(f->db, f->editor, "solbakken", &group));
	in.organisation = "g1";
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_organisation(f->db, &f->arena, f->editor, "solbakken", "g1", &group_row));
	assert_int_equal(group_row.item.n_kinds, 2);
	assert_int_equal(group_row.item.kinds[1], KIND_CRAFT);
	DO(store_organisation_change(f->db, f->editor, "solbakken", 1, &group));
	DO(store_organisation_remove(f->db, f->editor, "solbakken", "g1", 2));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &activity_row));
	assert_null(activity_row.item.organisation);
}

static void the_feed_has_it_all_and_the_seats_of_the_next_time(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct activity_row row;
	struct centre *centre, *read;
	struct fault fault;
	struct buf out;
	char secret[ID_SIZE], token[ID_SIZE];
	int64_t tick;
	bool first;

	id_new(token);
	DO(store_activity_add(f->db, f->editor, "solbakken", &in));
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "a1", &row));
	struct signup_order order = order_of(&row, "2026-11-24T11:00", token);
	DO(store_signup_add(f->db, NOW, &order, secret, &first));
	DO(store_feed(f->db, &f->arena, "solbakken", NOW, &centre, &tick));
	assert_int_equal(centre->n_activities, 1);
	assert_int_equal(centre->activities[0].taken, 1);
	assert_int_equal(tick, NOW + 2 * 3600);
	buf_init(&out, LIMIT_FEED_BYTES);
	DO(feed_write(centre, &out));
	DO(feed_read(&f->arena, buf_text(&out), out.len, &read, &fault));
	buf_free(&out);
	DO(store_tick(f->db, "solbakken", tick));
	int64_t version = version_of(f, "solbakken");
	DO(store_tick(f->db, "solbakken", tick));
	assert_int_equal(version_of(f, "solbakken"), version);
	DO(store_feed(f->db, &f->arena, "solbakken", tick, &centre, &tick));
	assert_int_equal(centre->activities[0].taken, 0);
	assert_int_equal(centre->version, version);
}

static void a_whole_feed_becomes_a_centre(void **state)
{
	struct fixture *f = *state;
	struct activity in = song("a1");
	struct centre copy, *out;
	struct fault fault = { 0 };
	int64_t tick;

	copy = plain_centre("kopi");
	in.code = "7F3K2";
	in.number = "123456";
	in.taken = 2;
	copy.n_activities = 1;
	copy.activities = &in;
	copy.version = 7;
	DO(store_centre_import(f->db, &f->arena, f->system, &copy, &fault));
	assert_int_equal(store_centre_import(f->db, &f->arena, f->system, &copy, &fault), ERR_DUPLICATE);
	assert_int_equal(store_centre_import(f->db, &f->arena, f->editor, &copy, &fault), ERR_NOT_FOUND);
	DO(store_feed(f->db, &f->arena, "kopi", NOW, &out, &tick));
	assert_string_equal(out->activities[0].code, "7F3K2");
	assert_string_equal(out->activities[0].number, "123456");
	assert_int_equal(out->activities[0].taken, 2);
	assert_int_equal(out->version, 7);
}

static void a_subscription_changes_only_what_changed(void **state)
{
	struct fixture *f = *state;
	struct calendar calendar = {
		.id = "cal1", .centre = "solbakken", .address = "https://example.no/a.ics", .name = "Kor", .lang = "nb"
	};
	struct activity v[] = { song("u1"), song("u2") };
	struct ics_skip skip = { .reason = SKIP_PRIVATE, .line = 7, .title = "Møte", .detail = "" };
	struct ics_calendar came = { .n_activities = 2, .activities = v, .n_skipped = 1, .skipped = &skip };
	struct calendar_outcome outcome;
	struct calendar_skips skips;
	struct calendar back;
	struct calendars due;
	struct activity_row row;
	struct override cancel = { .original = v[0].start, .status = STATUS_CANCELLED };

	DO(store_calendar_add(f->db, f->editor, "solbakken", &calendar));
	DO(store_calendars_due(f->db, &f->arena, NOW, &due));
	assert_int_equal(due.n, 1);
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"1\"", &outcome));
	assert_int_equal(outcome.n_new, 2);
	DO(store_calendars_due(f->db, &f->arena, NOW, &due));
	assert_int_equal(due.n, 0);
	DO(store_override_set(f->db, f->editor, "solbakken", "u1", &cancel));
	assert_int_equal(store_activity_change(f->db, f->editor, "solbakken", 1, &v[0]), ERR_REFUSED);

	int64_t version = version_of(f, "solbakken");
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"1\"", &outcome));
	assert_int_equal(outcome.n_kept, 2);
	assert_int_equal(version_of(f, "solbakken"), version);

	v[0].name = TEXT("Korøvelse");
	came.n_activities = 1;
	DO(store_calendar_came(f->db, &f->arena, f->system, &calendar, &came, "\"2\"", &outcome));
	assert_int_equal(outcome.n_changed, 1);
	assert_int_equal(outcome.n_gone, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_string_equal(row.item.name.v[0].s, "Korøvelse");
	assert_int_equal(row.item.overrides.n, 1);
	assert_string_equal(row.stored.calendar, "cal1");
	DO(store_calendar(f->db, &f->arena, f->editor, "solbakken", "cal1", &back, &skips));
	assert_int_equal(skips.n, 1);
	assert_int_equal(skips.v[0].line, 7);
	assert_int_equal(back.activities, 1);
	assert_int_equal(store_calendar(f->db, &f->arena, f->other, "solbakken", "cal1", &back, NULL), ERR_NOT_FOUND);
	DO(store_calendar_result(f->db, NOW, "cal1", "no answer"));
	DO(store_calendar_hurry(f->db, f->editor, "solbakken", "cal1"));
	DO(store_calendar(f->db, &f->arena, f->editor, "solbakken", "cal1", &back, NULL));
	assert_string_equal(back.last_fault, "no answer");
	DO(store_calendar_remove(f->db, f->editor, "solbakken", "cal1", back.revision));
	assert_int_equal(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row), ERR_NOT_FOUND);
}

static void a_file_is_copied_once(void **state)
{
	struct fixture *f = *state;
	struct calendar file = { .id = "cal2", .centre = "solbakken", .name = "fil.ics", .lang = "nb" };
	struct activity v[] = { song("u1") };
	struct ics_calendar came = { .n_activities = 1, .activities = v };
	struct calendar_outcome outcome;
	struct activity_row row;

	DO(store_calendar_came(f->db, &f->arena, f->editor, &file, &came, NULL, &outcome));
	assert_int_equal(outcome.n_new, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_null(row.stored.calendar);
	v[0].name = TEXT("Endret av oss");
	DO(store_activity_change(f->db, f->editor, "solbakken", row.stored.revision, &v[0]));
	file.id = "cal3";
	DO(store_calendar_came(f->db, &f->arena, f->editor, &file, &came, NULL, &outcome));
	assert_int_equal(outcome.n_kept, 1);
	DO(store_activity(f->db, &f->arena, f->editor, "solbakken", "u1", &row));
	assert_string_equal(row.item.name.v[0].s, "Endret av oss");
}

static void sessions_begin_and_end(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE], second[ID_SIZE], hash[HASH_SIZE];
	struct user user;
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_find(f->db, &f->arena, NOW + 10, token, &user, hash));
	assert_string_equal(user.name, "randi");
	assert_int_equal(user.role, USER_EDITOR);
	assert_int_equal(user.n_centres, 1);
	assert_string_equal(user.centres[0], "solbakken");
	assert_int_equal(session_find(f->db, &f->arena, NOW + SESSION_IDLE, token, &user, hash), ERR_NOT_FOUND);
	for (int64_t at = NOW; at < NOW + SESSION_AGE; at += SESSION_IDLE / 2)
		DO(session_find(f->db, &f->arena, at, token, &user, hash));
	assert_int_equal(session_find(f->db, &f->arena, NOW + SESSION_AGE, token, &user, hash), ERR_NOT_FOUND);
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", second, &wait));
	DO(session_find(f->db, &f->arena, NOW, token, &user, hash));
	assert_int_equal(session_password(f->db, f->editor, hash, "feil passord her", "et nytt langt passord"),
			 ERR_REFUSED);
	DO(session_password(f->db, f->editor, hash, "et langt passord", "et nytt langt passord"));
	DO(session_find(f->db, &f->arena, NOW, token, &user, hash));
	char other[HASH_SIZE];
	assert_int_equal(session_find(f->db, &f->arena, NOW, second, &user, other), ERR_NOT_FOUND);
	DO(user_language(f->db, f->editor, "en"));
	DO(session_end(f->db, NOW, hash));
	assert_int_equal(session_find(f->db, &f->arena, NOW, token, &user, hash), ERR_NOT_FOUND);
	DO(session_sweep(f->db, NOW + SESSION_AGE));
	DO(user_remove(f->db, NOW, "randi"));
	assert_int_equal(user_remove(f->db, NOW, "randi"), ERR_NOT_FOUND);
	assert_int_equal(user_remove(f->db, NOW, "system"), ERR_NOT_FOUND);
}

static void guessing_gets_slow_but_locks_nobody_out(void **state)
{
	struct fixture *f = *state;
	char token[ID_SIZE];
	int64_t wait;

	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	for (int i = 0; i < SLOW_FREE; i++)
		assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait),
				 ERR_REFUSED);
	assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait), ERR_REFUSED);
	assert_int_equal(session_login(f->db, NOW, "randi", "feil passord", "198.51.100.7", token, &wait), ERR_LIMIT);
	assert_int_equal(wait, 2);
	/* From the same address another name is slow too, and from another address the same name. */
	assert_int_equal(session_login(f->db, NOW, "knut", "et langt passord", "198.51.100.7", token, &wait),
			 ERR_LIMIT);
	assert_int_equal(session_login(f->db, NOW, "randi", "et langt passord", "203.0.113.9", token, &wait),
			 ERR_LIMIT);
	/* But where she logged in before she still can. */
	DO(session_login(f->db, NOW, "randi", "et langt passord", "192.0.2.1", token, &wait));
	DO(session_login(f->db, NOW + 2, "knut", "et langt passord", "198.51.100.7", token, &wait));
	for (int i = 0; i < 3; i++)
		(void)!session_login(f->db, NOW + 100 * i, "ingen", "feil passord", "198.51.100.8", token, &wait);
}

static void what_is_no_database_is_said(void **state)
{
	struct fault fault = { 0 };
	struct db *db;

	(void)state;
	assert_int_equal(db_open("postgresql://example.no/oppslag", &db, &fault), ERR_UNSUPPORTED);
	assert_non_null(strstr(fault.text, "PostgreSQL"));
	assert_int_equal(db_open("mysql:x", &db, &fault), ERR_VALUE);
	assert_int_equal(db_open("sqlite:", &db, &fault), ERR_VALUE);
	assert_int_equal(db_open("sqlite:/no/such/folder/x.db", &db, &fault), ERR_STORE);
}

static void the_database_checks_itself(void **state)
{
	struct fixture *f = *state;
	struct fault fault = { 0 };

	DO(db_check(f->db, &fault));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(an_item_comes_back_as_it_was_put),
		CASE(a_double_press_is_one_row),
		CASE(an_editor_reaches_no_other_centre),
		CASE(who_is_second_is_told),
		CASE(what_the_feed_would_refuse_is_refused_at_the_door),
		CASE(seats_are_taken_once_and_given_back),
		CASE(nobody_signs_up_for_what_is_cancelled),
		CASE(a_new_time_of_day_takes_single_occurrences_along),
		CASE(a_need_keeps_its_contact),
		CASE(notices_and_organisations_come_and_go),
		CASE(the_feed_has_it_all_and_the_seats_of_the_next_time),
		CASE(a_whole_feed_becomes_a_centre),
		CASE(a_subscription_changes_only_what_changed),
		CASE(a_file_is_copied_once),
		CASE(sessions_begin_and_end),
		CASE(guessing_gets_slow_but_locks_nobody_out),
		CASE(the_database_checks_itself),
		cmocka_unit_test(what_is_no_database_is_said),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
