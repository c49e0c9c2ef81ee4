/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thousands of display lists by one process: the screen as src/screen makes it, with the kiosk's own fonts, led by
 * lines on standard input. What it prints is what --list prints, one document a line, with what only the drawing knows
 * beside it.
 *
 *   panel WxH DIAGONAL SCALE REACH THEME   the panel from now on: 1920x1080 24 1.4 0 light
 *   feed FILE                              the feed from now on; "feed -": none
 *   begin LANG TIME                        a screen that has just started: nb 2026-11-24T09:41
 *   tap ACTION | down ITEM | up            a control is chosen; a finger rests on one; it leaves
 *   wait MS                                time passes, with all that the screen does by itself
 *   speech_key | headset on|off            speech mode
 *   callback keeping|kept|sent|lost        what became of the call-back that was asked for
 *   unsure on|off | age SECONDS            the clock is not set; how old the feed is
 *   settings FILE                          it has just begun with these settings
 *   touch on|off                           whether there is a panel to touch
 *   machine well|ill                       what the technician is told of the machine
 *   list TAG                               prints {"tag", "list", "words"} and ends the line
 *   shape LANG TEXT                        sets TEXT; a letter that no font has is told on standard error
 *   said TAG                               prints {"tag", "said": [[text, language, secret] …]}: the newest wish, in
 * words
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "core/json.h"
#include "core/lang.h"
#include "io/file.h"
#include "kiosk/drawing.h"
#include "kiosk/feedstate.h"
#include "kiosk/loop_clock.h"
#include "kiosk/options.h"
#include "kiosk/technician.h"
#include "screen/screen.h"
#include "screen/speech.h"

enum { LINE_MAX_BYTES = 4000, LIST_MAX = 32 << 20, FEEDS_MAX = 16 };

struct scenes {
	struct drawing *drawing;
	struct surroundings around;
	struct kiosk_feed *feeds[FEEDS_MAX]; /* all that were read, once: a model may still hold the one before */
	char *paths[FEEDS_MAX];
	size_t n_feeds;
	const struct kiosk_feed *feed;
	struct model model;
	struct kiosk_clock clock;
	bool unsure;
	int64_t age_s;
	bool has_options;
	struct options options; /* of the last "settings" */
	struct minder_news news;
	struct technician technician;
	struct arena picture;
	struct buf out;
};

static bool complain(const char *what, const char *why)
{
	fprintf(stderr, "scenes: %s: %s\n", what, why);
	return false;
}

static void send(struct scenes *s, struct msg msg)
{
	struct effects effects;

	msg.t_ms = kiosk_clock_ms(&s->clock);
	msg.feed_age_s = s->age_s;
	msg.clock_unsure = s->unsure;
	kiosk_clock_wall(&s->clock, s->feed ? s->feed->screen.centre->zone : "Europe/Oslo", &msg.now, &msg.now_ms);
	screen_update(&s->model, &msg, &effects);
}

static void tick(struct scenes *s)
{
	send(s, (struct msg){ .kind = MSG_TICK });
}

static bool do_panel(struct scenes *s, const char *rest)
{
	struct surroundings *around = &s->around;
	struct fault fault = { 0 };
	char *at;

	around->w = (int)strtol(rest, &at, 10);
	around->h = *at == 'x' ? (int)strtol(at + 1, &at, 10) : 0;
	around->diagonal_in = strtod(at, &at);
	around->scale = strtod(at, &at);
	around->reach = strtol(at, &at, 10) != 0;
	around->theme = *at == ' ' ? theme_parse(at + 1) : THEME_COUNT;
	if (around->h == 0 || around->theme == THEME_COUNT)
		return complain(rest, "no panel");
	if (s->drawing && (drawing_width(s->drawing) != around->w || drawing_height(s->drawing) != around->h)) {
		drawing_del(s->drawing);
		s->drawing = NULL;
	}
	if (!s->drawing && drawing_new(around->w, around->h, 0, &s->drawing, &fault))
		return complain("panel", fault.text);
	around->typesetter = drawing_typesetter(s->drawing);
	return true;
}

