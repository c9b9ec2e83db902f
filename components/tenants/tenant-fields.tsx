"use client";

import type { FieldProblems } from "@/components/detail/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.tenants.create;
const NAME_LENGTH_MAX = 200;
const SLUG_LENGTH_MAX = 60;

type TenantFieldsProps = {
  name: string;
  slug: string;
  slugHint: string;
  problems: FieldProblems;
  onNameChange: (name: string) => void;
  onSlugChange: (slug: string) => void;
};

/** Name and short name of a tenant. */
export function TenantFields({ name, slug, slugHint, problems, onNameChange, onSlugChange }: TenantFieldsProps) {
  return (
    <>
      <Field label={text.name} error={problems.name} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            value={name}
            maxLength={NAME_LENGTH_MAX}
            autoComplete="off"
            dir="auto"
            onChange={(event) => onNameChange(event.target.value)}
          />
        )}
      </Field>
      <Field label={text.slug} hint={slugHint} error={problems.slug} required>
        {(control) => (
          <Input
            {...control}
            name="slug"
            value={slug}
            maxLength={SLUG_LENGTH_MAX}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => onSlugChange(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}

/** What is certainly wrong before the server is asked; it also knows which words are reserved or taken. */
export function findTenantProblems({ name, slug }: { name: string; slug: string }): FieldProblems {
  return { name: name === "" ? text.nameMissing : undefined, slug: slugProblem(slug) };
}

function slugProblem(slug: string): string | undefined {
  if (slug === "") return text.slugMissing;
  const isSlug = slug.length >= 2 && slug.length <= SLUG_LENGTH_MAX && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug);
  return isSlug ? undefined : text.slugWrong;
}

/** A short name that fits a name: "Müller & Söhne" becomes "muller-sohne". Empty where nothing of it can be used. */
export const suggestSlug = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
