/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central/assets.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "central/gzip.h"
#include "central/secret.h"
#include "io/file.h"

enum { ASSETS_MAX = 64, ASSET_BYTES = 4 << 20, HASH_SHOWN = 16 };

struct assets {
	size_t n;
	struct asset v[ASSETS_MAX];
};

/* name's end, media type */
static const char *const types[][2] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".mjs", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
};

static const char *type_of(const char *name)
{
	const char *end = strrchr(name, '.');

	for (size_t i = 0; end && i < sizeof types / sizeof *types; i++)
		if (strcmp(end, types[i][0]) == 0)
			return types[i][1];
	return NULL;
}

/* Takes the bytes out of BUF. */
static const char *keep(struct buf *buf, size_t *len)
{
	const char *bytes = buf->bytes;

	*len = buf->len;
	buf_init(buf, buf->max);
	return bytes;
}

static enum err load_one(struct asset *asset, const char *dir, const char *name, struct fault *fault)
{
	char path[4096], hash[HASH_SIZE];
	struct buf plain, gzip;
	int n = snprintf(path, sizeof path, "%s/%s", dir, name);

	if (n < 0 || (size_t)n >= sizeof path)
		return fault_set(fault, ERR_LIMIT, dir, "too long a path");
	buf_init(&plain, ASSET_BYTES);
	buf_init(&gzip, ASSET_BYTES);
	enum err err = file_read(path, &plain, fault);
	if (!err && plain.len == 0)
		buf_str(&plain, "");
	if (!err)
		err = gzip_bytes(buf_text(&plain), plain.len, &gzip);
	asset->name = err ? NULL : mem_strdup(name);
	if (err || !asset->name || !plain.bytes) {
		buf_free(&plain);
		buf_free(&gzip);
		return err ? err : fault_set(fault, ERR_MEMORY, path, "out of memory");
	}
	hash_bytes_hex("asset", plain.bytes, plain.len, hash);
	snprintf(asset->url, sizeof asset->url, "/assets/%.*s/%s", HASH_SHOWN, hash, asset->name);
	asset->type = type_of(name);
	if (gzip.len < plain.len)
		asset->gzip = keep(&gzip, &asset->gzip_len);
	buf_free(&gzip);
	asset->plain = keep(&plain, &asset->plain_len);
	return OK;
}

enum err assets_load(const char *dir, struct assets **out, struct fault *fault)
{
	struct assets *assets = mem_alloc(sizeof *assets);
	DIR *list = assets ? opendir(dir) : NULL;
	enum err err = OK;

	*out = assets;
	if (!list) {
		mem_free(assets);
		return assets ? fault_set(fault, ERR_FILE, dir, "cannot be read")
			      : fault_set(fault, ERR_MEMORY, dir, "out of memory");
	}
	for (struct dirent *entry; !err && (entry = readdir(list));) {
		if (!type_of(entry->d_name) || strlen(entry->d_name) > 60)
			continue;
		if (assets->n == ASSETS_MAX)
			err = fault_set(fault, ERR_LIMIT, dir, "more than %d files", ASSETS_MAX);
		else
			err = load_one(&assets->v[assets->n], dir, entry->d_name, fault);
		assets->n += !err;
	}
	closedir(list);
	if (err)
		assets_free(assets);
	return err;
}

void assets_free(struct assets *assets)
{
	if (!assets)
		return;
	for (size_t i = 0; i < assets->n; i++) {
		mem_free((void *)(size_t)assets->v[i].name);
		mem_free((void *)(size_t)assets->v[i].plain);
		mem_free((void *)(size_t)assets->v[i].gzip);
	}
	mem_free(assets);
}

const char *assets_url(const struct assets *assets, const char *name)
{
	for (size_t i = 0; assets && i < assets->n; i++)
		if (strcmp(assets->v[i].name, name) == 0)
			return assets->v[i].url;
	return NULL;
}

struct asset *assets_find(struct assets *assets, const char *url)
{
	for (size_t i = 0; assets && i < assets->n; i++)
		if (strcmp(assets->v[i].url, url) == 0)
			return &assets->v[i];
	return NULL;
}

size_t assets_count(const struct assets *assets)
{
	return assets ? assets->n : 0;
}

struct asset *assets_at(struct assets *assets, size_t i)
{
	return &assets->v[i];
}