static bool do_feed(struct scenes *s, const char *rest)
{
	struct fault fault = { 0 };
	struct buf bytes;

	s->feed = NULL;
	if (strcmp(rest, "-") == 0)
		return true;
	for (size_t i = 0; i < s->n_feeds; i++)
		if (strcmp(s->paths[i], rest) == 0)
			s->feed = s->feeds[i];
	if (s->feed)
		return true;
	if (s->n_feeds == FEEDS_MAX || (s->paths[s->n_feeds] = mem_strdup(rest)) == NULL)
		return complain(rest, "too many feeds");
	buf_init(&bytes, LIMIT_FEED_BYTES);
	enum err err = file_read(rest, &bytes, &fault);
	if (!err)
		err = kiosk_feed_read(buf_text(&bytes), bytes.len, "Europe/Oslo", "nb", &s->feeds[s->n_feeds], &fault);
	buf_free(&bytes);
	if (err)
		return complain(rest, fault.text);
	s->feed = s->feeds[s->n_feeds++];
	return true;
}

static bool do_begin(struct scenes *s, const char *rest)
{
	char *time = strchr(rest, ' ');
	struct civil now;

	if (!time || !civil_parse(time + 1, &now))
		return complain(rest, "no time");
	*time = '\0';
	s->clock = (struct kiosk_clock){ .is_virtual = true };
	kiosk_clock_set(&s->clock, now);
	s->unsure = false;
	s->age_s = 0;
	s->around.n_facts = s->around.n_doings = 0;
	screen_init(&s->model, &(struct habits){ .lang = rest });
	if (s->feed) {
		send(s, (struct msg){ .kind = MSG_FEED, .feed = &s->feed->screen });
		send(s, (struct msg){ .kind = MSG_FEED_STATE, .feed_state = FEED_FRESH });
	}
	tick(s);
	return true;
}

static bool do_tap(struct scenes *s, const char *rest)
{
	send(s, (struct msg){ .kind = MSG_TAP, .action = rest });
	return true;
}

static bool do_down(struct scenes *s, const char *rest)
{
	send(s, (struct msg){ .kind = MSG_DOWN, .item = rest });
	return true;
}

static bool do_up(struct scenes *s, const char *rest)
{
	(void)rest;
	send(s, (struct msg){ .kind = MSG_UP });
	return true;
}

static bool do_wait(struct scenes *s, const char *rest)
{
	int64_t until = s->clock.virtual_ms + strtol(rest, NULL, 10);

	for (int64_t due = screen_deadline(&s->model); due <= until; due = screen_deadline(&s->model)) {
		if (due > s->clock.virtual_ms)
			s->clock.virtual_ms = due;
		tick(s);
	}
	s->clock.virtual_ms = until;
	tick(s);
	return true;
}

static bool do_speech_key(struct scenes *s, const char *rest)
{
	(void)rest;
	send(s, (struct msg){ .kind = MSG_SPEECH_KEY });
	return true;
}

static bool do_headset(struct scenes *s, const char *rest)
{
	send(s, (struct msg){ .kind = MSG_HEADSET, .on = strcmp(rest, "on") == 0 });
	return true;
}

static bool do_callback(struct scenes *s, const char *rest)
{
	static const char *const names[] = { [CALLBACK_KEEPING] = "keeping",
					     [CALLBACK_KEPT] = "kept",
					     [CALLBACK_SENT] = "sent",
					     [CALLBACK_LOST] = "lost" };
	struct civil day = s->model.shown.now;

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(rest, names[i]) != 0)
			continue;
		send(s, (struct msg){ .kind = MSG_CALLBACK,
				      .serial = s->model.callback.serial,
				      .callback_state = (enum callback_state)i,
				      .promised = civil_add_days(day, 2) });
		return true;
	}
	return complain(rest, "no such state of a call-back");
}

static bool do_unsure(struct scenes *s, const char *rest)
{
	s->unsure = strcmp(rest, "on") == 0;
	tick(s);
	return true;
}

static bool do_touch(struct scenes *s, const char *rest)
{
	send(s, (struct msg){ .kind = MSG_PANEL, .on = strcmp(rest, "on") == 0 });
	return true;
}

