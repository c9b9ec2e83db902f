import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { SetUpForm, SetUpLinkDead } from "@/components/auth/set-up-form";
import { AuthCard } from "@/components/layout/auth-card";
import { messages } from "@/lib/ui/messages";
import { loadLinkToken } from "../link-token";

const text = messages.auth.setUp;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the one-time link leads that is printed at the first start. */
export default async function SetUpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = await loadLinkToken(searchParams);
  return (
    <AuthCard title={text.title} description={token ? text.description : undefined}>
      {token ? <SetUpForm token={token} /> : <SetUpLinkDead />}
    </AuthCard>
  );
}
