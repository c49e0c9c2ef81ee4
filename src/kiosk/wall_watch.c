/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/wall_watch.h"

#include <errno.h>
#include <libudev.h>
#include <string.h>

#include "base/mem.h"

struct watch {
	struct udev *udev;
	struct udev_monitor *monitor;
};

static enum err start(struct watch *watch, struct fault *fault)
{
	watch->udev = udev_new();
	watch->monitor = watch->udev ? udev_monitor_new_from_netlink(watch->udev, "udev") : NULL;
	if (!watch->monitor ||
	    udev_monitor_filter_add_match_subsystem_devtype(watch->monitor, "drm", "drm_minor") < 0 ||
	    udev_monitor_enable_receiving(watch->monitor) < 0)
		return fault_set(fault, ERR_DEVICE, "udev", "cannot be listened to: %s", strerror(errno));
	return OK;
}

enum err watch_new(struct watch **out, struct fault *fault)
{
	struct watch *watch = mem_alloc(sizeof *watch);

	*out = NULL;
	if (!watch)
		return fault_set(fault, ERR_MEMORY, "udev", "%s", err_cause(ERR_MEMORY));
	enum err err = start(watch, fault);
	if (err)
		watch_del(watch);
	else
		*out = watch;
	return err;
}

void watch_del(struct watch *watch)
{
	if (!watch)
		return;
	if (watch->monitor)
		udev_monitor_unref(watch->monitor);
	if (watch->udev)
		udev_unref(watch->udev);
	mem_free(watch);
}

int watch_fd(const struct watch *watch)
{
	return udev_monitor_get_fd(watch->monitor);
}

static enum watch_news news_of(struct udev_device *device, const char *card)
{
	const char *action = udev_device_get_action(device), *node = udev_device_get_devnode(device);

	if (!action || strcmp(action, "remove") != 0)
		return WATCH_PLUGGED;
	return node && strcmp(node, card) == 0 ? WATCH_GONE : WATCH_NOTHING;
}

enum watch_news watch_read(struct watch *watch, const char *card)
{
	enum watch_news all = WATCH_NOTHING;

	/* The socket does not block: no device means no more news. */
	for (;;) {
		struct udev_device *device = udev_monitor_receive_device(watch->monitor);
		if (!device)
			return all;
		enum watch_news one = news_of(device, card);
		udev_device_unref(device);
		all = one > all ? one : all;
	}
}

struct udev *watch_udev(const struct watch *watch)
{
	return watch->udev;
}
