"use client";

import { KeyRoundIcon, LockIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { RelativeTime } from "@/components/feedback/relative-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { refusalOf } from "@/components/users/refusal-of";
import { UnlockDialog } from "@/components/users/unlock-dialog";
import type { UserActions, UsersViewer } from "@/components/users/user-actions";
import type { SignInLock } from "@/lib/account-lockout/schemas";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.lockout.user;

/** Properties of the notice about somebody's failed sign-ins. */
export type SignInLockNoticeProps = {
  user: User;
  lock: SignInLock;
  viewer: UsersViewer;
  perform: UserActions["unlockSignIn"];
};

/** Says how often the password was wrong and whether that locks, with the button that forgets it. */
export function SignInLockNotice({ user, lock, viewer, perform }: SignInLockNoticeProps) {
  const [asked, setAsked] = useState(false);
  const isLocked = lock.lockedForGood || lock.lockedUntil !== null;
  return (
    <Alert variant={isLocked ? "warning" : "default"}>
      {isLocked ? <LockIcon aria-hidden="true" /> : <KeyRoundIcon aria-hidden="true" />}
      <AlertTitle>
        <LockTitle lock={lock} />
      </AlertTitle>
      <AlertDescription className="flex flex-wrap items-center justify-between gap-3">
        <span>
          {text.count(lock.failures)}
          {lock.deviceFailures > 0 ? ` · ${text.deviceCount(lock.deviceFailures)}` : null}
          {lock.lastTriedAt ? (
            <>
              {" · "}
              {text.lastTried} <RelativeTime value={lock.lastTriedAt} />
            </>
          ) : null}
        </span>
        <GuardedButton
          variant="outline"
          size="sm"
          refusal={refusalOf("unlock", viewer, user.id)}
          onClick={() => setAsked(true)}
        >
          {text.act}
        </GuardedButton>
      </AlertDescription>
      {asked ? <UnlockDialog user={user} text={text} perform={perform} onClose={() => setAsked(false)} /> : null}
    </Alert>
  );
}

function LockTitle({ lock }: { lock: SignInLock }) {
  if (lock.lockedForGood) return text.lockedForGood;
  if (lock.lockedUntil === null) return text.counted;
  return (
    <>
      {text.lockedUntil} <RelativeTime value={lock.lockedUntil} />
    </>
  );
}
