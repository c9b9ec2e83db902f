/** Headers of every answer, whatever it is; the server sets them before anything else answers (OWASP ASVS 5.0 V3.4). */
export function staticSecurityHeaders(publicOrigin: string): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    // A year, as the preload list asks at least; only where the browser reached us by https.
    ...(publicOrigin.startsWith("https:")
      ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" }
      : {}),
  };
}

type PolicyOptions = {
  /** Fresh for every response. */
  nonce: string;
  /** The development server evaluates code and talks to the browser over a socket. */
  development: boolean;
};

/**
 * The Content-Security-Policy of a page. Scripts run by nonce only; `style-src` admits inline styles because the
 * positions that floating elements and virtual rows need are style attributes, which no nonce covers.
 */
export function contentSecurityPolicy({ nonce, development }: PolicyOptions): string {
  const directives = {
    "default-src": "'self'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": development ? "'self' ws: wss:" : "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
