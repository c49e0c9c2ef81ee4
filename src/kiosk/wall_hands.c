/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall_hands.h"

#include <SDL2/SDL_keycode.h>
#include <linux/input-event-codes.h>

static void tell(enum finger_kind kind, int64_t id, double x, double y, struct glass_event *out)
{
	*out = (struct glass_event){ .kind = GLASS_FINGER, .finger = kind, .id = id, .x = x, .y = y };
}

static bool is_contact(int slot)
{
	return slot >= 0 && slot < HANDS_CONTACTS;
}

bool hands_contact(struct hands *hands, enum finger_kind kind, int slot, double x, double y, struct glass_event *out)
{
	if (!is_contact(slot))
		return false;
	hands->contacts[slot].x = x;
	hands->contacts[slot].y = y;
	tell(kind, slot, x, y, out);
	return true;
}

bool hands_leave(const struct hands *hands, int slot, struct glass_event *out)
{
	if (!is_contact(slot))
		return false;
	tell(FINGER_UP, slot, hands->contacts[slot].x, hands->contacts[slot].y, out);
	return true;
}

bool hands_cancel(const struct hands *hands, int slot, struct glass_event *out)
{
	(void)hands;
	if (!is_contact(slot))
		return false;
	tell(FINGER_UP, slot, -1, -1, out);
	return true;
}

bool hands_pointer(struct hands *hands, double x, double y, struct glass_event *out)
{
	hands->pointer.x = x;
	hands->pointer.y = y;
	tell(FINGER_MOVE, HANDS_POINTER, x, y, out);
	return hands->pointer_down;
}

bool hands_button(struct hands *hands, uint32_t button, bool pressed, struct glass_event *out)
{
	if ((button != BTN_LEFT && button != BTN_TOUCH) || pressed == hands->pointer_down)
		return false;
	hands->pointer_down = pressed;
	tell(pressed ? FINGER_DOWN : FINGER_UP, HANDS_POINTER, hands->pointer.x, hands->pointer.y, out);
	return true;
}

/* Which of the keys that change others; 0: it is none. */
static unsigned changer(uint32_t code)
{
	static const uint32_t codes[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT,   KEY_RIGHTALT,
					  KEY_LEFTMETA, KEY_RIGHTMETA, KEY_LEFTSHIFT, KEY_RIGHTSHIFT };

	for (unsigned i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i] == code)
			return 1U << i;
	return 0;
}

enum { SHIFTS = 3 << 6 }; /* the last two of changer's: with them a key is still a key */

/* Plus and minus beside the figures are where a Norwegian keyboard has them. */
static int sym_of(uint32_t code)
{
	static const struct {
		uint32_t code;
		int sym;
	} syms[] = {
		{ KEY_LEFT, SDLK_LEFT },
		{ KEY_UP, SDLK_UP },
		{ KEY_RIGHT, SDLK_RIGHT },
		{ KEY_DOWN, SDLK_DOWN },
		{ KEY_ENTER, SDLK_RETURN },
		{ KEY_KPENTER, SDLK_KP_ENTER },
		{ KEY_SPACE, SDLK_SPACE },
		{ KEY_MINUS, SDLK_PLUS },
		{ KEY_SLASH, SDLK_MINUS },
		{ KEY_KPPLUS, SDLK_KP_PLUS },
		{ KEY_KPMINUS, SDLK_KP_MINUS },
		{ KEY_VOLUMEUP, SDLK_VOLUMEUP },
		{ KEY_VOLUMEDOWN, SDLK_VOLUMEDOWN },
		{ KEY_ESC, SDLK_ESCAPE },
	};

	for (size_t i = 0; i < sizeof syms / sizeof *syms; i++)
		if (syms[i].code == code)
			return syms[i].sym;
	return SDLK_HELP;
}

bool hands_key(struct hands *hands, uint32_t code, bool pressed, struct glass_event *out)
{
	unsigned bit = changer(code);

	if (bit) {
		hands->held = pressed ? hands->held | bit : hands->held & ~bit;
		return false;
	}
	*out = (struct glass_event){ .kind = GLASS_KEY, .sym = sym_of(code) };
	return pressed && (hands->held & ~(unsigned)SHIFTS) == 0;
}
