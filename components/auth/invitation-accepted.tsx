import { FormNotice } from "@/components/auth/form-notice";
import { buttonVariants } from "@/components/ui/button";
import type { AcceptedInvitation } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.auth.invitation;

/** Tells a new member that they are in, what they were not given, and leads on by a full load. */
export function InvitationAccepted({ accepted: { tenant, withheld } }: { accepted: AcceptedInvitation }) {
  return (
    <div role="status" className="flex flex-col gap-4">
      <FormNotice>{withheld.length > 0 ? text.withheld(tenant.name, withheld) : text.done(tenant.name)}</FormNotice>
      <a href={scopePath(tenant.slug)} className={buttonVariants({ className: "w-full" })}>
        {text.goOn(tenant.name)}
      </a>
    </div>
  );
}
