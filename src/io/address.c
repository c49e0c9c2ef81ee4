/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool v4_is_public(const uint8_t *a)
{
	/* The IANA special-purpose registry, those that are not globally reachable. */
	static const struct {
		uint8_t net[4];
		int bits;
	} closed[] = {
		{ { 0, 0, 0, 0 }, 8 },     { { 10, 0, 0, 0 }, 8 },      { { 100, 64, 0, 0 }, 10 },
		{ { 127, 0, 0, 0 }, 8 },   { { 169, 254, 0, 0 }, 16 },  { { 172, 16, 0, 0 }, 12 },
		{ { 192, 0, 0, 0 }, 24 },  { { 192, 0, 2, 0 }, 24 },    { { 192, 168, 0, 0 }, 16 },
		{ { 198, 18, 0, 0 }, 15 }, { { 198, 51, 100, 0 }, 24 }, { { 203, 0, 113, 0 }, 24 },
		{ { 224, 0, 0, 0 }, 4 },   { { 240, 0, 0, 0 }, 4 },
	};
	uint32_t address = (uint32_t)a[0] << 24 | (uint32_t)a[1] << 16 | (uint32_t)a[2] << 8 | a[3];

	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
		const uint8_t *n = closed[i].net;
		uint32_t net = (uint32_t)n[0] << 24 | (uint32_t)n[1] << 16 | (uint32_t)n[2] << 8 | n[3];
		if ((address ^ net) >> (32 - closed[i].bits) == 0)
			return false;
	}
	return true;
}

static bool v6_is_public(const uint8_t *a)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	static const uint8_t documentation[4] = { 0x20, 0x01, 0x0d, 0xb8 };
	static const uint8_t teredo[4] = { 0x20, 0x01, 0x00, 0x00 };

	if (memcmp(a, mapped, sizeof mapped) == 0 || memcmp(a, nat64, sizeof nat64) == 0)
		return v4_is_public(a + 12);
	if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
		return v4_is_public(a + 2);
	if (memcmp(a, documentation, 4) == 0 || memcmp(a, teredo, 4) == 0)
		return false;
	return (a[0] & 0xe0) == 0x20; /* 2000::/3 is all that is handed out */
}

bool address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, address, sizeof v4);
		return v4_is_public((const uint8_t *)&v4.sin_addr);
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, address, sizeof v6);
		return v6_is_public(v6.sin6_addr.s6_addr);
	}
	return false;
}

bool address_text_is_public(const char *text)
{
	char host[64];
	uint8_t v4[4], v6[16];
	size_t len = strcspn(text, "]");

	if (*text == '[')
		snprintf(host, sizeof host, "%.*s", (int)(len < 63 ? len - 1 : 62), text + 1);
	else
		snprintf(host, sizeof host, "%.63s", text);
	if (inet_pton(AF_INET, host, v4) == 1)
		return v4_is_public(v4);
	host[strcspn(host, "%")] = '\0'; /* a scope: fe80::1%eth0 */
	if (inet_pton(AF_INET6, host, v6) == 1)
		return v6_is_public(v6);
	return true;
}

void address_network(const char *text, char out[ADDRESS_NETWORK_SIZE])
{
	bool bracket = *text == '[', one_colon = strchr(text, ':') && strchr(text, ':') == strrchr(text, ':');
	size_t len = bracket ? strcspn(++text, "]") : one_colon ? strcspn(text, ":") : strlen(text);
	struct in6_addr v6;

	snprintf(out, ADDRESS_NETWORK_SIZE, "%.*s", (int)(len < ADDRESS_NETWORK_SIZE ? len : ADDRESS_NETWORK_SIZE),
		 text);
	if (inet_pton(AF_INET6, out, &v6) != 1)
		return;
	/* ::ffff:192.0.2.1 is that IPv4 address (RFC 4291 2.5.5.2). */
	if (IN6_IS_ADDR_V4MAPPED(&v6)) {
		inet_ntop(AF_INET, v6.s6_addr + 12, out, ADDRESS_NETWORK_SIZE);
		return;
	}
	memset(v6.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &v6, out, ADDRESS_NETWORK_SIZE);
}
