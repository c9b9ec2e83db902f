import { expect } from "@playwright/test";
import { createPerson, unique } from "./support/people";
import { test } from "./support/test";

test("a user is found among many by part of the name, and the search is in the address", async ({
  ownerPage: page,
  ownerApi,
}) => {
  const needle = unique("Needle");
  await Promise.all(Array.from({ length: 12 }, () => createPerson(ownerApi)));
  const person = await createPerson(ownerApi, { name: `Zoë ${needle} Ærøskøbing` });
  await page.goto("/platform/users");
  await page.getByLabel("Search users").fill(needle.slice(0, 12));
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/search=Needle/);
  await page.getByRole("link", { name: new RegExp(needle) }).click();
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText(person.name);
  await page.goBack();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a row that is opened before the search has settled stays open", async ({ ownerPage: page, ownerApi }) => {
  const person = await createPerson(ownerApi);
  await page.goto("/platform/users");
  const search = page.getByLabel("Search users");
  await expect(async () => {
    await search.fill(person.email.slice(0, -1));
    await expect(page.getByRole("row")).toHaveCount(2, { timeout: 2_000 });
  }).toPass();
  await search.press("End");
  await search.press("t");
  await page.getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
});

test("a search that finds nothing says so and offers the way back", async ({ ownerPage: page }) => {
  await page.goto(`/platform/users?search=${unique("nobody")}`);
  await expect(page.getByText("No users match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("a list is paged forward and back, in one order", async ({ ownerPage: page, ownerApi }) => {
  const family = unique("family");
  for (let place = 0; place < 27; place += 1) {
    await createPerson(ownerApi, { name: `${family} ${String(place).padStart(2, "0")}` });
  }
  await page.goto(`/platform/users?search=${family}&sort=name&limit=25`);
  await expect(page.getByRole("row")).toHaveCount(26);
  await expect(page.getByRole("row").nth(1)).toContainText(`${family} 00`);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("row").nth(1)).toContainText(`${family} 25`);
  await page.getByRole("button", { name: "Previous" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(`${family} 00`);
});

test("an unusable filter in the address is an error in place, not an empty list", async ({ ownerPage: page }) => {
  await page.goto("/platform/users?createdAfter=yesterday");
  await expect(page.getByText("The users could not be loaded")).toBeVisible();
  await expect(page.getByText("No users match")).toHaveCount(0);
});

test("a user is created by the dialog, which tells what is wrong beside the field", async ({ ownerPage: page }) => {
  const mark = unique("created");
  await page.goto("/platform/users");
  await page.getByRole("button", { name: "Create user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill("gаtehouse@lookalike.test");
  await dialog.getByLabel("Name").fill("Grace Hopper");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByLabel("E-mail address")).toHaveAccessibleDescription(/plain letters/);
  await dialog.getByLabel("E-mail address").fill(`${mark}@journey.test`);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByText("Created Grace Hopper")).toBeVisible();
  await page.getByRole("link", { name: "Open" }).click();
  await expect(page.getByText("Invited")).toBeVisible();
});

test("a user is renamed", async ({ ownerPage: page, ownerApi }) => {
  const person = await createPerson(ownerApi);
  const name = `محمد ${unique("renamed")}`;
  await page.goto(`/platform/users/${person.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByRole("button", { name: "More actions" })).toBeFocused();
});

test("a user is deleted once the address is typed, and is gone", async ({ ownerPage: page, ownerApi }) => {
  const person = await createPerson(ownerApi);
  await page.goto(`/platform/users/${person.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill("Asked for it in writing");
  await dialog.getByLabel(/^Type /).fill(person.email);
  await dialog.getByRole("button", { name: /^Delete / }).click();
  await page.waitForURL("**/platform/users");
  await page.goto(`/platform/users/${person.id}`);
  await expect(page.getByText("There is nothing here")).toBeVisible();
});
