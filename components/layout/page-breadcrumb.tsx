"use client";

import Link from "next/link";

import { itemOfPath, type NavigationSection } from "@/components/layout/console-navigation";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@/components/ui/breadcrumb";
import { messages } from "@/lib/ui/messages";

/** The way to this page, read from its address: scope, place, and what kind of thing one looks at there. */
export function PageBreadcrumb({ sections, path }: { sections: readonly NavigationSection[]; path: string }) {
  const item = itemOfPath(sections, path);
  const inDetail = item !== undefined && path !== item.href;
  return (
    <Breadcrumb>
      <BreadcrumbList>
        <BreadcrumbItem className="max-sm:hidden">
          <BreadcrumbLink asChild>
            <Link href="/platform">{messages.shell.platform}</Link>
          </BreadcrumbLink>
        </BreadcrumbItem>
        {item ? (
          <>
            <BreadcrumbSeparator className="max-sm:hidden" />
            <BreadcrumbItem>
              {inDetail ? (
                <BreadcrumbLink asChild>
                  <Link href={item.href}>{item.label}</Link>
                </BreadcrumbLink>
              ) : (
                <BreadcrumbPage>{item.label}</BreadcrumbPage>
              )}
            </BreadcrumbItem>
          </>
        ) : null}
        {inDetail && item.detail ? (
          <>
            <BreadcrumbSeparator />
            <BreadcrumbItem>
              <BreadcrumbPage>{item.detail}</BreadcrumbPage>
            </BreadcrumbItem>
          </>
        ) : null}
      </BreadcrumbList>
    </Breadcrumb>
  );
}
