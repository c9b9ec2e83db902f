import { expect, type Page } from "@playwright/test";
import { ageProof } from "./support/age-proof";
import { mailedLink } from "./support/mailbox";
import { newVisitor, signedInApi, signInByForm, unique } from "./support/people";
import { createMember, createTenant, tenantRoles } from "./support/tenants";
import { test } from "./support/test";

async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await signInByForm(page, person);
}

test("a tenant's administrator lands in their tenant, and sees nothing that is not its own", async ({
  page,
  ownerApi,
}) => {
  const [tenant, other] = [await createTenant(ownerApi), await createTenant(ownerApi)];
  const [admin, stranger] = [
    await createMember(ownerApi, tenant, { roles: [tenantRoles.admin] }),
    await createMember(ownerApi, other),
  ];
  await signIn(page, admin);
  await page.waitForURL(`**/t/${tenant.slug}**`);
  await page.goto(`/t/${tenant.slug}/users`);
  await expect(page.getByRole("link", { name: new RegExp(admin.email) })).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(stranger.email) })).toHaveCount(0);
  await expect(page.getByRole("columnheader", { name: "Home tenant" })).toHaveCount(0);
  await page.goto(`/t/${tenant.slug}/users/${stranger.id}`);
  await expect(page.getByText("There is nothing here")).toBeVisible();
});

test("a foreign tenant's address answers exactly as one that nobody has", async ({ page, ownerApi }) => {
  const [tenant, other] = [await createTenant(ownerApi), await createTenant(ownerApi)];
  const admin = await createMember(ownerApi, tenant, { roles: [tenantRoles.admin] });
  await signIn(page, admin);
  await page.waitForURL(`**/t/${tenant.slug}**`);
  for (const place of ["", "/users", "/sessions", "/audit", "/roles", "/members"]) {
    const seen = [];
    for (const slug of [other.slug, unique("nobody")]) {
      const answer = await page.goto(`/t/${slug}${place}`);
      await expect(page.getByText("There is nothing here")).toBeVisible();
      seen.push({ status: answer?.status(), text: await page.locator("main").textContent() });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.status).toBe(404);
  }
});

test("a tenant's first owner is invited by mail, accepts in another browser, and finds themselves in the tenant", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const email = `${unique("newcomer")}@journey.test`;
  await page.goto(`/t/${tenant.slug}/members`);
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail addresses").fill(`New Owner <${email}>`);
  await dialog.getByText("Owner", { exact: true }).click();
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText("Invited 1 person")).toBeVisible();
  await page.goto(`/t/${tenant.slug}/invitations`);
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Pending");

  const link = await mailedLink(page, new RegExp(email), "/invitations/[^?]+");
  const visitor = await newVisitor(browser, server.url);
  const visitorPage = await visitor.newPage();
  await visitorPage.goto(link);
  await visitorPage.getByLabel("Your name").fill("New Owner");
  await visitorPage.getByRole("textbox", { name: "Password" }).fill(`a long phrase of ${email}`);
  await visitorPage.getByRole("button", { name: "Create account and join" }).click();
  await visitorPage.getByRole("link", { name: `Go to ${tenant.name}` }).click();
  await visitorPage.waitForURL(`**/t/${tenant.slug}**`);
  await visitorPage.goto(`/t/${tenant.slug}/members`);
  await expect(visitorPage.getByRole("row", { name: new RegExp(email) })).toContainText("Owner");
  await expect(visitorPage.getByRole("button", { name: "Invite people" })).toBeEnabled();
  await visitor.close();
});

