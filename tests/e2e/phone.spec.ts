import { expect, type Page } from "@playwright/test";
import { createPerson, signedInApi } from "./support/people";
import { createMember, createTenant } from "./support/tenants";
import { test } from "./support/test";

test.use({ viewport: { width: 390, height: 844 } });

const longName =
  "Wolfeschlegelsteinhausenbergerdorff-Żółć Konstantynopolitańczykowianeczka von und zu Hohenlohe-Waldenburg";

test("no page is wider than a phone, whatever the names", async ({ ownerPage: page, ownerApi, server }) => {
  const person = await createPerson(ownerApi, { name: longName });
  const tenant = await createTenant(ownerApi);
  await createMember(ownerApi, tenant, { name: longName });
  const phone = await signedInApi(server.url, person);
  const paths = [
    `/platform/users?search=${encodeURIComponent(person.email)}`,
    `/platform/users/${person.id}`,
    `/platform/users/${person.id}?tab=sessions`,
    `/platform/users/${person.id}?tab=activity`,
    `/platform/users/${person.id}?tab=raw`,
    "/platform/sessions",
    "/platform/receipts",
    "/platform/audit",
    "/platform/mailbox",
    `/platform/users/${person.id}?tab=access&permission=users.lock`,
    "/platform/roles",
    "/platform/roles/new",
    "/platform/permissions",
    `/t/${tenant.slug}/members`,
    `/t/${tenant.slug}/invitations`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).or(page.getByRole("table")).first()).toBeVisible();
    expect([path, await overflow(page)]).toEqual([path, 0]);
  }
  await phone.dispose();
});

test("the navigation and the ending of sessions are reachable on a phone", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.goto("/platform/sessions");
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Users" }).click();
  await page.getByLabel("Search users").fill(person.email);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: new RegExp(person.name) }).click();
  await page.getByRole("button", { name: "End all sessions" }).click();
  await page.getByRole("alertdialog").getByLabel("Reason").fill("From a phone");
  await page.getByRole("alertdialog").getByRole("button", { name: "End 1 session" }).click();
  await expect(page.getByText(`Ended 1 session of ${person.name}`)).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await phone.dispose();
});

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
