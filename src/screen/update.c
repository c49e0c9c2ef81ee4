/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/lang.h"
#include "screen/screen.h"
#include "screen/shift.h"
#include "screen/update.h"

static void effect_add(struct effects *effects, enum effect_kind kind, const struct screen_feed *feed)
{
	if (effects->n < EFFECTS_MAX)
		effects->v[effects->n++] = (struct effect){ .kind = kind, .feed = feed };
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

static void forget_visitor(struct model *model)
{
	unsigned serial = model->callback.serial, said = model->speech.serial;
	memory_wipe(&model->callback, sizeof model->callback);
	model->callback.serial = serial;
	model->adjust = (struct adjust){ 0 };
	model->speech = (struct speech){ .headset = model->speech.headset,
					 .volume = VOLUME_USUAL,
					 .rate = RATE_USUAL,
					 .serial = said + 1,
					 .say = SAY_NOTHING };
	model->urgent = (struct urgent){ 0 };
	model->asked_ms = 0;
	memset(model->raw, 0, sizeof model->raw);
	speak(model, NULL);
}

void screen_init(struct model *model, const struct habits *habits)
{
	memset(model, 0, sizeof *model);
	if (habits)
		model->habits = *habits;
	const char *lang = model->habits.lang;
	model->shown.feed_age_s = model->newest.feed_age_s = -1;
	model->shown.now = model->newest.now = (struct civil){ .year = YEAR_MIN, .month = 1, .day = 1 };
	if (lang)
		copy_code(model->fixed_lang, lang);
	/* Whoever put the screen up reads first what it could not take. */
	if (model->habits.settings.n > 0)
		model->place.view = VIEW_SETTINGS;
	forget_visitor(model);
}

void go_home(struct model *model)
{
	model->place = (struct place){ .view = VIEW_HOME };
	model->n_back = 0;
}

bool same_place(const struct place *a, const struct place *b)
{
	return a->view == b->view && strcmp(a->id, b->id) == 0 && a->has_when == b->has_when &&
	       (!a->has_when || civil_compare(a->when, b->when) == 0);
}

void go_to(struct model *model, const struct place *place)
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

void go_back(struct model *model)
{
	if (model->n_back == 0)
		go_home(model);
	else
		model->place = model->back[--model->n_back];
}

static void do_home(struct model *model, const struct action *action, struct effects *effects)
{
	(void)action, (void)effects;
	go_home(model);
}

static void do_back(struct model *model, const struct action *action, struct effects *effects)
{
	(void)action, (void)effects;
	if (!callback_back(model))
		go_back(model);
}

static void do_clean(struct model *model, const struct action *action, struct effects *effects)
{
	(void)action, (void)effects;
	model->cleaning_until_ms = model->t_ms + CLEANING_MS;
	speech_about(model, SAY_VIEW);
}

/* "Are you still there?" */
static void ask(struct model *model)
{
	model->asked_ms = model->t_ms;
	speech_about(model, SAY_VIEW);
}

/* The answer, whatever it was. */
static void answered(struct model *model)
{
	if (model->asked_ms == 0)
		return;
	model->asked_ms = 0;
	model->stepped = true;
	speech_about(model, SAY_FOCUS);
}

static void do_open(struct model *model, const struct action *action, struct effects *effects)
{
	switch (action->place.view) {
	case VIEW_CLEANING:
		do_clean(model, action, effects);
		return;
	case VIEW_STILL:
		ask(model);
		return;
	case VIEW_CALLBACK:
		callback_begin(model);
		break;
	default:
		break;
	}
	go_to(model, &action->place);
}

static void do_day(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	if (model->place.view != VIEW_ACTIVITIES)
		return;
	model->place.when = action->day;
	model->place.has_when = true;
	model->place.page = 0;
}

static void do_page(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	model->place.page = action->page;
}

static void do_language(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	if (!lang_find(action->lang))
		return;
	speak(model, action->lang);
	if (model->place.view == VIEW_LANGUAGE)
		go_back(model);
}

static void do_stay(struct model *model, const struct action *action, struct effects *effects)
{
	(void)action, (void)effects;
	answered(model);
}

static void do_read(struct model *model, const struct action *action, struct effects *effects)
{
	(void)action, (void)effects;
	if (model->place.view == VIEW_URGENT)
		go_back(model);
}

static void do_adjust(struct model *model, const struct action *action, struct effects *effects)
{
	(void)effects;
	switch (action->argument) {
	case ADJUST_LARGE:
		model->adjust.large = !model->adjust.large;
		break;
	case ADJUST_CONTRAST:
		model->adjust.contrast = !model->adjust.contrast;
		break;
	case ADJUST_REACH:
		model->adjust.reach = !model->adjust.reach;
		break;
	case ADJUST_SPEECH:
		speech_mode(model, !model->speech.mode);
		break;
	default:
		break;
	}
}

static void act(struct model *model, const struct action *action, struct effects *effects)
{
	static void (*const does[])(struct model *, const struct action *, struct effects *) = {
		[ACTION_HOME] = do_home,     [ACTION_BACK] = do_back,       [ACTION_OPEN] = do_open,
		[ACTION_DAY] = do_day,       [ACTION_PAGE] = do_page,       [ACTION_LANGUAGE] = do_language,
		[ACTION_ADJUST] = do_adjust, [ACTION_KEY] = callback_key,   [ACTION_CALLBACK] = callback_do,
		[ACTION_SAY] = speech_say,   [ACTION_FOCUS] = speech_focus, [ACTION_VOICE] = speech_voice,
		[ACTION_STAY] = do_stay,     [ACTION_READ] = do_read,       [ACTION_CLEAN] = do_clean,
	};
	does[action->kind](model, action, effects);
	callback_leave(model);
}

/* Whether what came from outside may be seen at once: nobody is here, the visitor has just
 * done something, or the view holds one thing, whose words change where they stand. */
static bool may_change(const struct model *model)
{
	if (!model->visiting || model->stepped)
		return true;
	switch (model->place.view) {
	case VIEW_HOME:
	case VIEW_ACTIVITIES:
	case VIEW_KINDS:
	case VIEW_NEEDS:
	case VIEW_NOTICES:
	case VIEW_ORGANISATIONS:
	case VIEW_CONTACTS:
	case VIEW_HELP:
		return false;
	default:
		return true;
	}
}

static void show_newest(struct model *model, struct effects *effects)
{
	const struct screen_feed *old = model->shown.feed;
	model->shown = model->newest;
	model->stepped = false;
	if (old == model->shown.feed)
		return;
	if (old)
		effect_add(effects, EFFECT_RELEASE, old);
	speak(model, model->lang_chosen ? model->lang : NULL);
}

/* After each message. Nothing moves under a finger, and an urgent notice waits for it to leave. */
static void settle(struct model *model, struct effects *effects)
{
	if (!model->finger_down) {
		model->shown.clock = model->newest.clock;
		if (may_change(model) || urgent_waits(model))
			show_newest(model, effects);
		urgent_look(model);
	}
	model->asleep = !model->visiting && model->place.view != VIEW_URGENT && is_night(model);
	if (model->place.view != VIEW_TECHNICIAN)
		memset(model->raw, 0, sizeof model->raw);
}

static void touched(struct model *model, struct effects *effects)
{
	if (!model->visiting) {
		effect_add(effects, EFFECT_VISIT_BEGAN, NULL);
		urgent_begin(model);
	}
	model->visiting = true;
	model->asleep = false;
	model->touched_ms = model->t_ms;
}

static int64_t idle_ms(const struct model *model)
{
	bool slow = model->speech.mode || model->speech.speaking || model->place.view == VIEW_CALLBACK;
	return slow || model_shows_qr(model) ? IDLE_LONG_MS : IDLE_MS;
}

static void end_visit(struct model *model, struct effects *effects)
{
	if (!model->visiting)
		return;
	model->visiting = false;
	effect_add(effects, EFFECT_VISIT_ENDED, NULL);
	go_home(model);
	forget_visitor(model);
}

/* Asks first, then ends. */
static void end_idle_visit(struct model *model, struct effects *effects)
{
	if (!model->visiting || model->finger_down)
		return;
	if (model->asked_ms == 0 && model->t_ms - model->touched_ms >= idle_ms(model))
		ask(model);
	else if (model->asked_ms != 0 && model->t_ms - model->asked_ms >= STILL_MS)
		end_visit(model, effects);
}

/* The idle picture moves a little now and then; never during a visit. */
static void shift(struct model *model)
{
	if (model->next_minute_ms == 0)
		model->shift_ms = model->t_ms;
	if (model->visiting || model->t_ms - model->shift_ms < SHIFT_MS)
		return;
	model->shift = (model->shift + 1) % SHIFT_PLACES;
	model->shift_ms = model->t_ms;
}

/* That what is wrong in the settings stands there by itself, since the start. */
static bool tells_settings(const struct model *model)
{
	return model->place.view == VIEW_SETTINGS && !model->visiting && model->next_minute_ms != 0;
}

static void leave_settings(struct model *model)
{
	if (tells_settings(model) && model->t_ms - model->began_ms >= SETTINGS_MS)
		go_home(model);
}

static void on_tick(struct model *model, const struct msg *msg, struct effects *effects)
{
	shift(model);
	if (model->next_minute_ms == 0)
		model->began_ms = model->t_ms;
	model->newest.now = model->newest.clock = msg->now;
	model->newest.feed_age_s = msg->feed_age_s;
	model->next_minute_ms = model->t_ms + 60000 - (msg->now.second * 1000 + msg->now_ms);
	model->newest.clock_unsure = msg->clock_unsure;
	if (model->cleaning_until_ms != 0 && model->t_ms >= model->cleaning_until_ms)
		model->cleaning_until_ms = 0;
	end_idle_visit(model, effects);
	leave_settings(model);
	urgent_turn(model);
}

static void on_down(struct model *model, const struct msg *msg, struct effects *effects)
{
	touched(model, effects);
	model->finger_down = true;
	speech_hush(model);
	size_t len = msg->item ? strnlen(msg->item, ITEM_ID_SIZE) : 0;
	if (len == ITEM_ID_SIZE)
		len = 0;
	memcpy(model->pressed, len ? msg->item : "", len);
	model->pressed[len] = '\0';
}

static void on_tap(struct model *model, const struct msg *msg, struct effects *effects)
{
	struct action action;
	bool asked = model->asked_ms != 0;
	touched(model, effects);
	answered(model);
	if (asked || (model_deaf(model) && !msg->told) || !msg->action || !action_parse(msg->action, &action))
		return;
	act(model, &action, effects);
	model->stepped = true;
}

static void on_up(struct model *model, const struct msg *msg, struct effects *effects)
{
	if (!model->finger_down)
		return;
	model->finger_down = false;
	model->speech.hushed = false;
	model->pressed[0] = '\0';
	if (msg->leaned)
		return;
	touched(model, effects);
	answered(model);
}

static void on_feed(struct model *model, const struct msg *msg, struct effects *effects)
{
	if (!msg->feed || msg->feed == model->newest.feed)
		return;
	if (model->newest.feed && model->newest.feed != model->shown.feed)
		effect_add(effects, EFFECT_RELEASE, model->newest.feed);
	model->newest.feed = msg->feed;
	model->newest.feed_age_s = msg->feed_age_s;
}

static void on_callback(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)effects;
	if (msg->serial != model->callback.serial || model->callback.step != CALLBACK_ASKED)
		return;
	model->callback.state = msg->callback_state;
	model->callback.promised = msg->promised;
}

