import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible";
import { createPerson, newVisitor, signedInApi, signInByForm, unique } from "./support/people";
import { test } from "./support/test";

/** May read users and sessions, and end those of people of lower rank. */
const support = "00000000-0000-7000-8000-000000000103";
const owner = "00000000-0000-7000-8000-000000000101";

test("what a filter finds is previewed, ended, and gone from the other browser at its next page", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const family = unique("filtered");
  const person = await createPerson(ownerApi, { name: `${family} one`, roles: [support] });
  const second = await createPerson(ownerApi, { name: `${family} two` });
  const phone = await signedInApi(server.url, second);
  const other = await newVisitor(browser, server.url);
  const otherPage = await other.newPage();
  await otherPage.goto("/sign-in");
  await signInByForm(otherPage, person);
  await expect(otherPage.getByRole("navigation", { name: "Main navigation" })).toBeVisible();

  await page.goto(`/platform/sessions?search=${family}`);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("button", { name: "End 2 matching…" }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("heading", { name: "End 2 sessions?" })).toBeVisible();
  await expect(panel).toContainText("2 sessions of 2 people");
  await expect(panel).toContainText(family);
  await panel.getByRole("button", { name: "End 2 sessions" }).click();
  await expect(panel.getByText("Give a reason: the audit log records it.")).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(200);
  await panel.getByLabel("Reason").fill("Seen in a leak");
  await panel.getByRole("button", { name: "End 2 sessions" }).click();

  await page.waitForURL(/\/platform\/receipts\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Ended. 2 sessions of 2 people. Nothing accepts them any more.",
  );
  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await otherPage.goto("/platform/sessions");
  await otherPage.waitForURL(/\/sign-in/);
  await Promise.all([phone.dispose(), other.close()]);
});

test("a range of addresses is a filter that can be put together, shared as a link, and taken away", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}`);
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText("198.1");
  await addFilter(page, "Address", "198.18.0.0/15");
  await expect(page).toHaveURL(/ip=198\.18\.0\.0(?:%2F|\/)15/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await addFilter(page, "Browser", "Netscape");
  await expect(page.getByText("No sessions match")).toBeVisible();
  await page.getByRole("button", { name: /^Remove filter Browser/ }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}&ip=203.0.113.0/24`);
  await expect(page.getByText("No sessions match")).toBeVisible();
  await page.goto("/platform/sessions?ip=198.18.0.0/99");
  await expect(page.getByText("The sessions could not be loaded")).toBeVisible();
  await phone.dispose();
});

test("a shared view is there for another administrator, who cannot change it", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const name = unique("View");
  await page.goto("/platform/sessions?device=tablet&sort=-lastSeenAt");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page
    .getByRole("dialog")
    .getByLabel(/^Share with/)
    .check();
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText(`Saved ${name}`)).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name })).toBeVisible();

  const colleague = await createPerson(ownerApi, { roles: [support] });
  const other = await newVisitor(browser, server.url);
  const otherPage = await other.newPage();
  await otherPage.goto("/sign-in?next=/platform/sessions");
  await signInByForm(otherPage, colleague);
  await otherPage.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name }).click();
  await expect(otherPage).toHaveURL(/device=tablet/);
  await expect(otherPage).toHaveURL(/sort=-lastSeenAt/);
  await otherPage.getByRole("button", { name: `Actions for the view ${name}` }).click();
  await expect(otherPage.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
  await expect(otherPage.getByRole("menuitem", { name: "Rename" })).toHaveCount(0);
  await other.close();

  await page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name }).click();
  await page.getByRole("button", { name: `Actions for the view ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Delete / })
    .click();
  await expect(page.getByText(`Deleted the view ${name}`)).toBeVisible();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("those whom one may not act on are left out, named, and stay signed in", async ({ ownerApi, browser, server }) => {
  const family = unique("ranks");
  const colleague = await createPerson(ownerApi, { name: `${family} support`, roles: [support] });
  const chief = await createPerson(ownerApi, { name: `${family} chief`, roles: [owner] });
  const person = await createPerson(ownerApi, { name: `${family} nobody` });
  const [chiefs, persons] = [await signedInApi(server.url, chief), await signedInApi(server.url, person)];
  const visitor = await newVisitor(browser, server.url);
  const page = await visitor.newPage();
  await page.goto(`/sign-in?next=${encodeURIComponent(`/platform/sessions?search=${family}`)}`);
  await signInByForm(page, colleague);
  await expect(page.getByRole("row")).toHaveCount(4);
  await page.getByRole("button", { name: /^End .*matching…$/ }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("heading", { name: "End 1 session?" })).toBeVisible();
  await expect(panel.getByText("2 more match, and do not end:")).toBeVisible();
  await expect(panel.getByRole("link", { name: chief.name })).toHaveAttribute("href", `/platform/users/${chief.id}`);
  await expect(panel.getByText("ranks as high as you, or higher")).toBeVisible();
  await expect(panel.getByText("your own session")).toBeVisible();
  await panel.getByLabel("Reason").fill("Only those below");
  await panel.getByRole("button", { name: "End 1 session" }).click();
  await page.waitForURL(/\/platform\/receipts\//);
  await expect(page.getByText(/^2 sessions of 2 people/)).toBeVisible();
  expect((await chiefs.get("/api/v1/session")).status()).toBe(200);
  expect((await persons.get("/api/v1/session")).status()).toBe(401);
  await Promise.all([chiefs.dispose(), persons.dispose(), visitor.close()]);
});

test("a preview that has grown too old ends nothing until it was looked at again", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.clock.install();
  await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}`);
  await page.getByRole("button", { name: "End 1 matching…" }).click();
  const panel = page.getByRole("dialog");
  const act = panel.getByRole("button", { name: "End 1 session" });
  await expect(act).toBeEnabled();
  await expectAccessible(page, "preview");
  await page.clock.fastForward("15:01");
  await expect(act).toBeDisabled();
  await expectAccessible(page, "preview that is too old");
  await panel.getByRole("button", { name: "Look again" }).click();
  await expect(act).toBeEnabled();
  expect((await phone.get("/api/v1/session")).status()).toBe(200);
  await phone.dispose();
});

test("live updates bring a new session in, and hold it back while a row is selected", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const first = await signedInApi(server.url, person);
  await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}`);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Live updates" }).click();
  await expect(page.getByText(/^Updated \d/)).toBeVisible();
  const second = await signedInApi(server.url, person);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("row").nth(1).getByRole("checkbox").check();
  const third = await signedInApi(server.url, person);
  await page.getByRole("button", { name: "Show 1 new" }).click();
  await expect(page.getByRole("row")).toHaveCount(4);
  await expect(page.getByText("1 selected")).toBeVisible();
  await Promise.all([first, second, third].map((api) => api.dispose()));
});

async function addFilter(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: field, exact: true }).click();
  await page.getByRole("dialog", { name: field }).getByLabel(field).fill(value);
  await page.getByRole("dialog", { name: field }).getByRole("button", { name: "Apply" }).click();
}
