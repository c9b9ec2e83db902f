import { expect, type Page } from "@playwright/test";
import { type OwnStores, startOwnStores } from "../support/own-stores";
import { createPerson, newVisitor, signedInApi, signInByForm } from "./support/people";
import { test } from "./support/test";

/** May read users and sessions, and end those of people of lower rank. */
const support = "00000000-0000-7000-8000-000000000103";

test("with Redis dead, sessions still end on both instances, the receipt says what is uncertain, and finishes by itself", async ({
  page,
  browser,
  startServer,
}) => {
  const stores = await startOwnStores();
  try {
    const env = environmentOf(stores);
    const [near, far] = [await startServer({ env }), await startServer({ env })];
    const owner = await signedInApi(near.address.url, near.address.owner);
    const person = await createPerson(owner, { roles: [support] });
    await owner.dispose();
    await page.goto(`${near.address.url}/sign-in`);
    await signInByForm(page, near.address.owner);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

    const other = await newVisitor(browser, far.address.url);
    const otherPage = await other.newPage();
    await signInAt(otherPage, person);
    await endMatching(page, `${near.address.url}/platform/sessions?search=${encodeURIComponent(person.email)}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Nothing accepts them any more.");
    await isSignedOut(otherPage);

    await signInAt(otherPage, person);
    await stores.redis.kill();
    await endMatching(page, `${near.address.url}/platform/sessions?search=${encodeURIComponent(person.email)}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Ended in the database.");
    await expect(page.getByRole("article")).toContainText("Redis could not be reached");
    await isSignedOut(otherPage);
    const address = page.url();
    await page.goto(`${near.address.url}/platform/sessions`);
    await page
      .getByRole("link", { name: /receipt|revocation/i })
      .first()
      .waitFor();

    await page.goto(address);
    await stores.redis.start();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Nothing accepts them any more.", {
      timeout: 90_000,
    });
    await other.close();
  } finally {
    await stores.remove();
  }
});

function environmentOf({ databaseUrl, migrateUrl, redisUrl }: OwnStores): Record<string, string> {
  return { DATABASE_URL: databaseUrl, DATABASE_MIGRATE_URL: migrateUrl, REDIS_URL: redisUrl };
}

async function signInAt(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
}

async function endMatching(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: /^End 1 matching…$/ }).click();
  const panel = page.getByRole("dialog");
  await panel.getByLabel("Reason").fill("Seen in a leak");
  await panel.getByRole("button", { name: "End 1 session" }).click();
  await page.waitForURL(/\/platform\/receipts\//);
}

async function isSignedOut(page: Page): Promise<void> {
  await page.goto("/platform/sessions");
  await page.waitForURL(/\/sign-in/);
}
