import { expect, type Page } from "@playwright/test";

/** Opens the newest mail whose line in the mailbox matches. Most mails leave after the answer, so it is waited for. */
export async function openMail(page: Page, line: RegExp): Promise<void> {
  const mail = page.getByRole("link", { name: line }).first();
  await expect(async () => {
    await page.goto("/platform/mailbox");
    await expect(mail).toBeVisible({ timeout: 1000 });
  }).toPass();
  await mail.click();
}

/** The link of that mail to one of our pages (`path` is a pattern), as somebody who may read the mailbox finds it. */
export async function mailedLink(page: Page, line: RegExp, path: string): Promise<string> {
  await openMail(page, line);
  const link = await page.getByRole("link", { name: new RegExp(`${path}\\?token=`) }).getAttribute("href");
  if (!link) throw new Error("The mail has no link.");
  return link;
}
