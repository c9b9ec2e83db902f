import { logger } from "@/lib/observability/logger";
import type { AuthRequestState } from "./auth-request-state";
import type { BetterAuthDoor } from "./forward-to-better-auth";
import { hashPassword } from "./password-hashing";

/** After a sign-in with a hash of an older kind: hashes the same password in today's way. A failure waits for the next. */
export async function replaceOutdatedHash(state: AuthRequestState, { instance }: BetterAuthDoor): Promise<void> {
  const { outdated, created } = state;
  if (!outdated || !created) return;
  try {
    const password = await hashPassword(outdated.password);
    const { adapter } = await instance.$context;
    state.rehashing = true;
    await adapter.updateMany({
      model: "account",
      where: [
        { field: "userId", value: created.userId },
        { field: "providerId", value: "credential" },
        // Changed in the meantime: then there is nothing to replace.
        { field: "password", value: outdated.passwordHash },
      ],
      update: { password },
    });
  } catch (error) {
    logger.get().warn({ requestId: state.requestId, err: error }, "an outdated password hash could not be replaced");
  } finally {
    state.rehashing = false;
    state.outdated = null;
  }
}
