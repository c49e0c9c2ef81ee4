#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=120
"""What people with bad intentions, slow lines or full lists do to the central, and what it must stand."""
import json
import select
import socket
import sys
import time

from central_process import Browser, Central, hidden
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
FORM = b"Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def first_line(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        s.sendall(request)
        return s.recv(65536).split(b"\r\n")[0]


def waiting(central):
    return json.loads(Browser(central.port).get("/health").text)["waiting"]


def stop_cases():
    with case("SIGTERM ends within 2 s although some never finish their request, and every poll is answered"):
        with Central() as central:
            head = b"POST /staff/login HTTP/1.1\r\n" + FORM
            slow = [head, head + b"Content-Length: 100\r\n\r\nname=", b"GET /staff/lo"] * 10
            sockets = [socket.create_connection(("127.0.0.1", central.port), timeout=10) for _ in slow]
            for s, request in zip(sockets, slow):
                s.sendall(request)
            etag = Browser(central.port).get("/feed/v1/solbakken").header("ETag")
            polls = [socket.create_connection(("127.0.0.1", central.screens), timeout=10) for _ in range(200)]
            for s in polls:
                s.sendall(f"GET /feed/v1/solbakken HTTP/1.1\r\nHost: x\r\nPrefer: wait=50\r\nIf-None-Match: {etag}\r\n\r\n".encode())
            until = time.monotonic() + 20
            while waiting(central) != len(polls):
                assert time.monotonic() < until
            began = time.monotonic()
            code = central.stop()
            seconds = time.monotonic() - began
            assert code == 0 and "Sanitizer" not in central.said(), central.said()
            assert seconds < 2, seconds
            assert all(s.recv(100).startswith(b"HTTP/1.1 503") for s in polls)
            for s in sockets + polls:
                s.close()
            central.start()


def crowd_cases(central):
    with case("more polls than there is room for do not keep a browser out"):
        etag = Browser(central.port).get("/feed/v1/solbakken").header("ETag")
        poll = f"GET /feed/v1/solbakken HTTP/1.1\r\nHost: x\r\nPrefer: wait=50\r\nIf-None-Match: {etag}\r\n\r\n".encode()
        sockets = [socket.create_connection(("127.0.0.1", central.port), timeout=10) for _ in range(900)]
        for s in sockets:
            s.sendall(poll)
        # Room is half of at most 1000 connections. Whoever finds none is told so, and leaves his place to others.
        refused = [s for s in select.select(sockets, [], [], 10)[0]]
        first = refused[0].recv(65536)
        assert first.startswith(b"HTTP/1.1 503") and b"Connection: close" in first and b"Retry-After: 30" in first, first
        sockets += [socket.create_connection(("127.0.0.1", central.port), timeout=10) for _ in range(100)]
        began = time.monotonic()
        assert Browser(central.port).get("/staff/login").status == 200
        assert time.monotonic() - began < 5
        for s in sockets:
            s.close()


def closed_within(s, seconds, drip):
    """How long S stays open while DRIP is sent, a byte each half second; None: longer than SECONDS."""
    began = time.monotonic()
    for byte in drip:
        if time.monotonic() - began > seconds:
            return None
        try:
            s.sendall(bytes([byte]))
        except OSError:
            return time.monotonic() - began
        if select.select([s], [], [], 0.5)[0]:
            while s.recv(65536):
                pass
            return time.monotonic() - began
    return None


def drip_cases():
    head = b"POST /staff/login HTTP/1.1\r\n" + FORM
    drips = {"header lines": (b"GET /health HTTP/1.1\r\nHost: x\r\n", b"X-Slow: " + b"a" * 60),
             "a form": (head + b"Content-Length: 1000\r\n\r\n", b"a" * 60),
             "a form in pieces": (head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 10)}
    with Central(settings=["request-seconds=3"]) as central:
        for name, (first, drip) in drips.items():
            with case(f"whoever sends {name} a byte at a time is let go when the whole takes too long"):
                with socket.create_connection(("127.0.0.1", central.port), timeout=10) as s:
                    s.sendall(first)
                    seconds = closed_within(s, 15, drip)
                    assert seconds is not None and 2.5 < seconds < 8, seconds
        with case("who waits for a change, and who sends his next request later, is not"):
            etag = Browser(central.port).get("/feed/v1/solbakken").header("ETag")
            with socket.create_connection(("127.0.0.1", central.port), timeout=10) as waits, \
                    socket.create_connection(("127.0.0.1", central.port), timeout=10) as idle:
                waits.sendall(f"GET /feed/v1/solbakken HTTP/1.1\r\nHost: x\r\nPrefer: wait=5\r\nIf-None-Match: {etag}\r\n\r\n".encode())
                idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                assert idle.recv(65536).startswith(b"HTTP/1.1 200")
                assert waits.recv(65536).startswith(b"HTTP/1.1 304")
                idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                assert idle.recv(65536).startswith(b"HTTP/1.1 200")


def upload_cases(central):
    with case("strangers cannot fill the memory with files that nobody asked for"):
        head = b"POST /staff/c/solbakken/new/calendar-file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        sockets = []
        for _ in range(9):
            sockets.append(socket.create_connection(("127.0.0.1", central.port), timeout=10))
            sockets[-1].sendall(head + b"Content-Length: 5000000\r\n\r\n" + b"x" * 1000)
        answered = select.select(sockets, [], [], 10)[0]
        assert len(answered) == 1 and answered[0].recv(65536).startswith(b"HTTP/1.1 503")
        for s in sockets:
            s.close()
        assert Browser(central.port).get("/staff/login").status == 200
        until = time.monotonic() + 20
        while b" 503 " in first_line(central.port, head + b"Content-Length: 3\r\n\r\nabc"):
            assert time.monotonic() < until, "the places do not come back"


def request_cases(central):
    with case("a body in a coding that we do not know is refused, not waited for"):
        line = first_line(central.port, b"POST /language HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: xchunked\r\n\r\n7\r\nlang=en\r\n0\r\n\r\n")
        assert b" 400 " in line, line

    with case("a feed has one address"):
        for path in ("/feed/v1/x/solbakken", "/feed/v1//solbakken", "/feed/v1/solbakken/", "/feed/v1/x?/solbakken"):
            assert Browser(central.port).get(path).status == 404, path


def form_cases(central):
    with case("a right choice before a wrong one is a fault of the form, not of the server"):
        staff = Browser(central.port).log_in("kari")
        here = "/staff/c/solbakken/new/organisation"
        page = staff.get(here).text
        fields = [("csrf", hidden(page, "csrf")), ("token", hidden(page, "token")), ("name_nb", "Koret"), ("kinds", "song"), ("kinds", "ingen slik")]
        answer = staff.post(here, fields)
        assert answer.status == 422 and 'value="Koret"' in answer.text, answer.status


def main():
    stop_cases()
    drip_cases()
    with Central() as central:
        central.user("kari")
        request_cases(central)
        form_cases(central)
        upload_cases(central)
        crowd_cases(central)
    return verdicts.code()


if __name__ == "__main__":
    sys.exit(main())
