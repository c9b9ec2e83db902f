import { randomBytes, randomInt } from "node:crypto";
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  request,
} from "@playwright/test";

/** Somebody who can sign in. */
export type Person = { email: string; password: string; name: string };

/** A created user. */
export type CreatedPerson = Person & { id: string };

/** A text that no other test has. */
export const unique = (prefix: string): string => `${prefix}-${randomBytes(5).toString("hex")}`;

/** An address that no other visitor comes from, out of the range that is set aside for benchmarks (RFC 2544). */
export const visitorAddress = (): string => `198.${randomInt(18, 20)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;

/** An API client that is signed in, for what a journey needs and does not show. */
export async function signedInApi(
  baseURL: string,
  person: Pick<Person, "email" | "password">,
): Promise<APIRequestContext> {
  const api = await request.newContext({
    baseURL,
    extraHTTPHeaders: { Origin: baseURL, "X-Forwarded-For": visitorAddress() },
  });
  const answer = await api.post("/api/auth/sign-in/email", {
    data: { email: person.email, password: person.password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return api;
}

/** Creates a user who can sign in at once. `roles` are role ids. */
export async function createPerson(
  api: APIRequestContext,
  part: Partial<Person> & { roles?: string[] } = {},
): Promise<CreatedPerson> {
  const mark = unique("person");
  const { roles = [], ...named } = part;
  const person = {
    email: `${mark}@journey.test`,
    name: `Journey ${mark}`,
    password: `a long phrase of ${mark}`,
    ...named,
  };
  const answer = await api.post("/api/v1/users", { data: { ...person, roles } });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  return { ...person, id };
}

/** A browser of one's own: its cookies, and an address that nobody else comes from. */
export function newVisitor(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, extraHTTPHeaders: { "X-Forwarded-For": visitorAddress() } });
}

/** Signs in by the form. */
export async function signInByForm(page: Page, person: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByRole("textbox", { name: "Password" }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
