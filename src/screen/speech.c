/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/speech.h"

#include <string.h>

#include "screen/speech_inside.h"
#include "screen/tongue.h"

enum { LOCAL_DIGITS = 8 }; /* of a Norwegian telephone number */

/* The voices that Oppslag brings (espeak-ng has no others of our languages). */
const char *speech_voice_lang(const char *lang)
{
	static const struct {
		const char *lang, *voice;
	} voices[] = {
		{ "nb", "nb" }, { "nn", "nb" }, { "en", "en" }, { "uk", "uk" }, { "ar", "ar" },
		{ "ru", "ru" }, { "pl", "pl" }, { "lt", "lt" }, { "ur", "ur" }, { "fa", "fa" },
		{ "tr", "tr" }, { "vi", "vi" }, { "de", "de" }, { "fr", "fr" }, { "es", "es" },
	};
	for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++)
		if (strcmp(voices[i].lang, lang) == 0)
			return voices[i].voice;
	return NULL;
}

bool speech_has_voice(const char *lang)
{
	return speech_voice_lang(lang) != NULL;
}

const char *speech_lang(const struct model *model)
{
	if (speech_has_voice(model->lang))
		return model->lang;
	return model->speech.voice[0] ? model->speech.voice : "nb";
}

/* Who says what is the screen's own: of a language without a voice Norwegian. */
static const struct lang *heard(const struct builder *b)
{
	return speech_has_voice(lang_code(b->lang)) ? b->lang : lang_find("nb");
}

static const char *hear(const struct builder *b, enum text_id id)
{
	return lang_text(heard(b), id);
}

#define hear_tell(b, id, ...) checked((b), lang_format((b)->arena, heard(b), (id), __VA_ARGS__))

/* ---- nodes */

/* Three digits of the number that is being typed, in this order: whoever shows it, it is not for the loudspeaker. */
static bool holds_number(const struct builder *b, const char *text)
{
	enum { LEAST = 3, DIGITS = 64 };
	const char *number = b->model->callback.number;
	char digits[DIGITS];
	size_t n = 0;
	for (const char *s = text; *s && n < DIGITS - 1; s++)
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s;
	digits[n] = '\0';
	number += number[0] == '+';
	return strlen(number) >= LEAST && strstr(digits, number) != NULL;
}

static void add_piece(struct builder *b, struct pieces *out, const struct piece *piece)
{
	const struct piece *last = out->n ? &out->v[out->n - 1] : NULL;
	if (out->n == PIECES_MAX || (last && !piece->shown && strcmp(last->said, piece->said) == 0))
		return;
	out->v[out->n] = *piece;
	out->v[out->n++].said = spoken_words(b, piece->said, piece->lang);
}

/* Of a text whose language has no voice one hears which language that is; of the button that leads to it, its name. */
static const char *voiceless(struct builder *b, const struct node *node, const char *lang)
{
	const char *name = tongue(heard(b), lang);
	if (node->action && strncmp(node->action, "language ", 9) == 0)
		return name ? name : lang;
	return hear_tell(b, TEXT_SCREEN_SAID_TEXT_IN, ARG_S(name ? name : lang));
}

/* What ITEM says itself, and in which language; WHOLE: for all that stands on it. */
static void words_of(const struct item *item, bool whole, struct piece *piece)
{
	bool by_text = item->text && !whole && !item->spoken_lang && !(item->is_private && item->spoken);
	if (by_text || !item->spoken) {
		piece->said = item->text;
		return;
	}
	piece->said = item->spoken;
	if (item->spoken_lang)
		piece->lang = item->spoken_lang;
}

static void piece_of(struct builder *b, const struct node *node, const struct item *item, bool whole,
		     struct pieces *out)
{
	const char *own = item->lang ? item->lang : b->out->lang;
	bool headset = b->model->speech.headset;
	struct piece piece = { .shown = item->text ? item->text : item->spoken, .shown_lang = own, .lang = own };
	words_of(item, whole, &piece);
	piece.secret = item->is_private && headset;
	/* What a private item says is made for the ears that hear it; all else must not hold the number. */
	if (!item->is_private && !headset && holds_number(b, piece.said)) {
		piece.said = hear(b, TEXT_SCREEN_SAID_HIDDEN);
		piece.lang = lang_code(heard(b));
	} else if (!speech_has_voice(piece.lang)) {
		piece.said = voiceless(b, node, piece.lang);
		piece.lang = lang_code(heard(b));
	}
	add_piece(b, out, &piece);
}

