# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows on the sign-up pages, which a visitor's own telephone shows: the real central over HTTP."""
import json
import re

from central_process import Browser, Central
from shot import SAMPLE

TESTS = ["page_fields", "page_consent", "page_labels", "page_withdrawal", "page_guessing", "page_certificate"]
PERSON = {"name": "Kari Prøve", "contact": "00 00 12 56", "consent": "1"}


def inputs(page):
    return [dict(re.findall(r'([a-z-]+)="([^"]*)"', tag)) | ({"checked": ""} if re.search(r"\schecked\b", tag) else {})
            for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", page)]


def form_of(page):
    return "".join(re.findall(r"<form\b.*?</form>", page, re.S))


def judge_form(page, tallies):
    shown = [i for i in inputs(form_of(page)) if i.get("type", "text") not in ("hidden", "submit")]
    names = {i.get("name") for i in shown}
    tallies["page_fields"].add(names <= {"name", "contact", "consent", "language"} and {"name", "contact"} <= names, f"the form asks for {sorted(map(str, names))}")
    tallies["page_fields"].add(not any(i.get("autocomplete", "") in ("on", "bday", "street-address") for i in shown), "a field that offers other people's values")
    boxes = [i for i in shown if i.get("type") == "checkbox"]
    tallies["page_consent"].add(len(boxes) == 1 and "checked" not in boxes[0], f"consent: {boxes}")
    tallies["page_consent"].add(re.search(r"\d\d \d\d \d\d \d\d", page) is not None, "no telephone beside the form")
    for field in shown:
        label = field.get("id") and re.search(rf'<label\b[^>]*for="{field["id"]}"', page)
        tallies["page_labels"].add(bool(label), f"{field.get('name')} has no label of its own")
        tallies["page_labels"].add("placeholder" not in field, f"{field.get('name')} has words that vanish")
    form = form_of(page).lower()
    tallies["page_certificate"].add("politiattest" not in form and "attest" not in form, "the form asks about a certificate")
    tallies["page_certificate"].add(not any(i.get("type") == "file" for i in inputs(page)), "the page takes files")


def sign_up(central, need, tallies):
    browser, path = Browser(central.port), f"/n/{need['code']}"
    page = browser.get(path).text
    judge_form(page, tallies)
    empty = browser.submit(path, name="", contact="", consent="")
    told = re.sub(r"<[^>]*>", " ", empty.text)
    tallies["page_labels"].add(empty.status in (200, 400, 422) and "Fyll ut" in told, f"an empty form is answered with {empty.status}, and not told how to mend it")
    tallies["page_consent"].add("Sett kryss" in told, "without consent it is not told what else one can do")
    done = browser.submit(path, **PERSON)
    receipt = done.header("Location")
    tallies["page_withdrawal"].add(done.status == 303 and bool(receipt), f"signing up ended with {done.status}")
    # From the receipt one button leads to the question, a second one withdraws.
    link = re.search(r'(?:href|action)="(/s/[^"]*/withdraw[^"]*)"', browser.get(receipt).text)
    tallies["page_withdrawal"].add(link is not None, "the receipt has no way to withdraw")
    if link:
        asked = browser.submit(link[1])
        left = re.sub(r"<[^>]*>", " ", browser.get(asked.header("Location") or receipt).text)
        tallies["page_withdrawal"].add(asked.status == 303 and PERSON["contact"] not in left and PERSON["name"] not in left, f"after two touches: {left[:200]!r}")


def guess(central, sample, tallies):
    browser, answers = Browser(central.port), []
    for n in range(30):
        answers.append(browser.submit("/", code=f"{700000 + n * 7}"))
    slowed = [a for a in answers if a.status == 429 or "mange koder" in a.text]
    tallies["page_guessing"].add(bool(slowed), f"thirty guesses are all answered: {sorted({a.status for a in answers})}")
    tallies["page_guessing"].add(bool(re.search("Vent litt", slowed[0].text)) if slowed else False, "it is not told to wait")
    numbers = [n["number"] for n in sample["needs"]] + [a["number"] for a in sample["activities"]]
    for number in numbers:
        tallies["page_guessing"].add(re.fullmatch(r"\d{6}", number) is not None, number)


def run(tallies, wanted, part, out):
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    need = next(n for n in sample["needs"] if n["seats"] - n["taken"] >= 2)
    with Central() as central:
        sign_up(central, need, tallies)
        activity = next(a for a in sample["activities"] if a.get("signup") and a["seats"] > a["taken"])
        page = Browser(central.port).get(f"/a/{activity['code']}").text
        occurrence = re.search(rf'href="(/a/{activity["code"]}/\d{{8}}T\d{{4}})"', page)
        if occurrence:
            judge_form(Browser(central.port).get(occurrence[1]).text, tallies)
        guess(central, sample, tallies)
