/** Pending receipts that are looked at; beyond that the list of them has the rest. */
export const PENDING_SHOWN_MAX = 10;
