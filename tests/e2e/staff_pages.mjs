// SPDX-License-Identifier: GPL-3.0-or-later
// test: timeout=300
// Every staff page in a real browser, on a telephone and on a desk, in both languages: nothing that axe finds, valid HTML, nothing beyond
// the edge; and the way from logging in to a published activity by the keyboard alone, with and without JavaScript.
import { execFileSync } from "node:child_process";
import * as lib from "./lib.mjs";
import { startCentral, logIn } from "./lib_programs.mjs";

const HERE = "/staff/c/solbakken";
const WALK = "onsdagsturen"; // of the sample centre: takes sign-ups, every Wednesday

const compact = (original) => original.replaceAll(/[-:]/g, "");
const inDays = (n) => new Date(Date.now() + n * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Oslo" });

// The next Wednesday's walk, by its original start.
function nextWalk() {
  for (let n = 1; ; n++) if (new Date(`${inDays(n)}T12:00Z`).getUTCDay() === 3) return `${inDays(n)}T11:00`;
}

async function signUp(browser, central, original) {
  const feed = await (await fetch(`${central.url}/feed/v1/solbakken`)).json();
  const walk = feed.activities.find((activity) => activity.id === WALK);
  const context = await browser.newContext({ locale: "nb-NO" });
  const page = await context.newPage();
  await page.goto(`${central.url}/A/${walk.code}/${compact(original)}`);
  await page.fill("[name=name]", "Ada Prøve");
  await page.fill("[name=contact]", "00 00 43 21");
  await page.check("[name=consent]");
  await page.locator("main form [type=submit]").last().click();
  await page.waitForURL(/\/s\//i);
  await context.close();
}

// What a screen sends when a visitor left a number there.
async function leaveNumber(central) {
  const { centre } = await (await fetch(`${central.url}/feed/v1/solbakken`)).json();
  const program = "import sealing, sys; print(sealing.seal(sys.argv[1], sealing.message(lang='ti', about='need:turvenn')))";
  const sealed = execFileSync("python3", ["-c", program, centre.seal_key], { encoding: "utf8", env: { ...process.env, PYTHONPATH: `${lib.SOURCE}/tests` } }).trim();
  const answer = await fetch(`${central.url}/callbacks/v1`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": "0123456789abcdef0123456789abcdef" },
    body: JSON.stringify({ centre: "solbakken", sealed }),
  });
  lib.equal(answer.status, 201, "a number that was left at the screen is taken");
}

// [address, what it is called here]
function addresses(original) {
  const at = `${HERE}/activities/${WALK}/at/${compact(original)}`;
  return [
    ["/staff", "overview"],
    [`${HERE}/activities`, "activities"],
    [`${HERE}/new/activity`, "new activity"],
    [`${HERE}/activities/${WALK}`, "one activity"],
    [`${HERE}/activities/${WALK}/edit`, "change a series"],
    [`${HERE}/activities/${WALK}/cancel`, "cancel a series"],
    [`${HERE}/activities/${WALK}/remove`, "remove an activity"],
    [`${HERE}/activities/${WALK}/signups`, "sign-ups of an activity"],
    [`${at}/change`, "change one time"],
    [`${at}/cancel`, "cancel one time"],
    [`${at}/signups`, "sign-ups of one time"],
    [`${HERE}/needs`, "needs"],
    [`${HERE}/new/need`, "new need"],
    [`${HERE}/needs/turvenn`, "change a need"],
    [`${HERE}/needs/turvenn/remove`, "remove a need"],
    [`${HERE}/needs/turvenn/signups`, "sign-ups of a need"],
    [`${HERE}/notices`, "notices"],
    [`${HERE}/new/notice`, "new notice"],
    [`${HERE}/notices/inngang`, "change a notice"],
    [`${HERE}/organisations`, "organisations"],
    [`${HERE}/organisations/strandkoret`, "change an organisation"],
    [`${HERE}/organisations/strandkoret/remove`, "remove an organisation"],
    [`${HERE}/contacts`, "contacts"],
    [`${HERE}/new/contact`, "new contact"],
    [`${HERE}/contacts/kari-nes/remove`, "remove a contact"],
    [`${HERE}/signups`, "sign-ups"],
    [`${HERE}/callbacks`, "call-backs"],
    [`${HERE}/settings`, "the centre"],
    [`${HERE}/audit`, "who did what"],
    ["/staff/users", "users"],
    ["/staff/new-user", "new user"],
    ["/staff/password", "own password"],
  ];
}

// On the telephone the judges see those that are used there most; the others are judged on the desk.
const ON_PHONE = new Set(["overview", "activities", "new activity", "one activity", "cancel one time", "sign-ups", "call-backs", "new need", "who did what"]);

async function judgeAll(page, central, original, where, some) {
  for (const [address, name] of addresses(original)) {
    const answer = await page.goto(central.url + address);
    if (!lib.ok(answer.status() === 200, `${name}, ${where}: is there`, answer.status())) continue;
    if (!some || some.has(name)) await lib.judge(page, `${name}, ${where}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    lib.ok(over <= 0, `${name}, ${where}: nothing beyond the edge`, `${over} px`);
  }
}

// A form with faults: each is said at the top with a link that leads to its field.
async function faults(page, central) {
  await page.goto(`${central.url}${HERE}/new/activity`);
  await page.fill("[name=name_nb]", "Halvferdig");
  await page.getByRole("button", { name: "Lagre" }).click();
  await page.waitForSelector(".ds-error-summary");
  lib.equal(await page.inputValue("[name=name_nb]"), "Halvferdig", "what was typed is still there beside the faults");
  await page.locator(".ds-error-summary a").first().click();
  const focused = await page.evaluate(() => document.activeElement?.name);
  lib.equal(focused, "kind", "the first link of the summary leads into its field");
  await lib.judge(page, "a form with faults");
}

// Tab until the control NAME has the focus.
async function tabTo(page, name, value) {
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => ({ name: document.activeElement?.name, text: document.activeElement?.textContent?.trim() }));
    if (here.name === name || here.text === name) {
      if (value) await page.keyboard.type(value);
      return;
    }
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

async function byKeyboard(page, central) {
  await page.goto(`${central.url}/staff`);
  await tabTo(page, "Ny aktivitet");
  await page.keyboard.press("Enter");
  await page.waitForURL(/new\/activity/);
  await tabTo(page, "name_nb", "Tastatursang");
  await tabTo(page, "kind", "Sang");
  await page.locator("[name=time]").fill("23:15"); // how a time is typed is the browser's own
  await page.locator("[name=name_nb]").focus();
  await tabTo(page, "place_nb", "Kantina");
  await page.keyboard.press("Enter");
  await page.waitForURL(/activities\/[^/]+\?done=saved/);
  lib.ok((await page.textContent("main")).includes("Kantina"), "published by the keyboard alone, Enter saves");
}

async function liveDates(page, central) {
  await page.goto(`${central.url}${HERE}/new/activity`);
  lib.equal(await page.locator("#dates").count(), 0, "no dates before any is asked for");
  lib.ok(!(await page.locator("[name=weekdays]").first().isVisible()), "weekdays are asked for where they count");
  await page.fill("[name=time]", "23:15");
  await page.selectOption("[name=repeat]", "weekly");
  await page.locator("#dates li").nth(9).waitFor();
  lib.ok(await page.locator("[name=weekdays]").first().isVisible(), "every week: which days?");
  lib.equal(await page.locator("#dates li").count(), 10, "ten dates stand there while one chooses");
  lib.equal(await page.locator(".ds-error-summary").count(), 0, "and what is not written yet is no fault");
}

async function withoutScript(browser, central, cookies) {
  const context = await browser.newContext({ ...lib.PHONE, locale: "nb-NO", javaScriptEnabled: false });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${central.url}${HERE}/new/activity`);
  await page.fill("[name=name_nb]", "Uten skript");
  await page.selectOption("[name=kind]", "coffee");
  await page.fill("[name=time]", "23:15");
  await page.selectOption("[name=repeat]", "workdays");
  await page.getByRole("button", { name: "Vis datoene" }).click();
  lib.equal(await page.locator("#dates li").count(), 10, "without JavaScript the button shows the dates");
  await page.getByRole("button", { name: "Lagre" }).click();
  await page.waitForURL(/done=saved/);
  // cancelled in two presses, from the overview or from here
  await page.getByRole("link", { name: /^Avlys ?:/ }).first().click();
  await page.fill("[name=reason_nb]", "Kaffetrakteren er ødelagt.");
  await page.getByRole("button", { name: "Avlys nå" }).click();
  await page.waitForURL(/done=cancelled/);
  lib.ok((await page.textContent("main")).includes("Kaffetrakteren er ødelagt."), "cancelled without JavaScript, the reason stands there");
  await page.getByRole("button", { name: /^Angre/ }).click();
  await page.waitForURL(/done=restored/);
  lib.ok(!(await page.textContent("main")).includes("Kaffetrakteren"), "and taken back");
  await context.close();
}

// Called, put back, deleted: without JavaScript, on a telephone, where the number is a link that calls.
async function callBack(browser, central, cookies) {
  const context = await browser.newContext({ ...lib.PHONE, locale: "nb-NO", javaScriptEnabled: false });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${central.url}${HERE}/callbacks`);
  lib.equal(await page.getByRole("link", { name: "00 00 12 34" }).getAttribute("href"), "tel:00001234", "the number can be called by touch");
  await page.getByRole("button", { name: /^Ringt/ }).click();
  await page.waitForURL(/done=called/);
  lib.ok((await page.textContent("main")).includes("Ringt det siste døgnet"), "called without JavaScript");
  await page.getByRole("button", { name: /^Ikke ringt likevel/ }).click();
  await page.waitForURL(/done=uncalled/);
  await page.getByText("Slett", { exact: false }).locator("xpath=ancestor-or-self::summary").first().click();
  await page.getByRole("button", { name: "Ja, slett nummeret" }).click();
  await page.waitForURL(/done=removed/);
  lib.ok((await page.textContent("main")).includes("Ingen venter på å bli ringt"), "and deleted");
  await context.close();
}

await lib.main(async () => {
  const central = await startCentral();
  const browser = await lib.openBrowser();
  const desk = await browser.newContext({ ...lib.DESK, locale: "nb-NO" });
  const page = await desk.newPage();
  const original = nextWalk();

  await page.goto(`${central.url}/staff/login`);
  await lib.judge(page, "log in");
  await logIn(page, central);
  await signUp(browser, central, original);
  await leaveNumber(central);
  await judgeAll(page, central, original, "desk, nb");
  await faults(page, central);
  await byKeyboard(page, central);
  await liveDates(page, central);
  const cookies = await desk.cookies();
  await withoutScript(browser, central, cookies);
  await callBack(browser, central, cookies);

  const phone = await browser.newContext({ ...lib.PHONE, locale: "en-GB" });
  await phone.addCookies(cookies);
  await judgeAll(await phone.newPage(), central, original, "phone, en", ON_PHONE);
});
