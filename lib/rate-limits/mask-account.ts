/**
 * What may be shown of an account that is no user's: the first letter and the domain. People type passwords into the
 * field for their address; what is no address shows nothing but its first letter.
 */
export function maskAccount(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = at > 0 ? email.slice(at).slice(0, 100) : "";
  return `${email.charAt(0)}…${domain}`;
}
