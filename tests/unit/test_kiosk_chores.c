/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the drawing loop sees to beside drawing, minute by minute on a clock of the test's own: night and the panel's
 * light, a touch panel that comes and goes, contact that is lost, and the lines that tell of it. */
#include "kiosk_data.h"

#include "kiosk/chores.h"
#include "kiosk_machine.h"

enum { MINUTE = 60 * 1000 };

/* A glass that can do everything, and says what it was asked. */
struct wall {
	bool known, lit;
	size_t panels;
	int asked; /* how often for light or dark */
};

static bool power(void *self, bool on)
{
	struct wall *wall = self;

	wall->lit = on;
	wall->asked++;
	return true;
}

static void touch(void *self, struct glass_touch *out)
{
	const struct wall *wall = self;

	out->known = wall->known;
	out->n = wall->panels;
	snprintf(out->names[0], GLASS_NAME_SIZE, "ILITEK");
}

static const struct glass_kind kind = { .power = power, .touch = touch };

struct stage {
	struct machine machine;
	struct options options;
	struct drawing *drawing;
	struct journal events;
	struct kiosk kiosk;
	struct wall wall;
	struct glass glass;
	struct chores chores;
};

/* From TIME on, with the machine's own settings beside MORE. */
static void begin(struct stage *stage, const char *time, const char *more)
{
	static char box[400];
	char *argv[] = { "oppslag-kiosk",
			 "--feed",
			 "https://oppslag.example.no/feed/v1/solbakken",
			 "--data",
			 NULL,
			 "--set",
			 box,
			 "--time",
			 NULL,
			 "--set",
			 NULL,
			 NULL };
	struct buf report;
	struct fault fault;

	memset(stage, 0, sizeof *stage);
	machine_make(&stage->machine);
	snprintf(box, sizeof box, "black-box=%s", stage->machine.box);
	argv[4] = stage->machine.data;
	argv[8] = (char *)(uintptr_t)time;
	argv[10] = (char *)(uintptr_t)more;
	setenv("OPPSLAG_SYS", stage->machine.sys, 1);
	setenv("OPPSLAG_CEC", "/nonexistent", 1);
	buf_init(&report, 10000);
	enum err err = options_read(&stage->options, 11, argv, &report, &fault);
	if (err)
		print_error("%s %s: %s\n", buf_text(&report), fault.place, fault.text);
	assert_int_equal(err, OK);
	buf_free(&report);
	journal_none(&stage->events);
	assert_int_equal(drawing_new(1280, 720, 0, &stage->drawing, &fault), OK);
	kiosk_init(&stage->kiosk, &stage->options, stage->drawing, &stage->events, true);
	stage->kiosk.list_only = true;
	stage->wall = (struct wall){ .known = true, .panels = 1, .lit = true };
	stage->glass = (struct glass){ .kind = &kind, .self = &stage->wall };
	chores_init(&stage->chores, 0);
	kiosk_tick(&stage->kiosk);
	chores_start(&stage->chores, &stage->kiosk, &stage->glass);
}

/* Lets MS pass, a turn of the loop at each deadline. */
static void pass(struct stage *stage, int64_t ms)
{
	struct kiosk *kiosk = &stage->kiosk;
	int64_t end = kiosk->clock.virtual_ms + ms;

	while (kiosk->clock.virtual_ms < end) {
		int64_t due = kiosk_deadline(kiosk), chores = chores_deadline(&stage->chores);
		due = chores < due ? chores : due;
		if (due > kiosk->clock.virtual_ms)
			kiosk->clock.virtual_ms = due < end ? due : end;
		if (kiosk->clock.virtual_ms >= kiosk_deadline(kiosk))
			kiosk_tick(kiosk);
		chores_turn(&stage->chores);
	}
}

static void state_is(struct stage *stage, enum feed_state state)
{
	kiosk_take_state(&stage->kiosk, state, &stage->kiosk.seen, NULL);
	chores_turn(&stage->chores);
}

/* Ends it; what the black box says, without the lines of start and end and without times. */
static const char *end(struct stage *stage)
{
	static char told[4000];
	char path[400];
	struct buf file;
	size_t len = 0;

	chores_end(&stage->chores);
	kiosk_free(&stage->kiosk);
	drawing_del(stage->drawing);
	options_free(&stage->options);
	snprintf(path, sizeof path, "%s/black-box.txt", stage->machine.box);
	buf_init(&file, sizeof told - 1);
	assert_int_equal(file_read(path, &file, NULL), OK);
	told[0] = '\0';
	for (const char *line = buf_text(&file); *line; line = strchr(line, '\n') + 1) {
		const char *text = strstr(line, "  ") + 2;
		int n = (int)strcspn(text, "\n");
		if (strncmp(text, "Skjermen startet", 16) != 0 && strncmp(text, "Skjermen ble slått av", 21) != 0)
			len += (size_t)snprintf(told + len, sizeof told - len, "%.*s\n", n, text);
	}
	buf_free(&file);
	return told;
}

