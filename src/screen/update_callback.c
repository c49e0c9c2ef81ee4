/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "screen/update.h"

enum { LOCAL_DIGITS = 8, ABROAD_LEAST = 7, ABROAD_MOST = 15 };

void memory_wipe(void *bytes, size_t size)
{
	volatile unsigned char *p = bytes;
	while (size-- > 0)
		*p++ = 0;
}

/* Requests stay numbered: an answer to one that was forgotten means none that comes after it. */
static void forget(struct callback *callback)
{
	unsigned serial = callback->serial;
	memory_wipe(callback, sizeof *callback);
	callback->serial = serial;
}

void callback_begin(struct model *model)
{
	const struct place *from = &model->place;
	forget(&model->callback);
	if (from->view != VIEW_NEED && from->view != VIEW_ACTIVITY)
		return;
	size_t n = strlen(view_name(from->view)), len = strlen(from->id);
	memcpy(model->callback.about, view_name(from->view), n);
	model->callback.about[n] = ':';
	memcpy(model->callback.about + n + 1, from->id, len + 1);
}

static void begin_again(struct model *model)
{
	char about[sizeof model->callback.about];
	memcpy(about, model->callback.about, sizeof about);
	forget(&model->callback);
	memcpy(model->callback.about, about, sizeof about);
	model->place.page = 0;
}

void callback_leave(struct model *model)
{
	bool open = model->place.view == VIEW_CALLBACK;
	for (int i = 0; i < model->n_back && !open; i++)
		open = model->back[i].view == VIEW_CALLBACK;
	if (!open)
		forget(&model->callback);
}

bool callback_back(struct model *model)
{
	if (model->place.view != VIEW_CALLBACK || model->callback.step != CALLBACK_REVIEW)
		return false;
	if (model->place.page > 0)
		model->place.page--;
	else
		model->callback.step = CALLBACK_NUMBER;
	return true;
}

bool callback_number_ok(const char *number)
{
	size_t digits = strspn(number + (number[0] == '+'), "0123456789");
	if (number[0] == '+')
		return !number[digits + 1] && digits >= ABROAD_LEAST && digits <= ABROAD_MOST;
	return !number[digits] && digits == LOCAL_DIGITS;
}

void callback_key(struct model *model, const struct action *action, struct effects *effects)
{
	struct callback *callback = &model->callback;
	size_t len = strlen(callback->number);
	(void)effects;
	if (model->place.view != VIEW_CALLBACK || callback->step != CALLBACK_NUMBER)
		return;
	callback->bad = false;
	if (action->key == 'e') {
		if (len > 0) {
			callback->number[len - 1] = '\0';
			speech_typed(model, 'e');
		}
		return;
	}
	bool abroad = callback->number[0] == '+' || (len == 0 && action->key == '+');
	if ((action->key == '+' && len > 0) || len >= (size_t)(abroad ? ABROAD_MOST + 1 : LOCAL_DIGITS))
		return;
	callback->number[len] = action->key;
	callback->number[len + 1] = '\0';
	speech_typed(model, action->key);
}

static void send(struct model *model, struct effects *effects)
{
	struct callback *callback = &model->callback;
	if (effects->n == EFFECTS_MAX)
		return;
	callback->serial++;
	callback->step = CALLBACK_ASKED;
	callback->state = CALLBACK_KEEPING;
	/* Written where it goes, so that no copy of the number is left on the way. */
	struct effect *effect = &effects->v[effects->n++];
	effect->kind = EFFECT_CALL_BACK;
	effect->feed = NULL;
	memcpy(&effect->callback, callback, sizeof *callback);
	memory_wipe(callback->number, sizeof callback->number);
	model->place.page = 0;
}

void callback_do(struct model *model, const struct action *action, struct effects *effects)
{
	struct callback *callback = &model->callback;
	if (model->place.view != VIEW_CALLBACK)
		return;
	switch (action->argument) {
	case CALLBACK_WORD_REVIEW:
		callback->bad = callback->step == CALLBACK_NUMBER && !callback_number_ok(callback->number);
		if (callback->step == CALLBACK_NUMBER && !callback->bad)
			callback->step = CALLBACK_REVIEW;
		model->place.page = 0;
		break;
	case CALLBACK_WORD_CHANGE:
		if (callback->step == CALLBACK_REVIEW)
			callback->step = CALLBACK_NUMBER;
		model->place.page = 0;
		break;
	case CALLBACK_WORD_SEND:
		if (callback->step == CALLBACK_REVIEW)
			send(model, effects);
		break;
	case CALLBACK_WORD_AGAIN:
		if (callback->step == CALLBACK_ASKED)
			begin_again(model);
		break;
	default:
		break;
	}
}
