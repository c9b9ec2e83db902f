/** One message to one person. */
export type MailMessage = { to: string; subject: string; text: string; html: string };

type MailContent = {
  to: string;
  subject: string;
  /** One sentence each. */
  paragraphs: string[];
  action: { label: string; url: string };
  /** Small print. */
  footer: string;
};

/** A message with one thing to do, as text and as plain HTML that every client shows. */
export function toMailMessage({ to, subject, paragraphs, action, footer }: MailContent): MailMessage {
  const text = [...paragraphs, `${action.label}:\n${action.url}`, footer].join("\n\n");
  const body = [
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    `<p><a href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`,
    `<p style="color:#666;font-size:12px">${escapeHtml(footer)}</p>`,
  ].join("\n");
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:36rem;margin:2rem auto">
${body}
</body></html>`;
  return { to, subject, text, html };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
