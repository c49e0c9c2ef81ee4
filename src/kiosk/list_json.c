/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document that --list promises: people and tests read it, so its keys stay as they are. */
#include "base/buf.h"
#include "core/json.h"
#include "io/file.h"
#include "kiosk/drawing.h"

enum { LIST_MAX = 32 << 20 };

static void write_text(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "\"%s\": ", key);
	if (value)
		json_write_string(out, value);
	else
		buf_str(out, "null");
}

static void write_rect(struct buf *out, const char *key, bool is_there, struct rect rect)
{
	if (is_there)
		buf_printf(out, "\"%s\": [%d, %d, %d, %d], ", key, rect.x, rect.y, rect.w, rect.h);
	else
		buf_printf(out, "\"%s\": null, ", key);
}

static void write_colour(struct buf *out, const char *key, int32_t colour)
{
	if (colour == COLOUR_NONE)
		buf_printf(out, "\"%s\": null, ", key);
	else
		buf_printf(out, "\"%s\": \"#%06x\", ", key, (unsigned)colour & 0xFFFFFF);
}

static const char *yes(bool value)
{
	return value ? "true" : "false";
}

static void write_words(struct buf *out, const struct display *display, const struct item *item)
{
	const char *lang = item->lang ? item->lang : display->lang;

	write_text(out, "text", item->text);
	buf_str(out, ", ");
	write_text(out, "lang", lang);
	buf_printf(out, ", \"dir\": \"%s\", ", item->rtl ? "rtl" : "ltr");
	if (item->text)
		buf_printf(out, "\"font_px\": %d, \"cap_px\": %d, ", item->font_px, item->cap_px);
	else
		buf_str(out, "\"font_px\": null, \"cap_px\": null, ");
}

static void write_meaning(struct buf *out, const struct item *item)
{
	buf_printf(out, "\"enabled\": %s, ", yes(item->enabled));
	if (item->focus >= 0)
		buf_printf(out, "\"focus\": %d, ", item->focus);
	else
		buf_str(out, "\"focus\": null, ");
	write_text(out, "spoken", item->spoken && !item->is_private ? item->spoken : item->text);
	buf_str(out, ", ");
	write_text(out, "action", item->action);
	buf_printf(out, ", \"decorative\": %s, ", yes(item->decorative));
	write_text(out, "state", item->state);
}

static void write_item(struct buf *out, const struct display *display, const struct item *item)
{
	buf_str(out, "{");
	write_text(out, "id", item->id);
	buf_str(out, ", ");
	write_text(out, "role", role_name(item->role));
	buf_str(out, ", ");
	write_rect(out, "rect_px", true, item->rect);
	write_rect(out, "hit_px", item->has_hit && item->enabled, item->hit);
	write_words(out, display, item);
	write_colour(out, "fg", item->fg);
	write_colour(out, "bg", item->bg);
	write_meaning(out, item);
	if (item->role == ROLE_QR) {
		buf_str(out, ", ");
		write_text(out, "payload", item->payload);
		buf_printf(out, ", \"version\": %d, \"module_px\": %d", item->version, item->module_px);
	}
	if (item->truncated)
		buf_str(out, ", \"truncated\": true");
	buf_str(out, "}");
}

/* Six decimals, with the point that JSON wants whatever the locale says. */
static void write_mm(struct buf *out, double mm)
{
	long long millionths = (long long)(mm * 1e6 + 0.5);

	buf_printf(out, "\"mm_per_px\": %lld.%06lld, ", millionths / 1000000, millionths % 1000000);
}

void list_print(const struct display *display, struct buf *out)
{
	buf_str(out, "{");
	write_text(out, "view", display->view);
	buf_printf(out, ", \"size_px\": [%d, %d], ", display->w, display->h);
	write_mm(out, display->mm_per_px);
	write_text(out, "lang", display->lang);
	buf_printf(out, ", \"dir\": \"%s\", ", display->rtl ? "rtl" : "ltr");
	if (display->n_dropped > 0)
		buf_printf(out, "\"dropped\": %zu, ", display->n_dropped);
	buf_str(out, "\"items\": [");
	for (size_t i = 0; i < display->n_items; i++) {
		buf_str(out, i ? ",\n" : "\n");
		write_item(out, display, &display->items[i]);
	}
	buf_str(out, "\n]}\n");
}

enum err list_write(const struct display *display, const char *path, struct fault *fault)
{
	struct buf out;

	buf_init(&out, LIST_MAX);
	list_print(display, &out);
	enum err err = out.err;
	if (err)
		fault_set(fault, err, path, "%s", err_cause(err));
	else
		err = file_replace(path, out.bytes, out.len, fault);
	buf_free(&out);
	return err;
}
