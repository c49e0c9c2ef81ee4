/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made ready while nobody touches. */
#include "kiosk_data.h"

#include "base/limits.h"
#include "base/mem.h"
#include "core/feed.h"
#include "kiosk/warm.h"

enum { PIECES_MAX = 5000 };

static struct arena feed_arena;
static struct centre *centre;
static struct screen_feed feed;

struct screen {
	struct drawing *drawing;
	struct model model;
	struct surroundings around;
	struct arena arena;
	struct display display;
	struct warm warm;
};

static void send(struct screen *screen, struct msg msg)
{
	struct effects effects;

	msg.t_ms = screen->model.t_ms + 1000;
	msg.now = (struct civil){ 2026, 11, 24, 9, 30, 0, false };
	screen_update(&screen->model, &msg, &effects);
}

static void look(struct screen *screen)
{
	arena_reset(&screen->arena);
	assert_int_equal(screen_view(&screen->model, &screen->around, &screen->arena, &screen->display), OK);
}

static void start(struct screen *screen, const char *lang)
{
	struct fault fault;

	*screen = (struct screen){ 0 };
	assert_int_equal(drawing_new(1920, 1080, 0, &screen->drawing, &fault), OK);
	screen->around = (struct surroundings){
		.w = 1920, .h = 1080, .diagonal_in = 24, .scale = 1, .typesetter = drawing_typesetter(screen->drawing)
	};
	screen_init(&screen->model, &(struct habits){ .lang = lang, .night_off = true });
	send(screen, (struct msg){ .kind = MSG_FEED, .feed = &feed });
	send(screen, (struct msg){ .kind = MSG_TICK });
	arena_init(&screen->arena, LIMIT_PICTURE_ARENA);
	warm_init(&screen->warm, screen->drawing);
	look(screen);
}

static void end(struct screen *screen)
{
	warm_free(&screen->warm);
	drawing_del(screen->drawing);
	arena_free(&screen->arena);
}

static int work(struct screen *screen)
{
	int pieces = 0;

	while (warm_step(&screen->warm, &screen->model, &screen->around, &screen->display) && pieces < PIECES_MAX)
		pieces++;
	assert_true(pieces < PIECES_MAX);
	return pieces;
}

/* Bytes of letters that drawing the picture made. */
static uint64_t draw(struct screen *screen)
{
	uint64_t before = drawing_letters(screen->drawing);
	struct fault fault;

	assert_int_equal(drawing_draw(screen->drawing, &screen->display, NULL, &fault), OK);
	return drawing_letters(screen->drawing) - before;
}

static void tap(struct screen *screen, const char *action)
{
	send(screen, (struct msg){ .kind = MSG_TAP, .action = action });
	look(screen);
}

static void what_is_one_touch_away_is_ready(void **state)
{
	static const char *const ways[] = { "open needs", "open language" };
	static const char *const langs[] = { "nb", "ur" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct screen warm, cold;

		start(&warm, langs[i]);
		start(&cold, langs[i]);
		draw(&warm);
		draw(&cold);
		struct model home = warm.model;
		assert_true(work(&warm) > 0);
		assert_memory_equal(&home, &warm.model, sizeof home);
		for (size_t w = 0; w < 2; w++) {
			cold.model = warm.model = home;
			look(&warm);
			work(&warm);
			tap(&warm, ways[w]);
			assert_int_equal(draw(&warm), 0);
			tap(&cold, ways[w]);
			assert_true(draw(&cold) > 0);
		}
		end(&warm);
		end(&cold);
	}
}

/* A minute later nothing leads anywhere else: the thread may sleep on. In another language all is to do again. */
static void it_ends_and_begins_anew_where_something_changed(void **state)
{
	struct screen screen;

	(void)state;
	start(&screen, "nb");
	assert_true(work(&screen) > 0);
	assert_int_equal(work(&screen), 0);
	send(&screen, (struct msg){ .kind = MSG_TICK, .now_ms = 1 });
	look(&screen);
	uint64_t before = drawing_letters(screen.drawing);
	assert_int_equal(work(&screen), 0);
	assert_int_equal(drawing_letters(screen.drawing), before);
	tap(&screen, "language pl");
	assert_true(work(&screen) > 0);
	assert_true(drawing_letters(screen.drawing) > before);
	end(&screen);
}

static void nothing_is_made_of_what_a_visitor_types(void **state)
{
	struct screen screen;

	(void)state;
	start(&screen, "nb");
	uint64_t before = drawing_letters(screen.drawing);
	screen.model.place.view = VIEW_CALLBACK;
	assert_int_equal(work(&screen), 0);
	screen.model.place.view = VIEW_HOME;
	memcpy(screen.model.callback.number, "00001234", 9);
	assert_int_equal(work(&screen), 0);
	assert_int_equal(drawing_letters(screen.drawing), before);
	end(&screen);
}

/* The same document again, as at midnight, while it is still being worked on: the old one is freed. */
static void nothing_is_made_of_a_feed_that_went(void **state)
{
	struct screen screen;
	struct screen_feed renewed = { .schedule = schedule_new(centre) };
	struct centre *copy = mem_alloc(sizeof *copy);

	(void)state;
	assert_non_null(copy);
	*copy = *centre;
	renewed.centre = copy;
	start(&screen, "nb");
	assert_true(warm_step(&screen.warm, &screen.model, &screen.around, &screen.display));
	uint64_t round = screen.warm.round;
	send(&screen, (struct msg){ .kind = MSG_FEED, .feed = &renewed });
	look(&screen);
	assert_true(warm_step(&screen.warm, &screen.model, &screen.around, &screen.display));
	assert_true(screen.warm.round != round);
	end(&screen);
	schedule_del(renewed.schedule);
	mem_free(copy);
}

/* Every icon of the program, as a square. */
static void put_icons(const char *source)
{
	char path[512], name[64], *at;
	struct buf names;

	buf_init(&names, 1 << 16);
	snprintf(path, sizeof path, "%s/assets/icons.txt", source);
	assert_int_equal(file_read(path, &names, NULL), OK);
	for (char *line = strtok_r(names.bytes, "\n", &at); line; line = strtok_r(NULL, "\n", &at)) {
		size_t len = strcspn(line, " \t#");

		if (len == 0 || len > 40)
			continue;
		snprintf(name, sizeof name, "icons/%.*s.svg", (int)len, line);
		put_data(
			name,
			"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"24\"><path d=\"M4 4h16v16H4z\"/></svg>");
	}
	buf_free(&names);
}

static int set_up(void **state)
{
	const char *source = getenv("OPPSLAG_SOURCE") ? getenv("OPPSLAG_SOURCE") : ".";
	char path[512];
	struct buf bytes;

	(void)state;
	make_data_folder();
	put_icons(source);
	arena_init(&feed_arena, LIMIT_FEED_ARENA);
	buf_init(&bytes, LIMIT_FEED_BYTES);
	snprintf(path, sizeof path, "%s/assets/sample/centre.json", source);
	enum err err = file_read(path, &bytes, NULL);
	if (!err)
		err = feed_read(&feed_arena, bytes.bytes, bytes.len, &centre, NULL);
	buf_free(&bytes);
	feed = (struct screen_feed){ .centre = centre, .schedule = err ? NULL : schedule_new(centre) };
	return feed.schedule ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	schedule_del(feed.schedule);
	arena_free(&feed_arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_one_touch_away_is_ready),
		cmocka_unit_test(it_ends_and_begins_anew_where_something_changed),
		cmocka_unit_test(nothing_is_made_of_what_a_visitor_types),
		cmocka_unit_test(nothing_is_made_of_a_feed_that_went),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