/* Ill in every way at once, with a black box full of long lines. */
static bool do_machine(struct scenes *s, const char *rest)
{
	bool ill = strcmp(rest, "ill") == 0;
	const struct technician_state state = { .source = "https://oppslag.example.no/feed/v1/solbakken",
						.around = &s->around,
						.model = &s->model,
						.news = &s->news };

	s->news = (struct minder_news){ .health = { .problems = ill ? (1U << HEALTH_COUNT) - 1 : 0,
						    .has_temperature = true,
						    .temperature_c = 48,
						    .free_mb = 1234 },
					.n = ill ? BOX_LINES : 1 };
	for (size_t i = 0; i < s->news.n; i++)
		snprintf(s->news.lines[i], BOX_LINE, "2026-11-24 09.41  %s",
			 lang_text(lang_find("nb"), health_begins((unsigned)i % HEALTH_COUNT)));
	technician_look(&s->technician, &state);
	s->around.n_facts = s->technician.n;
	s->around.facts = s->technician.facts;
	s->around.n_doings = s->technician.n_doings;
	s->around.doings = s->technician.doings;
	return true;
}

static bool do_age(struct scenes *s, const char *rest)
{
	s->age_s = strtol(rest, NULL, 10);
	send(s, (struct msg){ .kind = MSG_FEED_STATE, .feed_state = FEED_FAILED });
	tick(s);
	return true;
}

/* "PATH": the screen has just begun with these settings; what is wrong in them stands there. */
static bool do_settings(struct scenes *s, const char *rest)
{
	char path[PATH_MAX];
	char *argv[] = { "oppslag-kiosk", "--keep-going", "--config", path, NULL };
	struct fault fault = { 0 };
	struct buf report;

	if (s->has_options)
		options_free(&s->options);
	snprintf(path, sizeof path, "%s", rest);
	buf_init(&report, LIST_MAX);
	enum err err = options_read(&s->options, 4, argv, &report, &fault);
	s->has_options = true;
	buf_free(&report);
	if (err)
		return complain(rest, fault.text);
	s->model.habits.settings = s->options.state;
	s->model.place = (struct place){ .view = s->options.state.n ? VIEW_SETTINGS : VIEW_HOME };
	tick(s);
	return true;
}

/* ---- what is printed */

