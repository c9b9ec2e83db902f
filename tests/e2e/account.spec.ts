import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { ageProof } from "./support/age-proof";
import { mailedLink } from "./support/mailbox";
import { createPerson, newVisitor, signInByForm } from "./support/people";
import { createMember, createTenant } from "./support/tenants";
import { test } from "./support/test";

// Several browsers in one journey, and axe walks every element of a page.
test.describe.configure({ timeout: 240_000 });

type Who = { email: string; password: string };

/** A browser of its own in which somebody has just signed in. */
async function signedInBrowser(context: BrowserContext, person: Who): Promise<Page> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return page;
}

/** The link of the newest mail about a new device. */
const newDeviceLink = (ownerPage: Page, email: string): Promise<string> =>
  mailedLink(ownerPage, new RegExp(`New sign-in.*${email}|${email}.*New sign-in`, "s"), "/not-me");

test("a person sees where they are signed in, ends one and then all others, and stays", async ({
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const contexts = await Promise.all([1, 2, 3].map(() => newVisitor(browser, server.url)));
  const pages: Page[] = [];
  for (const context of contexts) pages.push(await signedInBrowser(context, person));
  const [here, second, third] = pages;
  if (!here || !second || !third) throw new Error("Three browsers were asked for.");
  await here.getByRole("link", { name: "Your devices" }).click();
  await expect(here.getByRole("heading", { name: "Devices" })).toBeVisible();
  const live = here.getByRole("region", { name: "Signed in now" }).getByRole("listitem");
  await expect(live).toHaveCount(3);
  await expect(live.first()).toContainText("This device");

  await live
    .nth(1)
    .getByRole("button", { name: /End the session on/ })
    .click();
  await here.getByRole("alertdialog").getByRole("button", { name: "End 1 session" }).click();
  await expect(here.getByText("Ended 1 session")).toBeVisible();
  await expect(live).toHaveCount(2);
  await third.goto("/account/sessions");
  await expect(third).toHaveURL(/\/sign-in/);
  await second.goto("/account/sessions");
  await expect(second.getByRole("heading", { name: "Devices" })).toBeVisible();

  await here.getByRole("button", { name: "End all other sessions" }).click();
  await here.getByRole("alertdialog").getByRole("button", { name: "End all other sessions" }).click();
  await expect(live).toHaveCount(1);
  await second.goto("/account/sessions");
  await expect(second).toHaveURL(/\/sign-in/);
  const ended = here.getByRole("region", { name: "Ended lately" }).getByRole("listitem");
  await expect(ended).toHaveCount(2);
  await expect(ended.first()).toContainText("Revoked by you");

  await here.getByRole("button", { name: "Sign out here" }).click();
  await expect(here).toHaveURL(/\/sign-in/);
  await Promise.all(contexts.map((context) => context.close()));
});

test("ending works from an old session, without a fresh proof, and the menu of the console leads there", async ({
  ownerApi,
  browser,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const member = await createMember(ownerApi, tenant);
  const contexts = await Promise.all([1, 2].map(() => newVisitor(browser, server.url)));
  const [first, second] = contexts;
  if (!first || !second) throw new Error("Two browsers were asked for.");
  const here = await first.newPage();
  await here.goto("/sign-in");
  await signInByForm(here, member);
  await here.waitForURL(`**/t/${tenant.slug}**`);
  await signedInBrowser(second, member);
  await ageProof(server, member.email);
  await here.goto(`/t/${tenant.slug}`);
  await here.getByRole("button", { name: "Your account" }).click();
  await here.getByRole("menuitem", { name: "Your devices" }).click();
  await here.getByRole("button", { name: "End all other sessions" }).click();
  await here.getByRole("alertdialog").getByRole("button", { name: "End all other sessions" }).click();
  await expect(here.getByText("Ended 1 session")).toBeVisible();
  await here.getByRole("link", { name: "Back to the console" }).first().click();
  await here.waitForURL(`**/t/${tenant.slug}**`);
  await Promise.all(contexts.map((context) => context.close()));
});

test("the mail about a new device ends exactly that sign-in, and starts a reset, without signing in", async ({
  ownerPage,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const [own, intruder, mailReader] = await Promise.all([1, 2, 3].map(() => newVisitor(browser, server.url)));
  if (!own || !intruder || !mailReader) throw new Error("Three browsers were asked for.");
  const ownPage = await signedInBrowser(own, person);
  const intruderPage = await signedInBrowser(intruder, person);
  const link = await newDeviceLink(ownerPage, person.email);
  const reader = await mailReader.newPage();
  await reader.goto(link);
  await expect(reader.getByRole("heading", { name: "Was this not you?" })).toBeVisible();
  await expect(reader.getByText(person.email).first()).toBeVisible();
  await intruderPage.goto("/account/sessions");
  await expect(intruderPage.getByRole("heading", { name: "Devices" })).toBeVisible();

  await reader.getByRole("button", { name: "It was not me: end it" }).click();
  await expect(reader.getByText("Ended 1 session. Nothing accepts it any more.")).toBeVisible();
  await intruderPage.goto("/account/sessions");
  await expect(intruderPage).toHaveURL(/\/sign-in/);
  await ownPage.goto("/account/sessions");
  await expect(ownPage.getByRole("heading", { name: "Devices" })).toBeVisible();

  await reader.goto(link);
  await expect(reader.getByText("This link has been used")).toBeVisible();
  await reader.goto("/not-me?token=nothing");
  await expect(reader.getByText("This link does not work")).toBeVisible();
  await expect(async () => {
    await ownerPage.goto("/platform/mailbox");
    const reset = ownerPage.getByRole("link", { name: new RegExp(person.email) }).first();
    await expect(reset).toContainText("Reset your Gatehouse password", { timeout: 1000 });
  }).toPass();
  await Promise.all([own, intruder, mailReader].map((context) => context.close()));
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the account's page and the link's have no serious violation, and fit a phone", async ({
      ownerPage: page,
      ownerApi,
      browser,
      server,
    }) => {
      const person = await createPerson(ownerApi, { name: "Konstantynopolitańczykowianeczka ".repeat(3).trim() });
      const contexts = await Promise.all([1, 2].map(() => newVisitor(browser, server.url)));
      for (const context of contexts) await signedInBrowser(context, person);
      const link = await newDeviceLink(page, person.email);
      for (const path of ["/account/sessions", link]) {
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          expect([path, width, await overflow(page)]).toEqual([path, width, 0]);
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
            .analyze();
          expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        }
      }
      await Promise.all(contexts.map((context) => context.close()));
    });
  });
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
