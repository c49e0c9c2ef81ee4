/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ics_text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "core/feed_rules.h"
#include "core/icu.h"

/* ---- HTML: Google writes it into DESCRIPTION ---- */

static const struct entity {
	const char *name, *text;
} entities[] = {
	{ "&nbsp;", " " }, { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" },
};

enum { TAG_MAX = 300 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of a tag at S, 0 for none: "3 < 4 and <3" has none. */
static size_t tag_length(const char *s)
{
	if (*s != '<' || !is_letter(s[s[1] == '/' ? 2 : 1]))
		return 0;
	const char *end = memchr(s, '>', strnlen(s, TAG_MAX));
	return end ? (size_t)(end - s) + 1 : 0;
}

static bool breaks_line(const char *tag)
{
	static const char *const names[] = { "<br", "</p", "</div", "</li", "</ul", "</h" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strncasecmp(tag, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static size_t put_entity(const char *s, char **to)
{
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		size_t n = strlen(entities[i].name);
		if (strncmp(s, entities[i].name, n) == 0) {
			*(*to)++ = entities[i].text[0];
			return n;
		}
	}
	return 0;
}

/* In place: a tag's or an entity's text is never longer than itself. */
static void strip_html(char *s)
{
	char *to = s;

	while (*s) {
		size_t n = tag_length(s);
		if (n && breaks_line(s))
			*to++ = '\n';
		if (!n)
			n = *s == '&' ? put_entity(s, &to) : 0;
		if (n)
			s += n;
		else
			*to++ = *s++;
	}
	*to = '\0';
}

static bool is_html(const char *s)
{
	return strcasestr(s, "<br") || strstr(s, "</");
}

char *ics_plain(struct arena *arena, const char *s, size_t max, bool lines)
{
	if (s && is_html(s)) {
		char *copy = arena_strdup(arena, s);
		if (!copy)
			return NULL;
		strip_html(copy);
		s = copy;
	}
	return feed_text_clean(arena, s ? s : "", max, lines);
}

/* ---- kinds ---- */

/* A word counts at the beginning or the end of a word of the title ("allsang", "sangstund"). The first row that fits
 * wins: what ends like something else comes before it (kultur before tur). */
static const struct word_row {
	enum kind kind;
	const char *word;
} words[] = {
	{ KIND_CULTURE, "kultur" },
	{ KIND_CULTURE, "konsert" },
	{ KIND_CULTURE, "concert" },
	{ KIND_CULTURE, "teater" },
	{ KIND_CULTURE, "theatre" },
	{ KIND_CULTURE, "museum" },
	{ KIND_CULTURE, "utstilling" },
	{ KIND_CULTURE, "exhibition" },
	{ KIND_READING, "litteratur" },
	{ KIND_READING, "literature" },
	{ KIND_READING, "høytlesning" },
	{ KIND_READING, "lesestund" },
	{ KIND_READING, "lesesirkel" },
	{ KIND_READING, "bokprat" },
	{ KIND_READING, "bokklubb" },
	{ KIND_READING, "bok" },
	{ KIND_READING, "bibliotek" },
	{ KIND_READING, "library" },
	{ KIND_READING, "reading" },
	{ KIND_READING, "book" },
	{ KIND_FAITH, "andakt" },
	{ KIND_FAITH, "gudstjeneste" },
	{ KIND_FAITH, "messe" },
	{ KIND_FAITH, "kirke" },
	{ KIND_FAITH, "bønn" },
	{ KIND_FAITH, "church" },
	{ KIND_FAITH, "prayer" },
	{ KIND_FAITH, "worship" },
	{ KIND_DANCE, "dans" },
	{ KIND_DANCE, "dance" },
	{ KIND_DANCE, "dancing" },
	{ KIND_FILM, "film" },
	{ KIND_FILM, "kino" },
	{ KIND_FILM, "cinema" },
	{ KIND_FILM, "movie" },
	{ KIND_MUSIC, "musikk" },
	{ KIND_MUSIC, "trekkspill" },
	{ KIND_MUSIC, "piano" },
	{ KIND_MUSIC, "music" },
	{ KIND_GAME, "bingo" },
	{ KIND_GAME, "quiz" },
	{ KIND_GAME, "kortspill" },
	{ KIND_GAME, "kort" },
	{ KIND_GAME, "spill" },
	{ KIND_GAME, "bridge" },
	{ KIND_GAME, "sjakk" },
	{ KIND_GAME, "game" },
	{ KIND_GAME, "games" },
	{ KIND_GAME, "chess" },
	{ KIND_GAME, "cards" },
	{ KIND_SONG, "sang" },
	{ KIND_SONG, "kor" },
	{ KIND_SONG, "synge" },
	{ KIND_SONG, "syng" },
	{ KIND_SONG, "song" },
	{ KIND_SONG, "choir" },
	{ KIND_SONG, "singing" },
	{ KIND_TRAINING, "trim" },
	{ KIND_TRAINING, "trening" },
	{ KIND_TRAINING, "gymnastikk" },
	{ KIND_TRAINING, "yoga" },
	{ KIND_TRAINING, "balanse" },
	{ KIND_TRAINING, "exercise" },
	{ KIND_TRAINING, "fitness" },
	{ KIND_GARDEN, "hage" },
	{ KIND_GARDEN, "hagen" },
	{ KIND_GARDEN, "garden" },
	{ KIND_GARDEN, "gardening" },
	{ KIND_CRAFT, "strikk" },
	{ KIND_CRAFT, "strikking" },
	{ KIND_CRAFT, "hobby" },
	{ KIND_CRAFT, "håndarbeid" },
	{ KIND_CRAFT, "maling" },
	{ KIND_CRAFT, "snekker" },
	{ KIND_CRAFT, "verksted" },
	{ KIND_CRAFT, "knitting" },
	{ KIND_CRAFT, "craft" },
	{ KIND_CRAFT, "crafts" },
	{ KIND_CRAFT, "painting" },
	{ KIND_TALK, "foredrag" },
	{ KIND_TALK, "samtale" },
	{ KIND_TALK, "pratestund" },
	{ KIND_TALK, "lecture" },
	{ KIND_TALK, "talk" },
	{ KIND_COFFEE, "kaffe" },
	{ KIND_COFFEE, "kafe" },
	{ KIND_COFFEE, "kafé" },
	{ KIND_COFFEE, "vafler" },
	{ KIND_COFFEE, "vaffel" },
	{ KIND_COFFEE, "coffee" },
	{ KIND_COFFEE, "waffles" },
	{ KIND_MEAL, "middag" },
	{ KIND_MEAL, "frokost" },
	{ KIND_MEAL, "lunsj" },
	{ KIND_MEAL, "måltid" },
	{ KIND_MEAL, "grøt" },
	{ KIND_MEAL, "breakfast" },
	{ KIND_MEAL, "lunch" },
	{ KIND_MEAL, "dinner" },
	{ KIND_MEAL, "supper" },
	{ KIND_WALK, "tur" },
	{ KIND_WALK, "turen" },
	{ KIND_WALK, "gågruppe" },
	{ KIND_WALK, "walk" },
	{ KIND_WALK, "walking" },
};

static bool is_word_byte(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = strstr(text, word); s; s = strstr(s + 1, word))
		if (s == text || !is_word_byte(s[-1]) || !is_word_byte(s[n]))
			return true;
	return false;
}

static enum kind kind_of(const char *folded)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (has_word(folded, words[i].word))
			return words[i].kind;
	return KIND_OTHER;
}

bool ics_kind(const char *title, const char *categories, enum kind *out)
{
	enum { SCRATCH = 1 << 20, SHORT = 400 };
	const char *texts[] = { title, categories };
	struct arena scratch;
	bool good = true;

	*out = KIND_OTHER;
	arena_init(&scratch, SCRATCH);
	for (size_t i = 0; i < 2 && good && *out == KIND_OTHER; i++) {
		char *text = feed_text_clean(&scratch, texts[i] ? texts[i] : "", SHORT, false);
		char *folded = text ? icu_fold(&scratch, text) : NULL;
		good = folded != NULL;
		*out = good ? kind_of(folded) : KIND_OTHER;
	}
	arena_free(&scratch);
	return good;
}

/* ---- ids ---- */

uint64_t ics_hash(uint64_t hash, const char *s)
{
	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return hash;
}

char *ics_id(struct arena *arena, const char *uid)
{
	enum { KEPT = 40 };
	char safe[KEPT + 1];
	size_t n = 0;

	if (feed_is_id(uid))
		return arena_strdup(arena, uid);
	for (const char *s = uid; *s && n < KEPT; s++)
		if (is_letter(*s) || (*s >= '0' && *s <= '9') || strchr("._-", *s))
			safe[n++] = *s;
	safe[n] = '\0';
	return arena_printf(arena, "%s-%016llx", n ? safe : "x", (unsigned long long)ics_hash(ICS_HASH_START, uid));
}
