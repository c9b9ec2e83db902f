"use client";

import type { DataTableProps } from "@/components/data-table/data-table";
import type { ListState } from "@/components/data-table/use-list-state";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorState } from "@/components/feedback/error-state";
import { Button } from "@/components/ui/button";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { Noun } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

/** Properties of what stands in place of the rows. */
export type TableNoticeProps = {
  noun: Noun;
  problem: ActionProblem | null | undefined;
  state: ListState;
  empty: DataTableProps<object>["empty"];
  onRetry: () => void;
  /** Goes on to the next page, which an empty one has where the list is searched part by part. */
  onNext: (() => void) | undefined;
};

/** Why there are no rows: the load failed, nothing matches, nothing does so far, the page is past the end, or nothing exists. */
export function TableNotice({ noun, problem, state, empty, onRetry, onNext }: TableNoticeProps) {
  const frame = "max-md:rounded-lg max-md:border";
  if (problem) {
    return (
      <ErrorState
        className={frame}
        title={text.failed(noun)}
        description={problem.detail ?? problem.title}
        requestId={problem.requestId}
        onRetry={onRetry}
        retrying={state.pending}
      />
    );
  }
  if (onNext) {
    return (
      <EmptyState
        className={frame}
        kind="nothing-matches"
        title={text.nothingSoFar(noun)}
        description={text.nothingSoFarHint}
        action={
          <Button variant="outline" size="sm" disabled={state.pending} onClick={onNext}>
            {text.lookFurther}
          </Button>
        }
      />
    );
  }
  if (state.cursor !== null) {
    return (
      <EmptyState
        className={frame}
        kind="nothing-matches"
        title={text.endOfList(noun)}
        description={text.endOfListHint}
        action={
          <Button variant="outline" size="sm" onClick={() => state.setCursor(null)}>
            {text.first}
          </Button>
        }
      />
    );
  }
  if (state.narrowed) {
    return (
      <EmptyState
        className={frame}
        kind="nothing-matches"
        title={text.nothingMatches(noun)}
        description={text.nothingMatchesHint}
        action={
          <Button variant="outline" size="sm" onClick={state.clear}>
            {text.clearFilters}
          </Button>
        }
      />
    );
  }
  return <EmptyState className={frame} {...empty} />;
}
