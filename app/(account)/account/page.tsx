import { redirect } from "next/navigation";

/** The account's first page. */
export default function AccountPage() {
  redirect("/account/sessions");
}
