/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall_input.h"

#include <errno.h>
#include <fcntl.h>
#include <libinput.h>
#include <linux/input.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "io/file.h"
#include "kiosk/wall_hands.h"

enum { CAPABILITIES_MAX = 200, LOG_LINE = 300 };

struct input {
	struct libinput *libinput;
	struct hands hands;
	struct glass_touch touch;
};

/* ---- libinput's door to the system ---- */

static int open_device(const char *path, int flags, void *unused)
{
	int fd = open(path, flags | O_CLOEXEC);

	(void)unused;
	if (fd < 0)
		return -errno;
	if (ioctl(fd, EVIOCGRAB, 1) < 0)
		log_line(LOG_WARNING, "%s: what is typed there is heard elsewhere too: %s", path, strerror(errno));
	return fd;
}

static void close_device(int fd, void *unused)
{
	(void)unused;
	close(fd);
}

PRINTF_LIKE(3, 0)
static void hear(struct libinput *unused, enum libinput_log_priority priority, const char *format, va_list args)
{
	char line[LOG_LINE];

	(void)unused;
	vsnprintf(line, sizeof line, format, args);
	line[strcspn(line, "\n")] = '\0';
	log_line(priority >= LIBINPUT_LOG_PRIORITY_ERROR ? LOG_WARNING : LOG_DEBUG, "libinput: %s", line);
}

static enum err start(struct input *input, struct udev *udev, struct fault *fault)
{
	static const struct libinput_interface door = { .open_restricted = open_device,
							.close_restricted = close_device };

	input->libinput = libinput_udev_create_context(&door, input, udev);
	if (!input->libinput)
		return fault_set(fault, ERR_DEVICE, "touch", "libinput does not start");
	libinput_log_set_handler(input->libinput, hear);
	if (libinput_udev_assign_seat(input->libinput, "seat0") < 0 || libinput_dispatch(input->libinput) < 0)
		return fault_set(fault, ERR_DEVICE, "touch", "libinput finds no seat");
	return OK;
}

enum err input_new(struct udev *udev, struct input **out, struct fault *fault)
{
	struct input *input = mem_alloc(sizeof *input);

	*out = NULL;
	if (!input)
		return fault_set(fault, ERR_MEMORY, "touch", "%s", err_cause(ERR_MEMORY));
	input->touch.known = true;
	enum err err = start(input, udev, fault);
	if (err)
		input_del(input);
	else
		*out = input;
	return err;
}

void input_del(struct input *input)
{
	if (!input)
		return;
	if (input->libinput)
		libinput_unref(input->libinput);
	mem_free(input);
}

int input_fd(const struct input *input)
{
	return libinput_get_fd(input->libinput);
}

/* ---- which devices there are ---- */

/* That a pointer knows its place: the kernel says so in the last figures of a row in sixteens, ABS_X is bit 0. libinput
 * tells it only with the first movement. */
static bool has_place(struct libinput_device *device)
{
	char path[CAPABILITIES_MAX];
	struct buf bits;
	bool has = false;

	snprintf(path, sizeof path, "/sys/class/input/%s/device/capabilities/abs", libinput_device_get_sysname(device));
	buf_init(&bits, CAPABILITIES_MAX);
	if (file_read(path, &bits, NULL) == OK && buf_ok(&bits)) {
		size_t len = strcspn(buf_text(&bits), "\n");
		has = len > 0 && strchr("13579bdf", buf_text(&bits)[len - 1]) != NULL;
	}
	buf_free(&bits);
	return has;
}

static bool can_be_touched(struct libinput_device *device)
{
	if (libinput_device_has_capability(device, LIBINPUT_DEVICE_CAP_TOUCH))
		return true;
	return libinput_device_has_capability(device, LIBINPUT_DEVICE_CAP_POINTER) &&
	       libinput_device_config_tap_get_finger_count(device) == 0 && has_place(device);
}

static bool add(struct glass_touch *touch, struct libinput_device *device)
{
	static char known[] = "";

	if (!can_be_touched(device))
		return false;
	log_line(LOG_INFO, "can be touched: %s", libinput_device_get_name(device));
	libinput_device_set_user_data(device, known);
	if (touch->n < GLASS_TOUCH_MAX)
		snprintf(touch->names[touch->n], GLASS_NAME_SIZE, "%s", libinput_device_get_name(device));
	touch->n++;
	return true;
}

