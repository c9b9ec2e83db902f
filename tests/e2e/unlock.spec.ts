import { type APIRequestContext, expect, request } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible";
import { mailedLink } from "./support/mailbox";
import { createPerson, newVisitor, type Person, signedInApi, signInByForm, visitorAddress } from "./support/people";
import { test } from "./support/test";

/** Ten wrong passwords, each from an address of its own. */
async function lockOut(baseURL: string, { email }: Pick<Person, "email">): Promise<void> {
  for (let count = 0; count < 10; count += 1) {
    const extraHTTPHeaders = { Origin: baseURL, "X-Forwarded-For": visitorAddress() };
    const attacker = await request.newContext({ baseURL, extraHTTPHeaders });
    const answer = await attacker.post("/api/auth/sign-in/email", { data: { email, password: "not the right one" } });
    expect(answer.status()).toBe(401);
    await attacker.dispose();
  }
}

async function signIn(api: APIRequestContext, { email, password }: Person): Promise<number> {
  return (await api.post("/api/auth/sign-in/email", { data: { email, password } })).status();
}

test("whoever is locked out is told what happened, and gets in by the link of the mail", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const laptop = await signedInApi(server.url, person);
  await lockOut(server.url, person);

  const visitor = await newVisitor(browser, server.url);
  const visitorPage = await visitor.newPage();
  await visitorPage.goto("/sign-in");
  await signInByForm(visitorPage, person);
  const alert = visitorPage.getByRole("alert").filter({ hasText: "Sign-in with this address is locked" });
  await expect(alert).toContainText("you can try again in 1");
  await expect(alert.getByRole("link", { name: "Choose a new password" })).toBeVisible();
  await expectAccessible(visitorPage, "the refused sign-in");
  // Where they have signed in before nothing has changed.
  expect(await signIn(laptop, person)).toBe(200);

  const link = await mailedLink(page, new RegExp(person.email), "/unlock");
  await visitorPage.goto(link);
  await expect(visitorPage.getByRole("heading", { name: "Unlock sign-in" })).toBeVisible();
  await expectAccessible(visitorPage, "the unlock page");
  await visitorPage.getByRole("button", { name: "Unlock sign-in" }).click();
  await expect(visitorPage.getByText(`You can sign in as ${person.email} now`)).toBeVisible();
  // The attempts go on, and the browser of the link gets in all the same.
  await lockOut(server.url, person);
  await visitorPage.getByRole("link", { name: "Sign in" }).click();
  await signInByForm(visitorPage, person);
  await expect(visitorPage.getByText("You belong to no tenant yet")).toBeVisible();

  await visitorPage.goto(link);
  await expect(visitorPage.getByText("This link has been used")).toBeVisible();
  await Promise.all([laptop.dispose(), visitor.close()]);
});

test("an administrator sees the failed attempts and unlocks them", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const person = await createPerson(ownerApi);
  await lockOut(server.url, person);
  await page.goto(`/platform/users/${person.id}`);
  await expect(page.getByText("Failed sign-ins keep unknown browsers out. They may try again")).toBeVisible();
  await expect(page.getByText("10 failed attempts by unknown browsers")).toBeVisible();
  await page.getByRole("button", { name: "Unlock sign-in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Confirmed by phone");
  await dialog.getByRole("button", { name: "Unlock sign-in" }).click();
  await expect(page.getByText(`Unlocked sign-in for ${person.name}`)).toBeVisible();
  await expect(page.getByText("10 failed attempts by unknown browsers")).toBeHidden();

  const visitor = await newVisitor(browser, server.url);
  const visitorPage = await visitor.newPage();
  await visitorPage.goto("/sign-in");
  await signInByForm(visitorPage, person);
  await expect(visitorPage.getByText("You belong to no tenant yet")).toBeVisible();
  await page.goto(`/platform/users/${person.id}?tab=activity`);
  await expect(page.getByText(/unlocked sign-in/).first()).toBeVisible();
  await visitor.close();
});

test("an address without an account is answered in the same words", async ({ page, server }) => {
  const nobody = { email: `nobody-${visitorAddress().replaceAll(".", "-")}@journey.test`, password: "a guess of mine" };
  await lockOut(server.url, nobody);
  await page.goto("/sign-in");
  await signInByForm(page, nobody);
  const alert = page.getByRole("alert").filter({ hasText: "Sign-in with this address is locked" });
  await expect(alert).toContainText("if there is an account, its holder was sent a link");
});
