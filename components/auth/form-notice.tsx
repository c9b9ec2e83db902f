import { CircleAlertIcon, InfoIcon } from "lucide-react";
import type { ReactNode } from "react";

import { Alert, AlertDescription } from "@/components/ui/alert";

/** Why the form was refused; announced when it appears. The container is always there, as live regions need. */
export function FormProblem({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="contents">
      {children ? (
        <Alert variant="destructive">
          <CircleAlertIcon aria-hidden="true" />
          <AlertDescription className="text-foreground">{children}</AlertDescription>
        </Alert>
      ) : null}
    </div>
  );
}

/** Something to know before filling in the form, such as why one was signed out. */
export function FormNotice({ children }: { children: ReactNode }) {
  return (
    <Alert>
      <InfoIcon aria-hidden="true" />
      <AlertDescription className="text-foreground">{children}</AlertDescription>
    </Alert>
  );
}
