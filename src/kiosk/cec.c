/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/cec.h"

#include <fcntl.h>
#include <linux/cec-funcs.h>
#include <linux/cec.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "io/clock.h"

enum { WAIT_MS = 2000, QUEUE = 64 };

/* Waits for EVENTS at FD until DEADLINE. */
static bool await(int fd, short events, int64_t deadline_ms)
{
	struct pollfd one = { .fd = fd, .events = events };
	int64_t left = deadline_ms - clock_monotonic_ms();

	/* POLLERR: nobody is configured to transmit as; POLLHUP: the adapter was taken out. */
	return left > 0 && poll(&one, 1, (int)left) == 1 && (one.revents & events) && !(one.revents & POLLHUP);
}

static bool has_address(int fd)
{
	struct cec_log_addrs addresses = { 0 };

	return ioctl(fd, CEC_ADAP_G_LOG_ADDRS, &addresses) == 0 && addresses.log_addr_mask != 0;
}

static bool wants_address(int fd)
{
	struct cec_log_addrs addresses = { 0 };

	return ioctl(fd, CEC_ADAP_G_LOG_ADDRS, &addresses) == 0 && addresses.num_log_addrs == 0;
}

/* Asks for a place on the bus as a player, once; the kernel keeps it, also for the next time. */
static void take_address(int fd)
{
	struct cec_log_addrs player = {
		.cec_version = CEC_OP_CEC_VERSION_1_4,
		.num_log_addrs = 1,
		.vendor_id = CEC_VENDOR_ID_NONE,
		.osd_name = "Oppslag",
		.primary_device_type = { CEC_OP_PRIM_DEVTYPE_PLAYBACK },
		.log_addr_type = { CEC_LOG_ADDR_TYPE_PLAYBACK },
	};
	int64_t deadline_ms = clock_monotonic_ms() + WAIT_MS;
	struct cec_event event;

	if (wants_address(fd) && ioctl(fd, CEC_ADAP_S_LOG_ADDRS, &player) != 0)
		return;
	while (!has_address(fd) && await(fd, POLLPRI, deadline_ms))
		for (int i = 0; i < QUEUE && ioctl(fd, CEC_DQEVENT, &event) == 0; i++)
			continue;
}

/* The one that the driver gave us; a television that sleeps may take the line's address away, and is then spoken to by
 * somebody without a name, which the kernel allows for waking it. */
static __u8 own_address(int fd)
{
	struct cec_log_addrs addresses = { 0 };

	if (ioctl(fd, CEC_ADAP_G_LOG_ADDRS, &addresses) == 0 && addresses.log_addr_mask != 0)
		return addresses.log_addr[0];
	return CEC_LOG_ADDR_UNREGISTERED;
}

/* The answer to a message comes among those that are received, with its number. */
static bool send(int fd, struct cec_msg *message)
{
	int64_t deadline_ms = clock_monotonic_ms() + WAIT_MS;
	struct cec_msg answer;

	if (ioctl(fd, CEC_TRANSMIT, message) != 0)
		return false;
	while (await(fd, POLLIN, deadline_ms)) {
		memset(&answer, 0, sizeof answer);
		if (ioctl(fd, CEC_RECEIVE, &answer) == 0 && answer.sequence == message->sequence)
			return answer.tx_status & CEC_TX_STATUS_OK;
	}
	return false;
}

static bool stand_by(int fd, __u8 from)
{
	struct cec_msg message;

	cec_msg_init(&message, from, CEC_LOG_ADDR_TV);
	cec_msg_standby(&message);
	return send(fd, &message);
}

/* "Image view on" wakes it, "active source" (to all) makes it show this cable. */
static bool wake(int fd, __u8 from)
{
	struct cec_msg message;
	__u16 place = CEC_PHYS_ADDR_INVALID;

	cec_msg_init(&message, from, CEC_LOG_ADDR_TV);
	cec_msg_image_view_on(&message);
	bool heard = send(fd, &message);
	if (from == CEC_LOG_ADDR_UNREGISTERED || ioctl(fd, CEC_ADAP_G_PHYS_ADDR, &place) != 0 ||
	    place == CEC_PHYS_ADDR_INVALID)
		return heard;
	cec_msg_init(&message, from, CEC_LOG_ADDR_BROADCAST);
	cec_msg_active_source(&message, place);
	(void)send(fd, &message);
	return heard;
}

enum cec_end cec_power(const char *path, bool on)
{
	struct cec_caps caps = { 0 };
	enum cec_end end = CEC_NONE;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return CEC_NONE;
	if (ioctl(fd, CEC_ADAP_G_CAPS, &caps) == 0 && (caps.capabilities & CEC_CAP_TRANSMIT)) {
		/* Some drivers choose it themselves. */
		if (caps.capabilities & CEC_CAP_LOG_ADDRS)
			take_address(fd);
		__u8 from = own_address(fd);
		end = (on ? wake(fd, from) : stand_by(fd, from)) ? CEC_HEARD : CEC_UNHEARD;
	}
	close(fd);
	return end;
}