static bool drop(struct glass_touch *touch, struct libinput_device *device)
{
	size_t at = 0, shown = touch->n < GLASS_TOUCH_MAX ? touch->n : GLASS_TOUCH_MAX;

	if (!libinput_device_get_user_data(device))
		return false;
	log_line(LOG_INFO, "gone: %s", libinput_device_get_name(device));
	while (at < shown && strncmp(touch->names[at], libinput_device_get_name(device), GLASS_NAME_SIZE - 1) != 0)
		at++;
	if (at < shown) {
		memmove(touch->names[at], touch->names[at + 1], (shown - at - 1) * GLASS_NAME_SIZE);
		touch->names[shown - 1][0] = '\0';
	}
	touch->n--;
	return true;
}

/* ---- events ---- */

static bool on_touch(struct hands *hands, enum libinput_event_type type, struct libinput_event_touch *event,
		     struct glass_event *out)
{
	int slot = libinput_event_touch_get_seat_slot(event);

	if (type == LIBINPUT_EVENT_TOUCH_UP)
		return hands_leave(hands, slot, out);
	if (type == LIBINPUT_EVENT_TOUCH_CANCEL)
		return hands_cancel(hands, slot, out);
	return hands_contact(hands, type == LIBINPUT_EVENT_TOUCH_DOWN ? FINGER_DOWN : FINGER_MOVE, slot,
			     libinput_event_touch_get_x_transformed(event, 1),
			     libinput_event_touch_get_y_transformed(event, 1), out);
}

static bool on_button(struct hands *hands, struct libinput_event *event, struct glass_event *out)
{
	struct libinput_event_pointer *pointer = libinput_event_get_pointer_event(event);

	/* A mouse's: nothing shows where it is. */
	if (!libinput_device_get_user_data(libinput_event_get_device(event)))
		return false;
	return hands_button(hands, libinput_event_pointer_get_button(pointer),
			    libinput_event_pointer_get_button_state(pointer) == LIBINPUT_BUTTON_STATE_PRESSED, out);
}

static bool on_pointer(struct hands *hands, struct libinput_event_pointer *event, struct glass_event *out)
{
	return hands_pointer(hands, libinput_event_pointer_get_absolute_x_transformed(event, 1),
			     libinput_event_pointer_get_absolute_y_transformed(event, 1), out);
}

static bool on_key(struct hands *hands, struct libinput_event_keyboard *event, struct glass_event *out)
{
	return hands_key(hands, libinput_event_keyboard_get_key(event),
			 libinput_event_keyboard_get_key_state(event) == LIBINPUT_KEY_STATE_PRESSED, out);
}

static bool translate(struct input *input, struct libinput_event *event, struct glass_event *out)
{
	enum libinput_event_type type = libinput_event_get_type(event);

	*out = (struct glass_event){ .kind = GLASS_TOUCH };
	switch ((int)type) {
	case LIBINPUT_EVENT_DEVICE_ADDED:
		return add(&input->touch, libinput_event_get_device(event));
	case LIBINPUT_EVENT_DEVICE_REMOVED:
		return drop(&input->touch, libinput_event_get_device(event));
	case LIBINPUT_EVENT_TOUCH_DOWN:
	case LIBINPUT_EVENT_TOUCH_MOTION:
	case LIBINPUT_EVENT_TOUCH_UP:
	case LIBINPUT_EVENT_TOUCH_CANCEL:
		return on_touch(&input->hands, type, libinput_event_get_touch_event(event), out);
	case LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE:
		return on_pointer(&input->hands, libinput_event_get_pointer_event(event), out);
	case LIBINPUT_EVENT_POINTER_BUTTON:
		return on_button(&input->hands, event, out);
	case LIBINPUT_EVENT_KEYBOARD_KEY:
		return on_key(&input->hands, libinput_event_get_keyboard_event(event), out);
	default: /* frames, wheels, tablets' pens, switches */
		return false;
	}
}

bool input_next(struct input *input, struct glass_event *out)
{
	if (libinput_dispatch(input->libinput) < 0)
		return false;
	for (;;) {
		struct libinput_event *event = libinput_get_event(input->libinput);
		if (!event)
			return false;
		bool tells = translate(input, event, out);
		libinput_event_destroy(event);
		if (tells)
			return true;
	}
}

void input_touch(const struct input *input, struct glass_touch *out)
{
	*out = input->touch;
}
