import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import { readHomePolicy } from "./password-rules";

/** Whether the platform lets people stay signed in; a tenant may still not. For the sign-in page. Throws `UNAVAILABLE`. */
export async function isRememberMeAllowed(): Promise<boolean> {
  try {
    return (await readHomePolicy(prismaClient.get(), null)).rememberMeAllowed;
  } catch (error) {
    throw toAppError(error);
  }
}
