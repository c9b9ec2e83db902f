import { expect } from "@playwright/test";
import { createPerson, signInByForm } from "./support/people";
import { test } from "./support/test";

test("a wrong password is told beside the field, and neither it nor the address reaches the URL", async ({
  page,
  server,
}) => {
  await page.goto("/sign-in");
  await signInByForm(page, { email: server.owner.email, password: "not the right phrase 1" });
  const password = page.getByRole("textbox", { name: "Password" });
  await expect(password).toHaveAccessibleDescription(/Address or password is wrong/);
  await expect(password).toBeFocused();
  expect(page.url()).toBe(`${server.url}/sign-in`);
});

test("signing in by keyboard alone leads to the page that was asked for", async ({ page, server, ownerApi }) => {
  const person = await createPerson(ownerApi);
  await page.goto(`/platform/users/${person.id}`);
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail address").focus();
  await page.keyboard.type(server.owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(server.owner.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/platform/users/${person.id}`);
});

test("the way back after signing in never leaves this origin", async ({ page, server }) => {
  for (const next of ["https://evil.test/", "//evil.test/", "/\\evil.test/", "/.//evil.test/", "/\t/evil.test/"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?${new URLSearchParams({ next })}`);
    await signInByForm(page, server.owner);
    await page.waitForURL(`${server.url}/platform`);
  }
});

test("too many attempts are explained with the time to wait", async ({ page, ownerApi }) => {
  const person = await createPerson(ownerApi);
  await page.goto("/sign-in");
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const answered = page.waitForResponse(/sign-in\/email/);
    await signInByForm(page, { email: person.email, password: `wrong phrase number ${attempt}` });
    await answered;
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  }
  await signInByForm(page, person);
  await expect(page.getByRole("alert").filter({ hasText: /you can try again in \d+ min/ })).toBeVisible();
});

test("the form waits until it works, and says so without JavaScript", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();
  // A browser whose scripts the driver has turned off still shows the element as if they were on.
  expect(await page.content()).toMatch(/<noscript>.*This page needs JavaScript\./s);
  await context.close();
});

test("the password can be shown, and password managers know the fields", async ({ page }) => {
  await page.goto("/sign-in");
  const password = page.getByRole("textbox", { name: "Password" });
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username");
  await expect(password).toHaveAttribute("autocomplete", "current-password");
  await password.fill("visible to me");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
});

test("signing out ends the session and leads to the sign-in", async ({ page, server }) => {
  await page.goto("/sign-in");
  await signInByForm(page, server.owner);
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goto("/platform/users");
  await page.waitForURL(/\/sign-in/);
});
