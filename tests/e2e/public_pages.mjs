// SPDX-License-Identifier: GPL-3.0-or-later
// test: timeout=300
// Every visitor's page, and the calendars' pages of the staff, in a real browser: nothing that axe finds, valid HTML, nothing beyond the
// edge, controls large enough for a thumb; and the way from the code on the wall to a receipt and out again, without JavaScript.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import * as lib from "./lib.mjs";
import { startCentral, logIn } from "./lib_programs.mjs";

const sample = JSON.parse(fs.readFileSync(lib.SAMPLE, "utf8"));
const left = (item) => item.seats - (item.taken ?? 0);
const ROOMY = sample.needs.find((need) => left(need) >= 2);
const FULL = sample.needs.find((need) => left(need) === 0);
const REMOVED = sample.needs.find((need) => need !== ROOMY && left(need) >= 1);
const WALK = sample.activities.find((activity) => activity.signup && left(activity) > 2);
const OPEN = sample.activities.find((activity) => !activity.signup);
const THUMB_PX = 44; // WCAG 2.5.5

async function daysOf(page, central, activity) {
  await page.goto(`${central.url}/A/${activity.code}`);
  return page.locator(".op-choices a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
}

async function fill(page, { name = "Ada Prøve", contact = "00 00 43 21" } = {}) {
  await page.fill("[name=name]", name);
  await page.fill("[name=contact]", contact);
  await page.check("[name=consent]");
}

async function signUp(page, address) {
  await page.goto(address);
  await fill(page);
  await page.locator("main form [type=submit]").click();
  await page.waitForURL(/\/s\/[a-z0-9]{26}/);
  return new URL(page.url()).pathname;
}

async function judgeAll(page, central, pages, where) {
  for (const [address, name] of pages) {
    await page.goto(central.url + address);
    await lib.judge(page, `${name}, ${where}`);
    const seen = await page.evaluate((thumb) => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: [...document.querySelectorAll("main button, main .ds-button, main input:not([type=hidden], [type=checkbox]), main select")]
        .filter((control) => control.getBoundingClientRect().height < thumb).map((control) => control.outerHTML.slice(0, 90)),
      headings: document.querySelectorAll("h1").length,
      scripts: document.querySelectorAll("script, [style], [onclick]").length,
    }), THUMB_PX);
    lib.ok(seen.over <= 0, `${name}, ${where}: nothing beyond the edge`, `${seen.over} px`);
    lib.ok(seen.small.length === 0, `${name}, ${where}: a thumb hits every control`, seen.small.join("\n"));
    lib.ok(seen.headings === 1 && seen.scripts === 0, `${name}, ${where}: one heading, no script`, JSON.stringify(seen));
  }
}

// From the code to a receipt, changed, withdrawn: on a phone, in the browser's language, JavaScript off.
async function withoutScript(browser, central) {
  const context = await browser.newContext({ ...lib.PHONE, locale: "en-GB", javaScriptEnabled: false });
  const page = await context.newPage();

  await page.goto(central.url);
  await page.fill("[name=code]", ROOMY.number.replace(/(..)(..)(..)/, "$1 $2 $3"));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`**/n/${ROOMY.code}`);
  lib.equal(await page.locator("h1").textContent(), ROOMY.name.en, "six digits lead to the need, in the browser's language");
  await page.locator(".op-languages summary").click();
  await page.getByRole("link", { name: "Norsk bokmål" }).click();
  lib.equal(await page.locator("h1").textContent(), ROOMY.name.nb, "and in the other at a touch");

  await page.fill("[name=name]", "Ada Prøve");
  await page.getByRole("button", { name: "Meld meg på" }).click();
  await page.waitForSelector(".ds-error-summary");
  lib.ok(await page.locator(".ds-error-summary").isVisible() && (await page.inputValue("[name=name]")) === "Ada Prøve",
    "what is missing is said at the top, what was typed is still there");
  lib.ok(!(await page.isChecked("[name=consent]")), "the box is for the visitor to tick");
  const before = Date.now();
  await fill(page);
  await page.getByRole("button", { name: "Meld meg på" }).click();
  await page.waitForURL(/\/s\//);
  lib.note(`from the last press to the receipt: ${Date.now() - before} ms`);
  lib.ok((await page.textContent("h1")).includes("Takk"), "the receipt, in the language that was chosen");
  const receipt = page.url();

  await page.fill("[name=name]", "Ada P.");
  await page.getByRole("button", { name: "Lagre endringen" }).click();
  await page.waitForURL(/done=saved/);
  lib.equal(await page.inputValue("[name=name]"), "Ada P.", "the name is changed by the link");
  await page.getByRole("link", { name: "Trekk meg" }).click();
  await page.getByRole("button", { name: "Ja, trekk meg" }).click();
  await page.waitForURL((url) => url.href === receipt);
  lib.equal(await page.textContent("h1"), "Du har trukket deg", "and withdrawn in two presses");
  await context.close();
}

// Without the style sheets (a browser from before CSS layers) the page still reads from top to bottom.
async function withoutStyle(browser, central) {
  const context = await browser.newContext({ ...lib.PHONE, locale: "nb-NO" });
  const page = await context.newPage();
  await page.route("**/*.css", (route) => route.abort());
  const receipt = await signUp(page, `${central.url}/n/${ROOMY.code}`);
  lib.ok(receipt.startsWith("/s/"), "one can sign up without any style sheet");
  await page.goto(`${central.url}${receipt}/withdraw`);
  await page.locator("main form [type=submit]").click();
  await context.close();
}

