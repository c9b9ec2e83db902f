"use server";

import { serverAction } from "@/lib/http/server-action";
import { updatePolicy } from "@/lib/policies/update-policy";

export const updatePolicyAction = serverAction(updatePolicy);
