"use client";

import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Noun } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";
import { PAGE_SIZES } from "@/lib/ui/page-size";

const text = messages.table;

/** Properties of a list's footer. `onNext` is absent on the last page. */
export type DataTableFooterProps = {
  noun: Noun;
  count: number;
  total: string | undefined;
  pageSize: number;
  onPageSizeChange: (pageSize: (typeof PAGE_SIZES)[number]) => void;
  isFirst: boolean;
  knowsPrevious: boolean;
  onPrevious: () => void;
  onNext: (() => void) | undefined;
  pending: boolean;
};

/** How many rows, how many a page, and the ways to the pages before and after. */
export function DataTableFooter(props: DataTableFooterProps) {
  const { noun, count, total, isFirst, knowsPrevious, onPrevious, onNext, pending } = props;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 text-[13px] text-muted-foreground tabular-nums">
      <p role="status">
        {text.shown(count, noun)}
        {total ? ` · ${text.total(total)}` : ""}
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <PageSize value={props.pageSize} onChange={props.onPageSizeChange} />
        <nav aria-label={text.pages} className="flex items-center gap-2">
          <Button variant="outline" size="sm" disabled={isFirst || pending} onClick={onPrevious}>
            <ChevronLeftIcon className="rtl:rotate-180" aria-hidden="true" />
            {isFirst || knowsPrevious ? text.previous : text.first}
          </Button>
          <Button variant="outline" size="sm" disabled={!onNext || pending} onClick={onNext}>
            {text.next}
            <ChevronRightIcon className="rtl:rotate-180" aria-hidden="true" />
          </Button>
        </nav>
      </div>
    </div>
  );
}

function PageSize({ value, onChange }: { value: number; onChange: DataTableFooterProps["onPageSizeChange"] }) {
  const labelId = useId();
  const choose = (chosen: string) => {
    const size = PAGE_SIZES.find((candidate) => String(candidate) === chosen);
    if (size) onChange(size);
  };
  return (
    <div className="flex items-center gap-2">
      <span id={labelId}>{text.pageSize}</span>
      <Select value={String(value)} onValueChange={choose}>
        <SelectTrigger size="sm" aria-labelledby={labelId} className="text-foreground">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {PAGE_SIZES.map((size) => (
            <SelectItem key={size} value={String(size)}>
              {size}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
