import type { TenantChoice, TenantFound } from "@/components/scope/scope-choices";
import { messages } from "@/lib/ui/messages";

/** A tenant of the platform as a choice: one that is closed says so. */
export const toTenantChoice = ({ slug, name, status }: TenantFound): TenantChoice =>
  status === "active" ? { slug, name } : { slug, name, note: messages.shell.tenantStatus[status] };
