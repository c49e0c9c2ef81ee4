#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples for nginx and haproxy, word for word but for ports and certificate: browsers, screens and call-backs through them to a real central."""
import contextlib
import gzip
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import sealing
from central_process import SAMPLE, SOURCE, Answer, Browser, Central, hidden
from kiosk_process import TMP, Verdicts

verdicts = Verdicts()
case = verdicts.case
SAMPLES = SOURCE / "packaging/oppslag-central"
FEED = "/feed/v1/solbakken"
CALLBACKS_AN_HOUR = 30
LARGEST = 5_000_000  # LIMIT_ICS_BYTES
CALENDAR = (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@example.no\r\nDTSTAMP:20261101T000000Z\r\n"
            b"DTSTART;VALUE=DATE:20271124\r\nSUMMARY:Sang\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def free_ports(n):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(n)]
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]


def certificate():
    """One for localhost: (certificate, key, both in one file)."""
    cert, key, both = TMP / "cert.pem", TMP / "key.pem", TMP / "both.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    both.write_text(cert.read_text() + key.read_text())
    return cert, key, both


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as s:
            s.bind(("::1", 0))
            return True
    except OSError:
        return False


def replaced(name, *pairs):
    """A sample with each OLD replaced; one that is not in it is a fault of this test."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert re.search(old, text, re.M), f"{name} has no {old}"
        text = re.sub(old, new, text, flags=re.M)
    return text


class Front:
    """Either proxy, in front of CENTRAL, at http:// and https://localhost."""

    def __init__(self, central_ports, plain, tls):
        self.browsers, self.screens = central_ports
        self.plain, self.tls = plain, tls
        self.pem = certificate()

    def tried(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = done.stdout + done.stderr
        assert done.returncode == 0 and not re.search(r"\[(warn|alert|emerg)|WARNING|ALERT", told), told

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        process.wait(20)


class Nginx(Front):
    name = "nginx"

    @contextlib.contextmanager
    def running(self):
        cert, key, _ = self.pem
        v6 = [] if has_ipv6() else [(r"^ *listen \[::\].*\n", "")]
        (TMP / "site.conf").write_text(replaced(
            "nginx.conf", *v6, (r"\blisten (\[::\]:)?80;", rf"listen \g<1>{self.plain};"), (r"\blisten (\[::\]:)?443 ", rf"listen \g<1>{self.tls} "),
            (r"127\.0\.0\.1:8080", f"127.0.0.1:{self.browsers}"), (r"127\.0\.0\.1:8081", f"127.0.0.1:{self.screens}"),
            (r"oppslag\.example\.no", "localhost"), (r"/etc/ssl/oppslag/fullchain\.pem", str(cert)), (r"/etc/ssl/oppslag/privkey\.pem", str(key)),
            (r"https://\$host", f"https://$host:{self.tls}")))
        folders = " ".join(f"{kind}_temp_path {TMP}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (TMP / "nginx.conf").write_text(f"daemon off; master_process off; pid {TMP}/nginx.pid; error_log stderr notice;\n"
                                        f"events {{ worker_connections 256; }}\nhttp {{ access_log off; {folders} include {TMP}/site.conf; }}\n")
        command = ["nginx", "-p", str(TMP), "-c", str(TMP / "nginx.conf"), "-e", "stderr"]
        self.tried(*command, "-t")
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        # It says so once its sockets are open.
        for line in process.stderr:
            if "epoll" in line:
                break
        threading.Thread(target=process.stderr.read, daemon=True).start()
        try:
            yield self
        finally:
            self.end(process)


class Haproxy(Front):
    name = "haproxy"

    @contextlib.contextmanager
    def running(self):
        config = TMP / "haproxy.cfg"
        config.write_text(replaced(
            "haproxy.cfg", (r"bind :80$", f"bind 127.0.0.1:{self.plain}"), (r"bind :443 ", f"bind 127.0.0.1:{self.tls} "),
            (r"127\.0\.0\.1:8080", f"127.0.0.1:{self.browsers}"), (r"127\.0\.0\.1:8081", f"127.0.0.1:{self.screens}"),
            (r"/etc/haproxy/oppslag\.pem", str(self.pem[2]))))
        self.tried("haproxy", "-c", "-f", config)
        told = TMP / "told"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(told))
            ready.settimeout(20)
            with open(TMP / "haproxy.log", "wb") as log:
                process = subprocess.Popen(["haproxy", "-Ws", "-f", config], env=dict(os.environ, NOTIFY_SOCKET=str(told)), stdout=log, stderr=log)
            try:
                while b"READY=1" not in ready.recv(4096):
                    pass
            except TimeoutError:
                self.end(process)
                raise AssertionError((TMP / "haproxy.log").read_text()) from None
        told.unlink()
        try:
            yield self
        finally:
            self.end(process)


