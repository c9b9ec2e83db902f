import { CellIcon } from "@/components/data-table/cell-icon";
import { PrimaryCell } from "@/components/data-table/primary-cell";
import { ScopeLink } from "@/components/scope/scope-link";
import {
  countryName,
  deviceIcon,
  deviceName,
  endedByName,
  levelName,
  methodName,
} from "@/components/sessions/session-words";
import { Badge } from "@/components/ui/badge";
import type { Session } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;

/** The device, with the marks that set a session apart. */
export function DeviceCell({ session, subtitle }: { session: Session; subtitle?: string }) {
  return (
    <PrimaryCell
      media={<CellIcon icon={deviceIcon(session)} />}
      title={deviceName(session)}
      subtitle={subtitle}
      marks={<SessionMarks session={session} />}
    />
  );
}

/** "This one", and by whom it is impersonated. */
export function SessionMarks({ session }: { session: Session }) {
  return (
    <>
      {session.current ? <Badge variant="accent">{text.thisOne}</Badge> : null}
      {session.impersonatedBy ? (
        <Badge variant="warning">{text.impersonatedBy(session.impersonatedBy.name)}</Badge>
      ) : null}
    </>
  );
}

/** Where it was signed in from: the address, and the country where it is known. */
export function OriginCell({ session }: { session: Session }) {
  if (!session.ipAddress) return <span className="text-muted-foreground">{text.noAddress}</span>;
  return (
    <span className="inline-flex min-w-0 max-w-full flex-col max-md:items-end">
      <span className="block max-w-44 truncate font-mono text-[12px]" dir="ltr" title={session.ipAddress}>
        {session.ipAddress}
      </span>
      {session.country ? (
        <span className="text-muted-foreground text-xs group-data-[density=compact]/table:hidden">
          {countryName(session.country)}
        </span>
      ) : null}
    </span>
  );
}

/** How somebody signed in, and the level that this proves. */
export function MethodCell({ session }: { session: Session }) {
  return (
    <span className="inline-flex min-w-0 max-w-full flex-col max-md:items-end">
      <span className="truncate">{methodName(session.method)}</span>
      <span
        className="text-muted-foreground text-xs group-data-[density=compact]/table:hidden"
        title={levelName(session.authenticationLevel)}
      >
        {text.level[session.authenticationLevel] ?? session.authenticationLevel}
      </span>
    </span>
  );
}

/** Who ended it, with the way to the receipt where a revocation did. */
export function EndedByCell({ session }: { session: Session }) {
  const name = endedByName(session);
  if (session.receiptId === null) return <bdi className="block max-w-40 truncate">{name ?? "–"}</bdi>;
  return (
    <ScopeLink
      href={`/receipts/${session.receiptId}`}
      prefetch={false}
      className="block max-w-40 truncate rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      <bdi>{name ?? messages.receipts.receipt}</bdi>
    </ScopeLink>
  );
}
