import { builtInRoles } from "@/lib/authorization/built-in-roles";

const platformRoles = builtInRoles.filter(({ scope }) => scope === "platform");

/** The platform's roles, highest first, to filter by. */
export const roleChoices = platformRoles.map(({ id, name }) => ({ id, name }));

/** The names of the roles with these keys. */
export const roleNames = (keys: readonly string[]): string[] =>
  platformRoles.filter(({ key }) => keys.includes(key)).map(({ name }) => name);

/** The roles that somebody with these keys may give: below their own, an owner's up to their own. The server decides. */
export function assignableRoles(keys: readonly string[]): { id: string; name: string }[] {
  const rank = Math.max(0, ...platformRoles.filter(({ key }) => keys.includes(key)).map((role) => role.rank));
  const highest = keys.includes("owner") ? rank : rank - 1;
  return platformRoles.filter((role) => role.rank <= highest).map(({ id, name }) => ({ id, name }));
}
