"use server";

import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { serverAction } from "@/lib/http/server-action";

export const createApiKeyAction = serverAction(createApiKey);
export const rotateApiKeyAction = serverAction(rotateApiKey);
export const revokeApiKeyAction = serverAction(revokeApiKey);
