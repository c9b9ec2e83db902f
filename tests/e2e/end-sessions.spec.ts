import { expect } from "@playwright/test";
import { createPerson, newVisitor, signedInApi, signInByForm } from "./support/people";
import { test } from "./support/test";

test("ending all sessions throws the other browser out at its next request, and leaves exactly one event", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  // Support may read users, so the other browser has a page to be thrown out of.
  const support = "00000000-0000-7000-8000-000000000103";
  const person = await createPerson(ownerApi, { roles: [support] });
  const phone = await signedInApi(server.url, person);
  const other = await newVisitor(browser, server.url);
  const otherPage = await other.newPage();
  await otherPage.goto("/sign-in");
  await signInByForm(otherPage, person);
  await expect(otherPage.getByRole("heading", { name: "Users" })).toBeVisible();

  await page.goto(`/platform/users?search=${encodeURIComponent(person.email)}`);
  await page.getByRole("link", { name: new RegExp(person.name) }).click();
  await page.getByRole("button", { name: "End all sessions" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("heading", { name: "End 2 sessions?" })).toBeVisible();
  await expect(dialog).toContainText(person.email);
  await dialog.getByLabel("Reason").fill("Laptop stolen");
  await dialog.getByRole("button", { name: "End 2 sessions" }).click();
  await expect(page.getByText(`Ended 2 sessions of ${person.name}`)).toBeVisible();

  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await otherPage.reload();
  await otherPage.waitForURL(/\/sign-in/);
  await expect(otherPage.getByText("You were signed out: an administrator ended this session.")).toBeVisible();
  await Promise.all([phone.dispose(), other.close()]);

  await page.getByRole("link", { name: "Show receipt" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Ended. 2 sessions of 1 person. Nothing accepts them any more.",
  );
  await page.getByRole("link", { name: "Find it in the audit log" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row").nth(1)).toContainText(`ended sessions of ${person.email}`);
  await page.getByRole("link", { name: /ended sessions of/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Laptop stolen");
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("all sessions are ended by keyboard alone, from the search to the receipt", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.goto("/platform/users");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  // The key means something from the moment the page is interactive.
  await expect(async () => {
    await page.keyboard.press("/");
    expect(await isFocused(page.getByLabel("Search users"))).toBe(true);
  }).toPass();
  await page.keyboard.type(person.email);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  const act = page.getByRole("button", { name: "End all sessions" });
  for (let step = 0; step < 40 && !(await isFocused(act)); step += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "End 1 session?" })).toBeVisible();
  const reason = page.getByRole("alertdialog").getByLabel("Reason");
  for (let step = 0; step < 10 && !(await isFocused(reason)); step += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("By keyboard");
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: "End 1 session" });
  for (let step = 0; step < 10 && !(await isFocused(confirm)); step += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Ended 1 session of ${person.name}`)).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await expect(act).toBeFocused();
  await phone.dispose();
});

test("a reason is asked for before anything is ended", async ({ ownerPage: page, ownerApi, server }) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.goto(`/platform/users/${person.id}`);
  await page.getByRole("button", { name: "End all sessions" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End 1 session" }).click();
  await expect(page.getByText("Give a reason: the audit log records it.")).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(200);
  await phone.dispose();
});

test("one session is ended from the list, and the person's others stay", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const [first, second] = [await signedInApi(server.url, person), await signedInApi(server.url, person)];
  await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}`);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page
    .getByRole("link", { name: new RegExp(person.name) })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
  await page.getByRole("alertdialog").getByLabel("Reason").fill("Forgotten device");
  await page.getByRole("alertdialog").getByRole("button", { name: "End 1 session" }).click();
  await expect(page.getByText(`Ended 1 session of ${person.name}`)).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(2);
  const statuses = [(await first.get("/api/v1/session")).status(), (await second.get("/api/v1/session")).status()];
  expect(statuses).toEqual([200, 401]);
  await page.getByRole("link", { name: "Ended", exact: true }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("Revoked");
  await Promise.all([first.dispose(), second.dispose()]);
});

async function isFocused(target: {
  evaluate: (check: (element: Element) => boolean) => Promise<boolean>;
}): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
