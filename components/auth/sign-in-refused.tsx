import { LockIcon } from "lucide-react";
import Link from "next/link";

import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { AuthResult } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.lockout.refused;

/** Why an attempt to sign in was not even tried. */
export type SignInRefusal = Pick<Extract<AuthResult<unknown>, { ok: false }>, "retryAfterSeconds" | "limit">;

/**
 * Says that a limit refused, how long it does, and each way on. Announced when it appears. It says the same for an
 * address that has no account.
 */
export function SignInRefused({ refusal }: { refusal: SignInRefusal | null }) {
  return (
    <div role="alert" className="contents">
      {refusal ? <Refused {...refusal} /> : null}
    </div>
  );
}

function Refused({ retryAfterSeconds, limit }: SignInRefusal) {
  const kind = limit === "sign-in-account" || limit === "sign-in-device" ? "account" : "network";
  return (
    <Alert variant="warning">
      <LockIcon aria-hidden="true" />
      <AlertTitle>{text[kind]}</AlertTitle>
      <AlertDescription>
        <p>{text.what[kind]}</p>
        <p className="mt-2 font-medium text-foreground">{text.doTitle}</p>
        <ul className="flex list-disc flex-col gap-1 ps-4">
          <li>{text.wait(retryAfterSeconds)}</li>
          {kind === "account" ? (
            <>
              <li>
                <Link
                  href="/forgot-password"
                  className="rounded-sm text-foreground underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
                >
                  {text.reset}
                </Link>
                {text.resetAfter}
              </li>
              <li>{text.mail}</li>
            </>
          ) : (
            <li>{text.ask}</li>
          )}
          <li>{text.device}</li>
        </ul>
      </AlertDescription>
    </Alert>
  );
}
