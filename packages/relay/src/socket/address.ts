import type { IncomingMessage } from "node:http";
import { isIP, isIPv4, isIPv6 } from "node:net";

/**
 * Whose connection it is, as far as limits by address are concerned: an IPv4 address, or the first 64 bits of an IPv6
 * one, as whoever has one address of such a network has all of them. Undefined for this machine itself.
 * @param trustProxy believe the last entry of `X-Forwarded-For`: the one that the proxy before the relay has added
 */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string | undefined {
  const forwarded = trustProxy ? lastOf(request.headers["x-forwarded-for"]) : undefined;
  return networkOf(forwarded ?? request.socket.remoteAddress);
}

/** Undefined for this machine's own addresses, and for a socket without any. */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined || isLoopback(address)) return undefined;
  return isIPv6(address) ? networkOfV6(groupsOf(address)) : address;
}

export function isLoopback(address: string): boolean {
  if (isIPv4(address)) return address.startsWith("127.");
  if (!isIPv6(address)) return false;
  const groups = groupsOf(address);
  const v4 = mappedV4(groups);
  return v4 === undefined ? groups.join(":") === "0:0:0:0:0:0:0:1" : v4.startsWith("127.");
}

function networkOfV6(groups: readonly string[]): string {
  return mappedV4(groups) ?? `${groups.slice(0, 4).join(":")}::/64`;
}

/** The eight groups in their shortest form. */
function groupsOf(address: string): readonly string[] {
  // The URL parser writes them in one way, also those with a dotted end; it does not take the zone of a link.
  const canonical = new URL(`http://[${address.split("%", 1)[0]}]/`).hostname.slice(1, -1);
  const [head, tail] = canonical.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  if (tail === undefined) return head;
  return [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
}

/** `1.2.3.4` of `::ffff:1.2.3.4`. */
function mappedV4(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return undefined;
  return groups
    .slice(6)
    .map((group) => parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 255])
    .join(".");
}

/** Undefined where it is no address. Some proxies add the port. */
function lastOf(header: string | string[] | undefined): string | undefined {
  const last = (Array.isArray(header) ? header.join(",") : header)?.split(",").at(-1)?.trim();
  if (last === undefined) return undefined;
  const bare = /^\[(.*)\](:\d+)?$/.exec(last)?.[1] ?? (/^[\d.]+:\d+$/.test(last) ? last.split(":")[0] : last);
  return isIP(bare) ? bare : undefined;
}
