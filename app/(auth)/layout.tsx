import type { ReactNode } from "react";

/** The quiet ground on which the cards of sign-in and its kin stand. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return <main className="flex min-h-dvh items-center justify-center bg-sidebar p-4 sm:p-6">{children}</main>;
}
