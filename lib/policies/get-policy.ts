import { defineQuery } from "@/lib/operations/define-operation";
import { readPolicy } from "./read-policy";
import { getPolicyInput, policy } from "./schemas";

/** The rules of the caller's scope: what it says itself, what the platform says, and what therefore holds. */
export const getPolicy = defineQuery({
  name: "getPolicy",
  summary: "Get the policy",
  scope: "either",
  permission: "settings.read",
  input: getPolicyInput,
  output: policy,
  run: (tools, { roleId }) => readPolicy(tools, roleId === undefined ? [] : [roleId]),
});
