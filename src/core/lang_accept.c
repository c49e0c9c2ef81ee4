/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accept-Language (RFC 9110 12.5.4): "nb-NO,nb;q=0.9,en;q=0.8". What is wrong in it is passed over, piece by piece. */
#include <string.h>
#include <strings.h>

#include "core/lang.h"

enum { LENGTH_READ = 1000, RANGE_SIZE = 36, Q_ONE = 1000 };

/* A piece of the header, as [from, to). */
struct piece {
	const char *from, *to;
};

static struct piece trim(struct piece piece)
{
	while (piece.from < piece.to && (*piece.from == ' ' || *piece.from == '\t'))
		piece.from++;
	while (piece.from < piece.to && (piece.to[-1] == ' ' || piece.to[-1] == '\t'))
		piece.to--;
	return piece;
}

/* What stands before SEPARATOR; REST moves behind it. */
static struct piece take_until(struct piece *rest, char separator)
{
	const char *at = memchr(rest->from, separator, (size_t)(rest->to - rest->from));
	struct piece found = { rest->from, at ? at : rest->to };

	rest->from = at ? at + 1 : rest->to;
	return trim(found);
}

/* Thousandths of "q=0.8" (RFC 9110 12.4.2), -1 if it is none. */
static int parse_q(struct piece piece)
{
	int q = 0, unit = Q_ONE;

	if (piece.to - piece.from < 3 || (piece.from[0] != 'q' && piece.from[0] != 'Q') || piece.from[1] != '=')
		return -1;
	if (piece.to - piece.from > 3 && piece.from[3] != '.')
		return -1;
	for (const char *at = piece.from + 2; at < piece.to; at++) {
		if (at == piece.from + 3)
			continue;
		if (*at < '0' || *at > '9' || unit == 0)
			return -1;
		q += (*at - '0') * unit;
		unit /= 10;
	}
	return q <= Q_ONE ? q : -1;
}

/* Tags of the IANA registry whose readers one of ours serves: what browsers say for Norwegian at large, the languages
 * that a macrolanguage takes in, Dari beside the Persian of Iran. Kurdish alone is mostly Kurmanji in Latin letters,
 * which is not Sorani: only in Arabic letters is it taken for that. */
static const char *const stand_ins[][2] = {
	{ "no", "nb" },  { "arb", "ar" }, { "pes", "fa" }, { "prs", "fa" },
	{ "pbu", "ps" }, { "pst", "ps" }, { "pbt", "ps" }, { "ku-Arab", "ckb" },
};

static const struct lang *stand_in(const char *range)
{
	for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++)
		if (strcasecmp(range, stand_ins[i][0]) == 0)
			return lang_find(stand_ins[i][1]);
	return NULL;
}

/* RFC 4647 3.4, lookup: "nb-NO" is asked for as "nb" too. */
static const struct lang *look_up(struct piece piece)
{
	char range[RANGE_SIZE];
	size_t len = (size_t)(piece.to - piece.from);

	if (len == 0 || len >= sizeof range)
		return NULL;
	memcpy(range, piece.from, len);
	range[len] = '\0';
	for (;;) {
		const struct lang *lang = lang_find(range);
		if (!lang)
			lang = stand_in(range);
		char *dash = strrchr(range, '-');
		if (lang || !dash)
			return lang;
		*dash = '\0';
	}
}

const struct lang *lang_match(const char *tag)
{
	return tag ? look_up((struct piece){ tag, tag + strnlen(tag, RANGE_SIZE) }) : NULL;
}

static const struct lang *best_of(const char *header, const struct lang *fallback, bool staff)
{
	const struct lang *best = fallback;
	int best_q = 0;

	if (!header)
		return fallback;
	struct piece rest = { header, header + strnlen(header, LENGTH_READ) };
	while (rest.from < rest.to) {
		struct piece element = take_until(&rest, ',');
		struct piece range = take_until(&element, ';');
		int q = trim(element).from == element.to ? Q_ONE : parse_q(trim(element));
		bool any = range.to - range.from == 1 && *range.from == '*';
		const struct lang *lang = any ? fallback : look_up(range);
		if (lang && q > best_q && (!staff || lang_has_staff(lang))) {
			best = lang;
			best_q = q;
		}
	}
	return best;
}

const struct lang *lang_accept(const char *header, const struct lang *fallback)
{
	return best_of(header, fallback, false);
}

const struct lang *lang_accept_staff(const char *header, const struct lang *fallback)
{
	return best_of(header, fallback, true);
}
