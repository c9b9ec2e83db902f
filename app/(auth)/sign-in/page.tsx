import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";

import { FormNotice } from "@/components/auth/form-notice";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthCard } from "@/components/layout/auth-card";
import { findPageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { loadSignInParams } from "./search-params";

const text = messages.auth.signIn;

export const metadata: Metadata = { title: text.title };

/** Where people sign in. Whoever is signed in already goes straight on. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { next, reason } = await loadSignInParams(searchParams);
  if (await findPageViewer()) redirect(next);
  const told = reason ?? ((await holdsDeadSession()) ? "ended" : null);
  return (
    <AuthCard title={text.title} description={text.description}>
      <div className="flex flex-col gap-4">
        {told ? <FormNotice>{text.reasons[told]}</FormNotice> : null}
        <SignInForm next={next} />
      </div>
    </AuthCard>
  );
}

// A session cookie that leads to nobody: the session was ended or ran out. For the sentence only, it decides nothing.
async function holdsDeadSession(): Promise<boolean> {
  return (await cookies()).getAll().some(({ name }) => name.endsWith("gatehouse.session"));
}
