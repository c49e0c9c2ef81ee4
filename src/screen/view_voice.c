/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asked when a language is to be read aloud that no voice speaks: who is to read
 * it instead. Said in both languages that are offered. Also where one learns
 * that the sound does not work. */
#include <string.h>

#include "screen/flow.h"
#include "screen/parts.h"

/* What stands in the screen's language is heard in another one, which asks the same. */
static void heard_in(struct builder *b, const char *id, const char *code)
{
	const struct lang *lang = lang_find(code);
	for (size_t i = 0; i < b->out->n_items; i++) {
		struct item *item = &b->out->items[i];
		if (strcmp(item->id, id) != 0)
			continue;
		item->spoken = print(b, "%s. %s", lang_text(lang, TEXT_SCREEN_VOICE_NONE),
				     lang_text(lang, TEXT_SCREEN_VOICE_WHICH));
		item->spoken_lang = lang_code(lang);
	}
}

static int button_at(struct builder *b, int y, const char *code, const char *action)
{
	const struct lang *lang = lang_find(code);
	int most = 20 * b->m.font[SIZE_BODY], w = b->body.w < most ? b->body.w : most, h = button_height(b);
	struct button button = {
		.id = print(b, "voice/%s", code),
		.label = lang_autonym(lang),
		.lang = code,
		.icon = "read",
		.action = action,
		.primary = true,
	};
	h += h / 4;
	button_put(b, (struct rect){ b->body.x, y, w, h }, &button);
	return h + b->m.gap;
}

static void put_question(struct builder *b, const struct lang *own)
{
	header_put(b, say(b, TEXT_SCREEN_READ_ALOUD), NULL, CONTENT_CONTROLS);
	struct words none = strong_words(b, lang_text(own, TEXT_SCREEN_VOICE_NONE), lang_code(own)), which = none;
	none.size = SIZE_HEADING;
	which.s = lang_text(own, TEXT_SCREEN_VOICE_WHICH);
	int y = b->body.y + b->m.unit;
	y += put_words(b, "none", b->body.x, y, b->body.w, &none) + b->m.unit;
	heard_in(b, "none", "nb");
	y += put_words(b, "which", b->body.x, y, b->body.w, &which) + b->m.gap;
	heard_in(b, "which", "en");
	y += button_at(b, y, "nb", "voice nb");
	button_at(b, y, "en", "voice en");
}

enum err view_voice(struct builder *b)
{
	const struct lang *own = lang_find(b->model->lang);
	if (!b->model->speech.mute && own) {
		put_question(b, own);
		return b->err;
	}
	header_put(b, say(b, TEXT_SCREEN_READ_ALOUD), NULL, CONTENT_WORDS);
	message_put(b, b->body, "read", say(b, TEXT_SCREEN_VOICE_MUTE), say(b, TEXT_SCREEN_VOICE_MUTE_HOW));
	return b->err;
}
