import { expect } from "@playwright/test";
import { signInByForm } from "./support/people";
import { test } from "./support/test";

test("the one-time link creates the first owner, once, who then signs in", async ({ page, startServer }) => {
  const { address, output } = await startServer({ hasOwner: false });
  const link = /http\S+\/setup\?token=\S+/.exec(output())?.[0] ?? "";
  await page.goto(link);
  await page.getByLabel("Your name").fill("Ada Byron");
  await page.getByLabel("E-mail address").fill("ada@first.test");
  await page.getByRole("textbox", { name: "Password" }).fill("too short");
  await page.getByRole("button", { name: "Create owner" }).click();
  await expect(page.getByText("Use at least 12 characters.")).toBeVisible();

  const owner = { email: "ada@first.test", password: "an engine of brass and cards 7" };
  await page.getByRole("textbox", { name: "Password" }).fill(owner.password);
  await page.getByRole("button", { name: "Create owner" }).click();
  await page.waitForURL(/\/sign-in/);
  await signInByForm(page, owner);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.goto(`${address.url}/platform/users`);
  await expect(page.getByRole("link", { name: /Ada Byron/ })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("Your name").fill("Eve");
  await page.getByLabel("E-mail address").fill("eve@first.test");
  await page.getByRole("textbox", { name: "Password" }).fill("another engine of brass 8");
  await page.getByRole("button", { name: "Create owner" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /set up already|does not work/ })).toBeVisible();
  expect((await page.request.get(`${address.url}/api/auth/get-session`)).status()).toBe(200);
});

test("a set-up page without its token says what is wrong", async ({ page }) => {
  await page.goto("/setup");
  await expect(page.getByText("This set-up link does not work")).toBeVisible();
});
