#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules themselves: each finds what it is for, and leaves alone what only looks like it."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import c_source
import rules

FAILED = []


def check(name, got, want):
    good = got == want
    print(f"{'ok' if good else 'not ok'} - {name}" + ("" if good else f": {got!r} instead of {want!r}"))
    if not good:
        FAILED.append(name)


def lines_of(found):
    return [line for line, _ in found]


TRICKY = '''
/* if (a) { while (b) } */
static const char *words[] = { "{ if (x) strcpy(", "}" };
struct s {
	int a;
};
#define LOOP(x) \\
	for (;;) {  \\
	}
enum err
first(int a,
      int b) __attribute__((nonnull))
{
	return a && b ? '{' : 0;
}

int second(void (*f)(int), const char *s)
{
	switch (*s) {
	case 'a':
	case 'b':
		return 1;
	case 'c':
		return 2;
	default:
		for (int i = 0; i < 2; i++)
			if (i || s)
				f(i);
	}
	return 0;
}
'''


def functions():
    found = {f.name: (f.line, f.lines, f.complexity) for f in c_source.functions(TRICKY)}
    check("functions: names, lines and McCabe's number", found, {"first": (10, 6, 3), "second": (17, 15, 6)})


def includes():
    table = rules.Includes()
    check("includes: the screen may not include io", lines_of(table.check("src/screen/a.c", '#include "io/file.h"\n')), [1])
    check("includes: kiosk may include screen", lines_of(table.check("src/kiosk/a.c", '#include "screen/display.h"\n')), [])
    check("includes: kiosk may not include central", lines_of(table.check("src/kiosk/a.c", '\n#include "central/form.h"\n')), [2])
    check("includes: written from src", lines_of(table.check("src/core/feed.c", '#include "feed.h"\n')), [1])
    check("includes: SDL stays in kiosk", lines_of(table.check("src/screen/a.c", "#include <SDL2/SDL.h>\n")), [1, 1])
    check("includes: cJSON stays in the feed's file", lines_of(table.check("src/io/fetch.c", "#include <cjson/cJSON.h>\n")), [1])
    check("includes: no clock in screen", lines_of(table.check("src/screen/a.c", "#include <time.h>\n")), [1])
    check("includes: what stands in a comment is none", lines_of(table.check("src/base/a.c", '/*\n#include "io/file.h"\n*/\n')), [])


def banned():
    table = rules.Banned()
    check("banned: a call", lines_of(table.check("src/core/a.c", "void f(void)\n{\n\tstrcpy(a, b);\n}\n")), [3])
    check("banned: not in a literal, a comment or a longer name",
          lines_of(table.check("src/core/a.c", 'x("strcpy(a)"); /* gets(a) */ my_strcpy(a); o->exit(1); o.free(2);\n')), [])
    check("banned: exit in main.c is its place", lines_of(table.check("src/kiosk/main.c", "exit(1);\n")), [])
    check("banned: exit elsewhere", lines_of(table.check("src/kiosk/app.c", "exit(1);\n")), [1])
    check("banned: malloc outside base/mem.c", lines_of(table.check("src/base/buf.c", "p = malloc(3);\n")), [1])


def sizes():
    check("sizes: a file", lines_of(rules.sizes("src/a.h", "\n" * 201)), [200])
    check("sizes: a function", len(list(rules.sizes("src/a.c", "int f(void)\n{\n" + "\tg();\n" * 58 + "}\n"))), 1)
    check("sizes: a function that just fits", len(list(rules.sizes("src/a.c", "int f(void)\n{\n" + "\tg();\n" * 57 + "}\n"))), 0)
    check("sizes: complexity", len(list(rules.sizes("src/a.c", "int f(void)\n{\n" + "\tif (a) b();\n" * 15 + "}\n"))), 1)


def others():
    check("licence line: missing", lines_of(rules.spdx("a.c", "int a;\n")), [1])
    check("licence line: after #!", lines_of(rules.spdx("a", "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n")), [])
    check("words: unfinished business", lines_of(rules.Words().check("a.c", "int a; /* TODO: more */\n")), [1])
    check("words: ordinary ones", lines_of(rules.Words().check("a.c", "todo session agent issue tissue 5\n")), [])
    check("white space: at the end", lines_of(rules.whitespace("a.c", "int a; \n")), [1])


for part in (functions, includes, banned, sizes, others):
    part()
sys.exit(1 if FAILED else 0)
