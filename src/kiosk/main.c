/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oppslag-kiosk: what the command line asks for, and the exit code. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "io/clock.h"
#include "io/file.h"
#include "kiosk/guard.h"
#include "kiosk/loop.h"
#include "kiosk/loop_signals.h"
#include "kiosk/replay.h"
#include "kiosk/system.h"

enum { DISK_WAIT_MS = 2000, TEXT_MAX = 64 * 1024 };

/* All that runs, in the order in which it is taken down. */
struct program {
	const struct options *options;
	char ca_file[PATH_MAX];
	char cache_dir[PATH_MAX], outbox_dir[PATH_MAX + 8], callbacks[PATH_MAX];
	struct worker *worker;
	struct kiosk kiosk;
	bool has_kiosk;
	struct drawing *drawing;
	struct glass glass;
	struct chores chores;
	struct journal events;
	struct record record;
	bool recording;
};

static int complain(enum err err, const struct fault *fault)
{
	char line[600];

	if (!err)
		return 0;
	fault_print(fault, line, sizeof line);
	fprintf(stderr, "oppslag-kiosk: %s\n", *line ? line : err_cause(err));
	return err_exit_code(err);
}

static int print(void (*write)(struct buf *out))
{
	struct buf out;

	buf_init(&out, TEXT_MAX);
	write(&out);
	int code = buf_ok(&out) && fputs(buf_text(&out), stdout) >= 0 && fflush(stdout) == 0 ? 0 : 3;
	buf_free(&out);
	return code;
}

static const char *calendar_lang(const struct options *options)
{
	const char *lang = settings_text(&options->settings, SET_LANG);

	return *lang ? lang : "nb";
}

static int check_feed(const struct options *options)
{
	const char *path = options->check_feed;
	struct kiosk_feed *feed;
	struct fault fault = { 0 };
	struct buf file;

	buf_init(&file, LIMIT_FEED_BYTES);
	enum err err = file_read(path, &file, &fault);
	if (err && err != ERR_LIMIT) {
		buf_free(&file);
		return complain(err == ERR_NOT_FOUND ? ERR_FILE : err, &fault);
	}
	if (!err)
		err = kiosk_feed_read(buf_text(&file), file.len, settings_text(&options->settings, SET_ZONE),
				      calendar_lang(options), &feed, &fault);
	buf_free(&file);
	if (err) {
		complain(err, &fault);
		return err == ERR_MEMORY ? 3 : 1;
	}
	const struct centre *centre = feed->screen.centre;
	printf("%s: good, a %s with %zu activities, %zu needs, %zu notices, %zu organisations and %zu contacts\n", path,
	       feed->is_calendar ? "calendar" : "feed", centre->n_activities, centre->n_needs, centre->n_notices,
	       centre->n_organisations, centre->n_contacts);
	kiosk_feed_del(feed);
	return 0;
}

static enum err make_worker_config(struct program *program, bool keep, struct worker_config *config,
				   struct fault *fault)
{
	const struct settings *settings = &program->options->settings;

	*config = (struct worker_config){
		.zone = settings_text(settings, SET_ZONE),
		.lang = calendar_lang(program->options),
		.proxy = settings_text(settings, SET_PROXY),
		.ca_file = program->ca_file,
		.user_agent = "oppslag-kiosk/" OPPSLAG_VERSION,
		.ring = loop_ring,
	};
	enum err err = options_file(program->options, SET_CA_FILE, program->ca_file, sizeof program->ca_file);
	if (err)
		return fault_set(fault, err, "ca-file", "the path is too long");
	err = source_init(&config->source, settings_text(settings, SET_FEED), settings_text(settings, SET_CENTRE),
			  fault);
	if (err)
		return strncmp(settings_origin(settings, SET_FEED), "--", 2) == 0 ? ERR_USAGE : err;
	if (keep && options_data(program->options, program->cache_dir, sizeof program->cache_dir) == OK)
		config->cache_dir = program->cache_dir;
	else if (keep)
		log_line(LOG_WARNING, "the last good feed is not kept: neither --data nor HOME says where");
	return OK;
}

/* With no central, and no folder either, there is nobody who could call back. */
static enum err offer_callbacks(struct program *program, struct worker_config *config, struct fault *fault)
{
	const char *central = settings_text(&program->options->settings, SET_CENTRAL);
	enum err err = source_callbacks(&config->source, central, program->callbacks, sizeof program->callbacks, fault);

