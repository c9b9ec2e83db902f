import { redirect } from "next/navigation";

import { findPageViewer } from "@/lib/http/page-viewer";

/** The front door leads to the console, or to the sign-in. */
export default async function FrontDoor() {
  redirect((await findPageViewer()) ? "/platform/users" : "/sign-in");
}
