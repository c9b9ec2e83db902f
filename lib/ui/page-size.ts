/** Rows per page that a person may choose; the API accepts up to 100. */
export const PAGE_SIZES = [25, 50, 100] as const;

/** Rows per page until a person chooses otherwise. */
export const PAGE_SIZE_DEFAULT = 50;
