import type { Metadata } from "next";

import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { AuthCard } from "@/components/layout/auth-card";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.forgot;

export const metadata: Metadata = { title: text.title };

/** Where people ask for a link to choose a new password. */
export default function ForgotPasswordPage() {
  return (
    <AuthCard title={text.title} description={text.description} footer={<BackToSignIn />}>
      <ForgotPasswordForm />
    </AuthCard>
  );
}
