import { expect } from "@playwright/test";
import { mailedLink, openMail } from "./support/mailbox";
import { createPerson, newVisitor, signedInApi, signInByForm } from "./support/people";
import { test } from "./support/test";

test("a forgotten password is replaced by the link in the mail, which works once and ends every session", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  const visitor = await newVisitor(browser, server.url);
  const visitorPage = await visitor.newPage();
  await visitorPage.goto("/sign-in");
  await visitorPage.getByRole("link", { name: "Forgot password?" }).click();
  await expect(visitorPage.getByRole("heading", { name: "Reset your password" })).toBeVisible();
  await visitorPage.getByLabel("E-mail address").fill(person.email);
  await visitorPage.getByRole("button", { name: "Send the link" }).click();
  await expect(visitorPage.getByText("Check your mail")).toBeVisible();

  const link = await mailedLink(page, new RegExp(person.email), "/reset-password");
  await visitorPage.goto(link);
  await visitorPage.getByRole("textbox", { name: "New password" }).fill("password1234");
  await visitorPage.getByRole("button", { name: "Change password" }).click();
  await expect(visitorPage.getByRole("textbox", { name: "New password" })).toHaveAttribute("aria-invalid", "true");
  const password = "quite another phrase of mine";
  await visitorPage.getByRole("textbox", { name: "New password" }).fill(password);
  await visitorPage.getByRole("button", { name: "Change password" }).click();
  await expect(visitorPage.getByText("Your password is changed and every session has ended.")).toBeVisible();
  expect((await phone.get("/api/v1/session")).status()).toBe(401);
  await signInByForm(visitorPage, { email: person.email, password });
  await expect(visitorPage.getByText("You belong to no tenant yet")).toBeVisible();

  await visitorPage.goto(link);
  await visitorPage.getByRole("textbox", { name: "New password" }).fill("a third phrase altogether");
  await visitorPage.getByRole("button", { name: "Change password" }).click();
  await expect(visitorPage.getByText("This link does not work")).toBeVisible();
  await Promise.all([phone.dispose(), visitor.close()]);
});

test("an unknown address is answered like a known one", async ({ page }) => {
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail address").fill("nobody@journey.test");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("If nobody@journey.test has an account here")).toBeVisible();
});

test("formatted mail is shown in a frame that can run nothing", async ({ ownerPage: page, ownerApi }) => {
  const { email } = await createPerson(ownerApi);
  await ownerApi.post("/api/auth/request-password-reset", { data: { email } });
  await openMail(page, new RegExp(email));
  await page.getByRole("tab", { name: "Formatted" }).click();
  const frame = page.locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  await expect(frame.contentFrame().getByRole("link", { name: "Choose a new password" })).toBeVisible();
});
