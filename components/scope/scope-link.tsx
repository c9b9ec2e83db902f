"use client";

import Link from "next/link";
import type { ComponentProps } from "react";

import { useScopePath } from "@/components/scope/scope-provider";

/** Properties of a link within the scope: `href` is a place, such as `/users`. */
export type ScopeLinkProps = Omit<ComponentProps<typeof Link>, "href"> & { href: string };

/** A link that stays in the scope in which it is drawn. Usable from server components, too. */
export function ScopeLink({ href, ...props }: ScopeLinkProps) {
  const pathOf = useScopePath();
  return <Link href={pathOf(href)} {...props} />;
}
