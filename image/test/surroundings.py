# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen has around it, on this host's loopback: names, the time, and the door to the central, each of which can tell lies.

All of it runs in a network of the tests' own (`private_network`): the machine sees that one alone, so the ports are those of the real world
(53, 123, 443), nothing of it is seen outside, and nothing outside can be reached by a screen that tries.
"""
import ctypes
import http.client
import http.server
import os
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

HOST = "10.0.2.2"  # this host, as the machine sees it
CENTRAL, NTP = "oppslag.example.no", "ntp.example.no"
FROM_1900 = 2208988800
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18


def private_network(folder):
    """Gives this process, and what it starts, a network of its own with nothing but loopback, and names from 127.0.0.1."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = Path(folder) / "resolv.conf"
    names.write_text("nameserver 127.0.0.1\n", encoding="ascii")
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        sys.exit(f"a network of the tests' own: {os.strerror(ctypes.get_errno())} (run it as root)")
    real = os.path.realpath("/etc/resolv.conf").encode()
    private = libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None)
    if private != 0 or libc.mount(bytes(names.resolve()), real, None, MS_BIND, None) != 0:
        sys.exit(f"names of the tests' own: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


class Serving:
    """A server on a thread of its own."""

    def __init__(self, server):
        self.server = server
        self.thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Names(Serving):
    """DNS (RFC 1035): `known` maps names to IPv4 addresses; all else does not exist."""

    def __init__(self, known):
        self.known, self.asked = dict(known), []
        outer = self

        class Answer(socketserver.BaseRequestHandler):
            def handle(self):
                query, sock = self.request
                reply = outer.answer(query)
                if reply:
                    sock.sendto(reply, self.client_address)

        super().__init__(socketserver.ThreadingUDPServer(("127.0.0.1", 53), Answer))

    def answer(self, query):
        labels, at = [], 12
        while at < len(query) and query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("ascii", "replace"))
            at += 1 + query[at]
        if at + 5 > len(query):
            return None
        name, kind = ".".join(labels).lower(), struct.unpack_from("!H", query, at + 1)[0]
        question = query[12:at + 5]
        self.asked.append(name)
        address = self.known.get(name)
        record = b""
        if address and kind == 1:
            record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 5, 4) + socket.inet_aton(address)
        # QR, RD, RA; NXDOMAIN where the name is none.
        flags = 0x8180 | (0 if address else 3)
        return query[:2] + struct.pack("!HHHHH", flags, 1, 1 if record else 0, 0, 0) + question + record


class Clock(Serving):
    """NTP (RFC 5905, section 7.3): tells this host's time, `ahead` seconds later; None: says nothing."""

    def __init__(self, ahead=0):
        self.ahead, self.asked = ahead, 0
        outer = self

        class Answer(socketserver.BaseRequestHandler):
            def handle(self):
                query, sock = self.request
                outer.asked += 1
                if outer.ahead is not None and len(query) >= 48:
                    sock.sendto(outer.answer(query), self.client_address)

        super().__init__(socketserver.ThreadingUDPServer(("127.0.0.1", 123), Answer))

    def answer(self, query):
        now = time.time() + self.ahead + FROM_1900
        stamp = struct.pack("!II", int(now) & 0xFFFFFFFF, int(now % 1 * (1 << 32)))
        # No leap second, version 4, server; stratum 2, poll 6, precision 2^-20; delay, dispersion, reference.
        head = struct.pack("!BBbbIII", 0x24, 2, 6, -20, 0, 0, 0x7F000001)
        return head + stamp + query[40:48] + stamp + stamp


def certificates(folder):
    """An authority of the house's own and a certificate by it for the central; gives back (authority, certificate, key)."""
    folder = Path(folder)
    authority, key, certificate = folder / "authority.pem", folder / "key.pem", folder / "central.pem"
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90"]
    own = ["-subj", "/CN=Eksempel kommune", "-keyout", folder / "authority.key", "-out", authority, "-addext", "keyUsage=keyCertSign"]
    subprocess.run([*new, *own], check=True, capture_output=True)
    leaf = ["-subj", f"/CN={CENTRAL}", "-addext", f"subjectAltName=DNS:{CENTRAL}", "-addext", "basicConstraints=critical,CA:FALSE"]
    by = ["-CA", authority, "-CAkey", folder / "authority.key", "-keyout", key, "-out", certificate]
    subprocess.run([*new, *leaf, *by], check=True, capture_output=True)
    return authority, certificate, key


class Door(Serving):
    """TLS in front of the central, as nginx stands there; `instead` is what it answers on feeds and call-backs in the central's place:
    a function of (method, path) that gives (status, headers, body), or None to ask the central."""

    def __init__(self, central, certificate, key, port=443):
        self.central, self.instead, self.requests, self.changed = central, None, [], threading.Condition()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 90

            def do_GET(self):  # noqa: N802, the library's name
                outer.pass_on(self, None)

            def do_POST(self):  # noqa: N802
                outer.pass_on(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *unused):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def get_request(self):
                sock, address = super().get_request()
                sock.settimeout(20)
                return context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False), address

            def handle_error(self, *unused):
                pass  # a machine whose plug is pulled does not say goodbye

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        super().__init__(Server(("127.0.0.1", port), Handler))

    def pass_on(self, request, body):
        with self.changed:
            self.requests.append((request.command, request.path))
            self.changed.notify_all()
        instead = self.instead
        status, headers, text = (instead and instead(request.command, request.path)) or self.forward(request, body)
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in headers):
            request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)
        # Where less is said than was promised, the connection breaks.
        request.close_connection = any(name.lower() == "content-length" and int(value) > len(text) for name, value in headers)

    def forward(self, request, body):
        kept = {k: v for k, v in request.headers.items() if k.lower() not in ("connection", "host", "accept-encoding")}
        connection = http.client.HTTPConnection("127.0.0.1", self.central.port, timeout=80)
        try:
            connection.request(request.command, request.path, body, {**kept, "Host": CENTRAL})
            answer = connection.getresponse()
            text = answer.read()
        except OSError:
            return 502, [], b""
        finally:
            connection.close()
        passed = [(k, v) for k, v in answer.getheaders() if k.lower() in ("content-type", "etag", "retry-after", "cache-control", "last-modified")]
        return answer.status, passed, text

    def await_request(self, test, timeout, since=0):
        """The number of the first request after SINCE for which TEST(method, path) is true."""
        until = time.monotonic() + timeout
        with self.changed:
            while True:
                for n in range(since, len(self.requests)):
                    if test(*self.requests[n]):
                        return n + 1
                left = until - time.monotonic()
                assert left > 0, f"within {timeout} s nobody asked the central; before that: {self.requests[-5:]}"
                self.changed.wait(left)
