/** What a chart's colours mean; decorative, since every bar and the table say it in words. `className` is the colour. */
export function ChartLegend({ colours }: { colours: readonly { className: string; label: string }[] }) {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
      {colours.map(({ className, label }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className={`size-2 rounded-[2px] ${className}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}
