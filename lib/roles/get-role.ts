import { defineQuery } from "@/lib/operations/define-operation";
import { readRole } from "./read-role";
import { role, roleIdInput } from "./schemas";
import { toRole } from "./to-role";

/** One role of the caller's scope. */
export const getRole = defineQuery({
  name: "getRole",
  summary: "Get a role",
  scope: "either",
  permission: "roles.read",
  input: roleIdInput,
  output: role,
  run: async (tools, { roleId }) => toRole(tools.ctx, await readRole(tools, roleId)),
});
