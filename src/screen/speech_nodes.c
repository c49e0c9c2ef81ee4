/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "screen/speech_inside.h"

/* A card or a button is one node, with all that stands on it. */
static bool is_box(const struct item *item)
{
	return item->has_hit || item->role == ROLE_CARD || item->role == ROLE_BUTTON || item->role == ROLE_KEY;
}

static bool has_words(const struct item *item)
{
	return !item->decorative && (item->text || item->spoken);
}

static bool inside(struct rect a, struct rect b)
{
	return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
}

/* What leads nowhere now, and the button that reads aloud, are not heard. */
static bool is_heard(const struct item *item)
{
	return item->enabled && !(item->action && strncmp(item->action, "say ", 4) == 0);
}

/* "ways/host" and "ways/number" are heard together. */
static bool same_group(const struct item *a, const struct item *b)
{
	size_t n = strcspn(a->id, "/");
	return n == strcspn(b->id, "/") && memcmp(a->id, b->id, n) == 0;
}

struct gathering {
	struct builder *b;
	struct nodes nodes;
	const struct item **next; /* of the places for the nodes' items */
	const struct item *box;   /* the control or card that was met last */
	bool deaf;                /* it is not heard, nor is what stands on it */
	bool furniture;
};

static void add_item(struct gathering *g, const struct item *item)
{
	struct node *node = &g->nodes.v[g->nodes.n - 1];
	*g->next++ = item;
	node->n++;
}

static void add_node(struct gathering *g, const struct item *item)
{
	struct node *node = &g->nodes.v[g->nodes.n++];
	*node = (struct node){ .id = item->id, .items = g->next, .furniture = g->furniture };
	if (!is_box(item))
		return;
	node->control = item;
	node->action = item->action;
}

static void gather(struct gathering *g, const struct item *item)
{
	struct node *last = g->nodes.n ? &g->nodes.v[g->nodes.n - 1] : NULL;
	g->furniture |= strcmp(item->id, "furniture") == 0;
	bool on_box = g->box && !is_box(item) && inside(item->rect, g->box->rect);
	if (is_box(item)) {
		g->box = item;
		g->deaf = !is_heard(item);
	}
	if (!has_words(item) || ((on_box || is_box(item)) && g->deaf))
		return;
	bool joins = on_box || (last && !is_box(item) && !last->control && same_group(last->items[0], item));
	if (!joins)
		add_node(g, item);
	add_item(g, item);
}

static void add_dials(struct builder *b, struct nodes *nodes)
{
	static const struct {
		const char *id, *action;
		enum text_id label;
	} dials[DIALS] = {
		{ "speech/quieter", "voice quieter", TEXT_SCREEN_SAID_QUIETER },
		{ "speech/louder", "voice louder", TEXT_SCREEN_SAID_LOUDER },
		{ "speech/slower", "voice slower", TEXT_SCREEN_SAID_SLOWER },
		{ "speech/faster", "voice faster", TEXT_SCREEN_SAID_FASTER },
		{ "speech/all", "say view", TEXT_SCREEN_SAID_ALL },
		{ "speech/end", "adjust speech", TEXT_SCREEN_SAID_END },
	};
	for (size_t i = 0; i < DIALS; i++)
		nodes->v[nodes->n++] = (struct node){
			.id = dials[i].id,
			.action = dials[i].action,
			.label = say(b, dials[i].label),
			.furniture = true,
		};
}

struct nodes nodes_of(struct builder *b)
{
	const struct display *out = b->out;
	struct gathering g = { .b = b };
	g.nodes.v = ARENA_ARRAY(b->arena, out->n_items + DIALS, struct node);
	g.next = ARENA_ARRAY(b->arena, out->n_items + 1, const struct item *);
	if (!g.nodes.v || !g.next) {
		b->err = b->err == OK ? ERR_MEMORY : b->err;
		return (struct nodes){ 0 };
	}
	for (size_t i = 0; i < out->n_items; i++)
		gather(&g, &out->items[i]);
	add_dials(b, &g.nodes);
	return g.nodes;
}

size_t nodes_focus(const struct nodes *nodes, const struct model *model)
{
	size_t focus = model->speech.focus > 0 ? (size_t)model->speech.focus : 0;
	return focus < nodes->n ? focus : nodes->n - 1;
}
