import { expect } from "@playwright/test";
import { createPerson, signInByForm } from "./support/people";
import { test } from "./support/test";

const auditor = "00000000-0000-7000-8000-000000000104";

test("somebody who belongs nowhere is told as whom they are signed in, and can sign out", async ({
  page,
  ownerApi,
}) => {
  const person = await createPerson(ownerApi);
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await expect(page.getByText("You belong to no tenant yet")).toBeVisible();
  await expect(page.getByText(`You are signed in as ${person.email}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
});

test("an auditor sees everything that may be read, and every act switched off with its reason", async ({
  page,
  ownerApi,
}) => {
  const [person, target] = [await createPerson(ownerApi, { roles: [auditor] }), await createPerson(ownerApi)];
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.goto("/platform/users");
  const create = page.getByRole("button", { name: "Create user" });
  await expect(create).toBeDisabled();
  await create.focus();
  await expect(page.getByRole("tooltip")).toContainText("Your roles do not include this.");
  await expect(page.getByRole("link", { name: "Mailbox" })).toHaveCount(0);
  await page.goto(`/platform/users/${target.id}`);
  await expect(page.getByRole("button", { name: "End all sessions" })).toBeDisabled();
  await page.goto("/platform/mailbox");
  await expect(page.getByText("Your roles do not include this page.")).toBeVisible();
});

test("an act that the server refuses is told in the dialog, which stays", async ({ page, ownerApi, server }) => {
  const support = "00000000-0000-7000-8000-000000000103";
  const person = await createPerson(ownerApi, { roles: [support] });
  const { user } = await (await ownerApi.get("/api/v1/session")).json();
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.goto(`/platform/users/${user.id}`);
  await page.getByRole("button", { name: "End all sessions" }).click();
  await page.getByRole("alertdialog").getByLabel("Reason").fill("Trying");
  await page.getByRole("alertdialog").getByRole("button", { name: /^End / }).click();
  await expect(page.getByRole("alertdialog").getByRole("alert")).toBeVisible();
  expect((await ownerApi.get(`${server.url}/api/v1/session`)).status()).toBe(200);
});