static int letters(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

/* Of one item what the list does not say: weight, edge, and where its lines stand, each [x, baseline, width, letters].
 */
static void print_words(struct buf *out, const struct item *item)
{
	static const int weights[] = {
		[WEIGHT_REGULAR] = 400, [WEIGHT_MEDIUM] = 500, [WEIGHT_SEMIBOLD] = 600, [WEIGHT_BOLD] = 700
	};

	buf_printf(
		out,
		"{\"weight\":%d,\"border\":%d,\"border_px\":%d,\"radius_px\":%d,\"selected\":%d,\"struck\":%d,\"lines\":[",
		weights[item->weight], (int)item->border, item->border_px, item->radius_px, item->selected,
		item->struck);
	for (size_t i = 0; item->text && i < item->n_lines; i++)
		buf_printf(out, "%s[%d,%d,%d,%d]", i ? "," : "", item->lines[i].x, item->lines[i].baseline,
			   item->lines[i].w, letters(item->lines[i].text));
	buf_str(out, "]}");
}

static bool do_list(struct scenes *s, const char *rest)
{
	struct display display;

	arena_reset(&s->picture);
	buf_reset(&s->out);
	enum err err = screen_view(&s->model, &s->around, &s->picture, &display);
	buf_printf(&s->out, "{\"tag\":\"%s\",", rest);
	if (err) {
		buf_printf(&s->out, "\"error\":\"%s\"}\n", err_cause(err));
	} else {
		buf_str(&s->out, "\"list\":");
		list_print(&display, &s->out);
		buf_str(&s->out, ",\"words\":[");
		for (size_t i = 0; i < display.n_items; i++) {
			if (i)
				buf_char(&s->out, ',');
			print_words(&s->out, &display.items[i]);
		}
		buf_printf(
			&s->out,
			"],\"background\":\"#%06x\",\"model\":{\"visiting\":%d,\"speech\":%d,\"volume\":%d,\"focus\":%d}}\n",
			(unsigned)display.background & 0xFFFFFF, s->model.visiting, s->model.speech.mode,
			s->model.speech.volume, s->model.speech.focus);
	}
	if (!buf_ok(&s->out))
		return complain(rest, "the list is too long");
	/* Line breaks in strings are escaped: those that stand are the list's own. */
	for (size_t i = 0; i + 1 < s->out.len; i++)
		if (s->out.bytes[i] == '\n')
			s->out.bytes[i] = ' ';
	return fwrite(s->out.bytes, 1, s->out.len, stdout) == s->out.len && fflush(stdout) == 0;
}

static bool do_shape(struct scenes *s, const char *rest)
{
	static const struct type_style style = { .font_px = 40, .weight = WEIGHT_MEDIUM };
	const struct typesetter *typesetter = s->around.typesetter;
	char *text = strchr(rest, ' ');
	struct type_block block;

	if (!text)
		return complain(rest, "nothing to shape");
	*text++ = '\0';
	const struct lang *lang = lang_find(rest);
	arena_reset(&s->picture);
	return lang && typesetter->set(typesetter->context, &s->picture, text, rest, lang_is_rtl(lang), &style,
				       s->around.w, 0, &block) == OK;
}

static bool do_said(struct scenes *s, const char *rest)
{
	struct script script = { 0 };

	arena_reset(&s->picture);
	buf_reset(&s->out);
	enum err err = screen_speech(&s->model, &s->around, &s->picture, NULL, &script);
	if (err)
		return complain(rest, err_cause(err));
	buf_printf(&s->out, "{\"tag\":\"%s\",\"said\":[", rest);
	for (size_t i = 0; i < script.n; i++) {
		buf_str(&s->out, i ? ",[" : "[");
		json_write_string(&s->out, script.v[i].text);
		buf_printf(&s->out, ",\"%s\",%d]", script.v[i].lang, script.v[i].secret);
	}
	buf_str(&s->out, "]}\n");
	return buf_ok(&s->out) && fwrite(s->out.bytes, 1, s->out.len, stdout) == s->out.len && fflush(stdout) == 0;
}

static const struct command {
	const char *name;
	bool (*run)(struct scenes *s, const char *rest);
} commands[] = {
	{ "panel", do_panel },     { "feed", do_feed },
	{ "begin", do_begin },     { "tap", do_tap },
	{ "down", do_down },       { "up", do_up },
	{ "wait", do_wait },       { "speech_key", do_speech_key },
	{ "headset", do_headset }, { "callback", do_callback },
	{ "unsure", do_unsure },   { "age", do_age },
	{ "list", do_list },       { "said", do_said },
	{ "shape", do_shape },     { "settings", do_settings },
	{ "touch", do_touch },     { "machine", do_machine },
};

static bool run(struct scenes *s, char *line)
{
	size_t len = strcspn(line, " \n");
	char *rest = line + len + (line[len] == ' ');

	rest[strcspn(rest, "\n")] = '\0';
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strlen(commands[i].name) == len && memcmp(line, commands[i].name, len) == 0)
			return commands[i].run(s, rest);
	return complain(line, "no such command");
}

int main(void)
{
	struct scenes s = { .age_s = 0 };
	char line[LINE_MAX_BYTES];
	bool good = true;

	mem_init();
	arena_init(&s.picture, LIMIT_PICTURE_ARENA);
	buf_init(&s.out, LIST_MAX);
	while (good && fgets(line, sizeof line, stdin))
		good = run(&s, line);
	for (size_t i = 0; i < s.n_feeds; i++) {
		kiosk_feed_del(s.feeds[i]);
		mem_free(s.paths[i]);
	}
	if (s.has_options)
		options_free(&s.options);
	drawing_del(s.drawing);
	arena_free(&s.picture);
	buf_free(&s.out);
	return good ? 0 : 1;
}
