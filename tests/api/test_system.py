#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A caretaker's oppslag.ini, all the way: what `--system` writes is read by nft, wpa_supplicant and systemd-networkd themselves; and
the real kiosk on its copy says each wrong line, shows what can be shown, and keeps the secrets."""
import contextlib
import json
import os
import pathlib
import selectors
import shutil
import subprocess
import sys
import time

from PIL import Image

import kiosk_process
from kiosk_process import KIOSK, TMP, Kiosk, Replay, Verdicts, centre, write_json

SOURCE = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", "."))
ENVIRONMENT = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"}
# Where this is not root it is root of a world of its own.
ALONE = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
OWN_MOUNTS = [*ALONE, "--mount", "--propagation", "private"]
if subprocess.run([*OWN_MOUNTS, "true"], capture_output=True, check=False).returncode != 0:
    # In a chroot / is no mount of its own, so nothing there can be made private: whoever entered it has seen to that.
    OWN_MOUNTS[-1] = "unchanged"
SECRET = "hemmelig; #1\" word"
verdicts = Verdicts()
case = verdicts.case

GOOD = f"""name = Skjerm på Øya
feed = https://oppslag.example.no/feed/v1/solbakken
central = http://192.0.2.7:8080
ntp = ntp.example.no
[wifi]
name = Kafé "Å" #1
password = "{SECRET}"
[network]
address = 192.0.2.10/24
gateway = 192.0.2.1, 2001:db8::1
dns = 192.0.2.2
"""


def card(name, text, **others):
    """The card's FAT partition with that oppslag.ini, and where the machine's files are made of it."""
    fat, run = TMP / name / "fat", TMP / name / "run"
    fat.mkdir(parents=True)
    run.mkdir()
    (fat / "oppslag.ini").write_bytes(text if isinstance(text, bytes) else text.encode())
    for file, what in others.items():
        (fat / file.replace("_", ".")).write_text(what, encoding="utf-8")
    return fat, run


def system(fat, run):
    done = subprocess.run([KIOSK, "--config", fat / "oppslag.ini", "--system", run], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
    return done.stderr


def files(run):
    return {str(p.relative_to(run)): (oct(p.stat().st_mode & 0o777), p.read_bytes()) for p in sorted(run.rglob("*")) if p.is_file()}


def read_until(process, words, seconds=60):
    """What PROCESS has said, up to the first of WORDS."""
    said, look = b"", selectors.DefaultSelector()
    look.register(process.stdout, selectors.EVENT_READ)
    until = time.monotonic() + seconds
    while not any(word in said for word in words):
        assert look.select(max(0, until - time.monotonic())), f"none of {words} within {seconds} s: {said.decode(errors='replace')[-3000:]}"
        chunk = os.read(process.stdout.fileno(), 65536)
        if not chunk:
            break
        said += chunk
    return said.decode(errors="replace")


@contextlib.contextmanager
def running(*command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENVIRONMENT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


with case("each file is there, for whom it is meant, and the same the second time"):
    fat, run = card("good", GOOD)
    assert system(fat, run) == ""
    first = files(run)
    modes = {name: mode for name, (mode, _) in first.items()}
    assert modes == {"oppslag.ini": "0o640", "hostname": "0o644", "network/10-cable.network": "0o644", "network/20-wifi.network": "0o644",
                     "wpa_supplicant-wlan0.conf": "0o600", "timesyncd.conf": "0o644", "firewall.nft": "0o644"}, modes
    assert system(fat, run) == "" and files(run) == first
    assert (run / "hostname").read_text(encoding="utf-8") == "skjerm-pa-oya\n"
    assert not [name for name, (_, text) in first.items() if b"hemmelig" in text and name != "wpa_supplicant-wlan0.conf"]

with case("nft takes the sets, twice, beside rules that use them"):
    rules = TMP / "rules.nft"
    rules.write_text("table inet oppslag {\n set ports { type inet_service; }\n set peers4 { type ipv4_addr . inet_service; }\n"
                     " set peers6 { type ipv6_addr . inet_service; }\n chain output { type filter hook output priority 0; policy drop;\n"
                     "  tcp dport @ports accept\n  ip daddr . tcp dport @peers4 accept\n  ip6 daddr . tcp dport @peers6 accept\n }\n}\n",
                     encoding="utf-8")
    script = f"nft -f {rules} && nft -f {run}/firewall.nft && nft -f {run}/firewall.nft && nft -j list ruleset"
    done = subprocess.run([*ALONE, "sh", "-c", script], capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    sets = {entry["set"]["name"]: entry["set"].get("elem") for entry in json.loads(done.stdout)["nftables"] if "set" in entry}
    assert sets == {"ports": [443], "peers4": [{"concat": ["192.0.2.7", 8080]}], "peers6": None}, sets

with case("wpa_supplicant reads name and password as they were meant"):
    networks = {
        "shared": (run, [r"ssid='Kaf\xc3\xa9 \"\xc3\x85\" #1'", "PSK (ASCII passphrase) - hexdump_ascii(len=18)", "key_mgmt: 0x502", "ieee80211w=1"]),
    }
    fat2, run2 = card("open", "[wifi]\nname = Gjest\n")
    system(fat2, run2)
    networks["open"] = (run2, ["ssid='Gjest'", "key_mgmt: 0x4"])
    pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"
    fat3, run3 = card("user", "[wifi]\nname = Kommunen\nuser = skjerm1@example.no\npassword = \"a;b\"\nca-file = kommune.pem\n", kommune_pem=pem)
    system(fat3, run3)
    networks["user"] = (run3, ["eap methods - hexdump", "phase2 - hexdump_ascii", "identity - hexdump_ascii(len=18)", "ca_cert - hexdump_ascii"])
    for name, (place, wanted) in networks.items():
        control = TMP / f"control-{name}"
        text = (place / "wpa_supplicant-wlan0.conf").read_text(encoding="utf-8").replace("/run/wpa_supplicant", str(control))
        conf = TMP / f"{name}.conf"
        conf.write_text(text, encoding="utf-8")
        with running(*ALONE, "wpa_supplicant", "-dd", "-K", "-c", str(conf), "-i", "lo", "-D", "wired") as process:
            said = read_until(process, [b"Failed to read", b"Added interface lo", b"Failed to initialize"])
        assert "Failed to read" not in said and "invalid" not in said and "Line " not in said.replace("Line: ", ""), said
        for words in wanted:
            assert words in said, f"{name}: no {words} in {said}"

with case("systemd-networkd knows every line"):
    if not pathlib.Path("/lib/systemd/systemd-networkd").exists():
        raise OSError("there is no systemd-networkd")
    for place in (run, run2, card("none", "name = x\n")[1]):
        if place.parent.name == "none":
            system(place.parent / "fat", place)
        script = (f"mount -t tmpfs none /run && mkdir -p /run/systemd/network && cp {place}/network/* /run/systemd/network/ && chmod -R a+rX /run &&"
                  " SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console exec /lib/systemd/systemd-networkd")
        copied = shutil.copytree(place, TMP / f"read-{place.parent.name}")
        with running(*OWN_MOUNTS, "sh", "-c", script.replace(str(place), str(copied))) as process:
            said = read_until(process, [b"Enumeration completed"])
        wrong = [line for line in said.splitlines() if "/run/systemd/network/" in line]
        assert not wrong and "Enumeration completed" in said, wrong or said

FAULTY = """# Wi-Fi: hemmelig
feed = {feed}
diagonal = stor
Volum = 60
rotate = 45
[wifi]
name = Gjest
password = kort
pasord = hemmelig1
"""
feed = write_json("feed.json", centre())

with case("a wrong file ends nothing: the kiosk says each line and shows the rest"):
    fat, run = card("faulty", FAULTY.format(feed=feed))
    said = system(fat, run)
    assert [line.split(": ", 1)[0].rpartition(":")[2] for line in said.splitlines()] == ["3", "4", "5", "9", "8"], said
    assert not (run / "wpa_supplicant-wlan0.conf").exists()
    words = ["--config", str(run / "oppslag.ini"), "--keep-going"]
    picture, listed = TMP / "faulty.png", TMP / "faulty.json"
    subprocess.run([KIOSK, *words, "--time", "2026-11-24T09:41", "--lang", "nb", "--picture", picture, "--list", listed], check=True, timeout=60,
                   capture_output=True)
    shown = kiosk_process.Shown(json.loads(listed.read_text(encoding="utf-8")))
    assert shown.view == "settings"
    said = "\n".join(shown.texts())
    assert "Linje 3: diagonal = stor\nSkriv et tall fra 7 til 120, for eksempel diagonal = 24" in said, said
    button, image = shown.by_action("page 1"), Image.open(picture).convert("RGB")
    x, y, w, h = button["rect_px"]
    assert "#%02x%02x%02x" % image.getpixel((x + w // 8, y + h // 2)) == button["bg"], "the button is not where the list says"
    assert image.size == tuple(shown.document["size_px"])

with case("the pages are turned, Videre leads home, the line there leads back, and a minute does by itself"):
    replay = Replay(time="2026-11-24T09:41").feed(0, centre()).look(10)
    pages = 0
    lists, _ = replay.play(*words)
    while "page/next" in lists[-1] and lists[-1]["page/next"]["enabled"]:
        pages += 1
        replay = Replay(time="2026-11-24T09:41").feed(0, centre())
        for _ in range(pages):
            replay.tap("page/next")
        lists, _ = replay.look(1000).play(*words)
    assert pages > 0
    replay.tap("continue").look(1000).tap("settings").look(1000)
    lists, events = replay.play(*words)
    assert [shown.view for shown in lists[-3:]] == ["settings", "home", "settings"], [shown.view for shown in lists]
    assert lists[-2].says("5 innstillinger må rettes"), lists[-2].texts()
    lists, _ = Replay(time="2026-11-24T09:41").feed(0, centre()).look(59_000).look(2_000).play(*words)
    assert [shown.view for shown in lists] == ["settings", "home"]

with case("what is secret stands nowhere but where the network is joined"):
    record = TMP / "record.jsonl"
    with Kiosk(*words, "--record", str(record), "--windowed") as kiosk:
        kiosk.await_event("feed")
        kiosk.await_event("picture", view="settings")
        assert kiosk.end() == 0, kiosk.said()
    everything = [p for p in [*TMP.rglob("*")] if p.is_file() and "fat" not in p.parts and b"hemmelig" in p.read_bytes()]
    assert {p.name for p in everything} <= {"wpa_supplicant-wlan0.conf", "shared.conf"}, everything
    assert "kort" not in kiosk.said()

with case("without a word of where the content is the kiosk stays and says so"):
    fat, run = card("unset", "name = Inngang\n")
    system(fat, run)
    with Kiosk("--config", str(run / "oppslag.ini"), "--keep-going", "--windowed") as kiosk:
        kiosk.await_event("picture", view="settings")
        assert kiosk.end() == 0, kiosk.said()
    fat, run = card("missing", "")
    (fat / "oppslag.ini").rename(fat / "oppslag.ini.txt")
    system(fat, run)
    lists, _ = Replay(time="2026-11-24T09:41").look(100).play("--config", str(run / "oppslag.ini"), "--keep-going")
    assert lists[0].says("Filen heter oppslag.ini.txt. Gi den navnet oppslag.ini."), lists[0].texts()

with case("the caretaker's own file is good as it is, and with every line in use"):
    text = (SOURCE / "image/oppslag.ini").read_text(encoding="utf-8")
    fat, run = card("sample", text.replace("\n", "\r\n"))
    assert system(fat, run) == ""
    lines = [line.removeprefix(";") for line in text.splitlines()]
    assert sum(" = " in line for line in lines) >= 12
    fat, run = card("sample-all", "\n".join(lines), kommune_pem=pem)
    assert system(fat, run) == ""
    assert (run / "wpa_supplicant-wlan0.conf").exists() and (run / "kommune.pem").exists()

sys.exit(verdicts.code())