test("a role that is given shows its button and is obeyed, and is refused once it is taken away", async ({
  ownerPage: page,
  ownerApi,
  browser,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const [helper, target] = [await createMember(ownerApi, tenant), await createMember(ownerApi, tenant)];
  const visitor = await newVisitor(browser, server.url);
  const helperPage = await visitor.newPage();
  await signIn(helperPage, helper);
  await helperPage.waitForURL(`**/t/${tenant.slug}**`);

  const name = unique("Front desk");
  await page.goto(`/t/${tenant.slug}/roles`);
  await page.getByRole("link", { name: "Create role" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByLabel("Rank").fill("20");
  await page.getByRole("checkbox", { name: /users\.read/ }).check();
  await page.getByRole("checkbox", { name: /users\.update/ }).check();
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText(`Created the role ${name}`)).toBeVisible();

  const giveOrTake = async () => {
    await page.goto(`/t/${tenant.slug}/users/${helper.id}?tab=access`);
    await page.getByRole("button", { name: "Change roles" }).click();
    await page.getByRole("dialog").getByText(name).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save roles" }).click();
    await expect(page.getByText(`Changed the roles of ${helper.name}`)).toBeVisible();
  };
  await giveOrTake();
  await helperPage.goto(`/t/${tenant.slug}/users/${target.id}`);
  await helperPage.getByRole("button", { name: "More actions" }).click();
  await helperPage.getByRole("menuitem", { name: "Rename" }).click();
  const renamed = unique("Renamed");
  await helperPage.getByRole("dialog").getByLabel("Name").fill(renamed);
  await helperPage.getByRole("dialog").getByRole("button", { name: "Save name" }).click();
  await expect(helperPage.getByRole("heading", { name: renamed })).toBeVisible();

  // The dialog was opened while it was allowed; the very next call is not.
  await helperPage.getByRole("button", { name: "More actions" }).click();
  await helperPage.getByRole("menuitem", { name: "Rename" }).click();
  await helperPage.getByRole("dialog").getByLabel("Name").fill(unique("Refused"));
  await giveOrTake();
  await helperPage.getByRole("dialog").getByRole("button", { name: "Save name" }).click();
  await expect(helperPage.getByRole("dialog").getByRole("alert")).toBeVisible();
  await helperPage.reload();
  await expect(
    helperPage.getByText("There is nothing here").or(helperPage.getByText("You have no access here")),
  ).toBeVisible();
  await visitor.close();
});

test("a suspended tenant tells its members why, and nobody else that it exists", async ({ page, ownerApi }) => {
  const tenant = await createTenant(ownerApi);
  const person = await createMember(ownerApi, tenant, { roles: [tenantRoles.admin] });
  const reason = unique("Unpaid invoice");
  const answer = await ownerApi.post(`/api/v1/tenants/${tenant.slug}/suspend`, { data: { reason } });
  expect(answer.status(), await answer.text()).toBe(200);
  await signIn(page, person);
  await expect(page.getByText("This tenant is closed to you at present")).toBeVisible();
  await expect(page.getByText(reason)).toBeVisible();
});

test("an act that takes a fresh proof asks for the password in place, and goes on", async ({
  page,
  ownerApi,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const owner = await createMember(ownerApi, tenant, { roles: [tenantRoles.owner] });
  const other = await createMember(ownerApi, tenant);
  const api = await signedInApi(server.url, owner);
  await ageProof(server, owner.email);
  await page.context().addCookies((await api.storageState()).cookies);
  await page.goto(`/t/${tenant.slug}/members`);
  await page.getByRole("button", { name: `Actions for ${other.name}` }).click();
  await page.getByRole("menuitem", { name: "Change roles" }).click();
  const dialog = page.getByRole("dialog", { name: /^Roles of/ });
  await dialog.getByText("Moderator").click();
  await dialog.getByRole("button", { name: "Save roles" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm it's you" });
  await proof.getByRole("textbox", { name: "Password" }).fill("not my password at all");
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(proof.getByRole("textbox", { name: "Password" })).toHaveAccessibleDescription(/not the password/);
  await proof.getByRole("textbox", { name: "Password" }).fill(owner.password);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(`Changed the roles of ${other.name}`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(other.email) })).toContainText("+1");
  await api.dispose();
});

test("acting as somebody else is announced above everything until it is stopped", async ({
  page,
  ownerApi,
  server,
}) => {
  const tenant = await createTenant(ownerApi);
  const owner = await createMember(ownerApi, tenant, { roles: [tenantRoles.owner] });
  const other = await createMember(ownerApi, tenant, { roles: [tenantRoles.admin] });
  const api = await signedInApi(server.url, owner);
  await page.context().addCookies((await api.storageState()).cookies);
  await page.goto(`/t/${tenant.slug}/users/${other.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Act as this user" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Looking into a ticket");
  await page.getByRole("dialog").getByRole("button", { name: "Begin" }).click();
  const banner = page.getByText(`${owner.name}, you are acting as ${other.name}.`);
  await expect(banner).toBeVisible();
  await page.goto(`/t/${tenant.slug}/members`);
  await expect(banner).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.waitForURL(`**/t/${tenant.slug}**`);
  await expect(banner).toHaveCount(0);
  await page.getByRole("button", { name: "Your account" }).click();
  await expect(page.getByRole("menu")).toContainText(owner.email);
  await api.dispose();
});
