import { redirect } from "next/navigation";

/** The console opens on its users. */
export default function PlatformPage() {
  redirect("/platform/users");
}
