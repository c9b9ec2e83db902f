import { Badge } from "@/components/ui/badge";
import { messages } from "@/lib/ui/messages";

const SHOWN = 1;

/** Roles as badges; past the first one their number. */
export function RoleBadges({ roles }: { roles: readonly { id: string; name: string }[] }) {
  if (roles.length === 0) return <span className="text-muted-foreground">–</span>;
  const rest = roles.slice(SHOWN);
  return (
    <span className="inline-flex items-center gap-1">
      {roles.slice(0, SHOWN).map((role) => (
        <Badge key={role.id} variant="outline">
          <bdi className="max-w-32 truncate">{role.name}</bdi>
        </Badge>
      ))}
      {rest.length > 0 ? (
        <Badge variant="outline" title={rest.map((role) => role.name).join(", ")}>
          {messages.users.more(rest.length)}
        </Badge>
      ) : null}
    </span>
  );
}
