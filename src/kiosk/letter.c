/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/letter.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"

static const char head[] = "oppslag-callback 1 ";
enum { HEAD_SIZE = sizeof head + 24 };

/* ---- sealing */

enum err letter_seal(const struct callback *callback, const struct centre *centre, const char *lang, int64_t utc_ms,
		     struct letter *out)
{
	char clear[SEAL_CLEAR + 1], sealed[SEAL_TEXT + 1];

	*out = (struct letter){ .sealed_ms = utc_ms };
	if (!centre->seal_key)
		return ERR_VALUE;
	/* All of it is digits, ids and codes: nothing that JSON would want escaped. */
	int len = snprintf(clear, sizeof clear, "{\"v\":1,\"phone\":\"%s\",\"lang\":\"%s\",\"about\":\"%s\"}",
			   callback->number, lang, callback->about);
	enum err err =
		len > 0 && (size_t)len < sizeof clear ? seal_message(centre->seal_key, clear, sealed) : ERR_LIMIT;
	seal_wipe(clear, sizeof clear);
	if (!err)
		err = seal_random_hex(out->key);
	if (!err && (size_t)snprintf(out->body, sizeof out->body, "{\"centre\":\"%s\",\"sealed\":\"%s\"}", centre->id,
				     sealed) >= sizeof out->body)
		err = ERR_LIMIT;
	return err;
}

/* ---- the file */

static bool is_key(const char *s, size_t len)
{
	return len == SEAL_RANDOM_HEX && strspn(s, "0123456789abcdef") >= len;
}

static enum err path_of(const char *folder, const char *key, char out[PATH_MAX], struct fault *fault)
{
	/* Room for file_replace's ".new". */
	if ((size_t)snprintf(out, PATH_MAX, "%s/%s", folder, key) + 5 > PATH_MAX)
		return fault_set(fault, ERR_LIMIT, folder, "the path is too long");
	return OK;
}

enum err letter_store(const char *folder, const struct letter *letter, struct fault *fault)
{
	char path[PATH_MAX];
	struct buf file;
	enum err err = path_of(folder, letter->key, path, fault);

	if (err)
		return err;
	buf_init(&file, HEAD_SIZE + sizeof letter->body);
	buf_printf(&file, "%s%" PRId64 "\n%s", head, letter->sealed_ms, letter->body);
	err = file.err ? fault_set(fault, file.err, path, "%s", err_cause(file.err))
		       : file_replace(path, buf_text(&file), file.len, fault);
	buf_free(&file);
	return err;
}

static bool parse(const struct buf *file, struct letter *out)
{
	const char *at = buf_text(file);
	char *end;

	if (strlen(at) != file->len || strncmp(at, head, sizeof head - 1) != 0)
		return false;
	at += sizeof head - 1;
	errno = 0;
	out->sealed_ms = strtoll(at, &end, 10);
	if (end == at || *end != '\n' || errno || out->sealed_ms < 0)
		return false;
	size_t len = strlen(end + 1);
	if (len == 0 || len >= sizeof out->body || end[1] != '{')
		return false;
	memcpy(out->body, end + 1, len + 1);
	return true;
}

enum err letter_load(const char *folder, const char *key, struct letter *out, struct fault *fault)
{
	char path[PATH_MAX];
	struct buf file;
	enum err err = path_of(folder, key, path, fault);

	*out = (struct letter){ 0 };
	if (err)
		return err;
	buf_init(&file, HEAD_SIZE + sizeof out->body);
	err = file_read(path, &file, fault);
	if (err == ERR_LIMIT || (!err && !parse(&file, out)))
		err = fault_set(fault, ERR_SYNTAX, path, "no call-back of ours");
	buf_free(&file);
	snprintf(out->key, sizeof out->key, "%s", key);
	return err;
}

bool letter_erase(const char *folder, const char *key)
{
	char path[PATH_MAX];

	/* Not made safe on the disk: what comes back after a pulled plug is sent once more, under its old key. */
	return !path_of(folder, key, path, NULL) && (unlink(path) == 0 || errno == ENOENT);
}

void letters_find(const char *folder, void (*found)(void *context, const char *key), void *context)
{
	char path[PATH_MAX];
	DIR *dir = opendir(folder);

	for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
		size_t len = strcspn(entry->d_name, ".");
		if (!is_key(entry->d_name, len))
			continue;
		if (entry->d_name[len] == '\0')
			found(context, entry->d_name);
		else if (strcmp(entry->d_name + len, ".new") == 0 && !path_of(folder, entry->d_name, path, NULL))
			unlink(path);
	}
	if (dir)
		closedir(dir);
}
