/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which network addresses are out in the open, and which are one place. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

enum { ADDRESS_NETWORK_SIZE = 64 };

/* False for loopback, private, link-local, shared (RFC 6598), multicast,
 * documentation and reserved addresses (RFC 6890), for IPv6 that wraps such an
 * IPv4 address (mapped, NAT64, 6to4), and for anything that is not IP. */
bool address_is_public(const struct sockaddr *address);
/* The same for "127.0.0.1" or "[::1]" or "::1" as text; true if TEXT is no IP address at all. */
bool address_text_is_public(const char *text);
/* What counts as one place: an IPv4 address, or the first 64 bits of an IPv6 one, which are one household's (RFC 6177).
 * A port behind it, as some proxies write, is left out. Text that is no address stays as it is, cut to the size. */
void address_network(const char *text, char out[ADDRESS_NETWORK_SIZE]);
