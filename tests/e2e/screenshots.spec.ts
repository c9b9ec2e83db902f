import { expect } from "@playwright/test";
import { signInByForm } from "./support/people";
import { test } from "./support/test";

// Runs with UPDATE_SCREENSHOTS=1 only: makes the picture of the README from the demo.
test("the picture of the README is made from the demo", async ({ page, startServer }) => {
  const { address } = await startServer({ hasOwner: false, args: ["--demo"] });
  await page.goto(`${address.url}/sign-in`);
  await signInByForm(page, { email: "owner@gatehouse.example", password: "copper lantern meadow 41" });
  await expect(page.getByRole("row").nth(10)).toBeVisible();
  await page.goto(`${address.url}/platform/receipts`);
  await page.getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByText("Nothing accepts them any more.")).toBeVisible();
  await page.screenshot({ path: "docs/images/receipt.png" });
});
