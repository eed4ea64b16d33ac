/** How frames leave a socket's region end: held back by the platform until what was written before them is durable. */
export interface SocketOutlet {
  sent(socket: SimulatedSocket, frame: string): void;
  closed(socket: SimulatedSocket, code: number): void;
}

/** A socket as its region sees it. The platform holds it, so it outlives a sleep of the object, but not a crash. */
export class SimulatedSocket {
  readyState = 1;
  playerId = "";
  outlet: SocketOutlet | null = null;
  #attachment: unknown = null;

  send(frame: string): void {
    this.outlet?.sent(this, frame);
  }

  close(code = 1005): void {
    if (this.readyState !== 1) return;
    this.readyState = 2;
    this.outlet?.closed(this, code);
  }

  serializeAttachment(attachment: unknown): void {
    this.#attachment = attachment;
  }

  deserializeAttachment(): unknown {
    return this.#attachment;
  }
}

/** The class that makes both ends of a socket; the client's end is a mere token here. */
export function socketPair() {
  return class {
    readonly 0 = new SimulatedSocket();
    readonly 1 = new SimulatedSocket();
  };
}

/** Node's own refuses 101, which is the answer to an upgrade. */
export class SimulatedResponse {
  readonly status: number;

  constructor(_body: unknown, { status }: { readonly status: number }) {
    this.status = status;
  }

  static json(body: unknown, init: { readonly status: number }): SimulatedResponse {
    return new SimulatedResponse(body, init);
  }
}
