import { formatNumber } from "@/lib/ui/format";

type ShareBarsProps = {
  title: string;
  total: number;
  shares: readonly { id: string; name: string; count: number }[];
};

/** How a number is made up: a name, its part as a bar, and as a figure. */
export function ShareBars({ title, total, shares }: ShareBarsProps) {
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-[13px]">{title}</h3>
      <ul className="flex max-h-48 flex-col gap-2 overflow-y-auto text-[13px]">
        {shares.map(({ id, name, count }) => (
          <li key={id} className="flex flex-col gap-1">
            <span className="flex items-baseline justify-between gap-3">
              <bdi className="truncate">{name}</bdi>
              <span className="text-muted-foreground tabular-nums">{formatNumber(count)}</span>
            </span>
            <svg viewBox="0 0 100 3" preserveAspectRatio="none" className="h-1 w-full" aria-hidden="true">
              <rect width="100" height="3" rx="1" className="fill-muted" />
              <rect width={total === 0 ? 0 : (100 * count) / total} height="3" rx="1" className="fill-primary" />
            </svg>
          </li>
        ))}
      </ul>
    </section>
  );
}
