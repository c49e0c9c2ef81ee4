/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operating system that runs nothing else needs of the caretaker's settings: `--system DIR`. Each file is
 * written whole or not at all, and gone when nothing is to be said in it. What is wrong in the settings is left out. */
#pragma once

#include "kiosk/options.h"

/* Beside these: the authorities' certificates under the names that the settings give them. */
#define SYSTEM_SETTINGS "oppslag.ini" /* the kiosk's own copy: the same lines, no secrets; DIR's group may read it */
#define SYSTEM_HOSTNAME "hostname"
#define SYSTEM_CABLE "network/10-cable.network" /* systemd.network(5) */
#define SYSTEM_RADIO "network/20-wifi.network"
#define SYSTEM_WIFI "wpa_supplicant-wlan0.conf" /* mode 0600 */
#define SYSTEM_TIME "timesyncd.conf"            /* timesyncd.conf(5) */
#define SYSTEM_FIREWALL "firewall.nft"          /* nft(8): whom the screen may call, as sets of table inet oppslag */

/* ERR_FILE: DIR cannot be written, or something in it, the first of which FAULT names; the others are. */
CHECKED enum err system_write(const struct options *options, const char *dir, struct fault *fault);

/* ---- each file's text */

/* A host name of RFC 1123 from any name: "Skjerm på Øya" is "skjerm-pa-oya". OUT has 64 bytes. */
void system_hostname(const char *name, char *out);
void system_network(const struct settings *settings, bool radio, struct buf *out);
void system_time(const struct settings *settings, struct buf *out);
void system_firewall(const struct settings *settings, struct buf *out);
/* CA_FILE: path of the authority that vouches for the network; "": the machine's own authorities. */
void system_wifi(const struct settings *settings, const char *ca_file, struct buf *out);
/* That nothing is wrong about the wireless network, and there is one. */
bool system_has_wifi(const struct settings *settings);
