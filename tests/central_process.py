# SPDX-License-Identifier: GPL-3.0-or-later
"""A real oppslag-central with a database of its own, and a browser of sorts that logs in, keeps cookies and finds form tokens."""
import contextlib
import html
import http.client
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

CENTRAL = os.environ.get("OPPSLAG_CENTRAL", "build/san/oppslag-central")
CENTRAL_PLAIN = os.environ.get("OPPSLAG_CENTRAL_PLAIN", "build/oppslag-central")
SOURCE = pathlib.Path(os.environ.get("OPPSLAG_SOURCE", "."))
SAMPLE = SOURCE / "assets/sample/centre.json"
PASSWORD = "fire helt vanlige ord"


def until(condition, seconds=20, what="it"):
    """Another process's files and tables have no event to wait for."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.02)


class Central:
    """`with Central() as central:` serves the sample centre and one that is empty, on free ports."""

    def __init__(self, program=CENTRAL, settings=(), empty_centres=("nordlia",), today=None):
        self.folder = tempfile.TemporaryDirectory(prefix="central.")
        self.database = f"sqlite:{self.folder.name}/oppslag.db"
        self.program, self.settings = program, list(settings)
        self.process = None
        self.run("centre", "add", "--from", str(SAMPLE), *(["--sample-today", today] if today else []))
        for centre in empty_centres:
            self.run("centre", "add", centre, "--name", centre.capitalize())

    def run(self, *args, code=0, stdin=""):
        done = subprocess.run([self.program, *args, "--database", self.database], input=stdin, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, f"{args}: {done.returncode}: {done.stderr}"
        return done

    def user(self, name, *centres):
        role = ["--role", "editor"] if centres else ["--role", "administrator"]
        wanted = [word for centre in centres for word in ("--centre", centre)]
        self.run("user", "add", name, *role, *wanted, "--password-stdin", stdin=PASSWORD + "\n")

    def start(self):
        command = [self.program, "serve", "--database", self.database, "--listen", "127.0.0.1:0"]
        for setting in self.settings:
            command += ["--set", setting]
        self.log = open(f"{self.folder.name}/log", "ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        ports = re.findall(r"http://127\.0\.0\.1:(\d+)/", line)
        assert ports, f"did not start: {line!r} {self.said()}"
        self.port, self.screens = int(ports[0]), int(ports[-1])
        return self

    @property
    def file(self):
        return self.database.removeprefix("sqlite:")

    def rows(self, statement, *values):
        """What STATEMENT gives or changes, beside the program."""
        with contextlib.closing(sqlite3.connect(self.file, timeout=20)) as db, db:
            return db.execute(statement, values).fetchall()

    def on_disk(self, word):
        """The files beside the database in which WORD stands, the log among them."""
        return [path.name for path in pathlib.Path(self.folder.name).iterdir() if path.is_file() and word.encode() in path.read_bytes()]

    def feed(self, centre="solbakken"):
        """What the screens have, once it is what the database has: publishing follows the commit, on its own thread."""
        wanted, = self.rows("SELECT version FROM centres WHERE id = ?", centre)[0]
        asked = {}
        while True:
            answer = Browser(self.port).get(f"/feed/v1/{centre}", **asked)
            assert answer.status == 200, f"version {wanted} does not come: {answer.status}"
            document = json.loads(answer.text)
            if document["version"] >= wanted:
                return document
            asked = {"If_None_Match": answer.header("ETag"), "Prefer": "wait=10"}

    def said(self):
        return pathlib.Path(f"{self.folder.name}/log").read_text(encoding="utf-8", errors="replace")

    def stop(self, seconds=10):
        """SIGTERM; the exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = "not within the time"
        self.process.stdout.close()
        self.log.close()
        self.process = None
        return code

    def __enter__(self):
        return self.start()

    def __exit__(self, *why):
        code = self.stop()
        said = self.said()
        self.folder.cleanup()
        if why[0] is None:
            assert code == 0, f"ended with {code}: {said}"
            assert "Sanitizer" not in said, said
        elif said:
            print(said)


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode()

    def header(self, name):
        return self.headers.get(name)


class Browser:
    """Follows no redirect by itself; keeps cookies."""

    def __init__(self, port, **headers):
        self.port, self.cookies, self.headers = port, {}, {"Accept-Language": "nb", **headers}

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=70)
        sent = {**self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection.request(method, path, body, sent)
        answer = Answer(connection.getresponse())
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            value = rest.split(";")[0]
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, fields=(), **headers):
        return self.ask("POST", path, urllib.parse.urlencode(fields), Content_Type="application/x-www-form-urlencoded", **headers)

    def log_in(self, name, password=PASSWORD):
        answer = self.post("/staff/login", {"name": name, "password": password})
        assert answer.status == 303, answer.text
        return self

    def csrf(self, path="/staff/password"):
        return hidden(self.get(path).text, "csrf")

    def submit(self, path, action=None, **fields):
        """Loads the form at PATH and sends it with its hidden fields, and FIELDS."""
        page = self.get(path).text
        sent = {name: hidden(page, name) for name in ("csrf", "token", "revision") if hidden(page, name) is not None}
        return self.post(action or path, {**sent, **fields})


def hidden(page, name):
    found = [re.search(r'value="([^"]*)"', tag) for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]
    return html.unescape(found[-1].group(1)) if found and found[-1] else None
