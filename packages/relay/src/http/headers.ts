import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** On every answer. */
export const COMMON_HEADERS: OutgoingHttpHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$/;

/** On pages: their code comes from here, they talk to here, and nothing may frame them. */
export function pageHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return {
    ...COMMON_HEADERS,
    "Content-Security-Policy": contentSecurityPolicy(headers.host),
    "Cross-Origin-Opener-Policy": "same-origin",
    // The microphone is for voice messages.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cache-Control": "no-store",
  };
}

function contentSecurityPolicy(host: string | undefined): string {
  // 'self' covers WebSockets in current browsers only; older ones need to be told the host.
  const sockets = host !== undefined && HOST.test(host) ? ` ws://${host} wss://${host}` : "";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
}
