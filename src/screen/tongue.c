/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/tongue.h"

#include <string.h>

const char *tongue(const struct lang *lang, const char *code)
{
	static const struct {
		const char *code;
		enum text_id id;
	} tongues[] = {
		{ "ar", TEXT_SCREEN_TONGUE_AR }, { "ckb", TEXT_SCREEN_TONGUE_CKB }, { "de", TEXT_SCREEN_TONGUE_DE },
		{ "en", TEXT_SCREEN_TONGUE_EN }, { "es", TEXT_SCREEN_TONGUE_ES },   { "fa", TEXT_SCREEN_TONGUE_FA },
		{ "fr", TEXT_SCREEN_TONGUE_FR }, { "lt", TEXT_SCREEN_TONGUE_LT },   { "nb", TEXT_SCREEN_TONGUE_NB },
		{ "nn", TEXT_SCREEN_TONGUE_NN }, { "pl", TEXT_SCREEN_TONGUE_PL },   { "ps", TEXT_SCREEN_TONGUE_PS },
		{ "ru", TEXT_SCREEN_TONGUE_RU }, { "se", TEXT_SCREEN_TONGUE_SE },   { "so", TEXT_SCREEN_TONGUE_SO },
		{ "ti", TEXT_SCREEN_TONGUE_TI }, { "tr", TEXT_SCREEN_TONGUE_TR },   { "uk", TEXT_SCREEN_TONGUE_UK },
		{ "ur", TEXT_SCREEN_TONGUE_UR }, { "vi", TEXT_SCREEN_TONGUE_VI },
	};
	for (size_t i = 0; i < sizeof tongues / sizeof tongues[0]; i++)
		if (strcmp(tongues[i].code, code) == 0)
			return lang_text(lang, tongues[i].id);
	return NULL;
}
