#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""The Debian packages of `make deb`: what is in them, that they are made alike twice, and that what they hold works from where it lies."""
import hashlib
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys

from central_process import SOURCE
from kiosk_process import TMP, Verdicts

verdicts = Verdicts()
case = verdicts.case
DEBS = pathlib.Path(os.environ["O"]) / "deb"
TREE = TMP / "tree"
UNITS = ("oppslag-central", "oppslag-kiosk", "oppslag-settings")
EXPOSURE = 2.0


def run(*command, code=0, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == code, f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def field(deb, name):
    return run("dpkg-deb", "--field", deb, name).strip()


def plain_environment():
    """Without what tells a test's programs where their data are."""
    return {k: v for k, v in os.environ.items() if k not in ("OPPSLAG_DATADIR", "SDL_VIDEODRIVER")}


def newest():
    """NAME: the package of this machine's architecture, or of all."""
    arch, found = run("dpkg", "--print-architecture").strip(), {}
    for deb in sorted(DEBS.glob("*.deb"), key=lambda p: p.stat().st_mtime):
        if field(deb, "Architecture") in (arch, "all"):
            found[field(deb, "Package")] = deb
    return found


def content_cases(debs):
    for name, deb in debs.items():
        with case(f"{name}: everything is root's, and every file's sum is right"):
            for line in run("dpkg-deb", "-c", deb).splitlines():
                mode, owner = line.split()[:2]
                assert owner == "root/root" and mode[8] != "w" and "s" not in mode, line
            control = TMP / "control"
            shutil.rmtree(control, ignore_errors=True)
            run("dpkg-deb", "-e", deb, control)
            sums = dict(reversed(line.split("  ", 1)) for line in (control / "md5sums").read_text().splitlines())
            here = TMP / "one"
            shutil.rmtree(here, ignore_errors=True)
            run("dpkg-deb", "-x", deb, here)
            files = {str(p.relative_to(here)): hashlib.md5(p.read_bytes()).hexdigest() for p in here.rglob("*") if p.is_file()}
            conffiles = [f for f in files if f.startswith("etc/")]
            assert sums == {f: s for f, s in files.items() if f not in conffiles}
            assert (control / "conffiles").read_text().split() == [f"/{f}" for f in conffiles] if conffiles else not (control / "conffiles").exists()



    with case("lintian finds nothing in any of them"):
        told = run("lintian", "--fail-on", "error,warning", *debs.values())
        assert not re.search(r"^[EW]:", told, re.M), told


def depends_case(debs):
    with case("the packages of all libraries that a program names are depended on, and data of the same version"):
        for name in ("oppslag-kiosk", "oppslag-central"):
            needed = re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", TREE / "usr/bin" / name))
            depends = {d.split()[0] for d in field(debs[name], "Depends").split(",")}
            assert len(needed) > 8, needed
            listed = [line.split(": ") for line in run("dpkg", "-S", *(f"*/{library}" for library in needed)).splitlines()]
            for library in needed:
                owners = {words[0].split(":")[0] for words in listed if words[-1].endswith(f"/{library}")}
                assert owners & depends, f"{name} needs {library} of {owners}: {depends}"
            assert f"oppslag-data (= {field(debs['oppslag-data'], 'Version')})" in field(debs[name], "Depends")
            assert "fonts-inter" in depends or name != "oppslag-kiosk"
        assert "debug_info" not in run("readelf", "-S", TREE / "usr/bin/oppslag-kiosk")


def same_case():
    with case("made twice, at another time, in another place and under another umask: the same bytes"):
        bytes_of = []
        for n, umask in ((1, 0o022), (2, 0o077)):
            # A copy, so that its times are others; where git is not asked the caller says what time it is.
            source = TMP / f"source{n}"
            for part in ("packaging", "config"):
                shutil.copytree(SOURCE / part, source / part)
            shutil.copytree(pathlib.Path(os.environ["OPPSLAG_DATADIR"]), source / "share")
            out = source / "out"
            run(sys.executable, source / "packaging/deb.py", "oppslag-central", "--version", field(newest()["oppslag-central"], "Version").split("+")[0],
                "--arch", field(newest()["oppslag-central"], "Architecture"), "--programs", os.environ["O"], "--share", source / "share", "--made", DEBS / "made", "--out", out,
                env=dict(os.environ, SOURCE_DATE_EPOCH="1700000000"), umask=umask)
            bytes_of.append(next(out.glob("*.deb")).read_bytes())
        assert bytes_of[0] == bytes_of[1]
        assert b"debian-binary   1700000000" in bytes_of[0]


def program_cases():
    bin_ = TREE / "usr/bin"
    with case("the screen of the package finds its data beside itself, and draws"):
        picture = TMP / "home.png"
        run(bin_ / "oppslag-kiosk", "--feed", TREE / "usr/share/oppslag/sample/centre.json", "--time", "2026-11-24T09:41", "--picture", picture,
            env=plain_environment())
        assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 50000

    with case("the central of the package takes the sample centre with the package's own settings"):
        ini = (TREE / "etc/oppslag/central.ini").read_text(encoding="utf-8")
        assert re.findall(r"^[a-z].*", ini, re.M) == ["database = sqlite:/var/lib/oppslag/oppslag.sqlite", "trusted-proxy = 127.0.0.1"], ini
        own = TMP / "central.ini"
        own.write_text(ini.replace("/var/lib/oppslag", str(TMP)), encoding="utf-8")
        sample = TREE / "usr/share/oppslag/sample/centre.json"
        run(bin_ / "oppslag-central", "centre", "add", "--from", sample, "--config", own, env=plain_environment())
        assert "1 centre" in run(bin_ / "oppslag-central", "check", "--config", own, env=plain_environment())
        assert (TMP / "oppslag.sqlite").exists()

    with case("the samples' largest body is what the central takes"):
        limits = (SOURCE / "src/base/limits.h").read_text()
        largest = math.prod(int(n) for n in re.search(r"LIMIT_ICS_BYTES = ([0-9 *]+),", limits)[1].split("*")) + 64 * 1024
        assert "LIMIT_UPLOAD_BYTES = LIMIT_ICS_BYTES + 64 * 1024," in limits
        assert f"client_max_body_size {largest};" in (TREE / "usr/share/doc/oppslag-central/examples/nginx.conf").read_text()


def unit_cases():
    folder = TMP / "units"
    folder.mkdir()
    for unit in UNITS:
        text = (TREE / f"usr/lib/systemd/system/{unit}.service").read_text()
        (folder / f"{unit}.service").write_text(text.replace("=/usr/bin/oppslag", f"={TREE}/usr/bin/oppslag"))
        with case(f"{unit}.service: systemd understands every line of it"):
            told = run("systemd-analyze", "verify", "--man=no", folder / f"{unit}.service")
            assert unit not in told, told

        with case(f"{unit}.service: exposed by at most {EXPOSURE}"):
            told = run("systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={int(EXPOSURE * 10)}", folder / f"{unit}.service")
            exposure = float(re.search(r"exposure level for .*: ([0-9.]+)", told)[1])
            print(f"# {unit}: {exposure}")
            assert exposure <= EXPOSURE

        with case(f"{unit}.service: its command line is one that the program knows"):
            words = re.search(r"^ExecStart=/usr/bin/(\S+) (.*)$", text, re.M)
            known = run(TREE / "usr/bin" / words[1], "--help") + run(TREE / "usr/bin" / words[1], *(["settings"] if "central" in unit else ["--set", "help"]))
            for option in re.findall(r"--[a-z-]+", words[2]):
                assert option in known, f"{words[1]} has no {option}"
            for key in re.findall(r"--set ([a-z-]+)=", words[2]):
                assert re.search(rf"^;?{key} =", known, re.M), f"{words[1]} has no setting {key}"

    with case("the users that the services run as are made, once however often"):
        root = TMP / "root"
        (root / "etc").mkdir(parents=True)
        shutil.copytree(TREE / "usr/lib/sysusers.d", root / "usr/lib/sysusers.d")
        first = ""
        for _ in range(2):
            run("systemd-sysusers", f"--root={root}")
            passwd = (root / "etc/passwd").read_text()
            assert first in ("", passwd)
            first = passwd
        for user in re.findall(r"^User=(\S+)$", "".join((TREE / f"usr/lib/systemd/system/{u}.service").read_text() for u in UNITS), re.M):
            assert re.search(rf"^{user}:.*:/usr/sbin/nologin$", passwd, re.M), passwd
        groups = {line.split(":")[0]: line.rsplit(":", 1)[1].split(",") for line in (root / "etc/group").read_text().splitlines()}
        assert all("oppslag" in groups[g] for g in ("audio", "input", "render", "video")), groups


def manual_cases():
    for page in sorted(TREE.glob("usr/share/man/man*/*.gz")):
        with case(f"{page.name}: two typesetters find nothing to say, and every option and setting is in it"):
            text = TMP / page.stem
            text.write_text(run("zcat", page), encoding="utf-8")
            told = run("mandoc", "-T", "lint", "-W", "warning", text)
            assert not told, told
            told = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", text], capture_output=True, text=True, check=True).stderr
            assert not told, told
            program = TREE / "usr/bin" / page.name.split(".")[0]
            wanted = re.findall(r"^  (--[a-z-]+|[a-z]+ (?=[a-zA-Z<[]))", run(program, "--help"), re.M)
            assert len(wanted) > 8, wanted
            plain = re.sub(r".\x08", "", run("mandoc", "-T", "ascii", "-O", "width=200", text))
            for word in wanted:
                assert word.strip() in plain, f"{page.name} has no {word}"


def main():
    debs = newest()
    assert set(debs) == {"oppslag-central", "oppslag-kiosk", "oppslag-data"}, f"make deb first: {debs}"
    for deb in debs.values():
        run("dpkg-deb", "-x", deb, TREE)
    content_cases(debs)
    depends_case(debs)
    same_case()
    program_cases()
    unit_cases()
    manual_cases()
    return verdicts.code()


sys.exit(main())
