"use client";

import { createContext, type ReactNode, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

/**
 * Gives the response's nonce to the few parts that add a style element at run time, so that the content policy needs
 * no `unsafe-inline` for styles. It comes as a property because a browser hides nonces from scripts.
 */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // The scroll lock below dialogs looks the nonce up under this name. Never on the server: it would outlive the request.
  if (typeof window !== "undefined" && nonce) Reflect.set(window, "__webpack_nonce__", nonce);
  return <NonceContext value={nonce}>{children}</NonceContext>;
}

/** The response's nonce, or undefined where no content policy is in force. */
export const useNonce = (): string | undefined => useContext(NonceContext);
