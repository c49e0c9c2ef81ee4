/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "kiosk/advice.h"

const struct setting kiosk_settings[SET_COUNT] = { KIOSK_SETTINGS(SETTING_ROW) };

enum option_id {
#define X(name, ...) OPTION_##name,
	KIOSK_OPTIONS(X)
#undef X
		OPTION_COUNT
};

static const struct {
	const char *name, *argument;
	int setting; /* -1: none */
	const char *help;
} rows[OPTION_COUNT] = {
#define X(id, name, argument, setting, help) { name, argument, setting, help },
	KIOSK_OPTIONS(X)
#undef X
};

/* getopt numbers options from 1 on: 0 and '?' are taken. */
enum { FIRST = 1000 };

static void make_long_options(struct option out[OPTION_COUNT + 1])
{
	memset(out, 0, (OPTION_COUNT + 1) * sizeof *out);
	for (int i = 0; i < OPTION_COUNT; i++)
		out[i] = (struct option){ .name = rows[i].name,
					  .has_arg = rows[i].argument ? required_argument : no_argument,
					  .val = FIRST + i };
}

static enum err usage(struct fault *fault, const char *place, const char *text, const char *value)
{
	return fault_set(fault, ERR_USAGE, place, "%s: \"%.100s\"", text, value);
}

static enum err take_time(struct options *options, const char *value, struct fault *fault)
{
	options->has_time = civil_parse(value, &options->time) && !options->time.date_only;
	return options->has_time ? OK : usage(fault, "--time", "not a time like 2026-11-24T09:30", value);
}

static enum err take_view(struct options *options, const char *value, struct fault *fault)
{
	options->has_place = place_parse(value, &options->place);
	return options->has_place ? OK : usage(fault, "--view", "not a view like home or need:turvenn", value);
}

/* Where the value of an option that is kept as it is written goes; NULL for others. */
static const char **word_of(struct options *options, enum option_id id)
{
	switch (id) {
	case OPTION_PICTURE:
		return &options->picture;
	case OPTION_LIST:
		return &options->list;
	case OPTION_REPLAY:
		return &options->replay;
	case OPTION_RECORD:
		return &options->record;
	case OPTION_EVENTS:
		return &options->events;
	case OPTION_CHECK_FEED:
		return &options->check_feed;
	case OPTION_SYSTEM:
		return &options->system;
	default:
		return NULL;
	}
}

static enum err take(struct options *options, enum option_id id, const char *value, struct fault *fault)
{
	char origin[32];

	if (rows[id].setting >= 0) {
		snprintf(origin, sizeof origin, "--%s", rows[id].name);
		return settings_put(&options->settings, (size_t)rows[id].setting, rows[id].argument ? value : "yes",
				    origin, fault);
	}
	const char **word = word_of(options, id);
	if (word) {
		*word = value;
		return OK;
	}
	switch (id) {
	case OPTION_SET:
		options->sample = options->sample || strcmp(value, "help") == 0;
		return strcmp(value, "help") == 0 ? OK : settings_set(&options->settings, value, fault);
	case OPTION_TIME:
		return take_time(options, value, fault);
	case OPTION_VIEW:
		return take_view(options, value, fault);
	case OPTION_VERSION:
		options->version = true;
		return OK;
	case OPTION_HELP:
		options->help = true;
		return OK;
	default: /* --config and --keep-going were read before all others */
		return OK;
	}
}

/* Says what getopt could not take, as the user wrote it. */
static enum err unknown(int code, char **argv, struct fault *fault)
{
	const char *word = argv[optind - 1];

	if (code == ':')
		return fault_set(fault, ERR_USAGE, word, "wants a value; see --help");
	return usage(fault, NULL, "there is no such option, or it takes no value; see --help", word);
}

/* One walk over the command line; only FILES's or only the other options. */
static enum err walk(struct options *options, int argc, char **argv, bool files, struct buf *report,
		     struct fault *fault)
{
	struct option words[OPTION_COUNT + 1];
	enum err err = OK, of_files = OK;
	int code;

	make_long_options(words);
	optind = 0; /* glibc: begin anew */
	while (!err && (code = getopt_long(argc, argv, "+:", words, NULL)) != -1) {
		if (code < FIRST)
			return unknown(code, argv, fault);
		bool is_file = code == FIRST + OPTION_CONFIG;
		if (files)
			options->keep_going |= code == FIRST + OPTION_KEEP_GOING || code == FIRST + OPTION_SYSTEM;
		if (is_file && files) {
			enum err one = settings_load(&options->settings, optarg, report);
			of_files = of_files ? of_files : one;
			options->config = optarg;
		} else if (!is_file && !files)
			err = take(options, (enum option_id)(code - FIRST), optarg, fault);
	}
	if (!err && optind < argc)
		return usage(fault, NULL, "no option begins like this; see --help", argv[optind]);
	return err || options->keep_going ? err : of_files;
}

