import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { pagePathHeader } from "@/lib/config/internal-headers";
import { contentSecurityPolicy } from "@/lib/config/security-headers";

export const config = {
  runtime: "nodejs",
  matcher: [{ source: "/((?!api/|_next/static/|favicon.ico).*)" }],
};

const sessionCookies = ["__Host-gatehouse.session", "gatehouse.session"];

/**
 * A fresh nonce and policy for every page, and a short way to the sign-in for people without a session cookie. It looks
 * at the cookie's presence alone and never authorizes: with this file deleted, everything is as safe as with it.
 */
export function middleware(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const needsSession = /^\/(?:platform|t|account)(?:\/|$)/.test(pathname);
  if (needsSession && !sessionCookies.some((name) => request.cookies.has(name))) {
    return NextResponse.redirect(new URL(`/sign-in?${new URLSearchParams({ next: path })}`, request.url));
  }
  const nonce = randomBytes(16).toString("base64");
  // biome-ignore lint/style/noProcessEnv: Next replaces this by a constant when it builds.
  const policy = contentSecurityPolicy({ nonce, development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set(pagePathHeader, path);
  headers.set("x-nonce", nonce);
  // Next reads the nonce from the policy of the request and puts it on its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}
