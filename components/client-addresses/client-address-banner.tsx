import { ArrowRightIcon, RouteOffIcon } from "lucide-react";

import { CopyButton } from "@/components/feedback/copy-button";
import { ScopeLink } from "@/components/scope/scope-link";
import type { ClientAddressFinding } from "@/lib/client-addresses/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.clientAddresses;

/** Properties of the banner: what is wrong, the most urgent first, at least one. */
export type ClientAddressBannerProps = { findings: readonly ClientAddressFinding[] };

/** Stands above the console while clients' addresses are not known as they should be; goes only by mending that. */
export function ClientAddressBanner({ findings }: ClientAddressBannerProps) {
  const [first, ...others] = findings;
  if (!first) return null;
  return (
    <section
      aria-label={text.banner}
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5 bg-red-800 px-4 py-2.5 text-[13px] text-white print:hidden md:px-6"
    >
      <p className="flex min-w-0 items-start gap-2 font-medium">
        <RouteOffIcon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        <span className="min-w-0 wrap-anywhere">{text.finding[first.kind](first)}</span>
      </p>
      <p className="flex min-w-0 flex-wrap gap-x-2">
        <span>
          {text.observed} <bdi className="font-mono wrap-anywhere">{text.chain(first.chain)}</bdi>
        </span>
        <span className="tabular-nums">{text.share.requests(first.share)}</span>
      </p>
      {first.setting === null ? null : (
        <p className="flex min-w-0 max-w-full items-center gap-2">
          {text.setting}
          <CopyButton
            value={first.setting}
            what={text.settingCopied}
            className="min-w-0 rounded bg-white/15 px-1.5 py-0.5 font-mono focus-visible:ring-white [&_svg]:text-white [&_svg]:opacity-100"
          >
            {first.setting}
          </CopyButton>
        </p>
      )}
      <ScopeLink
        href="/settings#client-addresses"
        prefetch={false}
        className="ml-auto inline-flex items-center gap-1 rounded-sm underline underline-offset-2 outline-none focus-visible:ring-2 focus-visible:ring-white max-sm:ml-0"
      >
        {text.act}
        {others.length === 0 ? null : ` (${text.more(others.length)})`}
        <ArrowRightIcon className="size-3.5 rtl:-scale-x-100" aria-hidden="true" />
      </ScopeLink>
    </section>
  );
}
