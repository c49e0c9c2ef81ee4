/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What request headers ask for, as pure functions. A header that is not there
 * is NULL; one that is malformed counts as not there. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* RFC 9110 12.5.3: gzip has the higher weight, or no smaller one than identity. */
bool accepts_gzip(const char *accept_encoding);
/* RFC 9110 13.1.2: true if the list names ETAG ("\"…\"" with its quotes; W/ is looked past) or is "*". */
bool etag_listed(const char *if_none_match, const char *etag);
/* RFC 7240: the seconds of wait=N among the preferences, 0 if there is none. */
int prefers_wait(const char *prefer);
/* RFC 9110 7.2: a host, or [IPv6], and perhaps a port. */
bool host_is_valid(const char *host);
/* RFC 6265 5.4: the value of NAME among a request's cookies, copied to OUT. False: not there, or longer than SIZE. */
bool cookie_find(const char *cookies, const char *name, char *out, size_t size);
/* The right-most address of an X-Forwarded-For list, which the trusted proxy itself added. */
bool forwarded_last(const char *forwarded, char *out, size_t size);