static void on_headset(struct model *model, const struct msg *msg, struct effects *effects)
{
	model->speech.headset = msg->on;
	if (!msg->on) {
		end_visit(model, effects);
		return;
	}
	touched(model, effects);
	answered(model);
	speech_mode(model, true);
}

static void on_speech_key(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)msg;
	touched(model, effects);
	answered(model);
	speech_mode(model, true);
}

static void on_spoken(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)effects;
	speech_spoken(model, msg->on, msg->mute);
}

static void on_panel(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)effects;
	model->no_touch = !msg->on;
}

static void on_raw(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)effects;
	if (msg->contact >= 0 && msg->contact < RAW_MAX)
		model->raw[msg->contact] = msg->raw;
}

static void on_feed_state(struct model *model, const struct msg *msg, struct effects *effects)
{
	(void)effects;
	model->newest.feed_state = msg->feed_state;
	model->newest.feed_age_s = msg->feed_age_s;
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
	if ((unsigned)msg->kind >= MSG_COUNT)
		return;
	struct scene before = speech_scene(model);
	on[msg->kind](model, msg, effects);
	settle(model, effects);
	speech_settle(model, &before, msg->kind == MSG_TAP);
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t screen_deadline(const struct model *model)
{
	int64_t next = model->next_minute_ms;
	if (model->cleaning_until_ms != 0)
		next = sooner(next,
			      model->cleaning_until_ms - (model->cleaning_until_ms - model->t_ms - 1) / 1000 * 1000);
	if (tells_settings(model))
		next = sooner(next, model->began_ms + SETTINGS_MS);
	if (!model->visiting || model->finger_down)
		return next;
	return sooner(next, model->asked_ms != 0 ? model->asked_ms + STILL_MS : model->touched_ms + idle_ms(model));
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

enum view model_view(const struct model *model)
{
	if (model->cleaning_until_ms != 0)
		return VIEW_CLEANING;
	if (model->asked_ms != 0)
		return VIEW_STILL;
	if (model->asleep)
		return VIEW_NIGHT;
	if (model->place.view == VIEW_HOME && model->habits.settings.source && !model->shown.feed)
		return VIEW_SETTINGS;
	if (model->place.view == VIEW_HOME && model->shown.clock_unsure)
		return VIEW_UNSURE;
	return model->place.view;
}

bool model_deaf(const struct model *model)
{
	return model->cleaning_until_ms != 0 ||
	       (model->place.view == VIEW_URGENT && model->t_ms - model->urgent.ms < URGENT_DEAF_MS);
}

bool model_same_screen(const struct model *a, const struct model *b)
{
	return model_view(a) == model_view(b) && same_place(&a->place, &b->place) && a->place.page == b->place.page &&
	       a->callback.step == b->callback.step && a->callback.state == b->callback.state &&
	       strcmp(a->lang, b->lang) == 0;
}
