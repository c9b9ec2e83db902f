import { pagePathHeader } from "@/lib/config/internal-headers";

/** The sign-in page, with the way back to the page that is being rendered. The sign-in itself decides whether to follow it. */
export function signInPath(received: Headers): string {
  const path = received.get(pagePathHeader);
  return path === null ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: path })}`;
}
