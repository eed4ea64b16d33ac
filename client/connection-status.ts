/** `waiting`: the connection broke, and the next attempt comes after a while. `closed`: for good. */
export type ConnectionStatus = "idle" | "connecting" | "open" | "waiting" | "closed";
