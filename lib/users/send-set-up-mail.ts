import { auth } from "@/lib/auth/auth";

/** Sends a person for whom an account was made the link to choose a password. Fails when mail cannot be sent. */
export async function sendSetUpMail(email: string): Promise<void> {
  await auth.get().sendSetUpLink(email);
}
