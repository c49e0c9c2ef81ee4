// SPDX-License-Identifier: GPL-3.0-or-later
// test: timeout=300
// From the QR code to a receipt and out again, in Arabic and in Tigrinya, on a telephone without JavaScript; and every language's pages
// fit on a narrow telephone and on a desk.
import fs from "node:fs";
import path from "node:path";
import * as lib from "./lib.mjs";
import { startCentral } from "./lib_programs.mjs";

const sample = JSON.parse(fs.readFileSync(lib.SAMPLE, "utf8"));
const FOLDER = path.join(lib.SOURCE, "assets/lang");
const LANGUAGES = fs.readdirSync(FOLDER).map((file) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), "utf8")));
const language = (code) => LANGUAGES.find((each) => each.language.code === code);
const left = (item) => item.seats - (item.taken ?? 0);
const NEED = sample.needs.find((need) => left(need) >= 2);
const ACTIVITY = sample.activities.find((activity) => activity.signup && left(activity) > 2);
const NARROW = { width: 320, height: 640 }; // WCAG 1.4.10
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

// The page that is open is in the language, by what it says of itself and by its heading and button.
async function isIn(page, code, heading) {
  const { language: about } = language(code);
  const root = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, getComputedStyle(document.body).direction]);
  lib.equal(root.join(" "), [code, about.dir, about.dir].join(" "), `${code}: ${new URL(page.url()).pathname.slice(0, 4)} is in the language and runs its way`);
  if (heading) lib.equal(await page.textContent("h1"), heading, `${code}: the heading`);
}

// Side by side in the direction of the language: a fact's name stands where one begins to read.
async function isMirrored(page, code) {
  const [name, fact] = await page.evaluate(() => ["dt", "dd"].map((tag) => document.querySelector(`.op-facts ${tag}`).getBoundingClientRect().left));
  lib.ok(language(code).language.dir === "rtl" ? name > fact : name < fact, `${code}: the facts run the way of the language`, `${name} ${fact}`);
}

async function wholeWay(browser, central, code, typed, script) {
  const { texts } = language(code);
  const context = await browser.newContext({ ...lib.PHONE, viewport: PHONE, locale: "nb-NO", javaScriptEnabled: script });
  const page = await context.newPage();

  await page.goto(`${central.url}/A/${ACTIVITY.code}?L=${code.toUpperCase()}`);
  await isIn(page, code);
  await page.locator(".op-choices a").nth(1).click();
  await isIn(page, code);
  await isMirrored(page, code);
  lib.equal(await page.locator("h1 span").getAttribute("lang"), "nb", `${code}: what stands in Norwegian only is marked so`);
  lib.ok((await page.textContent(".op-said-in")).includes(texts["screen.tongue.nb"]), `${code}: and said to be`);
  await page.fill("[name=name]", typed.name);
  await page.fill("[name=contact]", typed.phone);
  await page.getByRole("button", { name: texts["public.send"] }).click();
  await page.waitForSelector(".ds-error-summary");
  lib.ok((await page.textContent(".ds-error-summary")).includes(texts["public.consent_missing"]), `${code}: what is missing is said in the language`);
  lib.equal(await page.inputValue("[name=name]"), typed.name, `${code}: and what was typed is still there`);
  if (script) await lib.judge(page, `${code}: a form with faults`);
  await page.check("[name=consent]");
  await page.getByRole("button", { name: texts["public.send"] }).click();
  await page.waitForURL(/\/s\//);
  await isIn(page, code, texts["public.receipt"]);
  if (script) await lib.judge(page, `${code}: the receipt`);
  await page.fill("[name=contact]", typed.phone);
  await page.getByRole("button", { name: texts["public.save"] }).click();
  await page.waitForURL(/done=saved/);
  lib.ok((await page.textContent("[role=status]")).includes(texts["page.done_saved"]), `${code}: the change is confirmed`);
  await isIn(page, code);
  await page.getByRole("link", { name: texts["public.withdraw"], exact: true }).click();
  await isIn(page, code, texts["public.withdraw_ask"]);
  await page.getByRole("button", { name: texts["public.withdraw_yes"] }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/withdraw"));
  await isIn(page, code, texts["public.withdrawn"]);
  lib.equal((await context.cookies()).length, 0, `${code}: the language lasted without a cookie`);
  await page.locator(".op-languages summary").click();
  await page.getByRole("link", { name: "English" }).click();
  await isIn(page, "en", language("en").texts["public.withdrawn"]);
  await context.close();
}

// Nothing beyond the edge, no word cut, in the longest pages of every language.
async function fits(browser, central, receipt) {
  for (const [viewport, where] of [[NARROW, "narrow"], [DESK, "desk"]]) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    for (const { language: { code } } of LANGUAGES) {
      const found = [];
      for (const address of ["/", `/n/${NEED.code}`, `/a/${ACTIVITY.code}`, receipt, `${receipt}/withdraw`, "/n/ZZZZZ"]) {
        await page.goto(`${central.url}${address}?L=${code}`);
        await page.locator(".op-languages summary").click();
        found.push(...(await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          const seen = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility() && !each.closest(".ds-skip-link, .op-only-heard"));
          const cut = (each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline" && !each.matches("input") && !each.querySelector(".op-only-heard");
          const beyond = ({ left, right }) => left < -1 || right > width + 1;
          const wide = seen.filter((each) => beyond(each.getBoundingClientRect()) || cut(each));
          return wide.map((each) => `${location.pathname.slice(0, 4)} ${each.outerHTML.slice(0, 120)}`);
        })));
      }
      lib.ok(found.length === 0, `${code}, ${where}: everything fits`, found.slice(0, 3).join("\n"));
    }
    await context.close();
  }
}

await lib.main(async () => {
  const central = await startCentral();
  const browser = await lib.openBrowser();

  for (const script of [false, true]) {
    await wholeWay(browser, central, "ar", { name: "سامي", phone: "٠٠ ٠٠ ١٢ ٣٤" }, script);
    await wholeWay(browser, central, "ti", { name: "ሰላም", phone: "00 00 12 34" }, script);
  }

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${central.url}/n/${NEED.code}`);
  await page.fill("[name=name]", "Ada Prøve");
  await page.fill("[name=contact]", "00 00 43 21");
  await page.check("[name=consent]");
  await page.locator("main form [type=submit]").click();
  await page.waitForURL(/\/s\//);
  await fits(browser, central, new URL(page.url()).pathname);
});
