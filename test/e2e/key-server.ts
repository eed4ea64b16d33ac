import { createServer } from "node:http";
import type { IdentityProvider } from "../unit/builders/an-identity-provider.ts";
import { PROVIDER } from "../unit/builders/an-identity-provider.ts";

export interface KeyServer {
  /** The variables of a stack that takes this provider's tokens. */
  readonly vars: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** Serves an identity provider's public keys on 127.0.0.1. */
export async function serveKeys(provider: IdentityProvider): Promise<KeyServer> {
  const server = createServer(async (_, response) => {
    const answer = await provider.fetchKeys();
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the key server has no port");
  const vars = {
    JWKS_URL: `http://127.0.0.1:${address.port}/jwks.json`,
    JWKS_ISSUER: PROVIDER.issuer,
    JWKS_AUDIENCE: PROVIDER.audience,
  };
  return { vars, close: () => server.close() };
}
