#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""deb.py PACKAGE --version V --arch ARCH --programs DIR --share DIR --made DIR --out DIR [--suffix +deb12] [--sysroot DIR]

Makes OUT/PACKAGE_V_ARCH.deb from packaging/PACKAGE/:

    control     its fields; @VERSION@, @ARCH@ and @SHLIBS@ (what dpkg-shlibdeps finds that its programs need) are filled in
    files       one a line: SOURCE PLACE [MODE]. SOURCE begins with programs:, share:, made: or is a file of the project; a folder
                brings all that is in it. Manual pages are packed.
    copyright, and where there are such: postinst, prerm, postrm, lintian-overrides

Files below /etc are conffiles. The same sources give the same bytes: names are sorted, every time is SOURCE_DATE_EPOCH,
else the newest commit's, one thread packs.
Older versions of the package in OUT go. With a sysroot (packaging/sysroot.sh) the programs' libraries are looked for there.
"""
import argparse
import gzip
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
STRIP = {"arm64": "aarch64-linux-gnu-strip"}


class Wrong(Exception):
    pass


def rows(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        words = line.split("#", 1)[0].split()
        if not words:
            continue
        if len(words) not in (2, 3):
            raise Wrong(f"{path}:{number}: not `SOURCE PLACE [MODE]`")
        yield f"{path}:{number}", words[0], words[1], int(words[2], 8) if len(words) == 3 else None


def put(data, target, mode):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(mode)


def packed(data):
    """As gzip -9n: neither name nor time."""
    return gzip.compress(data, 9, mtime=0)


class Package:
    def __init__(self, name, options):
        self.name, self.options = name, options
        self.source = HERE / name
        self.root = options.out / "tree" / f"{name}_{options.arch}"
        self.programs = []
        folders = {"programs": options.programs, "share": options.share, "made": options.made}
        self.folders = {kind: folder for kind, folder in folders.items() if folder}

    def lay(self):
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        for place, source, target, mode in rows(self.source / "files"):
            kind, _, rest = source.rpartition(":")
            if kind and kind not in self.folders:
                raise Wrong(f"{place}: no folder was given for {kind}:")
            path = (self.folders[kind] if kind else TOP) / rest
            if not path.exists():
                raise Wrong(f"{place}: no such file: {path}")
            self.lay_one(kind, path, target, mode)
        doc = self.root / "usr/share/doc" / self.name
        put((self.source / "copyright").read_bytes(), doc / "copyright", 0o644)
        put(packed((HERE / "changelog").read_bytes()), doc / "changelog.gz", 0o644)
        overrides = self.source / "lintian-overrides"
        if overrides.exists():
            put(overrides.read_bytes(), self.root / "usr/share/lintian/overrides" / self.name, 0o644)

    def lay_one(self, kind, path, target, mode):
        target = target.lstrip("/")
        if path.is_dir():
            for one in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
                put(one.read_bytes(), self.root / target / one.relative_to(path), 0o644)
        elif kind == "programs":
            put(path.read_bytes(), self.root / target, 0o755)
            self.programs.append(target)
        elif target.startswith("usr/share/man/"):
            put(packed(path.read_bytes()), self.root / f"{target}.gz", 0o644)
        else:
            put(path.read_bytes(), self.root / target, mode or 0o644)

    def strip(self):
        tool = STRIP.get(self.options.arch, "strip") if self.options.sysroot else "strip"
        for program in self.programs:
            run([tool, "--strip-all", "--remove-section=.comment", "--remove-section=.note", self.root / program])

    def shlibs(self):
        if not self.programs:
            return ""
        # dpkg-shlibdeps wants to stand in a source package.
        work = self.options.out / "tree" / "source"
        (work / "debian").mkdir(parents=True, exist_ok=True)
        (work / "debian/control").write_text(f"Source: oppslag\n\nPackage: {self.name}\nArchitecture: any\n")
        command = ["dpkg-shlibdeps", "-O"] + ([f"-S{self.options.sysroot}"] if self.options.sysroot else [])
        told = run(command + [self.root / p for p in self.programs], cwd=work, env=dict(os.environ, DEB_HOST_ARCH=self.options.arch))
        found = re.search(r"^shlibs:Depends=(.*)$", told, re.MULTILINE)
        if not found:
            raise Wrong(f"{self.name}: dpkg-shlibdeps names no library: {told}")
        return found.group(1)

    def describe(self):
        debian = self.root / "DEBIAN"
        debian.mkdir()
        files = sorted(p for p in self.root.rglob("*") if p.is_file() and debian not in p.parents)
        names = [str(p.relative_to(self.root)) for p in files]
        sums = "".join(f"{hashlib.md5(p.read_bytes()).hexdigest()}  {n}\n" for p, n in zip(files, names) if not n.startswith("etc/"))
        put(sums.encode(), debian / "md5sums", 0o644)
        conffiles = "".join(f"/{n}\n" for n in names if n.startswith("etc/"))
        if conffiles:
            put(conffiles.encode(), debian / "conffiles", 0o644)
        for script in SCRIPTS:
            if (self.source / script).exists():
                put((self.source / script).read_bytes(), debian / script, 0o755)
        size = sum(-(-p.stat().st_size // 1024) for p in files)
        values = {"@VERSION@": self.version(), "@SOURCE_VERSION@": self.options.version, "@ARCH@": self.options.arch, "@SHLIBS@": self.shlibs()}
        control = (self.source / "control").read_text(encoding="utf-8")
        for key, value in values.items():
            control = control.replace(key, value)
        put(re.sub(r"^Description:", f"Installed-Size: {size}\nDescription:", control, flags=re.MULTILINE).encode(), debian / "control", 0o644)

    def version(self):
        return self.options.version + ("" if self.options.arch == "all" else self.options.suffix)

    def pack(self):
        epoch = newest()
        for path in [self.root, *self.root.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
            os.utime(path, (epoch, epoch))
        out = self.options.out / f"{self.name}_{self.version()}_{self.options.arch}.deb"
        for older in self.options.out.glob(f"{self.name}_*_{self.options.arch}.deb"):
            older.unlink()
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
        run(["dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=1", "--build", self.root, out])
        print(out)


def run(command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise Wrong(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def newest():
    """What nothing in a package is younger than: what the caller says, else the newest commit; without git the day of this Makefile."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    try:
        return int(run(["git", "-C", TOP, "log", "-1", "--format=%ct"]))
    except (OSError, ValueError, Wrong):
        return int((TOP / "Makefile").stat().st_mtime)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("package")
    for option in ("version", "arch"):
        words.add_argument(f"--{option}", required=True)
    for option in ("programs", "share", "made", "sysroot"):
        words.add_argument(f"--{option}", type=lambda p: pathlib.Path(p).resolve())
    words.add_argument("--out", type=lambda p: pathlib.Path(p).resolve(), required=True)
    words.add_argument("--suffix", default="")
    options = words.parse_args()
    first = (HERE / "changelog").read_text(encoding="utf-8").split("\n", 1)[0]
    if f"({options.version})" not in first:
        raise Wrong(f"packaging/changelog begins with `{first}`, and the version is {options.version}")
    package = Package(options.package, options)
    package.lay()
    package.strip()
    package.describe()
    package.pack()


os.umask(0o022)
try:
    main()
except Wrong as fault:
    sys.exit(f"deb.py: {fault}")
