import type { Server } from "node:http";
import { badOption } from "../options.js";

export interface ListenAddress {
  readonly port: number;
  readonly host: string;
  /** The option that chose the port, as a message names it. */
  readonly option: "--port" | "--metrics";
}

/** @throws QsecError `bad_option` when the address cannot be listened on */
export async function listen(server: Server, address: ListenAddress): Promise<void> {
  const { port, host } = address;
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, address));
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve();
    });
  });
}

/** Ends every connection too. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

function listenError(error: NodeJS.ErrnoException, { port, host, option }: ListenAddress): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use; stop what listens there, or choose another port (option ${option}).`,
    EACCES: `This user may not listen on port ${port}; choose one above 1023 (option ${option}).`,
    EADDRNOTAVAIL: `This machine has no address ${host} to listen on.`,
    ENOTFOUND: `There is no address for the host name ${host}.`,
  };
  return badOption(reasons[error.code ?? ""] ?? `The relay cannot listen on ${host}:${port}: ${error.message}.`, error);
}
