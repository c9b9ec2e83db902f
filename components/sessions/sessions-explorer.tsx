"use client";

import type { ReactNode } from "react";

import { PageHeader } from "@/components/layout/page-header";
import { useScope } from "@/components/scope/scope-provider";
import { SessionsTable, type SessionsTableProps } from "@/components/sessions/sessions-table";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;

/** Properties of the explorer. */
export type SessionsExplorerProps = Omit<SessionsTableProps, "head" | "ofOneUser"> & {
  /** Stands between the head of the page and the list: what is still being finished, saved views. */
  children?: ReactNode;
};

/** Every session of the scope: the page's head with the act on all that match, and the list below it. */
export function SessionsExplorer({ children, ...props }: SessionsExplorerProps) {
  const inTenant = useScope().kind === "tenant";
  return (
    <SessionsTable
      {...props}
      head={(endMatching) => (
        <>
          <PageHeader
            title={text.title}
            description={inTenant ? text.descriptionOfTenant : text.description}
            action={endMatching}
          />
          {children}
        </>
      )}
    />
  );
}