static bool of_one_lang(const struct builder *b, const struct node *node)
{
	for (size_t i = 0; i < node->n; i++)
		if (node->items[i]->is_private ||
		    (node->items[i]->lang && strcmp(node->items[i]->lang, b->out->lang) != 0))
			return false;
	return true;
}

static void qr_piece(struct builder *b, const struct node *node, struct pieces *out)
{
	for (size_t i = 0; i < node->n; i++)
		if (node->items[i]->role == ROLE_QR)
			add_piece(b, out,
				  &(struct piece){ .said = hear(b, TEXT_SCREEN_SAID_QR), .lang = lang_code(heard(b)) });
}

void node_pieces(struct builder *b, const struct node *node, struct pieces *out)
{
	out->n = 0;
	if (node->label) {
		struct piece piece = { .shown = node->label, .said = node->label };
		piece.shown_lang = b->out->lang;
		piece.lang = lang_code(heard(b));
		add_piece(b, out, &piece);
		return;
	}
	/* A control whose words are all of one language is said as its view says it. */
	if (node->control && node->control->spoken && of_one_lang(b, node)) {
		piece_of(b, node, node->control, true, out);
		return;
	}
	for (size_t i = 0; i < node->n; i++)
		if (node->items[i]->text || node->items[i]->role == ROLE_QR || node->n == 1)
			piece_of(b, node, node->items[i], false, out);
	qr_piece(b, node, out);
}

/* A toggle's own words tell whether it is on. */
static const char *node_state(struct builder *b, const struct node *node)
{
	return node->control && node->control->selected ? hear(b, TEXT_SCREEN_SAID_SELECTED) : NULL;
}

const char *node_place(struct builder *b, const struct nodes *nodes, size_t i)
{
	const struct node *node = &nodes->v[i];
	const char *place = hear_tell(b, TEXT_SCREEN_SHOWN_OF, ARG_N((int64_t)i + 1), ARG_N((int64_t)nodes->n));
	return join(b, ", ", node->action ? hear(b, TEXT_SCREEN_SAID_BUTTON) : NULL, node_state(b, node), place);
}

/* ---- the script */

struct writer {
	struct builder *b;
	struct utterance *v;
	size_t n;
	bool unlogged; /* what is written now */
};

static bool ends_sentence(const char *s)
{
	return strchr(".!?:", *s) != NULL && (s[1] == ' ' || s[1] == '\0');
}

/* How much of S one utterance takes: whole sentences, else whole words, never half a character. */
static size_t share_of(const char *s)
{
	size_t sentence = 0, word = 0, sign = 0, i = 0;
	for (; i < UTTERANCE_MAX && s[i]; i++) {
		if (ends_sentence(s + i))
			sentence = i + 1;
		if (s[i] == ' ')
			word = i + 1;
		if (((unsigned char)s[i] & 0xC0) != 0x80)
			sign = i;
	}
	if (!s[i])
		return i;
	return sentence ? sentence : word ? word : sign;
}

static void add_one(struct writer *w, const char *text, size_t len, const char *lang, bool secret)
{
	struct utterance *last = w->n ? &w->v[w->n - 1] : NULL;
	const char *whole = print(w->b, "%.*s", (int)len, text);
	if (whole[strspn(whole, " .,")] == '\0')
		return;
	if (last && strcmp(last->lang, lang) == 0 && last->secret == secret && last->unlogged == w->unlogged &&
	    strlen(last->text) + len + 2 <= UTTERANCE_MAX) {
		bool ended = strchr(".!?:", last->text[strlen(last->text) - 1]) != NULL;
		last->text = print(w->b, "%s%s%s", last->text, ended ? " " : ". ", whole);
		return;
	}
	if (w->n < UTTERANCES_MAX)
		w->v[w->n++] = (struct utterance){ whole, lang, secret, secret || w->unlogged };
}

static void write_words(struct writer *w, const char *text, const char *lang, bool secret)
{
	const char *voice = speech_voice_lang(lang);
	while (voice && *text) {
		size_t len = share_of(text);
		add_one(w, text, len, voice, secret);
		text += len;
	}
}

static void write_own(struct writer *w, const char *text)
{
	write_words(w, text, lang_code(heard(w->b)), false);
}

static bool is_key(const struct node *node)
{
	return node->action && strncmp(node->action, "key ", 4) == 0;
}

static void write_node(struct writer *w, const struct nodes *nodes, size_t i, bool with_place)
{
	struct pieces pieces;
	/* Which key has the focus, and then that it was chosen, tells what is typed. */
	w->unlogged = is_key(&nodes->v[i]);
	node_pieces(w->b, &nodes->v[i], &pieces);
	for (size_t k = 0; k < pieces.n; k++)
		write_words(w, pieces.v[k].said, pieces.v[k].lang, pieces.v[k].secret);
	if (with_place)
		write_own(w, node_place(w->b, nodes, i));
	w->unlogged = false;
}

