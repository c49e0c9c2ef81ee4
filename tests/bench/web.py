# SPDX-License-Identifier: GPL-3.0-or-later
"""The central's answers a second against nginx serving the same bytes as a file, one thread against one worker, turn about."""
import contextlib
import functools
import gzip
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from measure import emit, median, running

CONNECTIONS, SECONDS, ROUNDS = 16, 3, 3
BUDGET = 0.8


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def await_http(url, process, timeout=30):
    until = time.monotonic() + timeout
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer
        time.sleep(0.02)
    raise SystemExit(f"bench: nothing answers at {url}")


NGINX = """
worker_processes 1; daemon off; pid {tmp}/nginx.pid; error_log {tmp}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; keepalive_requests 100000000; etag on; types {{ application/json json; }}
    client_body_temp_path {tmp}/a; proxy_temp_path {tmp}/b; fastcgi_temp_path {tmp}/c; uwsgi_temp_path {tmp}/d; scgi_temp_path {tmp}/e;
    server {{ listen 127.0.0.1:{port}; location / {{ root {tmp}/www; {zipped} }} }}
}}
"""


@contextlib.contextmanager
def nginx(tmp, body):
    port, www = free_port(), tmp / "www"
    www.mkdir()
    tmp.chmod(0o755)
    (www / "feed.json").write_bytes(body)
    (www / "feed.json.gz").write_bytes(gzip.compress(body, 6))
    version = subprocess.run(["nginx", "-V"], capture_output=True, text=True, check=False).stderr
    zipped = "gzip_static on;" if "http_gzip_static_module" in version else ""
    conf = tmp / "nginx.conf"
    conf.write_text(NGINX.format(tmp=tmp, port=port, zipped=zipped))
    url = f"http://127.0.0.1:{port}/feed.json"
    with running(["nginx", "-p", tmp, "-c", conf, "-g", "user root;"]) as process:
        await_http(url, process)
        yield url, bool(zipped)


def rate(url, headers):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run(command + [url], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Requests/sec:\s*([\d.]+)", out)
    return float(found.group(1)) if found else 0.0


def rate_without_body(load, url, headers):
    """By our own load: wrk waits for a 304's body (tests/bench/load.c)."""
    parts = urllib.parse.urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    done = subprocess.run([load, parts.hostname, str(parts.port), str(CONNECTIONS), str(SECONDS)], input="\r\n".join(lines), capture_output=True,
                          text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {url}: {done.stderr.strip()}")
    return float(done.stdout.split()[1])


def status_of(url, headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


def compare(name, ours, theirs, headers_ours, headers_theirs, want, measure_rate=rate):
    for url, headers in ((ours, headers_ours), (theirs, headers_theirs)):
        got = status_of(url, headers)[0]
        if got != want:
            raise SystemExit(f"bench: {url} answers {got} instead of {want}")
    a, b = [], []
    for _ in range(ROUNDS):
        a.append(measure_rate(ours, headers_ours))
        b.append(measure_rate(theirs, headers_theirs))
    emit(what=name, per_second=round(median(a)), nginx_per_second=round(median(b)), ratio=median(a) / max(median(b), 1.0), budget_ratio=BUDGET)


def bench(central_url, load):
    """CENTRAL_URL is the feed of a running central, LOAD the program bench_load."""
    with urllib.request.urlopen(central_url, timeout=10) as answer:
        body, etag = answer.read(), answer.headers["ETag"]
    with tempfile.TemporaryDirectory(prefix="oppslag-bench.") as folder, nginx(pathlib.Path(folder), body) as (peer, zipped):
        peer_etag = status_of(peer, {})[1]["ETag"]
        compare("http_200", central_url, peer, {}, {}, 200)
        compare("http_304", central_url, peer, {"If-None-Match": etag}, {"If-None-Match": peer_etag}, 304,
                functools.partial(rate_without_body, load))
        if zipped:
            zip_header = {"Accept-Encoding": "gzip"}
            compare("http_200_gzip", central_url, peer, zip_header, zip_header, 200)
