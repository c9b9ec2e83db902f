import { type APIRequestContext, expect } from "@playwright/test";
import { type CreatedPerson, unique } from "./people";

/** A tenant that was made for one journey. */
export type CreatedTenant = { id: string; slug: string; name: string };

/** Ids of the built-in roles of every tenant. */
export const tenantRoles = {
  owner: "00000000-0000-7000-8000-000000000201",
  admin: "00000000-0000-7000-8000-000000000202",
  member: "00000000-0000-7000-8000-000000000205",
};

/** Creates a tenant. */
export async function createTenant(api: APIRequestContext): Promise<CreatedTenant> {
  const slug = unique("tenant");
  const answer = await api.post("/api/v1/tenants", { data: { slug, name: `Tenant ${slug}` } });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.json();
}

/** Creates somebody who is at home in a tenant, can sign in at once, and holds the given roles there. */
export async function createMember(
  api: APIRequestContext,
  tenant: CreatedTenant,
  { roles = [], name }: { roles?: string[]; name?: string } = {},
): Promise<CreatedPerson> {
  const mark = unique("member");
  const person = {
    email: `${mark}@journey.test`,
    name: name ?? `Member ${mark}`,
    password: `a long phrase of ${mark}`,
  };
  const answer = await api.post(`/api/v1/tenants/${tenant.slug}/users`, { data: { ...person, roles } });
  expect(answer.status(), await answer.text()).toBe(201);
  const { id } = await answer.json();
  return { ...person, id };
}
