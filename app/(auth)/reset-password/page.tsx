import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { ResetLinkDead, ResetPasswordForm } from "@/components/auth/reset-password-form";
import { AuthCard } from "@/components/layout/auth-card";
import { messages } from "@/lib/ui/messages";
import { loadLinkToken } from "../link-token";

const text = messages.auth.reset;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the link from the mail leads. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = await loadLinkToken(searchParams);
  return (
    <AuthCard title={text.title} description={token ? text.description : undefined} footer={<BackToSignIn />}>
      {token ? <ResetPasswordForm token={token} /> : <ResetLinkDead />}
    </AuthCard>
  );
}
