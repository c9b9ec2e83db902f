import type { ReactNode } from "react";

import { GatehouseMark } from "@/components/layout/gatehouse-mark";

/** Properties of the card that sign-in and its kin stand on. */
export type AuthCardProps = {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Ways elsewhere, below the card: "Back to sign in". */
  footer?: ReactNode;
};

/** The one centred card of the pages before the console. */
export function AuthCard({ title, description, children, footer }: AuthCardProps) {
  return (
    <div className="flex w-full max-w-sm flex-col gap-5">
      <div className="flex items-center justify-center gap-2.5">
        <GatehouseMark className="size-7" />
        <span className="font-semibold text-base tracking-tight">Gatehouse</span>
      </div>
      <div className="rounded-xl border bg-card p-6 shadow-sm sm:p-7">
        <div className="mb-5 flex flex-col gap-1">
          <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
          {description ? <p className="text-muted-foreground text-sm">{description}</p> : null}
        </div>
        {children}
      </div>
      {footer ? <div className="text-center text-muted-foreground text-sm">{footer}</div> : null}
    </div>
  );
}
