/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help that is wanted, as three answers: when, who meets me, what do I bring;
 * and the ways in. */
#include <string.h>

#include "screen/cards.h"
#include "screen/foreign.h"
#include "screen/tongue.h"
#include "screen/ways.h"

/* Body sizes below which a description would push the answers off the first page. */
static const int LEADS_ROOM = 22;

struct content {
	const struct need *need;
	struct ways ways;
};

/* "én time og 30 minutter"; NULL for whole days, which WHEN tells. */
static const char *lasts_words(struct builder *b, const struct need *need)
{
	int minutes = (int)(need->duration.seconds / 60), hours = minutes / 60;
	if (!need->has_duration || need->duration.days > 0 || minutes == 0)
		return NULL;
	const char *h = tell(b, TEXT_SCREEN_LASTS_HOURS, ARG_N(hours)),
		   *m = tell(b, TEXT_SCREEN_LASTS_MINUTES, ARG_N(minutes % 60));
	if (hours && minutes % 60)
		h = tell(b, TEXT_SCREEN_LASTS_BOTH, ARG_S(h), ARG_S(m));
	return tell(b, TEXT_SCREEN_LASTS, ARG_S(hours ? h : m));
}

static void compose_organiser(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const struct organisation *organisation = centre_organisation(b->centre, c->need->organisation);
	struct words strong = strong_words(b, NULL, NULL), quiet = quiet_words(b, say(b, TEXT_SCREEN_ORGANISER), NULL);
	if (!organisation)
		return;
	strong.s = pick(b, organisation->name, &strong.lang);
	flow_space(flow, 2);
	flow_fact(flow, "organiser", "people", &strong, &quiet);
}

static void compose_when(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	struct words strong = strong_words(b, NULL, NULL), quiet = quiet_words(b, NULL, NULL);
	const char *when = pick(b, c->need->when, &strong.lang), *more = strchr(when, '\n');
	strong.s = more ? print(b, "%.*s", (int)(more - when), when) : when;
	quiet.s = more ? more + 1 : NULL;
	quiet.lang = more ? strong.lang : NULL;
	if (!more && c->need->has_start && civil_compare(c->need->start, b->model->shown.now) >= 0) {
		enum date_form form = c->need->start.date_only ? DATE_WEEKDAY_DAY_MONTH : DATE_WEEKDAY_TIME;
		quiet = quiet_words(b, tell(b, TEXT_SCREEN_FIRST_TIME, ARG_S(date_words(b, form, c->need->start))),
				    NULL);
	}
	struct words lasts = strong_words(b, lasts_words(b, c->need), NULL);
	bool apart = lasts.s && quiet.s && is_foreign(b, quiet.lang);
	size_t len = quiet.s ? strlen(quiet.s) : 0;
	if (!apart)
		quiet.s = join(b, len && quiet.s[len - 1] == '.' ? " " : " · ", quiet.s, lasts.s, NULL);
	flow_space(flow, 3);
	flow_fact(flow, "when", "clock", &strong, &quiet);
	if (!apart)
		return;
	flow_space(flow, 2);
	flow_fact(flow, "lasts", "timer", &lasts, NULL);
}

static void compose_meets(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const struct contact *who = contact_shown(b, c->need->meets);
	if (!who)
		who = contact_shown(b, c->need->contact);
	if (!who)
		return;
	struct words strong = strong_words(b, tell(b, TEXT_SCREEN_MEETS_YOU, ARG_S(who->name)), NULL);
	struct words quiet = quiet_words(b, NULL, NULL);
	if (c->need->first_timer)
		quiet.s = say(b, TEXT_SCREEN_FIRST_TIMER);
	else
		quiet.s = pick(b, who->role, &quiet.lang);
	flow_space(flow, 2);
	flow_fact(flow, "meets", "handshake", &strong, &quiet);
}

static void compose_bring(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	struct words strong = strong_words(b, NULL, NULL), quiet = quiet_words(b, NULL, NULL);
	strong.s = pick(b, c->need->bring, &strong.lang);
	if (!strong.s)
		strong = strong_words(b, say(b, TEXT_SCREEN_BRING_NOTHING), NULL);
	if (c->need->certificate == CERTIFICATE_NONE)
		quiet.s = say(b, TEXT_SCREEN_CERTIFICATE_NONE);
	flow_space(flow, 2);
	flow_fact(flow, "bring", "bring", &strong, &quiet);
}

