import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** On every answer. */
export const COMMON_HEADERS: OutgoingHttpHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-DNS-Prefetch-Control": "off",
  "X-Permitted-Cross-Domain-Policies": "none",
};

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$/;

/**
 * On pages: their code comes from here, they talk to here, and no other site may frame them. All that Helmet 8 sets by default is
 * here or stricter, but what asks for HTTPS: the relay speaks HTTP, and only the proxy before it knows whether every name of the
 * site can do that.
 */
export function pageHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return {
    ...COMMON_HEADERS,
    "Content-Security-Policy": contentSecurityPolicy(headers.host),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    // For browsers that do not know the policy above. The filter of old ones could be made to cut code out of a page.
    "X-Frame-Options": "SAMEORIGIN",
    "X-Download-Options": "noopen",
    "X-XSS-Protection": "0",
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
