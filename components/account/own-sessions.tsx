"use client";

import { useState } from "react";

import {
  EndOtherOwnSessionsDialog,
  EndOwnSessionDialog,
  type OwnSessionActions,
} from "@/components/account/end-own-sessions-dialogs";
import { OwnSessionRow } from "@/components/account/own-session-row";
import { OwnSessionsPages } from "@/components/account/own-sessions-pages";
import { GuardedButton } from "@/components/detail/guarded-button";
import { PageHeader } from "@/components/layout/page-header";
import type { OwnSession } from "@/lib/account/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** One page of one's own sessions. */
export type OwnSessionsPage = { data: OwnSession[]; nextCursor: string | null };

/** Properties of the list of live sessions; without `mayEnd` somebody else looks at it in the person's name. */
export type OwnSessionsProps = {
  page: OwnSessionsPage;
  isFirst: boolean;
  mayEnd: boolean;
  actions: OwnSessionActions;
};

type Asked = { act: "one"; session: OwnSession } | { act: "others" };

/** Where one is signed in, this device first, with the ways to end one session or all others. */
export function OwnSessions({ page, isFirst, mayEnd, actions }: OwnSessionsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const refusal = mayEnd ? null : text.refusedInImpersonation;
  const isAlone = isFirst && page.nextCursor === null && page.data.every(({ current }) => current);
  return (
    <section aria-labelledby="own-sessions">
      <PageHeader
        title={text.title}
        description={text.description}
        action={
          <GuardedButton
            variant="destructive"
            size="sm"
            refusal={refusal ?? (isAlone ? text.onlyHere : null)}
            onClick={() => setAsked({ act: "others" })}
          >
            {text.endOthers}
          </GuardedButton>
        }
      />
      <h2 id="own-sessions" className="mb-2 font-medium text-sm">
        {text.live}
      </h2>
      <ul className="divide-y overflow-hidden rounded-xl border bg-card shadow-xs">
        {page.data.map((session) => (
          <OwnSessionRow
            key={session.id}
            session={session}
            refusal={refusal}
            onEnd={() => setAsked({ act: "one", session })}
          />
        ))}
      </ul>
      <OwnSessionsPages label={text.pages.live} parameter="after" isFirst={isFirst} nextCursor={page.nextCursor} />
      {asked?.act === "one" ? (
        <EndOwnSessionDialog session={asked.session} perform={actions.one} onClose={() => setAsked(null)} />
      ) : null}
      {asked?.act === "others" ? (
        <EndOtherOwnSessionsDialog perform={actions.others} onClose={() => setAsked(null)} />
      ) : null}
    </section>
  );
}