/* All that is shown but what stands in every view, and but the keys of a number pad. */
static void write_view(struct writer *w, const struct nodes *nodes)
{
	for (size_t i = 0; i < nodes->n; i++)
		if (!nodes->v[i].furniture && !is_key(&nodes->v[i]))
			write_node(w, nodes, i, w->b->model->speech.mode && nodes->v[i].action);
}

/* Before a number is typed: that others may be listening. */
static void write_warning(struct writer *w, size_t focus)
{
	const struct model *model = w->b->model;
	if (model_view(model) == VIEW_CALLBACK && model->callback.step == CALLBACK_NUMBER && focus == 0 &&
	    !model->speech.headset)
		write_own(w, hear(w->b, TEXT_SCREEN_SAID_PRIVATE));
}

static void write_chosen(struct writer *w, const struct item *chosen)
{
	if (!w->b->model->speech.chosen || !chosen || !chosen->text)
		return;
	const char *lang = chosen->lang ? chosen->lang : w->b->out->lang;
	write_own(w, hear(w->b, TEXT_SCREEN_SAID_CHOSEN));
	if (speech_has_voice(lang))
		write_words(w, spoken_words(w->b, chosen->text, lang), lang, chosen->is_private);
	else if (tongue(heard(w->b), lang))
		write_own(w, tongue(heard(w->b), lang));
}

static void write_typed(struct writer *w)
{
	const struct model *model = w->b->model;
	const char *number = model->callback.number;
	int64_t n = (int64_t)strlen(number);
	char key[] = { model->speech.typed, '\0' };
	if (model->speech.typed == 'e') {
		write_own(w, hear_tell(w->b, TEXT_SCREEN_SAID_ERASED, ARG_N(n)));
		return;
	}
	if (model->speech.headset)
		write_words(w, key, lang_code(heard(w->b)), true);
	if (number[0] == '+')
		write_own(w, hear_tell(w->b, TEXT_SCREEN_SAID_TYPED_ABROAD, ARG_N(n)));
	else
		write_own(w, hear_tell(w->b, TEXT_SCREEN_SAID_TYPED, ARG_N(n), ARG_N(LOCAL_DIGITS)));
}

static void write_sample(struct writer *w)
{
	const struct speech *speech = &w->b->model->speech;
	write_own(w, hear_tell(w->b, TEXT_SCREEN_SAID_SAMPLE, ARG_N(speech->volume + 1), ARG_N(VOLUME_STEPS),
			       ARG_N(speech->rate + 1), ARG_N(RATE_STEPS)));
}

static void write_focus(struct writer *w, const struct nodes *nodes)
{
	size_t focus = nodes_focus(nodes, w->b->model);
	write_warning(w, focus);
	write_node(w, nodes, focus, w->b->model->speech.mode);
}

static void write_wish(struct writer *w, const struct item *chosen)
{
	struct nodes nodes = nodes_of(w->b);
	if (w->b->err != OK)
		return;
	write_chosen(w, chosen);
	switch (w->b->model->speech.say) {
	case SAY_NOTHING:
		break;
	case SAY_VIEW:
		write_view(w, &nodes);
		break;
	case SAY_WELCOME:
		write_own(w, hear(w->b, TEXT_SCREEN_SAID_WELCOME));
		if (model_view(w->b->model) == VIEW_VOICE)
			write_view(w, &nodes);
		else
			write_focus(w, &nodes);
		break;
	case SAY_FOCUS:
		write_focus(w, &nodes);
		break;
	case SAY_SAMPLE:
		write_sample(w);
		break;
	case SAY_TYPED:
		write_typed(w);
		break;
	}
}

enum err screen_speech(const struct model *model, const struct surroundings *surroundings, struct arena *arena,
		       const struct item *chosen, struct script *out)
{
	struct picture picture;
	struct display display;
	struct writer writer = { .b = &picture.b };
	*out = (struct script){ 0 };
	enum err err = picture_make(&picture, model, surroundings, arena, speech_lang(model), &display);
	if (err != OK)
		return err;
	writer.v = ARENA_ARRAY(arena, UTTERANCES_MAX, struct utterance);
	if (!writer.v)
		return ERR_MEMORY;
	write_wish(&writer, chosen);
	*out = (struct script){ writer.n, writer.v };
	return picture.b.err;
}
