"use client";

import { Fragment } from "react";

import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { CapturedMail } from "@/lib/mail/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.mail;

/** The message as plain text, whose links can be followed, and as it is formatted, where it is. */
export function MailBody({ mail }: { mail: CapturedMail }) {
  if (mail.html === null) return <PlainText text={mail.text} />;
  return (
    <Tabs key={mail.id} defaultValue="text" className="gap-0">
      <TabsList aria-label={text.view} className="px-3 pt-1">
        <TabsTrigger value="text">{text.text}</TabsTrigger>
        <TabsTrigger value="html">{text.html}</TabsTrigger>
      </TabsList>
      <TabsContent value="text">
        <PlainText text={mail.text} />
      </TabsContent>
      <TabsContent value="html">
        <FormattedMail subject={mail.subject} html={mail.html} />
      </TabsContent>
    </Tabs>
  );
}

/** Text with its web addresses as links. Only http and https become links: whatever else a message holds stays text. */
function PlainText({ text: plain }: { text: string }) {
  return (
    <p className="whitespace-pre-wrap px-5 py-5 text-sm leading-relaxed [overflow-wrap:anywhere]" dir="auto">
      {plain.split(/(https?:\/\/[^\s<>"]+)/).map((part, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity, and never change.
        <Fragment key={position}>
          {position % 2 === 1 ? (
            <a href={part} rel="noreferrer" className="text-primary underline underline-offset-4 dark:text-indigo-300">
              {part}
            </a>
          ) : (
            part
          )}
        </Fragment>
      ))}
    </p>
  );
}

/**
 * Formatted mail in a frame of an origin of its own that runs no script and sends no form. Its links open in a new
 * window, because the frame may not move this one.
 */
function FormattedMail({ subject, html }: { subject: string; html: string }) {
  return (
    <iframe
      title={subject}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={`<base target="_blank">${html}`}
      className="h-[60vh] w-full bg-white"
    />
  );
}
