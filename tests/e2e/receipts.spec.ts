import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { createPerson, signedInApi, unique } from "./support/people";
import { test } from "./support/test";

test("a receipt says who, why, what was asked for, what was tried again, and is kept as the API's own answer", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const family = unique("receipt");
  const person = await createPerson(ownerApi, { name: `${family} holder` });
  const phone = await signedInApi(server.url, person);
  const filter = { search: family };
  const preview = await (await ownerApi.post("/api/v1/sessions/revocations/preview", { data: { filter } })).json();
  const receipt = await (
    await ownerApi.post("/api/v1/sessions/revocations", {
      data: { filter, previewToken: preview.previewToken, reason: "For the auditor" },
    })
  ).json();

  await page.goto(`/platform/receipts/${receipt.id}`);
  const document = page.getByRole("article");
  await expect(document.getByRole("heading", { level: 1 })).toContainText("Nothing accepts them any more.");
  await expect(document).toContainText("For the auditor");
  await expect(document).toContainText(`Search contains${family}`);
  await expect(document).toContainText("All sessions that a filter finds");
  await expect(document).toContainText("Fenced in Redis");
  const tried = document.getByRole("table", { name: "Tried again" });
  await expect(tried.getByRole("row").nth(1)).toContainText(person.email);
  await expect(tried.getByRole("row").nth(1)).toContainText("Refused");

  const download = page.waitForEvent("download");
  await document.getByRole("link", { name: "Download as JSON" }).click();
  const kept = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(kept).toEqual(await (await ownerApi.get(`/api/v1/sessions/revocations/${receipt.id}`)).json());
  expect(kept.filter).toEqual(filter);
  await phone.dispose();
});

test("on paper a receipt stands alone, without the console around it, and no wider than the sheet", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  const receipt = await (await ownerApi.delete(`/api/v1/users/${person.id}/sessions?reason=Printed`)).json();
  await page.goto(`/platform/receipts/${receipt.id}`);
  await expect(page.getByRole("article")).toBeVisible();
  await page.setViewportSize({ width: 718, height: 1000 });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(page.getByText(receipt.id)).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await phone.dispose();
});

test("receipts are found by what they are of, and lead from the history of a session", async ({
  ownerPage: page,
  ownerApi,
  server,
}) => {
  const person = await createPerson(ownerApi);
  const phone = await signedInApi(server.url, person);
  const receipt = await (await ownerApi.delete(`/api/v1/users/${person.id}/sessions?reason=History`)).json();
  await page.goto("/platform/receipts?status=complete&kind=user");
  await expect(page.getByRole("link", { name: new RegExp(person.email) })).toBeVisible();
  await page.goto("/platform/receipts?kind=tenant&actor=nobody");
  await expect(page.getByText("No receipts match")).toBeVisible();
  await page.goto(`/platform/users/${person.id}?tab=sessions&status=ended`);
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText("Revoked");
  await row.locator("a[href*='/receipts/']").click();
  await page.waitForURL(`**/platform/receipts/${receipt.id}`);
  await phone.dispose();
});
