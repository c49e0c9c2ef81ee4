#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout=300
"""Every page that a visitor can see, in every language: said to be in it, in its direction, whole, and with no other language left in
it but the words of the centre, which are marked."""
import html.parser
import json
import re
import sys

from central_process import SAMPLE, SOURCE, Browser, Central
from kiosk_process import Verdicts

verdicts = Verdicts()
case = verdicts.case
FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (SOURCE / "assets/lang").glob("*.json")}
sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
ROOMY = next(n for n in sample["needs"] if n["seats"] - n["taken"] >= 2 and n.get("start"))
FULL = next(n for n in sample["needs"] if n["seats"] == n["taken"])
ACTIVITY = next(a for a in sample["activities"] if a.get("signup") and a["seats"] > a["taken"])
OPEN_DOOR = next(a for a in sample["activities"] if not a.get("signup"))
PERSON = {"name": "Kari Prøve", "contact": "00 00 12 56", "consent": "1"}
WITH_DIGITS = {"ar": "٠٠ ٠٠ ١٢ ٣٤", "fa": "۰۰۰۰۱۲۳۴", "ur": "\u202a۰۰ ۰۰ ۱۲ ۳۴\u202c"}
VOID = {"meta", "link", "input", "br"}
ISOLATES = re.compile("[\u2066-\u2069\u2060\u200e\u200f]")


