#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""share.py NODE_MODULES OUT   lays out the data that the programs read beside themselves.

OUT/icons/NAME.svg      Aksel's icons under our names (assets/icons.txt: our-name aksel-name)
OUT/pages/*.css, *.js   Designsystemet's components that are used (assets/css.txt) in designsystemet.css, and our own files
OUT/sample/             the made-up centre
OUT/fonts.txt           the fonts to look for (fonts/fonts.txt)
"""
import pathlib
import shutil
import sys

ASSETS = pathlib.Path("assets")
AKSEL = "@navikt/aksel-icons/dist/svg"


class Wrong(Exception):
    pass


def rows(path):
    """The lines of a list file without comments, each with its place."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        words = line.split("#", 1)[0].split()
        if words:
            yield f"{path}:{number}", words


def icons(modules, out):
    for place, words in rows(ASSETS / "icons.txt"):
        if len(words) != 2:
            raise Wrong(f"{place}: not `our-name aksel-name`")
        source = modules / AKSEL / f"{words[1]}.svg"
        if not source.exists():
            raise Wrong(f"{place}: Aksel has no icon {words[1]}")
        shutil.copyfile(source, out / f"{words[0]}.svg")


def pages(modules, out):
    parts = []
    for place, words in rows(ASSETS / "css.txt"):
        source = modules / words[0]
        if len(words) != 1 or not source.exists():
            raise Wrong(f"{place}: no such file in npm's packages: {' '.join(words)}")
        parts.append(source.read_text(encoding="utf-8"))
    (out / "designsystemet.css").write_text("\n".join(parts), encoding="utf-8")
    for source in sorted((ASSETS / "pages").glob("*")) if (ASSETS / "pages").exists() else []:
        if source.is_file():
            shutil.copyfile(source, out / source.name)


def main():
    modules, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for name in ("icons", "pages", "sample"):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True)
    icons(modules, out / "icons")
    pages(modules, out / "pages")
    if (ASSETS / "sample").exists():
        shutil.copytree(ASSETS / "sample", out / "sample", dirs_exist_ok=True)
    fonts = pathlib.Path("fonts/fonts.txt")
    if fonts.exists():
        shutil.copyfile(fonts, out / "fonts.txt")


try:
    main()
except Wrong as fault:
    sys.exit(str(fault))
