/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: who may see and change what, that nothing is lost or doubled, and that every statement runs. */
#include "central_fixture.h"
#include "core/feed.h"

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
	const struct CMUnitTest tests[] = {
		CASE(an_item_comes_back_as_it_was_put),
		CASE(a_double_press_is_one_row),
		CASE(an_editor_reaches_no_other_centre),
		CASE(who_is_second_is_told),
		CASE(what_the_feed_would_refuse_is_refused_at_the_door),
		CASE(a_need_keeps_its_contact),
		CASE(notices_and_organisations_come_and_go),
		CASE(the_feed_has_it_all_and_the_seats_of_the_next_time),
		CASE(a_whole_feed_becomes_a_centre),
		CASE(the_database_checks_itself),
		cmocka_unit_test(what_is_no_database_is_said),
	};

	mem_init();
	return cmocka_run_group_tests(tests, NULL, drop_template);
}
