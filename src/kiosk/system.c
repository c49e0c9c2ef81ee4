/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/system.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "io/file.h"

/* A line that is told by its row's name can be longer in the copy. */
enum { FILE_MAX = 16 * LIMIT_SETTINGS_BYTES, CERTIFICATES_MAX = 1 << 20 };

struct place_of {
	const char *dir;
	gid_t group;
	struct fault *fault;
	enum err err; /* the first */
};

static enum err refused(const char *path, const char *doing, struct fault *fault)
{
	return fault_set(fault, ERR_FILE, path, "%s: %s", doing, strerror(errno));
}

/* DIR/NAME, with the folders that it needs. */
static enum err path_in(const struct place_of *to, const char *name, char *out)
{
	if (snprintf(out, PATH_MAX, "%s/%s", to->dir, name) >= PATH_MAX)
		return fault_set(to->fault, ERR_LIMIT, to->dir, "the path is too long");
	for (char *slash = out + strlen(to->dir) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		/* The network's daemon is another user. */
		if (mkdir(out, 0755) < 0 && errno != EEXIST)
			return refused(out, "cannot be made", to->fault);
		if (chmod(out, 0755) < 0)
			return refused(out, "cannot be opened to others", to->fault);
	}
	return OK;
}

static enum err write_one(const struct place_of *to, const char *name, mode_t mode, const struct buf *text)
{
	char path[PATH_MAX];
	enum err err = path_in(to, name, path);

	if (!err && !buf_ok(text))
		err = fault_set(to->fault, text->err, path, "%s", err_cause(text->err));
	if (!err && text->len == 0)
		return unlink(path) < 0 && errno != ENOENT ? refused(path, "cannot be removed", to->fault) : OK;
	if (!err)
		err = file_replace(path, text->bytes, text->len, to->fault);
	if (!err && mode != 0600 && (chown(path, (uid_t)-1, to->group) < 0 || chmod(path, mode) < 0))
		err = refused(path, "cannot be given to its reader", to->fault);
	return err;
}

/* What stands in the way of one file is no reason to be without network or firewall: the first fault is told, after all
 * has been tried. */
static void put(struct place_of *to, const char *name, mode_t mode, const struct buf *text)
{
	struct fault later;
	struct place_of one = *to;

	one.fault = to->err ? &later : to->fault;
	enum err err = write_one(&one, name, mode, text);
	to->err = to->err ? to->err : err;
}

/* The copy is empty where there was nothing to read; both names, since the one that is not there must go. */
static void write_settings(const struct options *options, struct place_of *to)
{
	struct settings scratch;
	struct buf report, copy, none;
	bool renamed = false;

	buf_init(&report, FILE_MAX);
	buf_init(&copy, FILE_MAX);
	buf_init(&none, 0);
	enum err err = settings_init(&scratch, kiosk_settings, SET_COUNT);
	/* What is wrong was said when the options were read. */
	enum err read = err || !options->config
				? ERR_MISSING
				: settings_load_copy(&scratch, options->config, &report, &copy, &renamed);
	/* A file in which nothing stands is another thing than none. */
	if ((read == OK || renamed) && copy.len == 0)
		buf_char(&copy, '\n');
	if (err && !to->err)
		to->err = fault_set(to->fault, err, SYSTEM_SETTINGS, "%s", err_cause(err));
	put(to, SYSTEM_SETTINGS, 0640, renamed ? &none : &copy);
	put(to, SYSTEM_SETTINGS ".txt", 0640, renamed ? &copy : &none);
	settings_free(&scratch);
	buf_free(&report);
	buf_free(&copy);
}

/* The card's FAT need not stay mounted for a certificate; OUT is where it is now. */
static enum err bring_certificates(const struct options *options, enum kiosk_setting row, const struct place_of *to,
				   char *out)
{
	const char *name = settings_text(&options->settings, row);
	struct buf bytes;
	enum err err = options_file(options, row, out, PATH_MAX);

	if (err || !*name || *name == '/')
		return err;
	buf_init(&bytes, CERTIFICATES_MAX);
	/* It could be read when the settings were judged; now it may be gone. */
	if (file_read(out, &bytes, NULL) == OK)
		err = write_one(to, name, 0644, &bytes);
	if (!err)
		err = path_in(to, name, out);
	buf_free(&bytes);
	return err;
}

static void write_texts(const struct options *options, struct place_of *to, const char *ca_file)
{
	const struct settings *settings = &options->settings;
	char hostname[64];
	struct buf text;

	buf_init(&text, FILE_MAX);
	system_hostname(settings_text(settings, SET_NAME), hostname);
	buf_printf(&text, "%s\n", hostname);
	put(to, SYSTEM_HOSTNAME, 0644, &text);

	buf_reset(&text);
	system_network(settings, false, &text);
	put(to, SYSTEM_CABLE, 0644, &text);
	buf_reset(&text);
	if (system_has_wifi(settings))
		system_network(settings, true, &text);
	put(to, SYSTEM_RADIO, 0644, &text);
	buf_reset(&text);
	if (system_has_wifi(settings))
		system_wifi(settings, ca_file, &text);
	put(to, SYSTEM_WIFI, 0600, &text);
	buf_reset(&text);
	system_time(settings, &text);
	put(to, SYSTEM_TIME, 0644, &text);
	buf_reset(&text);
	system_firewall(settings, &text);
	put(to, SYSTEM_FIREWALL, 0644, &text);
	buf_free(&text);
}

enum err system_write(const struct options *options, const char *dir, struct fault *fault)
{
	char whole[PATH_MAX], authority[PATH_MAX], network[PATH_MAX];
	struct place_of to = { .dir = whole, .fault = fault };
	struct stat info;

	if (mkdir(dir, 0755) < 0 && errno != EEXIST)
		return refused(dir, "cannot be made", fault);
	if (stat(dir, &info) < 0 || !realpath(dir, whole))
		return refused(dir, "cannot be looked at", fault);
	to.group = info.st_gid;
	/* First of all: whatever they are called, what is ours is written over it. */
	to.err = bring_certificates(options, SET_CA_FILE, &to, authority);
	struct fault later;
	struct place_of second = to;
	second.fault = to.err ? &later : fault;
	enum err err = bring_certificates(options, SET_WIFI_CA_FILE, &second, network);
	to.err = to.err ? to.err : err;
	write_settings(options, &to);
	write_texts(options, &to, *network ? network : authority);
	return to.err;
}
