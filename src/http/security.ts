/** The security schemes of the OpenAPI document, and the combinations that routes ask for. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "x-api-key",
    description: "The system: the game's servers and its backend. Locally the key is `dev`.",
  },
  playerToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "One player, who acts only for themselves. Comes from registering.",
  },
  socketToken: {
    type: "apiKey",
    in: "header",
    name: "Sec-WebSocket-Protocol",
    description: "`muster.v1, bearer.<token>`: a player's token, sent as a subprotocol of a WebSocket.",
  },
  identityToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "A token of the game's identity provider, where one is configured; after registering it is as good as a player's " +
      "own token, here and as the socket's subprotocol. Signed with RS, PS or ES (256, 384, 512) or EdDSA, with `sub`, " +
      "`aud`, `iat` and `exp`, and at most 8,192 characters long.",
  },
  metricsToken: {
    type: "http",
    scheme: "bearer",
    description: "METRICS_TOKEN, for Prometheus.",
  },
} as const;

export const SYSTEM = [{ apiKey: [] }];
/** One of our own tokens, or one of the identity provider's whose identity has registered. */
export const PLAYER = [{ playerToken: [] }, { identityToken: [] }];
export const ANYBODY_OR_IDENTITY = [{}, { identityToken: [] }];
export const SYSTEM_OR_PLAYER = [...SYSTEM, ...PLAYER];
export const SYSTEM_OR_PROMETHEUS = [{ metricsToken: [] }, ...SYSTEM];
export const SOCKET_TOKEN = [{ socketToken: [] }];
