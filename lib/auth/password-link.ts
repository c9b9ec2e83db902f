import type { Env } from "@/lib/config/env";

/** Where a mail leads to choose a password: our own page, on our own address, whatever the request said. */
export function passwordLink({ gatehouseUrl }: Pick<Env, "gatehouseUrl">, token: string): string {
  return `${gatehouseUrl}/reset-password?token=${encodeURIComponent(token)}`;
}
