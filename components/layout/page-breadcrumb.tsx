"use client";

import Link from "next/link";

import { itemOfPath, type NavigationSection } from "@/components/layout/console-navigation";
import { usePageName } from "@/components/layout/page-name";
import { useScope } from "@/components/scope/scope-provider";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@/components/ui/breadcrumb";
import { messages } from "@/lib/ui/messages";
import { scopePath, slugOf } from "@/lib/ui/scope-path";

/** The way to this page, read from its address: scope, place, and the name or the kind of what one looks at there. */
export function PageBreadcrumb({ sections, path }: { sections: readonly NavigationSection[]; path: string }) {
  const scope = useScope();
  const name = usePageName();
  const item = itemOfPath(sections, path);
  const inDetail = item !== undefined && path !== item.href;
  return (
    <Breadcrumb>
      <BreadcrumbList>
        <BreadcrumbItem className="max-sm:hidden">
          <BreadcrumbLink asChild>
            <Link href={scopePath(slugOf(scope))}>
              <bdi className="max-w-48 truncate">{scope.kind === "tenant" ? scope.name : messages.shell.platform}</bdi>
            </Link>
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
              <BreadcrumbPage>
                <bdi className="block max-w-64 truncate">{name ?? item.detail}</bdi>
              </BreadcrumbPage>
            </BreadcrumbItem>
          </>
        ) : null}
      </BreadcrumbList>
    </Breadcrumb>
  );
}
