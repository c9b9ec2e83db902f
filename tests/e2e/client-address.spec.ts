import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { GatehouseServer } from "../support/gatehouse-server";
import { createPerson, newVisitor, signedInApi, signInByForm } from "./support/people";
import { createMember, createTenant, tenantRoles } from "./support/tenants";
import { test } from "./support/test";

// A server is built and started for the journey.
test.describe.configure({ timeout: 240_000 });

const platformSupport = "00000000-0000-7000-8000-000000000103";
const bannerOf = (page: Page) => page.getByRole("region", { name: "How clients' addresses are known" });

/** Every visitor of the suite says whom it forwards for, as a proxy would; this server trusts nobody. */
const trustNobody = { env: { TRUSTED_PROXIES: "" } };

test("whoever runs the platform sees that a proxy is not trusted, with its chain, share and setting, and mends it", async ({
  page,
  startServer,
}) => {
  const { address } = await startServer(trustNobody);
  await page.goto(`${address.url}/sign-in`);
  await signInByForm(page, address.owner);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  const banner = bannerOf(page);
  await expect(async () => {
    await page.reload();
    await expect(banner).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(banner).toContainText("Requests arrive through 127.0.0.1, a proxy that is not trusted");
  await expect(banner).toContainText(/127\.0\.0\.1 ← 198\.1[89]\.\d+\.\d+/);
  await expect(banner).toContainText(/\d+ % of requests/);
  await expect(banner.getByRole("button", { name: /TRUSTED_PROXIES=127\.0\.0\.1$/ })).toBeVisible();
  await expect(banner.getByRole("button")).toHaveCount(1);

  await page.getByRole("link", { name: "Clients' addresses are not known as they should be" }).click();
  await expect(page).toHaveURL(/\/platform\/settings#client-addresses$/);
  const card = page.locator("#client-addresses");
  await expect(card).toContainText("restart every instance");
  await expect(banner).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => window.scrollTo(0, 0));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wide, `wider than ${width}`).toBe(false);
      await expectAccessible(page);
      await picture(page, `settings-${colorScheme}-${width}`);
    }
  }
  await page.goto(`${address.url}/platform`);
  await expect(banner).toBeVisible();
  await picture(page, "overview-dark-390");
});

test("nobody else is told: neither the platform's support nor the people of a tenant", async ({
  browser,
  startServer,
}) => {
  const { address } = await startServer(trustNobody);
  const owner = await signedInApi(address.url, address.owner);
  const tenant = await createTenant(owner);
  const admin = await createMember(owner, tenant, { roles: [tenantRoles.admin] });
  const support = await createPerson(owner, { roles: [platformSupport] });
  await expect.poll(() => findingsOf(owner)).toEqual(["untrusted-proxy"]);
  await seesNothing({ browser, address }, admin, `/t/${tenant.slug}`);
  await seesNothing({ browser, address }, support, "/platform");
  await owner.dispose();
});

test("with the proxy trusted there is no banner, and the settings say whom Gatehouse believes", async ({
  ownerPage: page,
}) => {
  await page.goto("/platform/settings");
  const card = page.locator("#client-addresses");
  await expect(card).toContainText("Every request can be told by its client's address");
  await expect(card).toContainText("127.0.0.1/32, ::1/128");
  await expect(bannerOf(page)).toHaveCount(0);
});

async function findingsOf(api: Awaited<ReturnType<typeof signedInApi>>): Promise<string[]> {
  const answer = await api.get("/api/v1/health/client-addresses");
  expect(answer.status()).toBe(200);
  const { findings } = await answer.json();
  return findings.map(({ kind }: { kind: string }) => kind);
}

type Place = { browser: Parameters<typeof newVisitor>[0]; address: GatehouseServer["address"] };

async function seesNothing({ browser, address }: Place, person: Parameters<typeof signInByForm>[1], path: string) {
  const context = await newVisitor(browser, address.url);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signInByForm(page, person);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(bannerOf(page)).toHaveCount(0);
  await expect(page.getByText("Clients' addresses are not known")).toHaveCount(0);
  await context.close();
}

/** Kept where somebody wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/client-address-${name}.png` });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) }))).toEqual([]);
}