static void the_panel_goes_dark_at_night(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage, "2026-11-24T21:58", "panel-off=yes");
	/* The run before may have left it dark. */
	assert_true(stage.wall.lit && stage.wall.asked == 1);
	pass(&stage, 2 * MINUTE);
	assert_true(stage.kiosk.model.asleep && stage.wall.lit);
	pass(&stage, MINUTE);
	assert_true(!stage.wall.lit && stage.wall.asked == 2);
	pass(&stage, 3 * 60 * MINUTE);
	assert_int_equal(stage.wall.asked, 2);
	/* Whoever is up at night touches it; the light comes at once, and goes a minute after he has gone. */
	kiosk_send(&stage.kiosk, &(struct msg){ .kind = MSG_DOWN });
	chores_turn(&stage.chores);
	assert_true(stage.wall.lit && stage.wall.asked == 3);
	kiosk_send(&stage.kiosk, &(struct msg){ .kind = MSG_UP });
	pass(&stage, 2 * MINUTE);
	assert_true(stage.wall.lit);
	pass(&stage, 2 * MINUTE);
	assert_true(!stage.wall.lit && stage.wall.asked == 4);
	pass(&stage, 6 * 60 * MINUTE);
	assert_true(stage.wall.lit && stage.wall.asked == 5);
	assert_string_equal(end(&stage), "Skjermen var mørk 22.00–01.01: planlagt\n"
					 "Skjermen var mørk 01.03–07.00: planlagt\n");
}

static void a_panel_that_is_to_stay_on_is_never_asked(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage, "2026-11-24T21:58", "panel-off=no");
	pass(&stage, 10 * 60 * MINUTE);
	assert_int_equal(stage.wall.asked, 0);
	assert_string_equal(end(&stage), "Skjermen var mørk 22.00–07.00: planlagt\n");
}

static void a_touch_panel_comes_and_goes(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage, "2026-11-24T10:00", "log=error");
	pass(&stage, MINUTE);
	stage.wall.panels = 0;
	chores_turn(&stage.chores);
	assert_int_equal(chores_deadline(&stage.chores), stage.kiosk.clock.virtual_ms + 20000);
	pass(&stage, 19999); /* USB starts anew */
	assert_false(stage.kiosk.model.no_touch);
	pass(&stage, 1);
	assert_true(stage.kiosk.model.no_touch);
	pass(&stage, 5 * MINUTE);
	stage.wall.panels = 1;
	chores_turn(&stage.chores);
	assert_false(stage.kiosk.model.no_touch);
	/* A short one is no news, and a glass that cannot tell has none. */
	stage.wall.panels = 0;
	chores_turn(&stage.chores);
	pass(&stage, 5000);
	stage.wall.panels = 1;
	pass(&stage, MINUTE);
	stage.wall.known = false;
	stage.wall.panels = 0;
	pass(&stage, 5 * MINUTE);
	assert_false(stage.kiosk.model.no_touch);
	assert_string_equal(end(&stage), "Berøringspanelet er borte\nBerøringspanelet er tilbake\n");
}

/* The minder reads the machine on its own thread: waits until it has seen that the network is as IS_UP. */
static void await_network(struct stage *stage, bool is_up)
{
	struct minder_news news;

	assert_non_null(stage->chores.minder);
	machine_tell(&stage->machine, "class/net/eth0/operstate", is_up ? "up\n" : "down\n");
	do {
		pass(stage, MINUTE);
		minder_ask(stage->chores.minder, &news);
	} while (!news.health.has_network || news.health.network_up != is_up);
}

static void lost_contact_is_told(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage, "2026-11-24T11:00", "log=error");
	state_is(&stage, FEED_FRESH);
	/* Half a minute is no news. */
	state_is(&stage, FEED_FAILED);
	pass(&stage, MINUTE / 2);
	state_is(&stage, FEED_FRESH);
	/* A central that was away, then one that sends what nobody can show. */
	state_is(&stage, FEED_FAILED);
	pass(&stage, 130 * MINUTE);
	state_is(&stage, FEED_FRESH);
	state_is(&stage, FEED_REJECTED);
	state_is(&stage, FEED_FRESH);
	assert_string_equal(end(&stage), "Sentralen svarer ikke siden 11.00\n"
					 "Sentralen svarer igjen 13.10, etter 2 t 10 min\n"
					 "Innholdet som kom, kan ikke vises: det forrige blir stående\n"
					 "Innholdet er i orden igjen\n");
}

static void without_a_network_no_central_is_blamed(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage, "2026-11-24T11:00", "log=error");
	await_network(&stage, false);
	state_is(&stage, FEED_FAILED);
	pass(&stage, 3 * MINUTE);
	state_is(&stage, FEED_FRESH);
	const char *told = end(&stage);
	assert_non_null(strstr(told, "Nettet borte 0 t 3 min, tilbake "));
	assert_null(strstr(told, "Sentralen"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_panel_goes_dark_at_night),
		cmocka_unit_test(a_panel_that_is_to_stay_on_is_never_asked),
		cmocka_unit_test(a_touch_panel_comes_and_goes),
		cmocka_unit_test(lost_contact_is_told),
		cmocka_unit_test(without_a_network_no_central_is_blamed),
	};
	make_data_folder();
	return cmocka_run_group_tests_name("kiosk_chores", tests, NULL, NULL);
}
