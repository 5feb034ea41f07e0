// Walks every view of a served ledger in a real browser, and says what is wrong with it.
// In: the path of a JSON file: {address, browser, modules, shots, fast, views, readme}. Out: one JSON line a fault, then a
// line that counts; exit 1 when there is a fault. Screenshots go into the folder `shots`.
// Nothing here knows what the pages say: it knows what must never be seen.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(join(job.modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = { phone: 360, tablet: 820, wide: 1440 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
mkdirSync(job.shots, { recursive: true });

const browser = await chromium.launch({ executablePath: job.browser, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
let faults = 0, pages = 0, shots = 0;
const fault = (what) => { faults += 1; console.log(JSON.stringify(what)); };

for (const lang of ["en", "fr"]) for (const script of [true, false]) for (const colours of ["light", "dark"]) {
  for (const [width, pixels] of Object.entries(WIDTHS)) {
    // One of each suffices where the whole product is not asked for.
    const one = { en: { true: "light", false: "dark" }, fr: { true: "dark", false: "light" } }[lang][script];
    const widths = script ? (lang === "en" ? ["phone", "tablet", "wide"] : ["tablet"]) : lang === "en" ? ["wide"] : ["phone"];
    if (job.fast && !(colours === one && widths.includes(width))) continue;
    // axe needs script in the page: with the page's own turned off, what is drawn and what is logged is still looked at.
    const context = await browser.newContext({
      javaScriptEnabled: script, colorScheme: colours, locale: lang, viewport: { width: pixels, height: 900 }, bypassCSP: false,
    });
    for (const view of job.views) {
      const page = await context.newPage();
      const where = { view: view.name, lang, script, colours, width };
      const noise = [];
      page.on("console", (line) => { if (["error", "warning"].includes(line.type())) noise.push(line.text()); });
      page.on("pageerror", (error) => noise.push(String(error)));
      page.on("dialog", (dialog) => { noise.push("a dialog opened: " + dialog.message()); dialog.dismiss(); });
      page.on("request", (request) => { if (!request.url().startsWith(job.address)) noise.push("fetched " + request.url().slice(0, 200)); });
      const sep = view.path.includes("?") ? "&" : "?";
      const answer = await page.goto(job.address + view.path + (view.bare ? "" : sep + "lang=" + lang), { waitUntil: "load", timeout: 60000 });
      pages += 1;
      if (answer.status() !== (view.status ?? 200)) fault({ ...where, fault: "status", is: answer.status() });
      if (script) {
        const state = await page.evaluate(() => ({
          lang: document.documentElement.lang, over: document.documentElement.scrollWidth - innerWidth,
          ran: window.hostile === true, title: document.title,
        }));
        if (state.lang !== lang) fault({ ...where, fault: "language", is: state.lang });
        if (state.over > 1) fault({ ...where, fault: "wider than the window", by: state.over });
        if (state.ran) fault({ ...where, fault: "words of a document ran" });
        // The evaluation world of the tool is not bound by the page's policy, so the policy stays on.
        await page.evaluate(axe);
        const found = await page.evaluate((rules) => axe.run(document, { runOnly: rules }), RULES);
        for (const wrong of found.violations) {
          fault({ ...where, fault: wrong.id, help: wrong.help, at: wrong.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)) });
        }
      }
      // The browser itself logs a page that is not there.
      const expected = (words) => view.status >= 400 && words.startsWith("Failed to load resource");
      for (const words of noise.filter((words) => !expected(words))) fault({ ...where, fault: "console", words: words.slice(0, 300) });
      if (lang === (view.only ?? lang)) {
        await page.screenshot({ path: join(job.shots, `${view.name}-${lang}-${width}-${colours}${script ? "" : "-noscript"}.png`), fullPage: !view.hostile });
        shots += 1;
      }
      await page.close();
    }
    await context.close();
  }
}
for (const shot of job.readme ?? []) {
  const context = await browser.newContext({ locale: "en", viewport: { width: shot.width, height: shot.height }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(job.address + shot.path, { waitUntil: "networkidle" });
  if (shot.to) await page.locator(shot.to).first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: shot.file });
  await context.close();
}
await browser.close();
console.log(JSON.stringify({ pages, shots, faults }));
process.exit(faults ? 1 : 0);