async function byKeyboard(page, central) {
  await page.goto(`${central.url}/n/${ROOMY.code}`);
  await page.keyboard.press("Tab");
  lib.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#content", "the first stop skips to the content");
  for (const wanted of ["name", "contact", "consent"]) {
    for (let n = 0; n < 20 && (await page.evaluate(() => document.activeElement.name)) !== wanted; n++) await page.keyboard.press("Tab");
    lib.equal(await page.evaluate(() => document.activeElement.name), wanted, `the keyboard reaches ${wanted}`);
    await page.keyboard.type({ name: "Ada", contact: "ada@example.no", consent: " " }[wanted]);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/s\//);
  lib.ok(true, "and Enter sends");
  await page.getByRole("link", { name: "Trekk meg" }).click();
  await page.getByRole("button", { name: "Ja, trekk meg" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/withdraw"));
}

async function calendarPages(page, central) {
  const google = fs.readFileSync(path.join(lib.SOURCE, "tests/fixtures/ics/google.ics"));
  const refused = fs.readFileSync(path.join(lib.SOURCE, "tests/fixtures/ics/refused.ics"));
  const server = http.createServer((request, response) => response.end(request.url.includes("good") ? google : "<html>")).listen(0, "127.0.0.1");
  lib.onClose(() => server.close());
  await new Promise((resolve) => server.on("listening", resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const pages = [["/staff/c/solbakken/new/calendar", "subscribe"], ["/staff/c/solbakken/new/calendar-file", "copy a file"]];

  for (const [file, name] of [["good.ics", "a calendar"], ["page", "a calendar with a fault"]]) {
    await page.goto(`${central.url}/staff/c/solbakken/new/calendar`);
    await page.fill("[name=name]", name);
    await page.fill("[name=address]", `${base}/${file}`);
    await page.locator("main form [type=submit]").last().click();
    await page.waitForURL(/calendars\/[a-z0-9]{26}$/);
    pages.push([new URL(page.url()).pathname, name]);
  }
  lib.ok(await page.getByText("ingen kalender").isVisible(), "what is no calendar is said in words");
  await page.goto(`${central.url}/staff/c/solbakken/new/calendar-file`);
  await page.setInputFiles("[name=file]", { name: "refused.ics", mimeType: "text/calendar", buffer: refused });
  await page.locator("main form [type=submit]").last().click();
  await page.waitForURL(/calendars\/[a-z0-9]{26}$/);
  lib.ok(await page.getByRole("heading", { name: "Dette kom ikke med" }).isVisible(), "what was skipped is listed, with its reason");
  pages.push([new URL(page.url()).pathname, "a copy"], ["/staff/c/solbakken/calendars", "calendars"], [`${pages[2][0]}/remove`, "remove a calendar"]);
  return pages;
}

await lib.main(async () => {
  const central = await startCentral({ args: ["--set", "calendars-private=yes"] });
  const browser = await lib.openBrowser();
  const phone = await browser.newContext({ ...lib.PHONE, locale: "nb-NO" });
  const page = await phone.newPage();

  await withoutScript(browser, central);
  await withoutStyle(browser, central);
  await byKeyboard(page, central);

  const days = await daysOf(page, central, WALK);
  const [open] = await daysOf(page, central, OPEN);
  const receipt = await signUp(page, central.url + days[0]);
  const needReceipt = await signUp(page, `${central.url}/n/${ROOMY.code}`);
  const withdrawn = await signUp(page, central.url + days[1]);
  await page.goto(`${central.url}${withdrawn}/withdraw`);
  await page.locator("main form [type=submit]").click();

  await logIn(page, central);
  await page.goto(`${central.url}/staff/c/solbakken/activities/${WALK.id}/at/${days[2].slice(-13)}/cancel`);
  await page.fill("[name=reason_nb]", "Det er for glatt.");
  await page.locator("main form [type=submit]").last().click();
  await page.goto(`${central.url}/staff/c/solbakken/needs/${REMOVED.id}/remove`);
  await page.locator("main form [type=submit]").last().click();
  const calendars = await calendarPages(page, central);
  await judgeAll(page, central, calendars, "phone, nb");

  const pages = [
    ["/", "the front page"],
    [`/n/${ROOMY.code}`, "a need"],
    [`/n/${FULL.code}`, "a full need"],
    [`/n/${REMOVED.code}`, "a removed need"],
    [`/A/${WALK.code}`, "which day"],
    [days[1], "an occurrence"],
    [days[2], "a cancelled occurrence"],
    [`${days[0].slice(0, -13)}20260902T1100`, "an occurrence that is over"],
    [`${days[0].slice(0, -5)}T0315`, "a day that is not in the plan"],
    [open, "where one just comes"],
    [receipt, "a receipt"],
    [needReceipt, "a receipt for a need"],
    [`${receipt}/withdraw`, "withdraw?"],
    [withdrawn, "withdrawn"],
    ["/n/ZZZZZ", "what never was"],
  ];
  await judgeAll(page, central, pages, "phone, nb");
  const desk = await browser.newContext({ ...lib.DESK, locale: "en-GB" });
  const wide = await desk.newPage();
  await judgeAll(wide, central, pages, "desk, en");

  await wide.goto(`${central.url}/n/${ROOMY.code}`);
  await wide.getByRole("button", { name: "Sign me up" }).click();
  await wide.waitForSelector(".ds-error-summary");
  await lib.judge(wide, "a form with faults");
  await wide.locator(".ds-error-summary a").first().click();
  lib.equal(await wide.evaluate(() => document.activeElement.name), "name", "the summary's first link leads into its field");
});