	config->callbacks = program->callbacks;
	if (!config->cache_dir)
		return err;
	snprintf(program->outbox_dir, sizeof program->outbox_dir, "%s/outbox", config->cache_dir);
	config->outbox_dir = program->outbox_dir;
	return err;
}

static enum err call_back(void *context, const struct letter *letter, unsigned serial)
{
	return worker_call_back(context, letter, serial);
}

static enum err open_events(struct program *program, int64_t start_ms, struct fault *fault)
{
	const char *path = program->options->events;

	journal_none(&program->events);
	enum err err = path ? journal_open(&program->events, path, start_ms, fault) : OK;
	if (!err)
		journal_line(&program->events, start_ms, "start", FIELD_T("version", OPPSLAG_VERSION),
			     FIELD_I("boot_ms", start_ms));
	return err;
}

static void take_down(struct program *program)
{
	chores_end(&program->chores);
	worker_stop(program->worker);
	if (program->recording)
		record_close(&program->record, &program->kiosk);
	if (program->has_kiosk)
		kiosk_free(&program->kiosk);
	signals_end();
	loop_forget();
	drawing_del(program->drawing);
	glass_close(&program->glass);
	journal_close(&program->events);
}

static void start_kiosk(struct program *program, bool virtual_clock)
{
	kiosk_init(&program->kiosk, program->options, program->drawing, &program->events, virtual_clock);
	program->has_kiosk = true;
}

/* ---- one picture ---- */

static enum err write_outputs(struct program *program, struct fault *fault)
{
	const struct options *options = program->options;
	struct kiosk *kiosk = &program->kiosk;
	enum err err = kiosk->err;

	if (err) {
		*fault = kiosk->fault;
		return err;
	}
	if (options->list)
		err = list_write(kiosk_display(kiosk), options->list, fault);
	if (!err && options->picture)
		err = picture_write(program->drawing, options->picture, fault);
	return err;
}

static void look_at_machine(struct program *program)
{
	struct minder_config machine;
	char data[PATH_MAX];

	chores_machine(program->options, data, &machine);
	minder_look(&machine, &program->kiosk.news);
	program->kiosk.has_news = true;
}

/* With --keep-going there may be none: the screen then says how one is told. */
static bool has_source(const struct options *options)
{
	return *settings_text(&options->settings, SET_FEED) != '\0';
}

static enum err picture(struct program *program, struct fault *fault)
{
	const struct options *options = program->options;
	const struct feed_seen now = { .known = true, .this_run = true, .mono_ms = clock_monotonic_ms() };
	struct worker_config config;
	struct kiosk_feed *feed = NULL;
	int w, h;

	settings_size(&options->settings, SET_SIZE, &w, &h);
	enum err err = OK;
	if (has_source(options))
		err = make_worker_config(program, strstr(settings_text(&options->settings, SET_FEED), "://") != NULL,
					 &config, fault);
	config.ring = NULL;
	if (!err && has_source(options))
		err = worker_once(&config, &feed, fault);
	if (err)
		return err;
	err = drawing_new(w, h, options_rotation(options), &program->drawing, fault);
	if (err) {
		kiosk_feed_del(feed);
		return err;
	}
	start_kiosk(program, false);
	program->kiosk.list_only = !options->picture;
	if (options->has_place && options->place.view == VIEW_TECHNICIAN)
		look_at_machine(program);
	if (feed)
		kiosk_take_feed(&program->kiosk, feed, "file", FEED_FRESH, &now);
	else
		kiosk_tick(&program->kiosk);
	if (options->has_place)
		err = kiosk_open(&program->kiosk, &options->place, fault);
	if (err)
		return err;
	kiosk_show(&program->kiosk);
	return write_outputs(program, fault);
}

/* ---- on the glass ---- */

static enum err open_glass(struct program *program, bool replay, struct fault *fault)
{
	struct glass *glass = &program->glass;
	enum err err = glass_start(glass, program->options, replay, fault);

	if (!err)
		err = loop_prepare(glass, fault);
	if (!err)
		err = drawing_new(glass->panel_w, glass->panel_h, options_rotation(program->options), &program->drawing,
				  fault);
	if (!err)
		err = glass_open(glass, program->drawing, fault);
	if (err)
		return err;
	start_kiosk(program, replay);
	program->kiosk.present = glass_present;
	program->kiosk.context = glass;
	return OK;
}

