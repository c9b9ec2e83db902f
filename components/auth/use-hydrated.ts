"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether React runs on this page: false on the server and in the first frame, so that forms wait until they work. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
