import { expect } from "@playwright/test";
import pg from "pg";
import { signInByForm } from "./support/people";
import { test } from "./support/test";

test("a list that cannot be read says so with a request id and a retry, and is never an empty table", async ({
  page,
  startServer,
}) => {
  const { address } = await startServer();
  const database = new pg.Client(address.superuserUrl);
  try {
    await database.connect();
    await page.goto(`${address.url}/sign-in`);
    await signInByForm(page, address.owner);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

    await database.query("revoke select on revocation_receipt from gatehouse_platform");
    const navigation = page.getByRole("navigation", { name: "Main navigation" });
    await navigation.getByRole("link", { name: "Receipts" }).click();
    const failure = page.getByRole("alert").filter({ hasText: "The receipts could not be loaded" });
    await expect(failure).toContainText("Request id");
    await expect(page.getByText("No session has been ended on purpose yet")).toHaveCount(0);

    await database.query("grant select on revocation_receipt to gatehouse_platform");
    await failure.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("No session has been ended on purpose yet")).toBeVisible();
  } finally {
    await database.end();
  }
});

test("what does not exist keeps the navigation and offers a way on", async ({ ownerPage: page }) => {
  for (const path of ["/platform/users/no-such-id", "/platform/receipts/0193a1c2-0000-7000-8000-000000000000"]) {
    await page.goto(path);
    await expect(page.getByText("There is nothing here")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  }
});