def upload(staff, path, content):
    page, mark = staff.get(path).text, "oppslag-test-boundary"
    fields = {"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), "lang": "nb"}
    body = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.ics"\r\nContent-Type: text/calendar\r\n\r\n'
    return staff.ask("POST", path, body.encode() + content + f"\r\n--{mark}--\r\n".encode(), Content_Type=f"multipart/form-data; boundary={mark}")


class Visitor(Browser):
    """A browser that comes over TLS, from an address of its own on this machine."""

    def __init__(self, front, house="127.0.0.1", **headers):
        super().__init__(front.tls, **headers)
        self.house, self.trust = house, ssl.create_default_context(cafile=front.pem[0])

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=70, context=self.trust, source_address=(self.house, 0))
        connection.request(method, path, body, self.sent(headers))
        answer = Answer(connection.getresponse())
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer

    def sent(self, headers):
        sent = {**self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return sent


def page_cases(front, central):
    with case(f"{front.name}: http is sent to https, and nothing else is answered there"):
        plain = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=20)
        plain.request("GET", "/staff/login", headers={"Host": "localhost"})
        answer = Answer(plain.getresponse())
        plain.close()
        assert answer.status == 301 and answer.header("Location").startswith("https://localhost"), (answer.status, answer.header("Location"))

    with case(f"{front.name}: a member of staff logs in and confirms a contact, from the address that the browser shows"):
        staff = Visitor(front, Origin=f"https://localhost:{front.tls}")
        assert "max-age" in staff.get("/").header("Strict-Transport-Security")
        staff.log_in("admin")
        contact = json.loads(SAMPLE.read_text(encoding="utf-8"))["contacts"][0]["id"]
        done = staff.post(f"/staff/c/solbakken/contacts/{contact}/confirm", {"csrf": staff.csrf()})
        assert done.status == 303, (done.status, done.text)
        assert central.said().count("trusted-proxy") == 0, central.said()

    with case(f"{front.name}: a calendar of 5 MB reaches the central, which answers it"):
        answer = upload(staff, "/staff/c/solbakken/new/calendar-file", CALENDAR + b"\n" * (LARGEST - len(CALENDAR)))
        assert answer.status in (200, 303), (answer.status, answer.text)
        larger = upload(staff, "/staff/c/solbakken/new/calendar-file", CALENDAR + b"\n" * LARGEST)
        assert larger.status == 422 and "for stor" in larger.text, (larger.status, larger.text)


def feed_cases(front, central):
    screen, direct = Visitor(front), Browser(central.screens)
    with case(f"{front.name}: the feed comes packed, byte for byte, with its own tag, and 304 where it is known"):
        through, own = (b.get(FEED, Accept_Encoding="gzip") for b in (screen, direct))
        assert through.status == 200 and through.header("Content-Encoding") == "gzip", through.headers.items()
        assert through.bytes == own.bytes and through.header("ETag") == own.header("ETag"), "the proxy changed it"
        assert json.loads(gzip.decompress(through.bytes))["centre"]["id"] == "solbakken"
        assert not through.header("ETag").startswith("W/")
        assert screen.get(FEED, If_None_Match=through.header("ETag")).status == 304

    with case(f"{front.name}: a screen that waits is answered by the change, at once"):
        staff = Browser(central.port).log_in("admin")
        etag, csrf = screen.get(FEED).header("ETag"), staff.csrf()
        answers = []
        waiting = threading.Thread(target=lambda: answers.append((screen.get(FEED, If_None_Match=etag, Prefer="wait=50"), time.monotonic())))
        waiting.start()
        until = time.monotonic() + 20
        while json.loads(staff.get("/health").text)["waiting"] != 1:
            assert time.monotonic() < until, "the poll is not held"
        began = time.monotonic()
        contact = json.loads(SAMPLE.read_text(encoding="utf-8"))["contacts"][1]["id"]
        assert staff.post(f"/staff/c/solbakken/contacts/{contact}/confirm", {"csrf": csrf}).status == 303
        waiting.join(60)
        answer, at = answers[0]
        assert answer.status == 200 and answer.header("ETag") != etag and at - began < 5, (answer.status, at - began)


def callback_cases(front):
    key = json.loads(Visitor(front).get(FEED).text)["centre"]["seal_key"]

    def leave(screen, claims):
        body = json.dumps({"centre": "solbakken", "sealed": sealing.seal(key, sealing.message())})
        return screen.ask("POST", "/callbacks/v1", body, Content_Type="application/json", Idempotency_Key=sealing.new_key(), X_Forwarded_For=claims).status

    with case(f"{front.name}: the central sees the visitor's address, not what he claims it is"):
        house = Visitor(front, "127.0.0.2")
        got = [leave(house, f"198.51.100.{n}") for n in range(1, CALLBACKS_AN_HOUR + 2)]
        assert got == [201] * CALLBACKS_AN_HOUR + [429], got
        assert leave(Visitor(front, "127.0.0.3"), "198.51.100.1") == 201, "two houses are taken for one"


def main():
    for kind in (Nginx, Haproxy):
        plain, tls = free_ports(2)
        with Central(settings=[f"public-url=https://localhost:{tls}", "trusted-proxy=127.0.0.1"]) as central:
            central.user("admin")
            front = kind((central.port, central.screens), plain, tls)
            with case(f"{kind.name}: the sample is sound, and starts"), front.running():
                page_cases(front, central)
                feed_cases(front, central)
                callback_cases(front)
    return verdicts.code()


sys.exit(main())
