import { Avatar, AvatarFallback } from "@/components/ui/avatar";
import { cn } from "@/lib/ui/cn";
import { initialsOf } from "@/lib/ui/format";

/** Eight pairs of surface and ink, each with a contrast of at least 4.5 in both themes. */
const COLOURS = [
  "bg-rose-100 text-rose-800 dark:bg-rose-950 dark:text-rose-200",
  "bg-orange-100 text-orange-800 dark:bg-orange-950 dark:text-orange-200",
  "bg-amber-100 text-amber-800 dark:bg-amber-950 dark:text-amber-200",
  "bg-emerald-100 text-emerald-800 dark:bg-emerald-950 dark:text-emerald-200",
  "bg-cyan-100 text-cyan-800 dark:bg-cyan-950 dark:text-cyan-200",
  "bg-sky-100 text-sky-800 dark:bg-sky-950 dark:text-sky-200",
  "bg-violet-100 text-violet-800 dark:bg-violet-950 dark:text-violet-200",
  "bg-fuchsia-100 text-fuchsia-800 dark:bg-fuchsia-950 dark:text-fuchsia-200",
];

/** Properties of a user's avatar; the colour follows the id, so that a renamed person keeps it. */
export type UserAvatarProps = {
  user: { id: string; name: string; email: string };
  size?: "sm" | "md" | "lg";
  className?: string;
};

/** Initials on a colour that stays the same for a person. Decorative: the name stands beside it. */
export function UserAvatar({ user, size = "md", className }: UserAvatarProps) {
  return (
    <Avatar
      aria-hidden="true"
      className={cn(size === "sm" && "size-6", size === "lg" && "size-12 [&_span]:text-base", className)}
    >
      <AvatarFallback className={COLOURS[hashOf(user.id) % COLOURS.length]}>
        {initialsOf(user.name, user.email)}
      </AvatarFallback>
    </Avatar>
  );
}

/** FNV-1a: small, stable, spreads well over eight buckets. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
