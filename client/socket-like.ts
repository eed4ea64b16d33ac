/** What is used of the standard's WebSocket; those of browsers, Node and most libraries fit. */
export interface SocketLike {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  addEventListener(type: "error", listener: () => void): void;
}

export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;
