"use client";

import { useRef, useState } from "react";

import { type TenantChoice, useScopeChoices } from "@/components/scope/scope-choices";
import { toTenantChoice } from "@/components/scope/to-tenant-choice";

const PAUSE_MS = 200;
const FOUND_MAX = 20;

/**
 * The tenants that fit what is typed. Whoever belongs to a few has them all at hand; people of the platform ask the
 * server once they pause. An answer that was overtaken by further typing is dropped.
 */
export function useTenantSearch(recent: readonly string[]) {
  const choices = useScopeChoices();
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly TenantChoice[] | null>(null);
  const [state, setState] = useState<"still" | "pending" | "failed">("still");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);

  const ask = async (search: NonNullable<typeof choices.search>, wanted: string) => {
    const number = ++asked.current;
    const result = await search({ search: wanted, limit: FOUND_MAX }).catch(() => null);
    if (number !== asked.current) return;
    setFound(result?.ok ? result.data.data.map(toTenantChoice) : []);
    setState(result?.ok ? "still" : "failed");
  };
  const change = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    asked.current += 1;
    const { search } = choices;
    if (search === null) return;
    const wanted = next.trim();
    setState(wanted === "" ? "still" : "pending");
    if (wanted === "") return setFound(null);
    timer.current = setTimeout(() => void ask(search, wanted), PAUSE_MS);
  };
  return {
    text,
    setText: change,
    tenants: found ?? recentFirst(choices.tenants, recent),
    pending: state === "pending",
    failed: state === "failed",
    /** Whether the server narrows the list, so that the list itself must not. */
    onServer: choices.search !== null,
  };
}

function recentFirst(tenants: readonly TenantChoice[], recent: readonly string[]): TenantChoice[] {
  const placeOf = ({ slug }: TenantChoice) => (recent.includes(slug) ? recent.indexOf(slug) : recent.length);
  return [...tenants].sort((a, b) => placeOf(a) - placeOf(b));
}
