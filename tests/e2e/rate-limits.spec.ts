import { type APIRequestContext, expect, type Page, request } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible";
import { createPerson, newVisitor, type Person, signInByForm, unique, visitorAddress } from "./support/people";
import { createMember, createTenant } from "./support/tenants";
import { test } from "./support/test";

/** As many wrong passwords as the rules for sign-in let through, and one that is refused. */
const attempts = 11;

test("who is blocked in one browser appears in another without a reload, is cleared there, and signs in", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  await page.goto("/platform/rate-limits");
  await expect(page.getByRole("heading", { level: 1, name: "Rate limits" })).toBeVisible();
  await page.evaluate(() => document.body.setAttribute("data-not-reloaded", ""));

  const attacker = await guess(server.url, person);
  const victim = await newVisitor(browser, server.url);
  const victimPage = await victim.newPage();
  await victimPage.goto("/sign-in");
  await signInByForm(victimPage, person);
  await expect(victimPage.getByText("Sign-in with this address is locked")).toBeVisible();

  const row = blockedRow(page, person.name);
  await expect(row).toBeVisible();
  await expect(row).toContainText(/\d+ (?:min|s)/);
  await expect(page.locator("[data-not-reloaded]")).toHaveCount(1);
  await expectAccessible(page, "/platform/rate-limits with a block");

  // The rule's block and the lock on the account go together, whichever is cleared.
  await clearFirst(page, person.name);
  await expect(blockedRow(page, person.name)).toHaveCount(0);
  await victimPage.goto("/sign-in");
  await signInByForm(victimPage, person);
  await expect(victimPage.getByText("You belong to no tenant yet")).toBeVisible();

  await page.goto(`/platform/audit?action=rate-limit-block.delete&target=${person.id}`);
  await expect(page.getByRole("row").nth(1)).toContainText(person.email);
  await page.goto(`/platform/audit?action=session.create&outcome=failure&target=${person.id}`);
  await page.getByRole("row").nth(1).getByRole("link").click();
  await page
    .getByRole("dialog")
    .getByRole("link", { name: /^Sign-in, / })
    .click();
  await expect(page.getByRole("button", { name: /^Sign-in, /, pressed: true })).toBeVisible();
  await Promise.all([attacker.dispose(), victim.close()]);
});

test("an address is found during an attack, blocked by hand, and the office is put on the allow-list", async ({
  ownerPage: page,
  server,
}) => {
  const address = visitorAddress();
  const attacker = await spray(server.url, address);
  await page.goto(`/platform/rate-limits?view=blocks&search=${address}`);
  await page.getByRole("button", { name: `Actions for ${address}` }).click();
  await page.getByRole("menuitem", { name: "Block for a time…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(dialog.getByText("Give a reason: the audit log records it.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Guesses passwords");
  await expectAccessible(page, "the dialog that blocks");
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByText(`Blocked ${address}`)).toBeVisible();
  await expect(page.getByText("By hand: Guesses passwords")).toBeVisible();

  const office = visitorAddress();
  await page.goto("/platform/rate-limits?view=exempt");
  await page.getByRole("button", { name: "Allow addresses…" }).click();
  await dialog.getByLabel("Network addresses").fill(office);
  await dialog.getByLabel("Reason").fill("The office");
  await dialog.getByRole("button", { name: "Allow", exact: true }).click();
  await expect(page.getByText(`${office}/32 is on the allow-list`, { exact: true })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: office });
  await expect(row).toContainText("The office");
  await expectAccessible(page, "the allow-list");
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Take off the allow-list" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Take off/ })
    .click();
  await expect(page.getByText("is off the allow-list")).toBeVisible();
  await attacker.dispose();
});

test("a rule is replayed over the last day before it is saved, and shows what it was set to", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const attacker = await guess(server.url, person);
  await page.goto("/platform/rate-limits?view=rules");
  await page.getByRole("button", { name: "Edit New-device links" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Attempts").fill("0");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(dialog.getByText(/^Give a whole number from/)).toBeVisible();
  await dialog.getByLabel("Attempts").fill("25");
  await dialog.getByLabel("Mode").click();
  await page.getByRole("option", { name: "Observing" }).click();
  await expect(dialog.getByRole("region", { name: "Replay of the last 24 hours" })).toContainText(
    /Would have refused|Nothing was recorded/,
  );
  await expectAccessible(page, "the editor of a rule");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(page.getByText("New-device links is changed")).toBeVisible();
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "New-device links" });
  await expect(row).toContainText("25 in 15 min");
  await expect(row).toContainText("Observing");
  await attacker.dispose();
});

test("in a tenant the page shows the tenant's own accounts, and no rule can be changed", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const member = await createMember(ownerApi, tenant);
  const attacker = await guess(server.url, member);
  await page.goto(`/t/${tenant.slug}/rate-limits`);
  await expect(page.getByRole("heading", { level: 1, name: "Rate limits" })).toBeVisible();
  await expectAccessible(page, "the rate limits of a tenant");
  await page.goto(`/t/${tenant.slug}/rate-limits?view=rules`);
  await expect(page.getByRole("button", { name: "Edit API" })).toHaveAttribute("aria-disabled", "true");
  await page.goto(`/t/${tenant.slug}/rate-limits?view=history&granularity=minute`);
  await expect(page.getByRole("img", { name: /^All rules:/ })).toBeVisible();
  await attacker.dispose();
});

/** Tries wrong passwords of one account until it is refused. */
const guess = (url: string, { email }: Pick<Person, "email">) => attack(url, visitorAddress(), () => email);

/** Tries a password on one account after another until the address is refused. */
const spray = (url: string, address: string) => attack(url, address, () => `${unique("sprayed")}@journey.test`);

async function attack(url: string, address: string, emailOf: () => string): Promise<APIRequestContext> {
  const attacker = await request.newContext({
    baseURL: url,
    extraHTTPHeaders: { Origin: url, "X-Forwarded-For": address },
  });
  let status = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const data = { email: emailOf(), password: `wrong ${attempt} wrong` };
    status = (await attacker.post("/api/auth/sign-in/email", { data })).status();
  }
  expect(status).toBe(429);
  return attacker;
}

const blockedRow = (page: Page, name: string) =>
  page.getByRole("list", { name: "Blocked now" }).getByRole("listitem").filter({ hasText: name }).first();

async function clearFirst(page: Page, name: string): Promise<void> {
  await blockedRow(page, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await page.getByRole("menuitem", { name: "Clear the block" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: /^Clear the block of/ }).click();
  await expect(page.getByText(`Cleared the block of ${name}`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
}
