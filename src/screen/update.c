/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/lang.h"
#include "screen/screen.h"

static void effect_add(struct effects *effects, enum effect_kind kind, const struct screen_feed *feed)
{
	if (effects->n < EFFECTS_MAX)
		effects->v[effects->n++] = (struct effect){ kind, feed };
}

static void copy_code(char out[LANG_CODE_SIZE], const char *code)
{
	size_t len = strnlen(code, LANG_CODE_SIZE - 1);
	memcpy(out, code, len);
	out[len] = '\0';
}

/* The language that a visit begins with. */
static const char *own_lang(const struct model *model)
{
	if (model->fixed_lang[0])
		return model->fixed_lang;
	const struct centre *centre = model->shown.feed ? model->shown.feed->centre : NULL;
	for (size_t i = 0; centre && i < centre->n_languages; i++)
		if (lang_find(centre->languages[i]))
			return centre->languages[i];
	return "nb";
}

static void speak(struct model *model, const char *code)
{
	const char *own = own_lang(model);
	copy_code(model->lang, code ? code : own);
	model->lang_chosen = strcmp(model->lang, own) != 0;
}

void screen_init(struct model *model, const char *lang)
{
	memset(model, 0, sizeof *model);
	model->shown.feed_age_s = model->newest.feed_age_s = -1;
	model->shown.now = model->newest.now = (struct civil){ .year = YEAR_MIN, .month = 1, .day = 1 };
	if (lang)
		copy_code(model->fixed_lang, lang);
	speak(model, NULL);
}

static void go_home(struct model *model)
{
	model->place = (struct place){ .view = VIEW_HOME };
	model->n_back = 0;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->view == b->view && strcmp(a->id, b->id) == 0 && a->has_when == b->has_when &&
	       (!a->has_when || civil_compare(a->when, b->when) == 0);
}

static void go_to(struct model *model, const struct place *place)
{
	if (place->view == VIEW_HOME) {
		go_home(model);
		return;
	}
	if (same_place(&model->place, place))
		return;
	if (model->n_back == LIMIT_BACK) {
		memmove(model->back, model->back + 1, (LIMIT_BACK - 1) * sizeof model->back[0]);
		model->n_back--;
	}
	model->back[model->n_back++] = model->place;
	model->place = *place;
}

static void go_back(struct model *model)
{
	if (model->n_back == 0)
		go_home(model);
	else
		model->place = model->back[--model->n_back];
}

static void act(struct model *model, const struct action *action)
{
	switch (action->kind) {
	case ACTION_HOME:
		go_home(model);
		break;
	case ACTION_BACK:
		go_back(model);
		break;
	case ACTION_OPEN:
		go_to(model, &action->place);
		break;
	case ACTION_DAY:
		if (model->place.view != VIEW_ACTIVITIES)
			break;
		model->place.when = action->day;
		model->place.has_when = true;
		model->place.page = 0;
		break;
	case ACTION_PAGE:
		model->place.page = action->page;
		break;
	case ACTION_LANGUAGE:
		if (lang_find(action->lang))
			speak(model, action->lang);
		break;
	}
}

/* Lets what came from outside be seen, unless a finger is down. */
static void settle(struct model *model, struct effects *effects)
{
	if (model->finger_down)
		return;
	const struct screen_feed *old = model->shown.feed;
	model->shown = model->newest;
	if (old == model->shown.feed)
		return;
	if (old)
		effect_add(effects, EFFECT_RELEASE, old);
	speak(model, model->lang_chosen ? model->lang : NULL);
}

static void touched(struct model *model, struct effects *effects)
{
	if (!model->visiting)
		effect_add(effects, EFFECT_VISIT_BEGAN, NULL);
	model->visiting = true;
	model->touched_ms = model->t_ms;
}

static int64_t idle_ms(const struct model *model)
{
	return model_shows_qr(model) ? IDLE_QR_MS : IDLE_MS;
}

static void end_idle_visit(struct model *model, struct effects *effects)
{
	if (!model->visiting || model->finger_down || model->t_ms - model->touched_ms < idle_ms(model))
		return;
	model->visiting = false;
	effect_add(effects, EFFECT_VISIT_ENDED, NULL);
	go_home(model);
	speak(model, NULL);
}

static void on_tick(struct model *model, const struct msg *msg, struct effects *effects)
{
	model->newest.now = msg->now;
	model->newest.feed_age_s = msg->feed_age_s;
	model->next_minute_ms = model->t_ms + 60000 - (msg->now.second * 1000 + msg->now_ms);
	settle(model, effects);
	end_idle_visit(model, effects);
}

static void on_down(struct model *model, const struct msg *msg, struct effects *effects)
{
	touched(model, effects);
	model->finger_down = true;
	size_t len = msg->item ? strnlen(msg->item, ITEM_ID_SIZE) : 0;
	if (len == ITEM_ID_SIZE)
		len = 0;
	memcpy(model->pressed, len ? msg->item : "", len);
	model->pressed[len] = '\0';
}

static void on_tap(struct model *model, const struct msg *msg, struct effects *effects)
{
	struct action action;
	touched(model, effects);
	if (msg->action && action_parse(msg->action, &action))
		act(model, &action);
}

static void on_up(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)msg;
	if (!model->finger_down)
		return;
	touched(model, effects);
	model->finger_down = false;
	model->pressed[0] = '\0';
	settle(model, effects);
}

static void on_feed(struct model *model, const struct msg *msg, struct effects *effects)
{
	if (!msg->feed || msg->feed == model->newest.feed)
		return;
	if (model->newest.feed && model->newest.feed != model->shown.feed)
		effect_add(effects, EFFECT_RELEASE, model->newest.feed);
	model->newest.feed = msg->feed;
	model->newest.feed_age_s = msg->feed_age_s;
	settle(model, effects);
}

static void on_feed_state(struct model *model, const struct msg *msg, struct effects *effects)
{
	model->newest.feed_state = msg->feed_state;
	model->newest.feed_age_s = msg->feed_age_s;
	settle(model, effects);
}

void screen_update(struct model *model, const struct msg *msg, struct effects *effects)
{
	static void (*const on[MSG_COUNT])(struct model *, const struct msg *, struct effects *) = {
#define X(kind, name, handler) [MSG_##kind] = handler,
		MESSAGES(X)
#undef X
	};
	effects->n = 0;
	if (msg->t_ms > model->t_ms)
		model->t_ms = msg->t_ms;
	if ((unsigned)msg->kind < MSG_COUNT)
		on[msg->kind](model, msg, effects);
}

int64_t screen_deadline(const struct model *model)
{
	int64_t idle = model->touched_ms + idle_ms(model);
	if (model->visiting && !model->finger_down && idle < model->next_minute_ms)
		return idle;
	return model->next_minute_ms;
}

/* Of a sign-up that is open; a full or cancelled one has none. */
static bool need_shows_qr(const struct centre *centre, const char *id)
{
	const struct need *need = centre_need(centre, id);
	return need && need->taken < need->seats;
}

static bool activity_shows_qr(const struct centre *centre, const char *id)
{
	const struct activity *activity = centre_activity(centre, id);
	return activity && activity->signup && activity->status == STATUS_SCHEDULED;
}

bool model_shows_qr(const struct model *model)
{
	const struct centre *centre = model->shown.feed ? model->shown.feed->centre : NULL;
	if (!centre || !centre->signup_host)
		return false;
	if (model->place.view == VIEW_NEED)
		return need_shows_qr(centre, model->place.id);
	return model->place.view == VIEW_ACTIVITY && activity_shows_qr(centre, model->place.id);
}
