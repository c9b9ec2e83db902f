import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";

import { FormNotice } from "@/components/auth/form-notice";
import { SignInForm } from "@/components/auth/sign-in-form";
import { SignedOutNotice } from "@/components/auth/signed-out-notice";
import { AuthCard } from "@/components/layout/auth-card";
import { findPageViewer } from "@/lib/http/page-viewer";
import { findSignInNotice } from "@/lib/http/sign-in-notice";
import { isRememberMeAllowed } from "@/lib/policies/is-remember-me-allowed";
import { messages } from "@/lib/ui/messages";
import { loadSignInParams } from "./search-params";

const text = messages.auth.signIn;

export const metadata: Metadata = { title: text.title };

/** Where people sign in. Whoever is signed in already goes straight on; whoever was signed out is told why. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { next, reason } = await loadSignInParams(searchParams);
  if (await findPageViewer()) redirect(next);
  const [notice, rememberMe] = await Promise.all([findSignInNotice(), isRememberMeAllowed()]);
  return (
    <AuthCard title={text.title} description={text.description}>
      <div className="flex flex-col gap-4">
        {reason ? <FormNotice>{text.reasons[reason]}</FormNotice> : null}
        {notice && !reason ? <SignedOutNotice end={notice.end} /> : null}
        <SignInForm next={next} rememberMe={rememberMe} />
      </div>
    </AuthCard>
  );
}