class Page(html.parser.HTMLParser):
    """What stands in a page: its words with the language that they are marked with, and its links and forms."""

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.links, self.phones, self.root = [], [], [], [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.root = attrs
        if tag in ("a", "form"):
            self.links.append(attrs.get("href") or attrs.get("action"))
        if tag == "a" and attrs.get("href", "").startswith("tel:"):
            self.phones.append(attrs.get("dir"))
        if tag not in VOID:
            self.open.append(attrs.get("lang") if tag != "html" else None)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        marked = [lang for lang in self.open if lang]
        if data.strip():
            self.words.append((marked[-1] if marked else None, " ".join(ISOLATES.sub("", data).split())))


def foreign(lang):
    """Texts of three words or more that stand in bokmål or English and not in LANG: what must not be found in a page."""
    own = {" ".join(text.split()) for text in FILES[lang]["texts"].values()}
    others = {" ".join(text.split()) for other in ("nb", "en") if other != lang for text in FILES[other]["texts"].values()}
    return {text for text in others - own if len(text.split()) >= 3 and "{" not in text}


def look_at(answer, lang, status):
    page, texts = Page(answer.text), FILES[lang]
    assert answer.status == status, answer.status
    assert page.root == {"lang": lang, "dir": texts["language"]["dir"]}, page.root
    assert answer.header("Content-Language") == lang
    for marked, words in page.words:
        assert not re.search(r"\b(public|page|form|screen|staff|date)[._][a-z]|\{\d|plural,", words), words
        assert marked != lang or words == texts["language"]["autonym"], words
    left = foreign(lang) & {words for marked, words in page.words if marked is None}
    assert not left, left
    assert set(page.phones) <= {"ltr"}, page.phones
    for link in page.links:
        if link.startswith("/") and not link.startswith("/staff"):
            assert link.endswith(f"?l={lang}"), link
    assert {link for link in page.links if link.startswith("?l=")} == {f"?l={code}" for code in FILES}
    assert (texts["texts"]["page.not_proofread"] in answer.text) != texts["language"]["proofread"]
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", answer.text), "other digits than Latin ones"
    return page


def walk(browser, lang):
    wish = f"?L={lang.upper()}"
    pages = [("/", 200), (f"/n/{ROOMY['code']}", 200), (f"/N/{FULL['code']}", 200), (f"/A/{ACTIVITY['code']}", 200),
             (f"/A/{OPEN_DOOR['code']}", 200), ("/n/ZZZZZ", 404), ("/nowhere", 404), ("/s/" + "a" * 26, 404)]
    for path, status in pages:
        look_at(browser.get(path + wish), lang, status)
    days = [link for link in look_at(browser.get(f"/a/{ACTIVITY['code']}{wish}"), lang, 200).links if "T" in link and "/a/" in link]
    day = days[0]
    assert day.endswith(f"?l={lang}"), day
    for path, status in ((day, 200), (re.sub(r"\d{8}T\d{4}", "20200102T1100", day), 410), (re.sub(r"T\d{4}", "T0317", day), 410)):
        look_at(browser.get(path), lang, status)
    for fields in ({}, {"name": "x", "contact": "12"}, dict(PERSON, name="x" * 81), dict(PERSON, token="short")):
        look_at(browser.submit(day, **fields), lang, 422)
    for code in ("", "12", "000000"):
        look_at(browser.submit("/" + wish, code=code), lang, 422)
    receipt_pages(browser, lang, day)
    receipt_pages(browser, lang, f"/n/{ROOMY['code']}{wish}")


def receipt_pages(browser, lang, path):
    answer = browser.submit(path, **dict(PERSON, contact=WITH_DIGITS.get(lang, PERSON["contact"])))
    secret = answer.header("Location")
    assert answer.status == 303 and secret.endswith(f"?l={lang}"), (answer.status, secret)
    look_at(browser.get(secret), lang, 200)
    look_at(browser.submit(secret, name=""), lang, 422)
    answer = browser.submit(secret, name="Kari", contact="")
    assert answer.status == 303, answer.status
    saved = answer.header("Location")
    assert f"l={lang}" in saved and FILES[lang]["texts"]["page.done_saved"] in browser.get(saved).text, saved
    ask = secret.replace("?", "/withdraw?")
    look_at(browser.get(ask), lang, 200)
    calendar = browser.get(secret.replace("?", "/calendar.ics?"))
    assert calendar.status == 200 and f"?l={lang}" in calendar.text.replace("\r\n ", ""), calendar.status
    browser.submit(ask)
    look_at(browser.get(secret), lang, 200)


def staff_cases(central):
    central.user("kari")
    with case("pages for staff speak only the languages that have their texts"):
        stranger = Browser(central.port, **{"Accept-Language": "vi,en;q=0.5"})
        assert '<html lang="en" dir="ltr">' in stranger.get("/staff/login?L=VI").text
        assert '<html lang="nb" dir="ltr">' in stranger.get("/staff/login", Accept_Language="ar").text
        staff = Browser(central.port).log_in("kari")
        assert staff.post("/language", {"csrf": staff.csrf(), "lang": "ar", "next": "/staff"}).status == 400
        assert staff.post("/language", {"csrf": staff.csrf(), "lang": "en", "next": "/staff"}).status == 303
        text = staff.get("/staff?L=AR").text
        assert '<html lang="en" dir="ltr">' in text and "Norsk bokmål" in text and "العربية" not in text, text[:200]


def negotiation_cases(browser):
    with case("the language of the link goes before the browser's wish, in whatever form it is written"):
        for asked, lang in (("AR", "ar"), ("fa-AF", "fa"), ("PRS", "fa"), ("ckb", "ckb"), ("ku-Arab-IQ", "ckb"), ("NO", "nb"), ("nn-NO", "nn"), ("Se", "se")):
            assert f'<html lang="{lang}"' in browser.get(f"/?L={asked}", Accept_Language="de").text, asked
        for asked in ("xx", "ku", "", "%00", "x" * 300):
            assert '<html lang="de"' in browser.get(f"/?L={asked}", Accept_Language="de").text, asked
    with case("the browser's wish"):
        for wish, lang in (("ti-ER,en;q=0.5", "ti"), ("so", "so"), ("nn-NO,nb;q=0.9", "nn"), ("zh-CN,uk;q=0.3", "uk"), ("ku,tr;q=0.8", "tr")):
            assert f'<html lang="{lang}"' in browser.get("/", Accept_Language=wish).text, wish


with Central(settings=["trusted-proxy=127.0.0.1"]) as central:
    negotiation_cases(Browser(central.port))
    staff_cases(central)
    for n, lang in enumerate(sorted(FILES)):
        with case(f"every page in {lang}"):
            # Whoever guesses codes is slowed down by address: each walk comes from one of its own.
            walk(Browser(central.port, **{"X-Forwarded-For": f"192.0.2.{n + 1}"}), lang)
sys.exit(verdicts.code())
