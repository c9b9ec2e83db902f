/** One page of a list, as every list operation answers it. */
export type ListPage<Row> = { data: readonly Row[]; nextCursor: string | null };
