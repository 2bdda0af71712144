import { QsecError } from "@qsec2/sdk/wire";

/** @throws QsecError `bad_option`, whose words never repeat the address: it may have a password */
export function checkRedisUrl(text: unknown): string {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const known = url?.protocol === "redis:" || url?.protocol === "rediss:";
  if (!url || !known || url.hostname === "" || !/^(\/\d*)?$/.test(url.pathname)) {
    throw new QsecError(
      "bad_option",
      "The option 'redis' is an address such as redis://localhost:6379 or rediss://user:password@redis.example/0.",
    );
  }
  return text as string;
}

/** What may be shown of the address: host and port. */
export function redisPlace(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || "6379"}`;
}
