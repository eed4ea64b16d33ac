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
  metricsToken: {
    type: "http",
    scheme: "bearer",
    description: "METRICS_TOKEN, for Prometheus.",
  },
} as const;

export const SYSTEM = [{ apiKey: [] }];
export const PLAYER = [{ playerToken: [] }];
export const SYSTEM_OR_PLAYER = [...SYSTEM, ...PLAYER];
export const SYSTEM_OR_PROMETHEUS = [{ metricsToken: [] }, ...SYSTEM];
export const SOCKET_TOKEN = [{ socketToken: [] }];
