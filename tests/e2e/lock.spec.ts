import { expect } from "@playwright/test";
import { createPerson, newVisitor, signedInApi, signInByForm } from "./support/people";
import { test } from "./support/test";

test("a locked user is thrown out and cannot sign in until unlocked", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  await page.goto(`/platform/users/${person.id}`);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Their one live session ends now");
  await dialog.getByLabel("Reason").fill("Credential stuffing");
  await dialog.getByRole("button", { name: `Lock ${person.name}` }).click();
  await expect(page.getByText("This account is locked: Credential stuffing")).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await phone.dispose();

  const visitor = await newVisitor(browser, server.url);
  const visitorPage = await visitor.newPage();
  await visitorPage.goto("/sign-in");
  await signInByForm(visitorPage, person);
  await expect(visitorPage.getByText("Address or password is wrong.")).toBeVisible();

  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Confirmed by phone");
  await page.getByRole("dialog").getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText(`Unlocked ${person.name}`)).toBeVisible();
  await signInByForm(visitorPage, person);
  await expect(visitorPage.getByText("You belong to no tenant yet")).toBeVisible();
  await visitor.close();
});

test("nobody is offered to lock or delete their own account", async ({ ownerPage: page, ownerApi }) => {
  const { user } = await (await ownerApi.get("/api/v1/session")).json();
  await page.goto(`/platform/users/${user.id}`);
  await expect(page.getByRole("button", { name: "Lock", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: /Delete/ })).toBeDisabled();
});
