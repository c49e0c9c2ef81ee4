/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `oppslag-central occurrences FILE.ics --from DATE --to DATE [--zone ZONE]`:
 * what a calendar holds, day by day, for staff who ask why it is on Wednesday. */
#pragma once

/* ARGV[0] is the word "occurrences". Writes to stdout and stderr; returns the process' exit code. */
int cmd_occurrences(int argc, char **argv);
