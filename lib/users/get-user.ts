import { defineQuery } from "@/lib/operations/define-operation";
import { readUserDetail } from "./read-user";
import { userDetail, userIdInput } from "./schemas";

/** One user with roles, memberships and the number of sessions alive now. */
export const getUser = defineQuery({
  name: "getUser",
  summary: "Get a user",
  scope: "either",
  permission: "users.read",
  input: userIdInput,
  output: userDetail,
  run: (tools, { userId }) => readUserDetail(tools, userId),
});
