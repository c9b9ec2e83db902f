"use server";

import { serverAction } from "@/lib/http/server-action";
import { previewPolicy } from "@/lib/policies/preview-policy";
import { updatePolicy } from "@/lib/policies/update-policy";

export const previewPolicyAction = serverAction(previewPolicy);
export const updatePolicyAction = serverAction(updatePolicy);