static enum err check_words(const struct options *options, struct fault *fault)
{
	if (options->replay && (options->picture || options->list))
		return fault_set(fault, ERR_USAGE, "--replay", "pictures and lists are asked for by its own lines");
	if (options->record && (options->picture || options->list || options->replay))
		return fault_set(fault, ERR_USAGE, "--record",
				 "there is nothing to record with --picture, --list or --replay");
	if (!options->replay && !options->keep_going && !*settings_text(&options->settings, SET_FEED))
		return fault_set(fault, ERR_USAGE, "--feed",
				 "is needed: the central's feed, a calendar, or a file; see --help");
	return OK;
}

enum err options_read(struct options *options, int argc, char **argv, struct buf *report, struct fault *fault)
{
	*options = (struct options){ 0 };
	enum err err = settings_init(&options->settings, kiosk_settings, SET_COUNT);

	if (err)
		return fault_set(fault, err, NULL, "%s", err_cause(err));
	err = walk(options, argc, argv, true, report, fault);
	if (!err)
		err = walk(options, argc, argv, false, report, fault);
	if (err || options->help || options->version || options->sample)
		return err;
	err = options_judge(options, report);
	if (!err && !options->check_feed)
		err = check_words(options, fault);
	if (!err && options->keep_going && advice_make(options, &options->state) != OK)
		err = fault_set(fault, ERR_MEMORY, NULL, "%s", err_cause(ERR_MEMORY));
	if (!err)
		log_set_level((enum log_level)settings_choice(&options->settings, SET_LOG));
	return err;
}

void options_free(struct options *options)
{
	settings_free(&options->settings);
}

enum err options_default(struct options *options, enum kiosk_setting i, const char *value, const char *origin,
			 struct fault *fault)
{
	if (settings_is_set(&options->settings, i))
		return OK;
	enum err err = settings_put(&options->settings, i, value, origin, fault);
	return err == ERR_USAGE ? ERR_VALUE : err;
}

void options_usage(struct buf *out)
{
	buf_str(out, "oppslag-kiosk: the touch screen of a care home\n\n"
		     "  oppslag-kiosk --feed URL|FILE [OPTION]...\n\n");
	for (int i = 0; i < OPTION_COUNT; i++) {
		char words[64];
		snprintf(words, sizeof words, "--%s %s", rows[i].name, rows[i].argument ? rows[i].argument : "");
		buf_printf(out, "  %-30s %s\n", words, rows[i].help);
	}
	buf_str(out,
		"\nEnds with 0: done, 1: the input is wrong, 2: the command line is wrong, 3: network, disk or display failed.\n");
}

void options_sample(struct buf *out)
{
	settings_sample(kiosk_settings, SET_COUNT,
			"Settings of oppslag-kiosk, for --config. Each can also be given as --set KEY=VALUE. "
			"Remove the ; in front of what you change. The file is UTF-8.",
			out);
}

enum err options_data(const struct options *options, char *out, size_t size)
{
	const char *told = settings_text(&options->settings, SET_DATA);
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int n;

	if (*told)
		n = snprintf(out, size, "%s", told);
	else if (state && *state == '/')
		n = snprintf(out, size, "%s/oppslag-kiosk", state);
	else if (home && *home == '/')
		n = snprintf(out, size, "%s/.local/state/oppslag-kiosk", home);
	else
		return ERR_VALUE;
	return n < 0 || (size_t)n >= size ? ERR_LIMIT : OK;
}

void options_surroundings(const struct options *options, int w, int h, struct surroundings *out)
{
	const struct settings *settings = &options->settings;

	*out = (struct surroundings){
		.w = w,
		.h = h,
		.diagonal_in = settings_number(settings, SET_DIAGONAL),
		.view_mm = settings_number(settings, SET_VIEW_MM),
		.theme = (enum theme_name)settings_choice(settings, SET_THEME),
		.scale = settings_number(settings, SET_SCALE),
		.reach = settings_bool(settings, SET_REACH),
	};
	double bottom_mm = settings_number(settings, SET_BOTTOM_MM);
	if (bottom_mm > 0 && bottom_mm + h * surroundings_mm_per_px(out) > REACH_TOP_MM)
		out->reach = true;
}

int options_rotation(const struct options *options)
{
	return 90 * (int)settings_choice(&options->settings, SET_ROTATE);
}

void options_habits(const struct options *options, struct habits *out)
{
	const struct settings *settings = &options->settings;
	const char *lang = settings_text(settings, SET_LANG);

	*out = (struct habits){ .lang = *lang ? lang : NULL,
				.night_black = settings_bool(settings, SET_NIGHT_BLACK) ||
					       settings_bool(settings, SET_PANEL_OFF),
				.settings = options->state };
	out->has_night = settings_hours(settings, SET_NIGHT, &out->night_from, &out->night_to);
	out->night_off = !out->has_night && strcmp(settings_text(settings, SET_NIGHT), "off") == 0;
}
