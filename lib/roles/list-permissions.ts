import { allPermissions, permissionExistsIn, permissions } from "@/lib/authorization/permissions";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { listPermissionsInput, permissionEntry } from "./schemas";

/** The closed catalogue of permissions, as far as it means anything in the caller's scope. All of it is one page. */
export const listPermissions = defineQuery({
  name: "listPermissions",
  summary: "List the permissions that roles can give",
  scope: "either",
  permission: "roles.read",
  input: listPermissionsInput,
  output: pageOutput(permissionEntry),
  run: async ({ ctx }) => {
    const scope = ctx.scope.kind === "tenant" ? "tenant" : "platform";
    const here = allPermissions.filter((name) => scope === "platform" || permissionExistsIn(name, scope));
    const data = here.map((name) => ({
      name,
      summary: permissions[name].summary,
      scopes: [...permissions[name].scopes],
      held: ctx.grants.permissions.has(name),
    }));
    return { data, nextCursor: null };
  },
});
