import { AppError } from "@/lib/errors/app-error";
import { publicOrigins } from "./public-origins";

/**
 * Refuses a change that another site's page may have sent with the person's cookie (OWASP ASVS 5.0 V3.5): every browser
 * names the page's origin on such requests. Throws `FORBIDDEN`.
 */
export function assertSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  if (origin !== null && publicOrigins().includes(origin)) return;
  throw new AppError("FORBIDDEN", "Changes are accepted from Gatehouse's own pages only: send its address as Origin.");
}