static void compose_certificate(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	if (c->need->certificate != CERTIFICATE_REQUIRED)
		return;
	struct words strong = strong_words(b, say(b, TEXT_SCREEN_CERTIFICATE_REQUIRED), NULL);
	struct words quiet = quiet_words(b, NULL, NULL);
	quiet.s = pick(b, c->need->legal_basis, &quiet.lang);
	flow_space(flow, 2);
	flow_fact(flow, "certificate", "certificate", &strong, &quiet);
}

static void compose_seats(struct flow *flow, const struct content *c)
{
	struct builder *b = flow->b;
	const char *names = "", *helpful = NULL,
		   *promise = tell(b, TEXT_SCREEN_ANSWER_DAYS, ARG_N(c->need->answer_days));
	struct words strong = strong_words(b, need_seats(b, c->need), NULL), quiet = quiet_words(b, NULL, NULL);
	if (!need_is_full(c->need))
		strong.fg = b->theme->help_edge;
	for (size_t i = 0; i < c->need->n_languages_helpful; i++)
		names = join(b, ", ", names, tongue(b->lang, c->need->languages_helpful[i]), NULL);
	if (names[0])
		helpful = tell(b, TEXT_SCREEN_LANGUAGES_HELPFUL, ARG_S(names));
	quiet.s = join(b, " ", need_is_full(c->need) ? NULL : promise, helpful, NULL);
	flow_space(flow, 2);
	flow_fact(flow, "seats", "seats", &strong, &quiet);
}

static void compose(struct flow *flow, const void *content)
{
	const struct content *c = content;
	struct builder *b = flow->b;
	struct words title = title_words(b, NULL, NULL), text = text_words(b, NULL, NULL);
	title.s = pick(b, c->need->name, &title.lang);
	text.s = pick(b, c->need->description, &text.lang);
	/* A short description leads; a long one must not push the answers off the first page. */
	bool leads = text.s && flow->area.h >= LEADS_ROOM * b->m.font[SIZE_BODY] &&
		     words_set(b, &text, flow->area.w).n_lines <= 4;
	flow_words(flow, "title", &title);
	flow_foreign(flow, title.lang);
	if (leads) {
		flow_space(flow, 1);
		flow_words(flow, "text", &text);
	}
	compose_when(flow, c);
	compose_meets(flow, c);
	compose_bring(flow, c);
	compose_certificate(flow, c);
	compose_seats(flow, c);
	compose_organiser(flow, c);
	if (text.s && !leads) {
		flow_space(flow, 3);
		flow_words(flow, "text", &text);
	}
	ways_flow(flow, &c->ways);
}

static struct ways ways_of(struct builder *b, const struct need *need)
{
	bool full = need_is_full(need);
	struct ways ways = {
		.title = say(b, full ? TEXT_SCREEN_FULL : TEXT_SCREEN_SIGN_UP_NEED),
		.open = b->centre->signup_host && !full,
		.closed = full ? say(b, TEXT_SCREEN_FULL_NEED) : NULL,
		.letter = 'N',
		.code = need->code,
		.number = need->number,
	};
	const struct contact *contact = contact_shown(b, need->contact);
	if (contact) {
		ways.contact_name = contact->name;
		ways.contact_role = pick(b, contact->role, &ways.contact_role_lang);
		ways.phone = contact->phone;
	}
	return ways;
}

enum err view_need(struct builder *b)
{
	struct content c = { .need = centre_need(b->centre, b->model->place.id) };
	header_put(b, say(b, TEXT_SCREEN_NEEDS), NULL, CONTENT_WORDS);
	if (!c.need) {
		message_put(b, b->body, "handshake", say(b, TEXT_SCREEN_GONE_NEED), say(b, TEXT_SCREEN_GONE_HOW));
		return b->err;
	}
	c.ways = ways_of(b, c.need);
	ways_page(b, &c.ways, compose, &c, say(b, TEXT_SCREEN_SIGN_UP_NEED_SHORT));
	return b->err;
}
