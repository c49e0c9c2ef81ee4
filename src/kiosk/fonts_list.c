/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "kiosk/fonts.h"

static const char *const weights[WEIGHT_COUNT] = { "regular", "medium", "semibold", "bold" };

enum { WORDS_MAX = 7 };

struct reading {
	struct font_list *list;
	const char *name;
	int line;
	struct fault *fault;
	size_t n_words;
	char *words[WORDS_MAX];
};

static enum err wrong(const struct reading *r, const char *what)
{
	char place[120];

	snprintf(place, sizeof(place), "%.90s: line %d", r->name, r->line);
	return fault_set(r->fault, ERR_VALUE, place, "%s", what);
}

static bool copy_word(const char *word, char *out, size_t size)
{
	size_t len = strlen(word);

	if (len == 0 || len >= size)
		return false;
	memcpy(out, word, len + 1);
	return true;
}

static bool read_scripts(char *words, char out[SCRIPTS_MAX][5])
{
	size_t n = 0;

	for (char *at = words; *at; n++) {
		size_t len = strcspn(at, ",");

		if (n == SCRIPTS_MAX || len != 4)
			return false;
		memcpy(out[n], at, 4);
		at += at[len] ? len + 1 : len;
	}
	return n > 0;
}

static bool read_percent(const char *word, int *out)
{
	int value = 0;

	for (; *word >= '0' && *word <= '9' && value < 1000; word++)
		value = value * 10 + (*word - '0');
	*out = value;
	return *word == '\0' && value >= 50 && value <= 200;
}

static enum err read_family(struct reading *r)
{
	struct font_list *list = r->list;

	if (r->n_words != 6)
		return wrong(r, "not `family NAME SIZE% SCRIPTS LANGUAGES PACKAGE`");
	if (list->n_families == FAMILIES_MAX)
		return wrong(r, "too many families");
	struct font_family *family = &list->families[list->n_families++];
	family->optional = r->words[5][0] == '?';
	if (!copy_word(r->words[1], family->name, sizeof(family->name)) ||
	    !copy_word(r->words[5] + family->optional, family->package, sizeof(family->package)) ||
	    !copy_word(r->words[4], family->languages, sizeof(family->languages)))
		return wrong(r, "a word is empty or too long");
	if (!read_percent(r->words[2], &family->size_percent))
		return wrong(r, "the size is no number of percent from 50 to 200");
	if (!read_scripts(r->words[3], family->scripts))
		return wrong(r, "the scripts are not one to eight four-letter codes with commas between");
	return OK;
}

static enum err read_file(struct reading *r, const char *file, char **out)
{
	if (file[0] != '/')
		return wrong(r, "the file's path does not begin with /");
	if (*out)
		return wrong(r, "the weight stands twice");
	*out = mem_strdup(file);
	return *out ? OK : fault_set(r->fault, ERR_MEMORY, r->name, "%s", err_cause(ERR_MEMORY));
}

static enum err read_weight(struct reading *r)
{
	struct font_list *list = r->list;

	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		if (strcmp(r->words[0], weights[i]) != 0)
			continue;
		if (r->n_words != 2 || list->n_families == 0)
			return wrong(r, "not `WEIGHT FILE` under a family");
		return read_file(r, r->words[1], &list->families[list->n_families - 1].files[i]);
	}
	return wrong(r, "begins with none of family, hyphens, regular, medium, semibold, bold");
}

static enum err read_hyphens(struct reading *r)
{
	struct font_list *list = r->list;

	if (r->n_words != 4)
		return wrong(r, "not `hyphens LANGUAGE PACKAGE FILE`");
	if (list->n_hyphens == HYPHENS_MAX)
		return wrong(r, "too many hyphens lines");
	struct font_hyphens *row = &list->hyphens[list->n_hyphens++];
	if (!copy_word(r->words[1], row->lang, sizeof(row->lang)) ||
	    !copy_word(r->words[2], row->package, sizeof(row->package)))
		return wrong(r, "a word is empty or too long");
	return read_file(r, r->words[3], &row->file);
}

static bool split(struct reading *r, char *line)
{
	line[strcspn(line, "#\r")] = '\0';
	r->n_words = 0;
	for (;;) {
		line += strspn(line, " \t");
		if (!*line)
			return true;
		if (r->n_words == WORDS_MAX)
			return false;
		r->words[r->n_words++] = line;
		line += strcspn(line, " \t");
		if (*line)
			*line++ = '\0';
	}
}

static enum err read_line(struct reading *r, char *line)
{
	if (!split(r, line))
		return wrong(r, "too many words");
	if (r->n_words == 0)
		return OK;
	if (strcmp(r->words[0], "family") == 0)
		return read_family(r);
	if (strcmp(r->words[0], "hyphens") == 0)
		return read_hyphens(r);
	return read_weight(r);
}

enum err font_list_read(struct font_list *out, const char *name, const char *bytes, struct fault *fault)
{
	struct reading r = { .list = out, .name = name, .fault = fault };
	enum err err = OK;

	*out = (struct font_list){ 0 };
	char *copy = mem_strdup(bytes);
	if (!copy)
		return fault_set(fault, ERR_MEMORY, name, "%s", err_cause(ERR_MEMORY));
	for (char *at = copy; at && !err;) {
		char *line = at;

		at = strchr(at, '\n');
		if (at)
			*at++ = '\0';
		r.line++;
		err = read_line(&r, line);
	}
	mem_free(copy);
	if (!err && out->n_families == 0)
		err = wrong(&r, "names no font");
	return err;
}

void font_list_free(struct font_list *list)
{
	for (size_t i = 0; i < list->n_families; i++) {
		for (size_t w = 0; w < WEIGHT_COUNT; w++)
			mem_free(list->families[i].files[w]);
	}
	for (size_t i = 0; i < list->n_hyphens; i++)
		mem_free(list->hyphens[i].file);
	*list = (struct font_list){ 0 };
}

static enum err missing(const char *file, const char *package, struct fault *fault)
{
	return fault_set(fault, ERR_DEVICE, file, "is missing: install the Debian package %s", package);
}

static enum err look_for_family(struct font_family *family, struct fault *fault)
{
	for (size_t w = 0; w < WEIGHT_COUNT; w++) {
		char **file = &family->files[w];

		if (!*file || access(*file, R_OK) == 0)
			continue;
		if (!family->optional)
			return missing(*file, family->package, fault);
		mem_free(*file);
		*file = NULL;
	}
	return OK;
}

enum err font_list_look(struct font_list *list, struct fault *fault)
{
	for (size_t i = 0; i < list->n_families; i++) {
		enum err err = look_for_family(&list->families[i], fault);
		if (err)
			return err;
	}
	for (size_t i = 0; i < list->n_hyphens; i++) {
		if (access(list->hyphens[i].file, R_OK) != 0)
			return missing(list->hyphens[i].file, list->hyphens[i].package, fault);
	}
	return OK;
}
