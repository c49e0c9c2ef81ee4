/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/theme.h"

#include <string.h>

static const struct theme themes[THEME_COUNT] = {
	[THEME_LIGHT] = {
		.background = 0xF6F2EA,
		.ink = 0x14262B,
		.muted = 0x3A484C,
		.heading = 0x12383F,
		.paper = 0xFFFFFF,
		.edge = 0x8A8474,
		.line = 0x12383F,
		.header = { 0xFFFFFF, 0x12383F },
		.header_muted = 0xD8E4E3,
		.chosen = { 0xFFFFFF, 0x12383F },
		.off = { 0x464C4B, 0xF1EEE7 },
		.pressed = 0xE3ECEA,
		.primary = { 0xFFFFFF, 0x24502F },
		.help = { 0x24502F, 0xE4EEE2 },
		.alert = { 0x8E1B26, 0xFBE3E4 },
		.help_edge = 0x24502F,
		.alert_edge = 0x8E1B26,
		.bar = { 0x14262B, 0xFFFFFF },
		.night = { 0xFFEFD8, 0x574536 },
		.tint = {
			[TINT_SAND] = { 0x5C3D05, 0xFBE7C6 },
			[TINT_SKY] = { 0x123C69, 0xDCE9F7 },
			[TINT_LEAF] = { 0x1F4A2A, 0xDFEEDC },
			[TINT_ROSE] = { 0x6B1F33, 0xF8E0E3 },
			[TINT_LILAC] = { 0x422763, 0xEAE2F4 },
			[TINT_STONE] = { 0x2F3E42, 0xE7E6DF },
		},
	},
	[THEME_CONTRAST] = {
		.background = 0x000000,
		.ink = 0xFFFFFF,
		.muted = 0xFFFFFF,
		.heading = 0xFFD400,
		.paper = 0x000000,
		.edge = 0xFFFFFF,
		.line = 0xFFD400,
		.header = { 0xFFFFFF, 0x000000 },
		.header_muted = 0xFFFFFF,
		.chosen = { 0x000000, 0xFFD400 },
		.off = { 0xB8B8B8, 0x000000 },
		.pressed = 0x303030,
		.primary = { 0x000000, 0xFFD400 },
		.help = { 0xFFD400, 0x000000 },
		.alert = { 0x000000, 0xFFFFFF },
		.help_edge = 0xFFD400,
		.alert_edge = 0xFFFFFF,
		.bar = { 0xFFFFFF, 0x000000 },
		.night = { 0xFFEFD8, 0x574536 },
		.tint = {
			[TINT_SAND] = { 0xFFFFFF, 0x000000 },
			[TINT_SKY] = { 0xFFFFFF, 0x000000 },
			[TINT_LEAF] = { 0xFFFFFF, 0x000000 },
			[TINT_ROSE] = { 0xFFFFFF, 0x000000 },
			[TINT_LILAC] = { 0xFFFFFF, 0x000000 },
			[TINT_STONE] = { 0xFFFFFF, 0x000000 },
		},
	},
	[THEME_NIGHT] = {
		.background = 0x17120D,
		.ink = 0xE8D9C3,
		.muted = 0xCDBBA1,
		.heading = 0xE9CFA4,
		.paper = 0x211A13,
		.edge = 0x857660,
		.line = 0xE9CFA4,
		.header = { 0xEBD9BE, 0x0F0C08 },
		.header_muted = 0xCDBBA1,
		.chosen = { 0x17120D, 0xD9BE93 },
		.off = { 0xB3A48D, 0x17120D },
		.pressed = 0x33281C,
		.primary = { 0x17120D, 0xC9D0A0 },
		.help = { 0xC9D0A0, 0x211A13 },
		.alert = { 0xF0C3AE, 0x3A1A14 },
		.help_edge = 0xB9C18D,
		.alert_edge = 0xD08A72,
		.bar = { 0xE8D9C3, 0x0F0C08 },
		.night = { 0xFFEFD8, 0x574536 },
		.tint = {
			[TINT_SAND] = { 0xEBCF9B, 0x3A2D1A },
			[TINT_SKY] = { 0xD3D5CE, 0x2E2F2D },
			[TINT_LEAF] = { 0xCFD6A8, 0x2B2F1C },
			[TINT_ROSE] = { 0xEFC6B2, 0x3B241D },
			[TINT_LILAC] = { 0xDFCBC9, 0x33282A },
			[TINT_STONE] = { 0xDDCFB9, 0x322A20 },
		},
	},
};

static const char *const names[] = {
#define X(name, s) [THEME_##name] = s,
	THEMES(X)
#undef X
};

static const enum tint tints[KIND_COUNT] = {
	[KIND_SONG] = TINT_SKY,      [KIND_MUSIC] = TINT_SKY,     [KIND_COFFEE] = TINT_SAND, [KIND_MEAL] = TINT_SAND,
	[KIND_GARDEN] = TINT_LEAF,   [KIND_WALK] = TINT_LEAF,     [KIND_CRAFT] = TINT_ROSE,  [KIND_GAME] = TINT_ROSE,
	[KIND_READING] = TINT_LILAC, [KIND_FAITH] = TINT_LILAC,   [KIND_DANCE] = TINT_ROSE,  [KIND_FILM] = TINT_STONE,
	[KIND_CULTURE] = TINT_LILAC, [KIND_TRAINING] = TINT_LEAF, [KIND_TALK] = TINT_SAND,   [KIND_OTHER] = TINT_STONE,
};

const struct theme *theme_get(enum theme_name name)
{
	return &themes[(unsigned)name < THEME_COUNT ? name : THEME_LIGHT];
}

enum theme_name theme_parse(const char *s)
{
	for (unsigned i = 0; i < THEME_COUNT; i++)
		if (strcmp(s, names[i]) == 0)
			return (enum theme_name)i;
	return THEME_COUNT;
}

enum tint theme_tint(enum kind kind)
{
	return (unsigned)kind < KIND_COUNT ? tints[kind] : TINT_STONE;
}
