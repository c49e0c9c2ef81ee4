/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "screen/update.h"

enum { LOCAL_DIGITS = 8, ABROAD_LEAST = 7, ABROAD_MOST = 15 };

void memory_wipe(void *bytes, size_t size)
{
	volatile unsigned char *p = bytes;
	while (size-- > 0)
		*p++ = 0;
}

void callback_begin(struct model *model)
{
	unsigned serial = model->callback.serial;
	memory_wipe(&model->callback, sizeof model->callback);
	model->callback.serial = serial;
	const struct place *from = &model->place;
	if (from->view != VIEW_NEED && from->view != VIEW_ACTIVITY)
		return;
	size_t n = strlen(view_name(from->view)), len = strlen(from->id);
	memcpy(model->callback.about, view_name(from->view), n);
	model->callback.about[n] = ':';
	memcpy(model->callback.about + n + 1, from->id, len + 1);
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
		if (len > 0)
			callback->number[len - 1] = '\0';
		return;
	}
	bool abroad = callback->number[0] == '+' || (len == 0 && action->key == '+');
	if ((action->key == '+' && len > 0) || len >= (size_t)(abroad ? ABROAD_MOST + 1 : LOCAL_DIGITS))
		return;
	callback->number[len] = action->key;
	callback->number[len + 1] = '\0';
}

static void send(struct model *model, struct effects *effects)
{
	struct callback *callback = &model->callback;
	if (effects->n == EFFECTS_MAX)
		return;
	callback->serial++;
	callback->step = CALLBACK_ASKED;
	callback->state = CALLBACK_KEEPING;
	effects->v[effects->n++] = (struct effect){ .kind = EFFECT_CALL_BACK, .callback = *callback };
	memory_wipe(callback->number, sizeof callback->number);
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
		break;
	case CALLBACK_WORD_CHANGE:
		if (callback->step == CALLBACK_REVIEW)
			callback->step = CALLBACK_NUMBER;
		break;
	case CALLBACK_WORD_SEND:
		if (callback->step == CALLBACK_REVIEW)
			send(model, effects);
		break;
	case CALLBACK_WORD_AGAIN:
		if (callback->step == CALLBACK_ASKED)
			callback_begin(model);
		break;
	default:
		break;
	}
}
