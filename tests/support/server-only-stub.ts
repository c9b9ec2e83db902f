/** Stands in for the package `server-only`, whose throwing default entry is for browsers' bundlers alone. */
export const serverOnly = true;
