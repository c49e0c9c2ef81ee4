/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings file on disk, as editors leave it there. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "io/file.h"
#include "io/settings_value.h"

static uint32_t unit_at(const char *bytes, bool little)
{
	uint32_t first = (unsigned char)bytes[0], second = (unsigned char)bytes[1];

	return little ? second << 8 | first : first << 8 | second;
}

bool settings_from_utf16(const char *bytes, size_t len, bool little, struct buf *out)
{
	char text[4];

	for (size_t i = 0; i + 1 < len; i += 2) {
		uint32_t code = unit_at(bytes + i, little);
		if (code == 0 || (code >= 0xDC00 && code < 0xE000))
			return false;
		if (code >= 0xD800 && code < 0xDC00) {
			uint32_t low = i + 3 < len ? unit_at(bytes + i + 2, little) : 0;
			if (low < 0xDC00 || low >= 0xE000)
				return false;
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		}
		buf_add(out, text, utf8_encode(code, text));
	}
	return len % 2 == 0 && buf_ok(out);
}

static void blame_file(struct settings *settings, const char *path, enum setting_wrong wrong, const char *key)
{
	settings_note(settings,
		      &(struct setting_fault){
			      .wrong = wrong, .file = path, .row = settings->n, .near = settings->n, .key = key },
		      NULL);
}

/* PATH cannot be read as it is: said, and PATH.txt taken in its place where that is there. */
static enum err without_file(struct settings *settings, const char *path, enum err err, const struct fault *why,
			     struct buf *bytes, struct buf *report)
{
	char other[PATH_MAX];
	bool named = err == ERR_NOT_FOUND && (size_t)snprintf(other, sizeof other, "%s.txt", path) < sizeof other;

	buf_reset(bytes);
	if (named && file_read(other, bytes, NULL) == OK) {
		const char *slash = strrchr(other, '/');
		buf_printf(report, "%s: is called %s; take the .txt away\n", path, slash ? slash + 1 : other);
		blame_file(settings, path, WRONG_NAME, slash ? slash + 1 : other);
		return OK;
	}
	buf_printf(report, "%s: %s\n", why->place, why->text);
	blame_file(settings, path, err == ERR_NOT_FOUND ? WRONG_MISSING : WRONG_UNREADABLE, NULL);
	return err;
}

enum err settings_load_copy(struct settings *settings, const char *path, struct buf *report, struct buf *copy,
			    bool *renamed)
{
	struct fault fault = { 0 };
	struct buf bytes;

	*renamed = false;
	/* More than is allowed, however it is read piece by piece: the reader says so. */
	buf_init(&bytes, 2 * LIMIT_SETTINGS_BYTES);
	enum err err = file_read(path, &bytes, &fault);
	if (err == ERR_LIMIT && bytes.len > LIMIT_SETTINGS_BYTES)
		err = OK;
	enum err first = err;
	if (err)
		err = without_file(settings, path, err, &fault, &bytes, report);
	*renamed = first && !err;
	if (!err)
		err = settings_parse_copy(settings, path, buf_text(&bytes), bytes.len, report, copy);
	buf_free(&bytes);
	if (!err && first)
		err = ERR_FILE;
	return err == ERR_NOT_FOUND ? ERR_FILE : err;
}

enum err settings_load(struct settings *settings, const char *path, struct buf *report)
{
	bool renamed;

	return settings_load_copy(settings, path, report, NULL, &renamed);
}