static enum err first_picture(struct program *program, struct loop *loop, struct fault *fault)
{
	struct kiosk *kiosk = &program->kiosk;

	kiosk_tick(kiosk);
	if (program->worker) {
		worker_await_disk(program->worker, DISK_WAIT_MS);
		loop_take_deliveries(loop);
	}
	kiosk_show(kiosk);
	/* A feed that is too much to draw is no reason to end: the next start would meet it
	 * again, and a better one would never be fetched. */
	if (kiosk->err && kiosk->err != ERR_MEMORY && kiosk->err != ERR_LIMIT) {
		*fault = kiosk->fault;
		return kiosk->err;
	}
	journal_line(&program->events, clock_monotonic_ms(), "ready", FIELD_I("w", program->glass.panel_w),
		     FIELD_I("h", program->glass.panel_h));
	return OK;
}

static enum err live(struct program *program, struct fault *fault)
{
	const char *path = program->options->record;
	struct worker_config config;
	bool source = has_source(program->options);
	enum err err = source ? make_worker_config(program, true, &config, fault) : OK;

	glass_environment();
	signals_block();
	chores_init(&program->chores, clock_monotonic_ms());
	guard_start(&program->kiosk, sizeof program->kiosk);
	if (!err && source)
		err = offer_callbacks(program, &config, fault);
	/* The worker first: it reads the last good feed while fonts and window are opened. */
	if (!err && source)
		err = worker_start(&config, path != NULL, &program->worker, fault);
	if (!err)
		err = open_glass(program, false, fault);
	if (!err && path) {
		err = record_open(&program->record, path, &program->kiosk, program->glass.panel_w,
				  program->glass.panel_h, fault);
		program->recording = !err;
	}
	if (err)
		return err;
	kiosk_calls_back(&program->kiosk, *program->callbacks ? call_back : NULL, program->worker);
	struct loop loop = { .kiosk = &program->kiosk, .glass = &program->glass, .worker = program->worker };
	loop.record = path ? &program->record : NULL;
	loop.chores = &program->chores;
	loop.wanted = program->options->has_place ? &program->options->place : NULL;
	err = first_picture(program, &loop, fault);
	if (!err) {
		chores_start(&program->chores, &program->kiosk, &program->glass);
		talk_start(&program->kiosk.talk, loop_ring);
		loop_run(&loop);
	}
	journal_fields(&program->events, clock_monotonic_ms(), "end", 0, NULL);
	return err;
}

static enum err replay(struct program *program, struct options *options, struct fault *fault)
{
	struct replay lines;
	enum err err = replay_read(&lines, options->replay, fault);

	if (!err)
		err = replay_defaults(&lines, options, fault);
	if (!err) {
		glass_environment();
		signals_block();
		err = open_glass(program, true, fault);
	}
	if (!err) {
		struct loop loop = { .kiosk = &program->kiosk, .glass = &program->glass };
		err = replay_play(&lines, &loop, fault);
	}
	replay_free(&lines);
	return err;
}

static int run(struct options *options, int64_t start_ms)
{
	struct program program = { .options = options };
	struct fault fault = { 0 };
	enum err err = open_events(&program, options->replay ? 0 : start_ms, &fault);

	if (!err && options->replay)
		err = replay(&program, options, &fault);
	else if (!err && (options->picture || options->list))
		err = picture(&program, &fault);
	else if (!err)
		err = live(&program, &fault);
	take_down(&program);
	return complain(err, &fault);
}

int main(int argc, char **argv)
{
	int64_t start_ms = clock_monotonic_ms();
	struct options options;
	struct fault fault = { 0 };
	struct buf report;
	int code;

	mem_init();
	buf_init(&report, TEXT_MAX);
	enum err err = options_read(&options, argc, argv, &report, &fault);
	fputs(buf_text(&report), stderr);
	if (err) {
		code = report.len && !fault.err ? err_exit_code(err) : complain(err, &fault);
	} else if (options.help) {
		code = print(options_usage);
	} else if (options.version) {
		code = puts("oppslag-kiosk " OPPSLAG_VERSION) >= 0 ? 0 : 3;
	} else if (options.sample) {
		code = print(options_sample);
	} else if (options.system) {
		code = complain(system_write(&options, options.system, &fault), &fault);
	} else if (options.check_feed) {
		code = check_feed(&options);
	} else {
		code = run(&options, start_ms);
	}
	buf_free(&report);
	options_free(&options);
	return code;
}
