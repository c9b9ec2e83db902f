"use client";

import type { ReactNode } from "react";

import type { NumberRule } from "@/components/policies/number-rules";
import type { PolicyDraft } from "@/components/policies/policy-draft";
import { AddressesField, ChoiceField, CompositionField, NumberField } from "@/components/policies/policy-fields";
import { PolicyRow } from "@/components/policies/policy-row";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { type EffectivePolicy, type Policy, sessionCapModes } from "@/lib/policies/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;
const modes = sessionCapModes.map((value) => ({ value, label: text.mode[value] }));

type PolicySectionsProps = {
  policy: Policy;
  draft: PolicyDraft;
  problems: Record<string, string | undefined>;
  locked: boolean;
  inTenant: boolean;
  onChange: (part: Partial<PolicyDraft>) => void;
};

/** Every rule, in the groups in which people look for them. */
export function PolicySections(props: PolicySectionsProps) {
  const { policy, draft, problems, locked, inTenant, onChange } = props;
  const absent = inTenant ? text.asPlatform : text.asDefault;
  const shared = { draft, locked, absent, onChange };
  const row = (rule: keyof EffectivePolicy, field: ReactNode) => (
    <PolicyRow rule={rule} policy={policy} inTenant={inTenant}>
      {field}
    </PolicyRow>
  );
  const number = (rule: NumberRule) => row(rule, <NumberField rule={rule} problem={problems[rule]} {...shared} />);
  return (
    <>
      <Section title={text.group.sessions} hint={text.sessionsHint}>
        {number("sessionIdleSeconds")}
        {number("sessionAbsoluteSeconds")}
        {number("concurrentSessionsMax")}
        {row(
          "concurrentSessionsMode",
          <ChoiceField
            {...text.field.concurrentSessionsMode}
            {...{ absent, locked }}
            problem={problems.concurrentSessionsMode}
            value={draft.concurrentSessionsMode}
            choices={modes}
            onChoose={(value) => onChange({ concurrentSessionsMode: value })}
          />,
        )}
        {row("rememberMeAllowed", <RememberMe {...props} absent={absent} />)}
        {number("sessionHistoryDays")}
      </Section>
      <Section title={text.group.access}>
        {row("signInMethods", <OnlyWay methods={policy.effective.signInMethods} />)}
        {number("reauthenticationSeconds")}
        {row("secondFactorRequired", <SecondFactor {...props} absent={absent} />)}
        {row("allowedAddresses", <AddressesField problem={problems.allowedAddresses} {...shared} />)}
      </Section>
      <Section title={text.group.passwords} hint={text.passwordsHint}>
        {number("passwordLengthMin")}
        {row(
          "passwordComposition",
          <CompositionField
            problem={problems.passwordComposition}
            bound={inTenant ? policy.platform.passwordComposition : []}
            {...shared}
          />,
        )}
      </Section>
      <Section title={text.group.log}>{number("auditRetentionDays")}</Section>
    </>
  );
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        {hint ? <p className="max-w-2xl text-muted-foreground text-sm">{hint}</p> : null}
      </CardHeader>
      <CardContent className="flex flex-col divide-y">{children}</CardContent>
    </Card>
  );
}

function SecondFactor({
  policy,
  draft,
  problems,
  locked,
  inTenant,
  absent,
  onChange,
}: PolicySectionsProps & { absent: string }) {
  const mayWaive = !(inTenant && policy.platform.secondFactorRequired);
  return (
    <ChoiceField
      {...text.field.secondFactorRequired}
      {...{ absent, locked }}
      problem={problems.secondFactorRequired}
      value={draft.secondFactorRequired}
      choices={[
        { value: "true", label: text.required },
        ...(mayWaive ? [{ value: "false" as const, label: text.optional }] : []),
      ]}
      onChoose={(value) => onChange({ secondFactorRequired: value })}
    />
  );
}

function RememberMe({
  policy,
  draft,
  problems,
  locked,
  inTenant,
  absent,
  onChange,
}: PolicySectionsProps & { absent: string }) {
  const mayAllow = !inTenant || policy.platform.rememberMeAllowed;
  return (
    <ChoiceField
      {...text.field.rememberMeAllowed}
      {...{ absent, locked }}
      problem={problems.rememberMeAllowed}
      value={draft.rememberMeAllowed}
      choices={[
        ...(mayAllow ? [{ value: "true" as const, label: text.allowed }] : []),
        { value: "false", label: text.notAllowed },
      ]}
      onChoose={(value) => onChange({ rememberMeAllowed: value })}
    />
  );
}

function OnlyWay({ methods }: { methods: readonly string[] }) {
  const { label, hint } = text.field.signInMethods;
  return (
    <div className="flex flex-col gap-2">
      <span className="font-medium text-sm leading-none">{label}</span>
      <span className="text-sm">{methods.map((method) => text.method[method] ?? method).join(", ")}</span>
      <span className="text-muted-foreground text-xs">{hint}</span>
    </div>
  );
}
