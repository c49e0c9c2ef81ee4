/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/cache.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "io/file.h"

/* FNV-1a: tells addresses and documents apart. Against tampering nothing here
 * helps, who can write these files can do all else. */
static uint64_t sum_of(const char *bytes, size_t len)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return sum;
}

enum err cache_init(struct cache *cache, const char *directory, const char *address, struct fault *fault)
{
	uint64_t key = sum_of(address, strlen(address));

	*cache = (struct cache){ 0 };
	enum err err = dir_make(directory, fault);
	if (err)
		return err;
	/* 50: the names below, and file_replace's ".new" */
	if (strlen(directory) + 50 >= sizeof cache->feed_path)
		return fault_set(fault, ERR_LIMIT, directory, "the path is too long");
	snprintf(cache->feed_path, sizeof cache->feed_path, "%.4040s/feed-%016" PRIx64, directory, key);
	snprintf(cache->seen_path, sizeof cache->seen_path, "%.4040s/seen-%016" PRIx64, directory, key);
	return OK;
}

struct head {
	uint64_t sum;
	size_t len;
	int64_t seen_ms;
	char etag[CACHE_ETAG];
};

/* A whole number at *AT up to the character END, which is skipped. */
static bool number(const char **at, int base, char end, uint64_t *out)
{
	char *after;

	if (**at == '-' || **at == '+' || **at == ' ')
		return false;
	errno = 0;
	*out = strtoull(*at, &after, base);
	if (after == *at || *after != end || errno)
		return false;
	*at = after + 1;
	return true;
}

static bool word(const char **at, const char *expected)
{
	size_t len = strlen(expected);

	if (strncmp(*at, expected, len) != 0)
		return false;
	*at += len;
	return true;
}

/* "oppslag-feed 1 SUM LENGTH TIME ETAG" up to the line's end. */
static bool parse_head(const char *line, struct head *head)
{
	uint64_t len, seen;
	const char *at = line;

	if (!word(&at, "oppslag-feed 1 ") || !number(&at, 16, ' ', &head->sum) || !number(&at, 10, ' ', &len) ||
	    !number(&at, 10, ' ', &seen) || len > LIMIT_FEED_BYTES || seen > INT64_MAX || strlen(at) >= CACHE_ETAG)
		return false;
	head->len = (size_t)len;
	head->seen_ms = (int64_t)seen;
	snprintf(head->etag, sizeof head->etag, "%s", at);
	return true;
}

/* Splits the file's bytes into head and body. False if it is not whole. */
static bool take_apart(const struct buf *file, struct head *head, const char **body)
{
	char line[CACHE_ETAG + 100];
	const char *newline = file->len ? memchr(file->bytes, '\n', file->len) : NULL;

	if (!newline || newline - file->bytes >= (ptrdiff_t)sizeof line)
		return false;
	size_t len = (size_t)(newline - file->bytes);
	memcpy(line, file->bytes, len);
	line[len] = '\0';
	*body = newline + 1;
	return strlen(line) == len && parse_head(line, head) && head->len == file->len - len - 1 &&
	       head->sum == sum_of(*body, head->len);
}

/* The newer time, if it speaks of the same document. */
static void load_seen(const struct cache *cache, const struct head *head, int64_t *seen_ms)
{
	struct buf file;
	uint64_t sum, seen;

	buf_init(&file, 200);
	if (file_read(cache->seen_path, &file, NULL) == OK) {
		const char *at = buf_text(&file);
		if (word(&at, "oppslag-seen 1 ") && number(&at, 16, ' ', &sum) && number(&at, 10, '\n', &seen) &&
		    sum == head->sum && seen <= INT64_MAX && (int64_t)seen > *seen_ms)
			*seen_ms = (int64_t)seen;
	}
	buf_free(&file);
}

enum err cache_load(struct cache *cache, struct buf *body, char etag[CACHE_ETAG], int64_t *seen_utc_ms,
		    struct fault *fault)
{
	struct head head;
	struct buf file;
	const char *bytes = NULL;

	if (!*cache->feed_path)
		return ERR_NOT_FOUND;
	buf_init(&file, LIMIT_FEED_BYTES + CACHE_ETAG + 100);
	enum err err = file_read(cache->feed_path, &file, fault);
	if (!err && !take_apart(&file, &head, &bytes))
		err = fault_set(fault, ERR_SYNTAX, cache->feed_path, "is not whole, and is passed over");
	if (!err) {
		buf_add(body, bytes, head.len);
		err = body->err;
	}
	if (!err) {
		memcpy(etag, head.etag, CACHE_ETAG);
		*seen_utc_ms = head.seen_ms;
		load_seen(cache, &head, seen_utc_ms);
		cache->sum = head.sum;
		cache->written_ms = *seen_utc_ms;
	}
	buf_free(&file);
	return err;
}

enum err cache_store(struct cache *cache, const struct buf *body, const char *etag, int64_t seen_utc_ms,
		     struct fault *fault)
{
	uint64_t sum = sum_of(buf_text(body), body->len);
	struct buf file;

	if (!*cache->feed_path)
		return OK;
	buf_init(&file, LIMIT_FEED_BYTES + CACHE_ETAG + 100);
	buf_printf(&file, "oppslag-feed 1 %016" PRIx64 " %zu %" PRId64 " %s\n", sum, body->len, seen_utc_ms,
		   strpbrk(etag, "\r\n") ? "" : etag);
	buf_add(&file, buf_text(body), body->len);
	enum err err = file.err ? fault_set(fault, file.err, cache->feed_path, "%s", err_cause(file.err))
				: file_replace(cache->feed_path, buf_text(&file), file.len, fault);
	if (!err) {
		cache->sum = sum;
		cache->written_ms = seen_utc_ms;
	}
	buf_free(&file);
	return err;
}

enum err cache_confirm(struct cache *cache, int64_t seen_utc_ms, bool now, struct fault *fault)
{
	char line[100];

	if (!*cache->seen_path || seen_utc_ms <= cache->written_ms ||
	    (!now && seen_utc_ms - cache->written_ms < CACHE_CONFIRM_MS))
		return OK;
	int len = snprintf(line, sizeof line, "oppslag-seen 1 %016" PRIx64 " %" PRId64 "\n", cache->sum, seen_utc_ms);
	enum err err = file_replace(cache->seen_path, line, (size_t)len, fault);
	if (!err)
		cache->written_ms = seen_utc_ms;
	return err;
}
