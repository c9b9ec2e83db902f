import { expect } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible";
import { createPerson, signedInApi } from "./support/people";
import { createMember, createTenant } from "./support/tenants";
import { test } from "./support/test";

// Axe walks every element of some twenty pages.
test.describe.configure({ timeout: 240_000 });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("pages before the console have no serious violation of WCAG 2.2 AA", async ({ page }) => {
      for (const path of [
        "/sign-in?reason=ended",
        "/forgot-password",
        "/reset-password?token=x",
        "/setup?token=x",
        "/setup",
      ]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page, path);
      }
    });

    test("every page of the console has no serious violation of WCAG 2.2 AA", async ({
      ownerPage: page,
      ownerApi,
      server,
    }) => {
      const person = await createPerson(ownerApi);
      const tenant = await createTenant(ownerApi);
      const member = await createMember(ownerApi, tenant);
      const phone = await signedInApi(server.url, person);
      const receipt = await (
        await ownerApi.delete(`/api/v1/users/${person.id}/sessions?reason=${encodeURIComponent("Shown to axe")}`)
      ).json();
      await ownerApi.post("/api/auth/request-password-reset", { data: { email: person.email } });
      const paths = [
        "/platform/users",
        `/platform/users/${person.id}`,
        `/platform/users/${person.id}?tab=sessions&status=ended`,
        `/platform/users/${person.id}?tab=activity`,
        `/platform/users/${person.id}?tab=raw`,
        "/platform/sessions",
        "/platform/sessions?status=any",
        "/platform/receipts",
        `/platform/receipts/${receipt.id}`,
        "/platform/rate-limits",
        "/platform/rate-limits?view=blocks",
        "/platform/rate-limits?view=rules",
        "/platform/rate-limits?view=history",
        "/platform/audit",
        "/platform/mailbox",
        `/platform/users/${person.id}?tab=access&permission=users.lock`,
        "/platform/roles",
        "/platform/roles/new",
        "/platform/permissions",
        "/platform/permissions?permission=users.read",
        `/t/${tenant.slug}/users/${member.id}`,
        `/t/${tenant.slug}/members`,
        `/t/${tenant.slug}/invitations`,
        "/platform/users?search=nobody-has-this-name",
        "/platform/users?createdAfter=never",
        "/platform/users/no-such-id",
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.locator("main").getByText(/\S/).first()).toBeVisible();
        await expectAccessible(page, path);
      }
      await phone.dispose();
    });

    test("dialogs and sheets have no serious violation of WCAG 2.2 AA", async ({
      ownerPage: page,
      ownerApi,
      server,
    }) => {
      const person = await createPerson(ownerApi);
      const phone = await signedInApi(server.url, person);
      await page.goto(`/platform/users/${person.id}`);
      await page.getByRole("button", { name: "End all sessions" }).click();
      await expect(page.getByRole("heading", { name: "End 1 session?" })).toBeVisible();
      await expectAccessible(page, "end sessions");
      await page.goto("/platform/users");
      await page.getByRole("button", { name: "Create user" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "create user");
      const tenant = await createTenant(ownerApi);
      await page.goto(`/t/${tenant.slug}/members`);
      await page.getByRole("button", { name: /^Scope/ }).click();
      await expect(page.getByRole("option").first()).toBeVisible();
      await expectAccessible(page, "scope switcher");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Invite people" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "invite people");
      await page.goto("/platform/audit");
      await page.getByRole("row").nth(1).getByRole("link").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "audit event");
      await page.goto(`/platform/sessions?search=${encodeURIComponent(person.email)}`);
      await page.getByRole("row").nth(1).getByRole("link").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "session");
      await phone.dispose();
    });
  });
}
