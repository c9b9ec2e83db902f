import { z } from "zod";
import { lineInput } from "@/lib/operations/list-input";
import { emailInput } from "@/lib/users/schemas";
import type { exposedEndpoints } from "./exposed-endpoints";

// Long enough for any password of the policy in any encoding, short enough to cost nothing.
const password = z.string().min(1).max(1_024);
const token = z.string().min(1).max(200);

/** What each exposed endpoint takes in its body; strict, so that an unknown field is refused and not ignored. */
export const authBodies = {
  "/sign-in/email": z.strictObject({ email: emailInput, password, rememberMe: z.boolean().optional() }),
  "/sign-out": z.strictObject({}),
  "/get-session": z.strictObject({}),
  // `redirectTo` is what Better Auth's own clients send; our link leads to our page whatever it says.
  "/request-password-reset": z.strictObject({ email: emailInput, redirectTo: z.string().max(2_000).optional() }),
  "/reset-password": z.strictObject({ newPassword: password, token }),
} as const satisfies Record<(typeof exposedEndpoints)[number]["path"], z.ZodType>;

/** The form of the one-time link that makes the first owner. */
export const setUpBody = z.strictObject({ token, email: emailInput, name: lineInput(200), password });

/** The one button behind the link of a mail about an unknown browser, or about a lock. */
export const mailedLinkBody = z.strictObject({ token });

/** The form of an invitation's link; `name` and `password` come from somebody who has no account yet. */
export const acceptanceBody = z.strictObject({
  invitationId: z.string().min(1).max(200),
  token,
  name: lineInput(200).optional(),
  password: password.optional(),
});
